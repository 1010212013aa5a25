"""Clocks, levels, superiors and states, and how an issued set of them is read. Pure: no Django, no clock.

The numbers are data: 1 day, 3 days, 1 week, 2 weeks are 江府办函〔2024〕37号 (domain.md 2.2), the key project of 5亿元 is 乐山's (2.6).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from zhaoshang.common.problems import N_

_YI_FEN = 10_000_000_000
MOST_DAYS = 400


class Superior(StrEnum):
    """Who is told of what is late: the handler's unit, the bureau, the leaders."""

    UNIT = "unit"
    BUREAU = "bureau"
    LEADER = "leader"


SUPERIOR_LABELS = {Superior.UNIT: N_("责任地区"), Superior.BUREAU: N_("市局"), Superior.LEADER: N_("领导")}


class MatterKind(StrEnum):
    """A problem waits for help; an order is a leader's instruction."""

    PROBLEM = "problem"
    ORDER = "order"


MATTER_KIND_LABELS = {MatterKind.PROBLEM: N_("问题"), MatterKind.ORDER: N_("督办")}


class State(StrEnum):
    """How a matter stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state's label and pill."""

    label: str
    pill: str


STATES = {
    State.OPEN: StateWords(N_("待答复"), "wait"),
    State.ANSWERED: StateWords(N_("已答复，待确认"), "todo"),
    State.CLOSED: StateWords(N_("已销号"), "ok"),
}


class Said(StrEnum):
    """What a line of a matter tells."""

    RAISED = "raised"
    ANSWERED = "answered"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    REOPENED = "reopened"
    HANDED_OVER = "handed"


SAID_LABELS = {
    Said.RAISED: N_("提出"),
    Said.ANSWERED: N_("答复"),
    Said.SENT_BACK: N_("退回，要求再办"),
    Said.CLOSED: N_("确认销号"),
    Said.REOPENED: N_("重新打开"),
    Said.HANDED_OVER: N_("改由他人确认"),
}


class BadRules(ValueError):
    """The set cannot be read; the message names the part."""


@dataclass(frozen=True, slots=True)
class ClockKind:
    """A kind of request and the working days in which it is answered."""

    code: str
    name: str
    name_en: str
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """From so many working days late, the superior is told."""

    days: int
    to: Superior


@dataclass(frozen=True, slots=True)
class Level:
    """On which level a problem is settled, and in how many working days."""

    code: str
    name: str
    name_en: str
    days: int


@dataclass(frozen=True, slots=True)
class FindingRule:
    """What is looked for: ``numbers`` are the thresholds of its kind, ``days`` the working days in which it is to be settled."""

    days: int
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """A set as read. ``key_contract_fen``: from this contract on a project needs somebody who answers for it; ``level_up_days``: working
    days late after which a problem rises by one level."""

    key_contract_fen: int
    clocks: Mapping[str, ClockKind]
    overdue: Sequence[Overdue]
    levels: Sequence[Level]
    level_up_days: int
    findings: Mapping[str, FindingRule]

    def superior(self, days_late: int) -> Superior | None:
        """Who is told of something so many working days late; None: nobody yet."""
        return next((one.to for one in reversed(self.overdue) if days_late >= one.days), None)

    def level_now(self, code: str, days_late: int) -> Level:
        """The level that a problem has risen to. Raises ``KeyError`` for a level that is none."""
        place = [one.code for one in self.levels].index(code)
        return self.levels[min(place + days_late // self.level_up_days, len(self.levels) - 1)]


def rules_in(content: Mapping[str, Any]) -> Rules:
    """The set of a text's content. Raises :class:`BadRules` naming the part that cannot be read."""
    clocks = [
        ClockKind(source=_text(row, "source"), days=_days(row), **_named(row)) for row in content.get("clock", [])
    ]
    overdue = [Overdue(_days(row), _superior(row)) for row in content.get("overdue", [])]
    levels = [Level(days=_days(row), **_named(row)) for row in content.get("level", [])]
    for part, rows in (("clock", clocks), ("overdue", overdue), ("level", levels)):
        if not rows:
            raise BadRules(f"[[{part}]]")
    if [one.days for one in overdue] != sorted({one.days for one in overdue}):
        raise BadRules("[[overdue]] days")
    found = {code: _finding(code, row) for code, row in content.get("finding", {}).items()}
    return Rules(
        key_contract_fen=_whole(content, "key_contract_yi", 10_000) * _YI_FEN,
        clocks={one.code: one for one in clocks},
        overdue=tuple(overdue),
        levels=tuple(levels),
        level_up_days=_whole(content, "level_up_days"),
        findings=found,
    )


def _whole(row: Mapping[str, Any], key: str, most: int = MOST_DAYS) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise BadRules(f"{row.get('code', '')} {key} = {value!r}".strip())
    return value


def _days(row: Mapping[str, Any]) -> int:
    return _whole(row, "days")


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadRules(f"{row.get('code', '')} {key}".strip())
    return value.strip()


def _named(row: Mapping[str, Any]) -> dict[str, str]:
    return {key: _text(row, key) for key in ("code", "name", "name_en")}


def _superior(row: Mapping[str, Any]) -> Superior:
    if row.get("to") not in list(Superior):
        raise BadRules(f"[[overdue]] to = {row.get('to')!r}")
    return Superior(row["to"])


def _finding(code: str, row: Any) -> FindingRule:
    if not isinstance(row, Mapping):
        raise BadRules(f"[finding.{code}]")
    most = 100_000
    numbers = {key: _whole({"code": f"[finding.{code}]"} | dict(row), key, most) for key in row if key != "days"}
    return FindingRule(_whole({"code": f"[finding.{code}]"} | dict(row), "days"), numbers)


def content_of(text: str) -> dict[str, Any]:
    """The content of a set written as TOML. Raises :class:`BadRules`."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadRules(str(fault)) from None
    rules_in(content)
    return {key: value for key, value in content.items() if key not in ("valid_from",)}


def sample_text() -> str:
    """The set that comes with the system, labelled a sample with its sources: used where a city has issued none."""
    return (Path(__file__).parent / "samples" / "duties.toml").read_text(encoding="utf-8")
