"""From inputs to colours: a pure function, so that nobody can set one. The first case that holds decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhaoshang.assessments.rules.scheme import Case, Colour, Condition, LightRule, Said
from zhaoshang.assessments.rules.scoring import plain
from zhaoshang.common.problems import N_

SIGNS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
}
_NOT = {"<=": ">", ">=": "<", "<": "≥", ">": "≤"}
_AS_READ = {"<=": "≤", ">=": "≥", "<": "<", ">": ">"}


@dataclass(frozen=True, slots=True)
class Shining:
    """A colour with the comparisons that led to it, numbers filled in; ``note`` says why there is none."""

    colour: Colour
    formula: str
    note: Said | None = None


def shine(rule: LightRule, values: Mapping[str, Decimal | None]) -> Shining:
    """The light of one unit. A case that can be neither held nor dismissed for want of an input leaves the light untold."""
    steps = []
    for case in rule.cases:
        held, text = _case(case, values)
        steps.append(text)
        if held is None:
            return Shining(Colour.NONE, "; ".join(filter(None, steps)), Said(N_("缺数，无法判定")))
        if held:
            return Shining(case.colour, "; ".join(steps))
    return Shining(rule.otherwise, "; ".join(steps))


def _case(case: Case, values: Mapping[str, Decimal | None]) -> tuple[bool | None, str]:
    """Whether all conditions hold, None when that hangs on a missing input, with the first that decided it or all that hold."""
    told = [_condition(one, values) for one in case.when]
    for held, text in told:
        if held is False:
            return False, text
    if any(held is None for held, _ in told):
        return None, ""
    return True, ", ".join(text for _, text in told)


def _condition(one: Condition, values: Mapping[str, Decimal | None]) -> tuple[bool | None, str]:
    left = values.get(one.left)
    right = values.get(one.right) if isinstance(one.right, str) else one.right
    if left is None or right is None:
        return None, ""
    held = SIGNS[one.sign](left, right)
    return held, f"{plain(left)} {_AS_READ[one.sign] if held else _NOT[one.sign]} {plain(right)}"
