"""Which of the rows below a heading are payments, and what the others are: totals, sections, notes, headings said
again.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from zhaoshang.common.sheets import Cell, Kind, Row
from zhaoshang.common.sheets.model import BLANK
from zhaoshang.review.workbooks.amounts import Amount, AmountError, amount_of_cell
from zhaoshang.review.workbooks.columns import IDENTIFYING, bare, origin_of
from zhaoshang.review.workbooks.outcome import IgnoredRow
from zhaoshang.review.workbooks.tables import Table

_TOTAL = re.compile(r"(.{0,14}?)(合计|总计|小计|共计|累计)(?:数|金额|[（(:：].*)?")
_OF_WHICH = re.compile(r"(其中|包括|其中包括)[:：,，]?.*")
_NOTE = re.compile(
    r"(注|备注|说明|附注|填表说明|填报说明|填表人|填报人|制表人?|制表单位|审核人?|复核人?|负责人|单位负责人|主管领导|分管领导|联系人|联系电话|电话|填报单位|填报日期|填表日期"
    r"|报送单位|报送日期|盖章|单位[（(]盖章|金额单位|单位)\s*([:：（(\d一二三、]|$)"
)
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*\S+")
_LONGEST_SECTION = 12
_COUNTING = "甲乙丙丁戊己庚辛"
_DASHES = frozenset("-—–/\\无空")
_ONCE = ("amount", "foreign_amount", "row_key", "note")
_TELLING = ("project_name", "enterprise_name", "project_code", "arrived_on", "amount", "bank_serial", "payer", "uscc")
_MEANT = frozenset({"arrived_on", "amount", "foreign_amount", "bank_serial"})


@dataclass(slots=True)
class DataRow:
    """A row that may be a payment: its cells by key, merged ones filled in, and the section it stands in."""

    row: Row
    cells: dict[str, Cell]
    section: str = ""
    amount_spans_rows: bool = False


@dataclass(slots=True)
class Total:
    """A row that states a sum."""

    row: Row
    label: str
    stated: Amount
    is_part: bool


@dataclass(slots=True)
class Sorted:
    """The rows of a table, in order, told apart."""

    body: list[DataRow | Total] = field(default_factory=list)
    ignored: list[IgnoredRow] = field(default_factory=list)

    @property
    def payments(self) -> list[DataRow]:
        """The rows that may be payments."""
        return [entry for entry in self.body if isinstance(entry, DataRow)]


def sort_rows(table: Table) -> Sorted:
    """Tell the rows below the heading apart."""
    found = Sorted()
    merged = _MergedCells(table)
    section = ""
    amount = table.columns.get("amount", 0)
    for row in table.rows:
        label = _total_label(row, table)
        if label and (stated := _stated(row.cell(amount))):
            found.body.append(Total(row, label, stated, "小计" in label))
            continue
        taken_for = "total" if label else "" if _is_plain_payment(row, table) else _taken_for(row, table)
        if taken_for == "section":
            section = _first_text(row)
        if taken_for:
            found.ignored.append(IgnoredRow(table.sheet.name, row.number, taken_for, _first_text(row)[:80]))
        else:
            cells = {key: merged.cell(row, column, key) for key, column in table.columns.items()}
            found.body.append(DataRow(row, cells, section, merged.spans(row, amount)))
    return found


def _is_plain_payment(row: Row, table: Table) -> bool:
    """The common case, told at once: a day, an amount, and words."""
    columns = table.columns
    dated, paid = _has_digits(row.cell(columns.get("arrived_on", 0))), _has_digits(row.cell(columns.get("amount", 0)))
    return dated and paid and any(len(row.cell(columns.get(key, 0)).text) > 2 for key in IDENTIFYING)


def _taken_for(row: Row, table: Table) -> str:
    """What the row is if it is no payment; the empty string otherwise."""
    if _is_numbering(row):
        return "numbering"
    if _repeats_heading(row, table):
        return "header"
    first = _first_text(row)
    dated, paid = (_has_digits(row.cell(table.columns.get(key, 0))) for key in ("arrived_on", "amount"))
    if _NOTE.match(first) and _stated(row.cell(table.columns.get("amount", 0))) is None:
        return "note"
    if _OF_WHICH.fullmatch(first) and not dated:
        return "of_which"
    if len(row.cells) == 1 and not dated and not paid:
        return _lone_text(row, table, first)
    telling = {key for key in (*_TELLING, "foreign_amount") if _says_something(row.cell(table.columns.get(key, 0)))}
    if not telling:
        return "empty"
    return "" if telling & _MEANT else "no_payment"


def _lone_text(row: Row, table: Table, text: str) -> str:
    """A text alone in its row: the heading of a section, a remark, or a project and nothing else."""
    if _SECTION.fullmatch(text) or origin_of(text):
        return "section"
    if any(table.columns.get(key) in row.cells for key in IDENTIFYING):
        return "no_payment"
    return "section" if len(text) <= _LONGEST_SECTION else "note"


def _has_digits(cell: Cell) -> bool:
    return cell.formula or any(letter.isdigit() for letter in cell.text)


def _says_something(cell: Cell) -> bool:
    return cell.formula or (cell.kind is not Kind.BLANK and cell.text.strip() not in _DASHES)


def _first_text(row: Row) -> str:
    """The first cell that is no running number."""
    texts = [cell.text.strip() for _, cell in sorted(row.cells.items()) if cell.kind is Kind.TEXT]
    return next((text for text in texts if text and not text.isdigit()), "")


def _total_label(row: Row, table: Table) -> str:
    """The label of a row of sums, without spaces; the empty string for any other row.

    Where a name should stand, 合计 is always a label; elsewhere only in a row without a day.
    """
    columns = table.columns
    names = [columns[key] for key in IDENTIFYING if key in columns]
    apart = (columns.get("amount"), columns.get("note"))
    for column, cell in row.cells.items():
        if "计" in cell.text and cell.kind is Kind.TEXT and column not in apart:
            text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell.text))
            if _TOTAL.fullmatch(text) and (column in names or not _has_digits(row.cell(columns.get("arrived_on", 0)))):
                return text
    return ""


def _stated(cell: Cell) -> Amount | None:
    """The amount of a total, which may be a formula's; ``None`` when there is none."""
    try:
        return amount_of_cell(cell._replace(formula=False))
    except AmountError:
        return None


def _is_numbering(row: Row) -> bool:
    """The line 1 2 3 4 (or 甲 乙 1 2) under a heading."""
    texts = [re.sub(r"[（()）\s]", "", cell.text) for _, cell in sorted(row.cells.items())]
    counted = [text for text in texts if text not in _COUNTING]
    return len(texts) > 2 and counted == [str(number) for number in range(1, len(counted) + 1)]


def _repeats_heading(row: Row, table: Table) -> bool:
    texts = {column: bare(cell.text) for column, cell in row.cells.items() if cell.kind is Kind.TEXT}
    same = [column for column, text in texts.items() if text and text in bare(table.headings.get(column, ""))]
    return len(same) >= 2 and len(same) * 2 > len(texts)


class _MergedCells:
    """Cells merged over several rows: their text holds for each, an amount only once."""

    def __init__(self, table: Table) -> None:
        self._tops: dict[tuple[int, int], Cell] = {}
        self._covered: set[tuple[int, int]] = set()
        rows = {row.number: row for row in table.rows}
        for area in table.sheet.merged:
            if area.bottom > area.top >= table.first and area.left in set(table.columns.values()):
                self._note(area.top, area.bottom, area.left, rows)

    def _note(self, top: int, bottom: int, column: int, rows: dict[int, Row]) -> None:
        first = rows.get(top)
        covered = [number for number in range(top, min(bottom, top + 10_000) + 1) if number in rows]
        for number in covered:
            self._tops[number, column] = first.cell(column) if first else BLANK
        if len(covered) > 1:
            self._covered.update((number, column) for number in covered)

    def cell(self, row: Row, column: int, key: str) -> Cell:
        """The cell of ``key``: the merged cell it lies in, unless it is something that a row has for itself."""
        own = row.cell(column)
        return self._tops.get((row.number, column), own) if own is BLANK and key not in _ONCE else own

    def spans(self, row: Row, column: int) -> bool:
        """Whether the cell is merged with those of other rows that hold something."""
        return (row.number, column) in self._covered
