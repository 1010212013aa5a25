"""Reads a list of external figures (other cities, ranks in the province) as it is sent: any column order, a title above, stated units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.problems import N_, Problem
from zhaoshang.common.sheets import Cell, Column, Kind, Row, Sheet, column_letter, open_workbook, write_table
from zhaoshang.figures.actions import ExternalEntry
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.rules import Unit
from zhaoshang.regions.models import Region
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell, unit_in_header, unit_in_line
from zhaoshang.review.workbooks.columns import Column as Named
from zhaoshang.review.workbooks.columns import bare, fit
from zhaoshang.review.workbooks.dates import DateError, day_of_cell
from zhaoshang.review.workbooks.messages import MESSAGES

SEARCHED_ROWS, MOST_ROWS = 15, 1_000
LONGEST_SOURCE, LONGEST_SCOPE = 400, 20
COLUMNS = (
    Named("place", N_("省或市"), ("省或市", "城市", "地市", "地区", "市", "省份", "名称"), needed=True),
    Named("period", N_("时期"), ("时期", "期间", "报告期", "统计期", "月份", "季度")),
    Named(
        "value",
        N_("数值"),
        ("数值", "金额", "到位内资", "到位资金", "本期", "完成额", "个数"),
        never=("位次", "增", "%", "同比"),
    ),
    Named("rank", N_("位次"), ("位次", "排名", "名次", "序位")),
    Named("scope", N_("范围"), ("范围", "排名范围", "在何范围排名")),
    Named("source", N_("来源"), ("来源", "数据来源", "出处", "依据", "文件"), never=("日期",)),
    Named("dated", N_("来源日期"), ("来源日期", "发布日期", "日期", "发文日期")),
    Named("is_official", N_("正式通报"), ("正式通报", "上级正式通报", "是否正式", "正式")),
)
WORDS = {
    "no_table": N_("没有找到“省或市”一栏和“数值”或“位次”一栏。请保留表头，或用模板填写。"),
    "place_unknown": N_("没有“{value}”这个省或市。请填全称（如沈阳市）或六位行政区划代码。"),
    "period_missing": N_("没有写时期。请补上这一栏，或在上传时选定。"),
    "period_unreadable": N_("“{value}”不是一个时期。请写成 2022、2022Q1、2022-03 或 2022-01/2022-06。"),
    "says_nothing": N_("数值和位次都没有。至少填一个。"),
    "rank_unreadable": N_("“{value}”不是位次。请写一个整数。"),
    "count_unreadable": N_("“{value}”不是个数。请写一个整数。"),
    "unit_missing": N_("金额没有写明单位。请在表头写上（万元）、（亿元）或（元）。"),
    "source_missing": N_("没有写来源。请补上文件号、报刊日期或网址，或在上传时统一填写。"),
    "dated_missing": N_("没有写来源日期。请补上，或在上传时统一填写。"),
    "text_too_long": N_("“{value}”太长；请缩短。"),
    "twice": N_("“{value}”同一时期在表中出现两次。请只留一行。"),
    "too_many_rows": N_("超过一千行。请分成几份。"),
}
TEMPLATES = {**MESSAGES, **WORDS}


@dataclass(frozen=True, slots=True)
class Given:
    """What holds for rows that do not say it themselves."""

    period: Period | None = None
    source: str = ""
    dated: date | None = None
    is_official: bool = False


@dataclass(frozen=True, slots=True)
class ExternalSheet:
    """What was understood: the entries, and what is wrong by cell. All or none may be recorded."""

    entries: tuple[ExternalEntry, ...]
    problems: tuple[Problem, ...]


def read_external(content: bytes, filename: str, indicator: Indicator, given: Given) -> ExternalSheet:
    """Read the first sheet with a table. Raises ``common.problems.Refused`` for a file that cannot be trusted or opened."""
    book = open_workbook(content, filename)
    for sheet in book.sheets:
        if not sheet.hidden and (found := _heading(sheet)):
            return _Reader(sheet, *found, indicator, given, book.date1904).read()
    return ExternalSheet((), (_problem("no_table", book.sheets[0].name),))


def external_template(indicator: Indicator) -> bytes:
    """A blank xlsx with the columns that are read, the unit in the heading."""
    unit = "（亿元）" if indicator.unit_of_value == Unit.FEN else ""
    columns = [Column(f"{one.label}{unit if one.key == 'value' else ''}", width=18) for one in COLUMNS]
    notes = [
        ("省或市", "全称或六位行政区划代码，例如 沈阳市"),
        ("时期", "2022、2022Q1、2022-03 或 2022-01/2022-06"),
        ("数值、位次", "至少填一个；范围写“全省”等"),
        ("来源、来源日期", "文件号、报刊日期或网址；整份相同的，可以在上传时统一填写"),
        ("正式通报", "上级正式通报的写“是”"),
    ]
    return write_table(columns, [], f"外部数据-{indicator.name}", notes)


def _problem(code: str, sheet: str, row: int = 0, column: str = "", value: str = "") -> Problem:
    params = {"value": value, "unit": ""}
    return Problem(sheet, row, column, value, TEMPLATES[code].format(**params), code, params=params)


def _heading(sheet: Sheet) -> tuple[Row, dict[str, int]] | None:
    """The row that names the columns, and where each is."""
    for row in sheet.rows[:SEARCHED_ROWS]:
        columns: dict[str, int] = {}
        for number, cell in row.cells.items():
            scores = {one.key: fit(one, cell.text).score for one in COLUMNS if one.key not in columns}
            best = max(scores, key=lambda key: scores[key], default="")
            if best and scores[best] >= 60:
                columns[best] = number
        if "place" in columns and ("value" in columns or "rank" in columns):
            return row, columns
    return None


class _Reader:
    """One sheet being read; the row in hand is :attr:`row`."""

    def __init__(
        self, sheet: Sheet, heading: Row, columns: Mapping[str, int], indicator: Indicator, given: Given, date1904: bool
    ) -> None:
        self.sheet, self.heading, self.columns = sheet, heading, columns
        self.indicator, self.given, self.date1904 = indicator, given, date1904
        self.problems: list[Problem] = []
        self.places = _places()
        self.row = heading
        titles = [cell.text for row in sheet.rows if row.number < heading.number for cell in row.cells.values()]
        stated = [unit_in_header(heading.cell(columns["value"]).text)] if "value" in columns else []
        self.unit = next((unit for unit in [*stated, *map(unit_in_line, titles)] if unit), None)

    def read(self) -> ExternalSheet:
        """All rows below the heading."""
        entries: dict[tuple[str, str], ExternalEntry] = {}
        below = [row for row in self.sheet.rows if row.number > self.heading.number]
        if len(below) > MOST_ROWS:
            return ExternalSheet((), (_problem("too_many_rows", self.sheet.name),))
        for self.row in below:
            if not (name := self._text("place")) or bare(name) in ("合计", "总计", "全省合计"):
                continue
            before = len(self.problems)
            entry = self._entry(name)
            if len(self.problems) == before and entry:
                if (entry.place_code, str(entry.period)) in entries:
                    self._fault("twice", "place", name)
                entries[entry.place_code, str(entry.period)] = entry
        return ExternalSheet(tuple(entries.values()), tuple(self.problems))

    def _entry(self, name: str) -> ExternalEntry | None:
        place = self.places.get(bare(name)) or self.places.get(name)
        if place is None:
            self._fault("place_unknown", "place", name)
        period, value, rank = self._period(), self._value(), self._rank()
        if value is None and rank is None and not self._text("value") and not self._text("rank"):
            self._fault("says_nothing", "value" if "value" in self.columns else "rank", "")
        source, dated = self._limited("source", LONGEST_SOURCE) or self.given.source, self._dated()
        if not source:
            self._fault("source_missing", "source", "")
        if place is None or period is None or dated is None or not source:
            return None
        official = self._text("is_official") in ("是", "√", "正式", "yes") or self.given.is_official
        scope = self._limited("scope", LONGEST_SCOPE)
        return ExternalEntry(place.code, place.name, period, value, rank, scope, source, dated, official)

    def _cell(self, key: str) -> Cell:
        return self.row.cell(self.columns.get(key, 0))

    def _text(self, key: str) -> str:
        return self._cell(key).text.strip()

    def _limited(self, key: str, most: int) -> str:
        text = self._text(key)
        if len(text) > most:
            self._fault("text_too_long", key, text[:20])
        return text[:most]

    def _period(self) -> Period | None:
        text = self._text("period")
        try:
            if text:
                return Period.parse(text)
        except NotAPeriod:
            self._fault("period_unreadable", "period", text[:40])
            return None
        if self.given.period is None:
            self._fault("period_missing", "period", "")
        return self.given.period

    def _value(self) -> int | None:
        text = self._text("value")
        if not text:
            return None
        if self.indicator.unit_of_value != Unit.FEN:
            return self._count("value", "count_unreadable", 10**12)
        try:
            amount = amount_of_cell(self._cell("value"))
            if not (unit := amount.unit or self.unit):
                self._fault("unit_missing", "value", text)
                return None
            return amount.fen(unit) if amount.number else 0
        except AmountError as error:
            self._fault(error.code, "value", error.value)
            return None

    def _rank(self) -> int | None:
        return self._count("rank", "rank_unreadable", 400) if self._text("rank") else None

    def _count(self, key: str, code: str, most: int) -> int | None:
        text = self._text(key).removeprefix("第").removesuffix("位").removesuffix("名").replace(",", "")
        if text.isascii() and text.isdigit() and len(text) < 13 and 0 < int(text) <= most:
            return int(text)
        self._fault(code, key, text[:20])
        return None

    def _dated(self) -> date | None:
        if self._cell("dated").kind is Kind.BLANK:
            if self.given.dated is None:
                self._fault("dated_missing", "dated", "")
            return self.given.dated
        try:
            return day_of_cell(self._cell("dated"), None, self.date1904)
        except DateError as error:
            self._fault(error.code, "dated", error.value)
            return None

    def _fault(self, code: str, key: str, value: str) -> None:
        letter = column_letter(self.columns[key]) if key in self.columns else ""
        self.problems.append(_problem(code, self.sheet.name, self.row.number, letter, value))


def _places() -> dict[str, Region]:
    """Provinces and cities by code, full name and short name; a short name that two share names neither."""
    found: dict[str, Region] = {}
    for region in Region.objects.filter(code__endswith="00", valid_to__isnull=True).order_by("-code"):
        found |= {region.code: region, bare(region.name): region, bare(region.short_name): region}
    return found
