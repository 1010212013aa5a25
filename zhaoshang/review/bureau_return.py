"""Reads the statistics bureau's monthly list (入库项目) as it is sent: any column order, a title above, amounts with a stated unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhaoshang.capital.reconciliation import ReturnRow
from zhaoshang.common import uscc
from zhaoshang.common.problems import N_, Problem
from zhaoshang.common.sheets import Row, Sheet, column_letter, open_workbook
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell, unit_in_header
from zhaoshang.review.workbooks.columns import Column, bare, fit
from zhaoshang.review.workbooks.messages import MESSAGES

SEARCHED_ROWS = 15
LONGEST_NAME_CHARACTERS = 120
TOTALS = ("合计", "总计", "小计")
COLUMNS = (
    Column(
        "name",
        N_("纳统名称"),
        ("纳统名称", "纳统项目名称", "入库项目名称", "项目名称", "项目"),
        never=("代码", "编号", "单位", "负责"),
        needed=True,
    ),
    Column("uscc", N_("统一社会信用代码"), ("统一社会信用代码", "社会信用代码", "信用代码", "法人代码")),
    Column("unit", N_("地区"), ("地区", "区市县", "所在地区", "填报地区", "县区", "属地")),
    Column(
        "month",
        N_("本月投资"),
        ("本月投资", "本月完成投资", "当月投资", "纳统投资", "本月", "当月完成投资"),
        never=("累计", "计划", "总投资"),
    ),
    Column(
        "total",
        N_("累计投资"),
        ("累计投资", "累计完成投资", "本年累计", "自年初累计", "本年完成投资"),
        never=("计划", "总投资"),
    ),
)
WORDS = {
    "no_table": N_("没有找到“纳统名称”（或“项目名称”）一栏。请保留表头再上传。"),
    "no_unit": N_("金额栏没有写明单位。请在表头写上（万元）、（亿元）或（元）。"),
    "no_such_unit": N_("没有“{value}”这个填报地区。请写地区全称或简称。"),
    "bad_code": N_("统一社会信用代码“{value}”不对。请核对后改正，或留空。"),
    "named_twice": N_("“{value}”在表中出现两次。同一项目请合并为一行。"),
    "long_name": N_("名称超过 120 字。请用纳统登记的名称。"),
}


@dataclass(frozen=True, slots=True)
class BureauReturn:
    """What was understood: the lines, and what is wrong by cell. Lines with a problem are not among ``rows``."""

    rows: tuple[ReturnRow, ...]
    problems: tuple[Problem, ...]


def read_return(content: bytes, filename: str, units: Sequence[ReportingUnit]) -> BureauReturn:
    """Read the first sheet with a table. Raises ``common.problems.Refused`` for a file that cannot be trusted or opened."""
    book = open_workbook(content, filename)
    for sheet in book.sheets:
        if not sheet.hidden and (found := _heading(sheet)):
            return _Reader(sheet, *found, units).read()
    return BureauReturn((), (_problem("no_table", book.sheets[0].name if book.sheets else ""),))


def _problem(code: str, sheet: str, row: int = 0, column: str = "", value: str = "") -> Problem:
    words = WORDS.get(code) or MESSAGES[code]
    return Problem(
        sheet, row, column, value, words.format(value=value, unit=""), code, params={"value": value, "unit": ""}
    )


def _heading(sheet: Sheet) -> tuple[Row, dict[str, int]] | None:
    """The row that names the columns, and where each is."""
    for row in sheet.rows[:SEARCHED_ROWS]:
        columns: dict[str, int] = {}
        for number, cell in row.cells.items():
            scores = {column.key: fit(column, cell.text).score for column in COLUMNS if column.key not in columns}
            best = max(scores, key=lambda key: scores[key], default="")
            if best and scores[best] >= 60:
                columns[best] = number
        if "name" in columns and len(columns) > 1:
            return row, columns
    return None


class _Reader:
    """One sheet being read."""

    def __init__(self, sheet: Sheet, heading: Row, columns: Mapping[str, int], units: Sequence[ReportingUnit]) -> None:
        self.sheet, self.heading, self.columns = sheet, heading, columns
        self.units = {bare(name): unit for unit in units for name in (unit.name, unit.short_name, unit.code)}
        self.problems: list[Problem] = []

    def read(self) -> BureauReturn:
        """All rows below the heading."""
        rows: dict[tuple[str, str], ReturnRow] = {}
        for row in self.sheet.rows:
            if (
                row.number <= self.heading.number
                or not (name := self._text(row, "name"))
                or bare(name).startswith(TOTALS)
            ):
                continue
            before = len(self.problems)
            line = self._line(row, name)
            if (line.name, line.uscc) in rows:
                self._fault("named_twice", row, "name", name)
            if len(self.problems) == before:
                rows[line.name, line.uscc] = line
        return BureauReturn(tuple(rows.values()), tuple(self.problems))

    def _text(self, row: Row, key: str) -> str:
        return row.cell(self.columns[key]).text.strip() if key in self.columns else ""

    def _line(self, row: Row, name: str) -> ReturnRow:
        if len(name) > LONGEST_NAME_CHARACTERS:
            self._fault("long_name", row, "name", name[:20])
        return ReturnRow(
            name=name,
            uscc=self._code(row),
            unit=self._unit(row),
            month_fen=self._fen(row, "month"),
            total_fen=self._fen(row, "total"),
        )

    def _code(self, row: Row) -> str:
        text = self._text(row, "uscc")
        try:
            return uscc.checked(text) if text else ""
        except uscc.BadCode:
            self._fault("bad_code", row, "uscc", text)
            return ""

    def _unit(self, row: Row) -> ReportingUnit | None:
        text = self._text(row, "unit")
        unit = self.units.get(bare(text))
        if text and unit is None:
            self._fault("no_such_unit", row, "unit", text)
        return unit

    def _fen(self, row: Row, key: str) -> int | None:
        if key not in self.columns or not self._text(row, key):
            return None
        stated = unit_in_header(self.heading.cell(self.columns[key]).text)
        try:
            amount = amount_of_cell(row.cell(self.columns[key]))
            if amount.number == 0:
                return 0
            if not (unit := amount.unit or stated):
                self._fault("no_unit", row, key, "")
                return None
            return amount.fen(unit)
        except AmountError as error:
            self._fault(error.code, row, key, error.value)
            return None

    def _fault(self, code: str, row: Row, key: str, value: str) -> None:
        self.problems.append(_problem(code, self.sheet.name, row.number, column_letter(self.columns[key]), value))
