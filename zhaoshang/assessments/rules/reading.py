"""The text of a regulation (TOML) → its scheme, or every fault with the line and the article that it stands in.

The form is described in docs/nouns/assessments.md, and an example ships with the demo city.
"""

import re
import tomllib
from decimal import Decimal
from typing import Any

from zhaoshang.assessments.rules.lights import SIGNS
from zhaoshang.assessments.rules.scheme import (
    Band,
    Case,
    Colour,
    Condition,
    Entered,
    Item,
    LightRule,
    Line,
    LineKind,
    Missing,
    Scheme,
    Span,
)
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.assessments.rules.tables import BadRegulation, Book, Fault, Skip, Table
from zhaoshang.common.problems import N_

LONGEST, MOST_ARTICLES = 40_000, 60
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_CONDITION = re.compile(r"(\S+)\s*(<=|>=|<|>)\s*(\S+)")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_WHERE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_COMMON = {"no", "name", "text"}
_ALLOWED = {
    LineKind.RATIO: {"weight", "input", "full", "most", "missing"},
    LineKind.EFFICACY: {"weight", "input", "base", "span", "all_equal", "among", "missing"},
    LineKind.BANDS: {"input", "bands", "missing"},
    LineKind.BONUS: {"items", "most", "missing"},
    LineKind.DEDUCTION: {"items", "most", "missing"},
    LineKind.VETO: {"input", "over", "below", "cap", "effect", "missing"},
}


def read_scheme(text: str, purpose: Purpose) -> Scheme:
    """The scheme of a text. Raises :class:`BadRegulation` with every fault that was found."""
    if len(text) > LONGEST:
        raise BadRegulation([Fault(0, "", N_("办法正文不能超过 {most} 字。"), {"most": LONGEST})])
    try:
        tables = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _WHERE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        said = _WHERE.sub("", str(error)).strip()
        words = N_("这一行的写法读不懂（{said}）。请检查引号、等号和方括号。")
        raise BadRegulation([Fault(line, "", words, {"said": said})]) from error
    reader = _Reader(text, purpose)
    scheme = reader.scheme(tables)
    if reader.book.faults:
        raise BadRegulation(reader.book.faults)
    return scheme


class _Reader:
    """Reads a whole text; goes on after a broken article so that all faults are told at once."""

    def __init__(self, text: str, purpose: Purpose) -> None:
        self.book, self.purpose = Book(text), purpose

    def scheme(self, tables: dict[str, Any]) -> Scheme:
        """The whole scheme; faults are in ``faults``."""
        article = "line" if self.purpose == Purpose.SCORES else "light"
        entered = self._each(tables, "entered", self._entered)
        lines = self._each(tables, "line", self._line) if article == "line" else []
        lights = self._each(tables, "light", self._light) if article == "light" else []
        try:
            head = Table(self.book, tables, "", 0)
            scores = {"places", "ties", "groups", "least", "most"} if article == "line" else set()
            head.only({article, "entered", *scores})
            if not tables.get(article):
                head.fail("", N_("办法里没有一条 [[{article}]]。"), article=article)
            said = self._head(head, [line.no for line in lines])
        except Skip:
            said = {}
        self._once(article, [one.no for one in (*lines, *lights)])
        return Scheme(lines=tuple(lines), lights=tuple(lights), entered=tuple(entered), **said)

    def _once(self, article: str, numbers: list[str]) -> None:
        for place, no in enumerate(numbers):
            if no in numbers[:place]:
                self.book.faults.append(
                    Fault(self.book.line_of(article, place, "no"), no, N_("条号重复。每条须有自己的条号。"))
                )

    def _each(self, tables: dict[str, Any], kind: str, read: Any) -> list[Any]:
        held = tables.get(kind, [])
        if not isinstance(held, list) or len(held) > MOST_ARTICLES:
            self.book.faults.append(
                Fault(0, "", N_("[[{kind}]] 须是列表，最多 {most} 段。"), {"kind": kind, "most": MOST_ARTICLES})
            )
            return []
        found = []
        for place, one in enumerate(held):
            try:
                found.append(read(Table(self.book, one, kind, place)))
            except Skip:
                continue
        return found

    def _head(self, head: Table, numbers: list[str]) -> dict[str, Any]:
        """What stands above the articles."""
        places = head.number("places", Decimal(2))
        if places not in (0, 1, 2, 3, 4):
            head.fail("places", N_("“places”是总分保留的小数位，取 0 至 4。"))
        ties = head.held.get("ties", [])
        if not isinstance(ties, list) or any(one not in numbers for one in ties):
            head.fail("ties", N_("“ties”须是条号的列表，同分时依次比较这几条的得分。"))
        return {
            "places": int(places),
            "ties": tuple(ties),
            "groups": self._groups(head),
            "least": head.optional("least"),
            "most": head.optional("most"),
        }

    def _groups(self, head: Table) -> dict[str, tuple[str, ...]] | None:
        held = head.held.get("groups", {})
        if held == "league":
            return None
        fine = isinstance(held, dict) and all(
            isinstance(units, list) and all(isinstance(unit, str) for unit in units) for units in held.values()
        )
        if not fine:
            head.fail("groups", N_('“groups”写 "league"（按排名的分组），或一个表：组名 = [地区代码, …]。'))
        return {name: tuple(units) for name, units in held.items()}

    def _entered(self, table: Table) -> Entered:
        table.only({"code", "name", "unit", "for", "absent"})
        code = table.text("code", 40)
        if not _CODE.fullmatch(code) or code in self.book.entered:
            table.fail("code", N_("登记项代码须是小写字母开头的字母、数字、横线，且不重复。"))
        self.book.entered.add(code)
        span = Span(table.choice("for", list(Span), Span.PERIOD))
        return Entered(code, table.text("name", 60), table.text("unit", 20, "—"), span, table.optional("absent"))

    def _line(self, table: Table) -> Line:
        kind = LineKind(table.choice("kind", list(LineKind), ""))
        table.only({"kind", *_COMMON, *_ALLOWED[kind]})
        given: dict[str, Any] = {
            "no": table.text("no", 20),
            "name": table.text("name", 60),
            "text": table.text("text", 1_000),
            "kind": kind,
            "missing": self._missing(table),
        }
        if "input" in _ALLOWED[kind]:
            given["key"] = table.key("input")
        if "weight" in _ALLOWED[kind]:
            given["weight"] = table.number("weight", above=Decimal(0))
        return Line(**given, **self._particulars(kind, table))

    def _particulars(self, kind: LineKind, table: Table) -> dict[str, Any]:
        """What only this kind of line has."""
        match kind:
            case LineKind.RATIO:
                return {
                    "full": table.number("full", Decimal(100), above=Decimal(0)),
                    "most": table.number("most", Decimal(100), above=Decimal(0)),
                }
            case LineKind.EFFICACY:
                numbers = {
                    name: table.number(name, default)
                    for name, default in (("base", Decimal(60)), ("span", Decimal(40)), ("all_equal", Decimal(100)))
                }
                return {**numbers, "among_all": table.choice("among", ("group", "all"), "group") == "all"}
            case LineKind.BANDS:
                return {"bands": tuple(self._band(one) for one in table.tables("bands"))}
            case LineKind.BONUS | LineKind.DEDUCTION:
                return {
                    "items": tuple(self._item(one) for one in table.tables("items")),
                    "most": table.optional("most"),
                }
            case LineKind.VETO:
                return self._veto(table)

    def _missing(self, table: Table) -> Missing | Decimal:
        value = table.held.get("missing", Missing.OPEN)
        if isinstance(value, str):
            return Missing(table.choice("missing", list(Missing), Missing.OPEN))
        return table.number("missing")

    def _band(self, table: Table) -> Band:
        table.only({"from", "below", "points"})
        low, high = table.optional("from"), table.optional("below")
        if (low is None and high is None) or (low is not None and high is not None and low >= high):
            table.fail("bands", N_("每一档写 from（含）和 below（不含）中的一个或两个，from 要小于 below。"))
        return Band(low, high, table.number("points"))

    def _item(self, table: Table) -> Item:
        table.only({"name", "input", "each", "per", "over", "most"})
        return Item(
            name=table.text("name", 60),
            key=table.key("input"),
            each=table.number("each", above=Decimal(0)),
            per=table.number("per", Decimal(1), above=Decimal(0)),
            over=table.number("over", Decimal(0)),
            most=table.optional("most"),
        )

    def _veto(self, table: Table) -> dict[str, Any]:
        over, below = table.optional("over"), table.optional("below")
        if (over is None) == (below is None):
            table.fail("over", N_("一票否决写 over（大于即否决）或 below（小于即否决）中的一个。"))
        effect, cap = table.choice("effect", ("zero", "cap", "unranked"), "zero"), table.optional("cap")
        if (effect == "cap") != (cap is not None):
            table.fail("effect", N_('effect = "cap" 须同时写 cap = 最高分；其他写法不写 cap。'))
        return {
            "over": over,
            "below": below,
            "unranked": effect == "unranked",
            "cap": Decimal(0) if effect == "zero" else cap,
        }

    def _light(self, table: Table) -> LightRule:
        table.only({*_COMMON, "cases", "otherwise"})
        colours = [colour for colour in Colour if colour != Colour.NONE]
        cases = []
        for one in table.tables("cases"):
            one.only({"colour", "when"})
            conditions = one.held.get("when")
            if not isinstance(conditions, list) or not conditions:
                one.fail("cases", N_('每种情形写 when = ["输入 < 数或输入", …]。'))
            colour = Colour(one.choice("colour", colours, ""))
            cases.append(Case(colour, tuple(self._condition(one, text) for text in conditions)))
        otherwise = Colour(table.choice("otherwise", colours, ""))
        return LightRule(
            table.text("no", 20), table.text("name", 60), table.text("text", 1_000), tuple(cases), otherwise
        )

    def _condition(self, table: Table, text: object) -> Condition:
        found = _CONDITION.fullmatch(text.strip()) if isinstance(text, str) else None
        if found is None or found[2] not in SIGNS:
            table.fail("cases", N_("“{text}”须写成 输入 < 数，或 输入 >= 另一输入。"), text=str(text)[:60])
        left = table.as_input("cases", found[1])
        right = Decimal(found[3]) if _NUMBER.fullmatch(found[3]) else table.as_input("cases", found[3])
        return Condition(left, found[2], right)
