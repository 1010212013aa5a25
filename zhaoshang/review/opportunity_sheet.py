"""Reads a sheet of opportunities of one kind, as the list is exported: any column order, all rows or none, problems by cell.

A row with a known code amends that entry; without a code it is known again by unit and title, so that the same sheet may come twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from zhaoshang.common.problems import N_, Problem
from zhaoshang.common.sheets import Row, Sheet, column_letter, open_workbook
from zhaoshang.opportunities.actions import NewEntry
from zhaoshang.opportunities.fields import FIELDS, Fault, read_english, read_fields
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import Kind
from zhaoshang.opportunities.wording import english_heading, fault_words
from zhaoshang.people.models import User
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell
from zhaoshang.review.workbooks.dates import DateError, day_of_cell
from zhaoshang.review.workbooks.messages import MESSAGES

SEARCHED_ROWS = 15
MOST_ROWS = 2_000
SHARED = {
    "编号": "code",
    "名称": "title",
    "英文名称": "title_en",
    "地区": "unit",
    "维护人": "steward",
    "简介": "summary",
    "英文简介": "summary_en",
    "行业门类": "industry",
    "总投资（亿元）": "amount",
    "面积（平方米）": "area",
    "有效期至": "expires_on",
}
LONGEST = {"code": 30, "title": 120, "title_en": 160, "summary": 600, "summary_en": 1000}
WORDS = {
    "no_table": N_("没有找到表头。须有“名称”“地区”“有效期至”三栏；先从列表导出同类条目，照样填写。"),
    "many_rows": N_("一次最多 2000 行；请分成几份。"),
    "no_unit": N_("没有“{value}”这个地区，或它不归你填报。请用本市的地区名称。"),
    "no_steward": N_("没有“{value}”这个人，或此人不能维护这里的条目。请填用户名。"),
    "no_title": N_("名称是空的。"),
    "long": N_("文字太长，最多 {most} 个字。"),
    "no_industry": N_("行业门类写一个字母 A 至 T。"),
    "area": N_("面积请填数字，最多两位小数，单位是平方米。"),
    "past": N_("有效期须在今天以后。"),
    "not_yours": N_("编号“{value}”已有条目，但它是另一类，或不归你维护。"),
    "twice": N_("“{value}”在表里出现两次。"),
}


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """What was understood, and what is wrong by cell. With a problem, nothing is to be written."""

    entries: tuple[NewEntry, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a sheet may name: units (by name), stewards (by user name), entries of the city; ``default`` keeps what names nobody."""

    units: Mapping[str, ReportingUnit]
    stewards: Mapping[str, User]
    entries: Mapping[str, Opportunity]
    writable: frozenset[str]
    default: User
    whole_city: bool
    today: date


def read_entries(content: bytes, filename: str, kind: Kind, known: Known, say: Callable[[str], str]) -> EntrySheet:
    """Raises ``common.problems.Refused`` for a file that cannot be trusted or opened."""
    book = open_workbook(content, filename)
    for sheet in book.sheets:
        if not sheet.hidden and (found := _heading(sheet, kind, say)):
            return _Reader(sheet, *found, kind, known, book.date1904).read()
    return EntrySheet((), (_problem("no_table", book.sheets[0].name if book.sheets else ""),))


def _problem(code: str, sheet: str, row: int = 0, column: str = "", value: str = "", **params: object) -> Problem:
    told = {"value": value[:80], "unit": "", **params}
    words = (WORDS | MESSAGES)[code].format(**told)
    return Problem(sheet, row, column, value[:80], words, code, params=told)


def _heading(sheet: Sheet, kind: Kind, say: Callable[[str], str]) -> tuple[Row, dict[str, int]] | None:
    """The row that names what every entry needs, and where each field is; headings in Chinese or in the page's language."""
    names = {label: key for chinese, key in SHARED.items() for label in (chinese, say(chinese))}
    for one in FIELDS[kind]:
        for translate in (str, say):
            label = translate(one.label)
            names |= {
                label: f"f_{one.name}",
                f"{label}（{translate(one.unit)}）" if one.unit else label: f"f_{one.name}",
            }
            if one.has_english:
                names[english_heading(label, translate)] = f"e_{one.name}"
    for row in sheet.rows[:SEARCHED_ROWS]:
        columns = {names[text]: number for number, cell in row.cells.items() if (text := cell.text.strip()) in names}
        if {"title", "unit", "expires_on"} <= set(columns):
            return row, columns
    return None


@dataclass(slots=True)
class _Reader:
    """One sheet being read."""

    sheet: Sheet
    heading: Row
    columns: Mapping[str, int]
    kind: Kind
    known: Known
    date1904: bool
    problems: list[Problem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def read(self) -> EntrySheet:
        rows = [row for row in self.sheet.rows if row.number > self.heading.number and self._filled(row)]
        if len(rows) > MOST_ROWS:
            return EntrySheet((), (_problem("many_rows", self.sheet.name),))
        entries = [self._entry(row) for row in rows]
        return EntrySheet(() if self.problems else tuple(one for one in entries if one), tuple(self.problems))

    def _filled(self, row: Row) -> bool:
        return any(row.cell(one).text.strip() for one in self.columns.values())

    def _text(self, row: Row, key: str) -> str:
        return row.cell(self.columns[key]).text.strip() if key in self.columns else ""

    def _fault(self, code: str, row: Row, key: str, value: str = "", **params: object) -> None:
        place = column_letter(self.columns[key]) if key in self.columns else ""
        self.problems.append(_problem(code, self.sheet.name, row.number, place, value, **params))

    def _entry(self, row: Row) -> NewEntry | None:
        before = len(self.problems)
        texts: dict[str, Any] = {key: self._text(row, key) for key in LONGEST}
        for key, text in texts.items():
            if len(text) > LONGEST[key]:
                self._fault("long", row, key, text, most=LONGEST[key])
        if not texts["title"]:
            self._fault("no_title", row, "title")
        unit = self._unit(row)
        texts["code"] = self._code(row, texts, unit)
        fields = self._own(row)
        fields_en = self._english(row)
        expires_on, amount, area = self._day(row), self._amount(row), self._area(row)
        industry, steward = self._text(row, "industry")[:1].upper(), self._steward(row)
        if industry and industry not in INDUSTRIES:
            self._fault("no_industry", row, "industry", industry)
        if len(self.problems) > before or expires_on is None or steward is None:
            return None
        return NewEntry(
            kind=self.kind, unit=unit, steward=steward, expires_on=expires_on, industry=industry, amount_fen=amount, area_m2=area,
            fields=fields, fields_en=fields_en, **texts,
        )  # fmt: skip

    def _unit(self, row: Row) -> ReportingUnit | None:
        text = self._text(row, "unit")
        if text in self.known.units:
            return self.known.units[text]
        if text not in ("市级", "City") or not self.known.whole_city:
            self._fault("no_unit", row, "unit", text)
        return None

    def _code(self, row: Row, texts: Mapping[str, str], unit: ReportingUnit | None) -> str:
        """The code given, else that of the entry of the same unit and title; each once a sheet."""
        code = texts["code"]
        if not code:
            unit_id = unit.pk if unit else None
            same = (one for one in self.known.entries.values() if (one.title, one.unit_id) == (texts["title"], unit_id))
            code = next((one.code for one in same if one.kind == self.kind), "")
        held = self.known.entries.get(code)
        if held and (held.kind != self.kind or code not in self.known.writable):
            self._fault("not_yours", row, "code", code)
        mark = code or f"{unit.pk if unit else ''}/{texts['title']}"
        if mark in self.seen:
            self._fault("twice", row, "title", texts["title"])
        self.seen.add(mark)
        return code

    def _own(self, row: Row) -> dict[str, Any]:
        raw = {key[2:]: self._text(row, key) for key in self.columns if key.startswith("f_")}
        raw = {name: text for name, text in raw.items() if text}
        self._field_faults(row, "f_", raw, read_fields(FIELDS[self.kind], raw)[1])
        return raw

    def _english(self, row: Row) -> dict[str, str] | None:
        """The English of the fields that are words; None from a sheet without such columns, which leaves it as it is."""
        raw = {key[2:]: self._text(row, key) for key in self.columns if key.startswith("e_")}
        self._field_faults(row, "e_", raw, read_english(FIELDS[self.kind], raw)[1])
        return raw or None

    def _field_faults(self, row: Row, begins: str, raw: Mapping[str, str], faults: Iterable[Fault]) -> None:
        for fault in faults:
            place = column_letter(self.columns[f"{begins}{fault.name}"])
            told = Problem(
                self.sheet.name,
                row.number,
                place,
                raw[fault.name][:80],
                fault_words(fault),
                f"field_{fault.code}",
                params=fault.params,
            )
            self.problems.append(told)

    def _day(self, row: Row) -> date | None:
        try:
            day = day_of_cell(row.cell(self.columns["expires_on"]), None, self.date1904)
        except DateError as error:
            self._fault(error.code, row, "expires_on", error.value)
            return None
        held = self.known.entries.get(self._text(row, "code"))
        if day < self.known.today and (held is None or held.expires_on != day):
            self._fault("past", row, "expires_on")
        return day

    def _amount(self, row: Row) -> int | None:
        if not self._text(row, "amount"):
            return None
        try:
            amount = amount_of_cell(row.cell(self.columns["amount"]))
            return amount.fen(amount.unit or "亿元")
        except AmountError as error:
            self._fault(error.code, row, "amount", error.value)
            return None

    def _area(self, row: Row) -> Decimal | None:
        text = self._text(row, "area").replace(",", "")
        try:
            area = Decimal(text) if text else None
        except InvalidOperation:
            area = Decimal("NaN")
        if area is not None and (not area.is_finite() or not 0 <= area < 10**12):
            self._fault("area", row, "area", text)
            return None
        return area

    def _steward(self, row: Row) -> User | None:
        text = self._text(row, "steward")
        if not text:
            return self.known.default
        if text not in self.known.stewards:
            self._fault("no_steward", row, "steward", text)
        return self.known.stewards.get(text)


def sentence(one: Problem) -> str:
    """The Chinese template of a problem's sentence, for a door that says it in another language."""
    return (WORDS | MESSAGES)[one.code]
