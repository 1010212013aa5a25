"""What a bound figure prints, and what that rests on. Words that depend on the figure (增长 or 下降, 超 or 欠) are printed with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhaoshang.bulletins.account import Account, Part
from zhaoshang.bulletins.blocks import Block, Token, parse, tokens
from zhaoshang.bulletins.holding import base_unit, in_base_unit
from zhaoshang.bulletins.rules import value_words
from zhaoshang.capital.rules import ORIGIN_LABELS, Origin
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.rounding import round_half_even
from zhaoshang.figures.meanings import a_year_before
from zhaoshang.figures.plain import countings_json, percent_text, value_text
from zhaoshang.figures.queries import Figure, Growth, year_to_date
from zhaoshang.figures.rules import Basis, share_percent
from zhaoshang.regions.models import ReportingUnit

NOT_COMPARABLE, NO_TARGET, NO_RANK, NOTHING = "同比不可比", "未下达目标", "名次未公布", "—"


class UnknownFigures(LookupError):
    """Figures in the words that the account does not know; ``tokens`` names them."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = list(tokens)
        super().__init__("; ".join(tokens))


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as printed: its text, the bare number, what it rests on (plain JSON), and the figures that publication freezes with it."""

    token: Token
    text: str
    rests: dict[str, Any]
    figures: tuple[Figure, ...] = field(default_factory=tuple)


class Printer:
    """Prints figures from one state of the account, each once."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._done: dict[Token, Printed] = {}

    def print(self, token: Token) -> Printed:
        """Raises :class:`UnknownFigures`."""
        if token not in self._done:
            self._done[token] = self._print(token)
        return self._done[token]

    def blocks(self, blocks: Sequence[Block]) -> list[dict[str, Any]]:
        """The blocks with runs for texts: ``{"text"}`` or ``{"text", "figure": token}``. Raises :class:`UnknownFigures`."""
        self._require(blocks)
        return [self._block(block) for block in blocks]

    def _require(self, blocks: Sequence[Block]) -> None:
        unknown = []
        for token in tokens(blocks):
            try:
                self.print(token)
            except UnknownFigures:
                unknown.append(str(token))
        if unknown:
            raise UnknownFigures(unknown)

    def _block(self, block: Block) -> dict[str, Any]:
        if block["kind"] == "table":
            rows = [[self.runs(cell) for cell in row] for row in block["rows"]]
            return {**{name: block[name] for name in ("kind", "caption", "unit_note", "columns")}, "rows": rows}
        return {**{name: value for name, value in block.items() if name != "text"}, "runs": self.runs(block["text"])}

    def runs(self, text: str) -> list[dict[str, Any]]:
        """A text as runs."""
        return [
            {"text": part} if isinstance(part, str) else {"text": self.print(part).text, "figure": str(part)}
            for part in parse(text)
        ]

    # -- one figure --------------------------------------------------------------------------------------------------

    def _print(self, token: Token) -> Printed:
        now = self._figure(token)
        said, rests, beside = self._said(token, now)
        rests = {**_identity(token, now), **rests}
        return Printed(token, said, rests, (now, *beside))

    def _figure(self, token: Token) -> Figure:
        try:
            period = Period.parse(token.period)
        except NotAPeriod as error:
            raise UnknownFigures([str(token)]) from error
        version = self.account.coded(token.indicator, token.version, period)
        if version is None:
            raise UnknownFigures([str(token)])
        unit = self._unit(token)
        if not self.account.holds(period) or not self.account.computed(version, period):
            raise UnknownFigures([str(token)])
        return self.account.figure(version, unit, period)

    def _unit(self, token: Token) -> ReportingUnit | None:
        if token.unit == "*":
            return None
        found = next((one for one in self.account.units if one.code == token.unit), None)
        if found is None:
            raise UnknownFigures([str(token)])
        return found

    def _said(self, token: Token, now: Figure) -> tuple[str, dict[str, Any], tuple[Figure, ...]]:
        match token.aspect:
            case "growth":
                return self._growth(token, now)
            case "of_year" | "ahead" | "target":
                return self._progress(token, now)
            case "share":
                return self._share(token, now)
            case "rank":
                return self._rank(token, now)
            case "meaning":
                return now.version.title, {"definition": now.version.definition}, ()
            case "part_origin" | "part_source":
                return self._part(token, now)
            case _:
                return (
                    self._value(token, now.value, now),
                    {"value": value_text(now.value, now.indicator.unit_of_value)},
                    (),
                )

    def _value(self, token: Token, value: int, now: Figure) -> str:
        unit = now.indicator.unit_of_value
        exact = in_base_unit(value, unit)
        if token.plain:
            return str(round_half_even(exact / 10**8, 1)) if base_unit(unit) == "CNY" else str(value)
        return value_words(exact, base_unit(unit)) + ("个" if base_unit(unit) == "count" else "")

    def _growth(self, token: Token, now: Figure) -> tuple[str, dict[str, Any], tuple[Figure, ...]]:
        rate = self.account.growth(now)
        if not isinstance(rate, Growth):
            return (NOTHING if token.plain else NOT_COMPARABLE), {"refused": rate.reason}, ()
        unit = now.indicator.unit_of_value
        rests = {
            "percent": percent_text(rate.percent), "base": value_text(rate.base_value, unit), "base_period": str(rate.base_period),
            "basis": str(rate.basis), "basis_note": rate.note,
        }  # fmt: skip
        beside = (
            ()
            if rate.basis == Basis.PUBLISHED
            else (self.account.figure(a_year_before(now.version), now.unit, rate.base_period),)
        )
        return _directed(rate.percent, token.plain, ("同比增长", "同比下降", "与上年同期持平"), "%"), rests, beside

    def _progress(self, token: Token, now: Figure) -> tuple[str, dict[str, Any], tuple[Figure, ...]]:
        done = self.account.progress(now)
        target = self.account.target(now.indicator, now.unit, now.period.year)
        if done is None or target is None:
            return (NOTHING if token.plain else NO_TARGET), {"refused": NO_TARGET}, ()
        unit = now.indicator.unit_of_value
        rests = {
            "target": value_text(target.amount, unit), "document": target.document, "target_inferred": target.inferred,
            "of_year_percent": percent_text(done.of_year_percent), "ahead_points": percent_text(done.ahead_points),
            "countings": countings_json(self.account.so_far(now).spans),
        }  # fmt: skip
        if token.aspect == "target":
            text = _trimmed(in_base_unit(target.amount, unit), base_unit(unit), token.plain)
        elif token.aspect == "of_year":
            text = f"{round_half_even(done.of_year_percent, 1)}{'' if token.plain else '%'}"
        else:
            text = _directed(done.ahead_points, token.plain, ("超序时进度", "欠序时进度", "与序时进度持平"), "个百分点")
        whole = year_to_date(now.period)
        if token.aspect == "target" or whole == now.period:
            return text, rests, ()
        return text, rests, (self.account.figure(self.account.so_far(now), now.unit, whole),)

    def _share(self, token: Token, now: Figure) -> tuple[str, dict[str, Any], tuple[Figure, ...]]:
        whole = self.account.figure(now.version, None, now.period)
        percent = share_percent(now.value, whole.value)
        if percent is None:
            return NOTHING, {"refused": NOTHING}, ()
        text = f"{round_half_even(percent, 1)}{'' if token.plain else '%'}"
        return (
            text,
            {"share_percent": percent_text(percent), "whole": value_text(whole.value, now.indicator.unit_of_value)},
            (whole,),
        )

    def _rank(self, token: Token, now: Figure) -> tuple[str, dict[str, Any], tuple[Figure, ...]]:
        if now.unit is not None:
            rank = self.account.unit_rank(now)
            text = NO_RANK if rank is None else str(rank) if token.plain else f"居全市第{rank}位"
            return text, {"rank": rank, "source": "按账上各地区排序"}, ()
        found = self.account.province_rank(now.indicator, now.period)
        if found is None:
            return (NOTHING if token.plain else NO_RANK), {"refused": NO_RANK}, ()
        source = found.told.source if found.told else "按登记的各市数据推算"
        text = str(found.rank) if token.plain else f"居{found.scope}第{found.rank}位"
        return text, {"rank": found.rank, "source": source, "is_official": found.is_official}, ()

    def _part(self, token: Token, now: Figure) -> tuple[str, dict[str, Any], tuple[Figure, ...]]:
        facet = token.aspect.removeprefix("part_")
        counted = self.account.part(now, Part(facet, token.of, ""))
        label = (
            ORIGIN_LABELS[Origin(token.of)]
            if facet == "origin" and token.of in set(Origin)
            else self._province(token.of)
        )
        rests = {"value": yuan_text(counted.fen), "part": label, "facet": facet, "payments": counted.payments}
        return self._value(token, counted.fen, now), rests, ()

    def _province(self, code: str) -> str:
        return next((one.short_name for one in self.account.provinces if one.code == code), code)


def _identity(token: Token, now: Figure) -> dict[str, Any]:
    """Which figure it is, in words that stay when the dictionary changes."""
    version, rules = now.version, now.version.rule_set
    return {
        "token": str(token),
        "ref": now.ref,
        "aspect": token.aspect,
        "indicator": now.indicator.code,
        "name": now.indicator.name,
        "name_en": now.indicator.name_en,
        "version": version.code,
        "version_title": version.title,
        "version_title_en": version.title_en,
        "countings": countings_json(version.spans),
        "rule": rules.title if rules else "",
        "unit": now.unit.code if now.unit else "",
        "unit_name": now.unit.name if now.unit else "",
        "unit_name_en": now.unit.name_en if now.unit else "",
        "period": str(now.period),
        "payments": now.payments,
    }


def _directed(value: Decimal, plain: bool, words: tuple[str, str, str], unit: str) -> str:
    """A change with its direction in words, or with its sign."""
    rounded = round_half_even(value, 1) + 0
    if plain:
        return f"{rounded:+}" if rounded else "0.0"
    up, down, level = words
    return f"{up if rounded > 0 else down}{abs(rounded)}{unit}" if rounded else level


def _trimmed(value: Decimal, unit: str, plain: bool) -> str:
    """A target with no more decimals than it has."""
    if unit != "CNY":
        return str(int(value)) + ("" if plain else "个")
    amount = f"{value / 10**8:f}".rstrip("0").rstrip(".") if "." in f"{value / 10**8:f}" else f"{value / 10**8:f}"
    return amount + ("" if plain else "亿元")
