"""Reads a list of payment schedules (付款计划): one line an instalment, several projects in one file, any column order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zhaoshang.common.problems import N_, Problem
from zhaoshang.common.sheets import Row, Sheet, column_letter, open_workbook
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import SCHEDULE_FAULT_LABELS, schedule_fault
from zhaoshang.projects.schedules import Schedule
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell, unit_in_header
from zhaoshang.review.workbooks.columns import Column, fit
from zhaoshang.review.workbooks.dates import DateError, day_of_cell, month_of_cell
from zhaoshang.review.workbooks.messages import MESSAGES

SEARCHED_ROWS = 15
LONGEST_DOCUMENT = 120
COLUMNS = (
    Column("project", N_("项目编号"), ("项目编号", "项目编码", "项目代码", "编号"), needed=True),
    Column("month", N_("计划月份"), ("计划月份", "计划到位月份", "到资月份", "月份"), never=("金额",), needed=True),
    Column(
        "amount",
        N_("计划金额（万元）"),
        ("计划金额", "计划到位金额", "金额", "本期金额"),
        never=("合同", "累计"),
        needed=True,
    ),
    Column("document", N_("依据文件"), ("依据文件", "合同编号", "依据", "文件"), never=("日期",), needed=True),
    Column("agreed_on", N_("签订日期"), ("签订日期", "文件日期", "合同日期", "日期"), needed=True),
)
WORDS = {
    "no_table": N_("没有找到表头。须有项目编号、计划月份、计划金额、依据文件、签订日期五栏；可下载模板填写。"),
    "no_unit": N_("金额栏没有写明单位。请在表头写上（万元）、（亿元）或（元）。"),
    "no_project": N_("没有编号为“{value}”的项目，或它不在您的地区。请核对编号。"),
    "blank": N_("这一格是空的。每行都要填满五栏。"),
    "month_twice": N_("同一项目的“{value}”出现两次。同月请合并为一行。"),
    "two_documents": N_("同一项目写了不同的依据文件或日期。一次只能登记一份文件的计划。"),
    "long_document": N_("依据文件超过 120 字。请只写文号或合同编号。"),
} | {f"schedule_{fault}": words for fault, words in SCHEDULE_FAULT_LABELS.items()}


@dataclass(frozen=True, slots=True)
class ScheduleList:
    """What was understood: a schedule a project, and what is wrong by cell. With a problem, nothing is to be written."""

    schedules: tuple[Schedule, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Draft:
    """One project's lines so far."""

    row: int
    document: str
    agreed_on: date
    months: dict[int, int] = field(default_factory=dict)


def read_schedules(content: bytes, filename: str, projects: Mapping[str, Project]) -> ScheduleList:
    """Read the first sheet that has the five columns; ``projects`` by code are those that the sender may write.

    Raises ``common.problems.Refused`` for a file that cannot be trusted or opened.
    """
    book = open_workbook(content, filename)
    for sheet in book.sheets:
        if not sheet.hidden and (found := _heading(sheet)):
            return _Reader(sheet, *found, projects, book.date1904).read()
    return ScheduleList((), (_problem("no_table", book.sheets[0].name if book.sheets else ""),))


def _problem(code: str, sheet: str, row: int = 0, column: str = "", value: str = "") -> Problem:
    words = (WORDS | MESSAGES)[code]
    params = {"value": value, "unit": ""}
    return Problem(sheet, row, column, value, words.format(**params), code, params=params)


def _heading(sheet: Sheet) -> tuple[Row, dict[str, int]] | None:
    """The row that names all five columns, and where each is."""
    for row in sheet.rows[:SEARCHED_ROWS]:
        columns: dict[str, int] = {}
        for number, cell in row.cells.items():
            scores = {column.key: fit(column, cell.text).score for column in COLUMNS if column.key not in columns}
            best = max(scores, key=lambda key: scores[key], default="")
            if best and scores[best] >= 60:
                columns[best] = number
        if len(columns) == len(COLUMNS):
            return row, columns
    return None


class _Reader:
    """One sheet being read."""

    def __init__(
        self, sheet: Sheet, heading: Row, columns: Mapping[str, int], projects: Mapping[str, Project], date1904: bool
    ) -> None:
        self.sheet, self.heading, self.columns, self.projects, self.date1904 = (
            sheet,
            heading,
            columns,
            projects,
            date1904,
        )
        self.unit = unit_in_header(heading.cell(columns["amount"]).text)
        self.problems: list[Problem] = []
        self.drafts: dict[str, _Draft] = {}

    def read(self) -> ScheduleList:
        """All rows below the heading; then what is wrong with a schedule as a whole."""
        for row in self.sheet.rows:
            if row.number > self.heading.number and any(row.cell(one).text.strip() for one in self.columns.values()):
                self._line(row)
        schedules = []
        for code, draft in self.drafts.items():
            project = self.projects[code]
            fault = schedule_fault(draft.months, draft.document, draft.agreed_on, project.contract_fen, None)
            if draft.months and fault is not None:
                self._fault(f"schedule_{fault}", draft.row, "project", code)
            schedules.append(
                Schedule(project=project, months=draft.months, document=draft.document, agreed_on=draft.agreed_on)
            )
        return ScheduleList(() if self.problems else tuple(schedules), tuple(self.problems))

    def _line(self, row: Row) -> None:
        blank = [key for key, column in self.columns.items() if not row.cell(column).text.strip()]
        for key in blank:
            self._fault("blank", row.number, key, "")
        if blank:
            return
        code, document = (row.cell(self.columns[key]).text.strip() for key in ("project", "document"))
        if code not in self.projects:
            self._fault("no_project", row.number, "project", code)
        if len(document) > LONGEST_DOCUMENT:
            self._fault("long_document", row.number, "document", document[:20])
        month, fen, agreed_on = self._month(row), self._fen(row), self._day(row)
        if month is None or fen is None or agreed_on is None or code not in self.projects:
            return
        draft = self.drafts.setdefault(code, _Draft(row.number, document, agreed_on))
        if (draft.document, draft.agreed_on) != (document, agreed_on):
            self._fault("two_documents", row.number, "document", document[:20])
        if month in draft.months:
            self._fault("month_twice", row.number, "month", row.cell(self.columns["month"]).text)
        draft.months[month] = fen

    def _month(self, row: Row) -> int | None:
        try:
            return month_of_cell(row.cell(self.columns["month"]), None, self.date1904)
        except DateError as error:
            self._fault(error.code, row.number, "month", error.value)
            return None

    def _day(self, row: Row) -> date | None:
        try:
            return day_of_cell(row.cell(self.columns["agreed_on"]), None, self.date1904)
        except DateError as error:
            self._fault(error.code, row.number, "agreed_on", error.value)
            return None

    def _fen(self, row: Row) -> int | None:
        try:
            amount = amount_of_cell(row.cell(self.columns["amount"]))
            if unit := amount.unit or self.unit:
                return amount.fen(unit)
        except AmountError as error:
            self._fault(error.code, row.number, "amount", error.value)
            return None
        self._fault("no_unit", row.number, "amount", "")
        return None

    def _fault(self, code: str, row: int, key: str, value: str) -> None:
        self.problems.append(_problem(code, self.sheet.name, row, column_letter(self.columns[key]), value))
