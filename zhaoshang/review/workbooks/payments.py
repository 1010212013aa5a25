"""The form "payments" (到位内资): from an opened workbook to rows that can be declared, and a problem for every cell
that cannot.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhaoshang.common.problems import Problem
from zhaoshang.common.sheets import Workbook, column_letter
from zhaoshang.review.workbooks.checks import duplicates, outliers, total_problems, totals_of
from zhaoshang.review.workbooks.choosing import choose
from zhaoshang.review.workbooks.columns import BY_KEY, IDENTIFYING, bare
from zhaoshang.review.workbooks.dates import year_in_titles
from zhaoshang.review.workbooks.fields import RowReader
from zhaoshang.review.workbooks.messages import problem
from zhaoshang.review.workbooks.outcome import (
    Asked,
    ColumnReading,
    IgnoredRow,
    PaymentRow,
    Reading,
    SheetReading,
    TotalRow,
)
from zhaoshang.review.workbooks.rows import DataRow, Sorted, sort_rows
from zhaoshang.review.workbooks.tables import Table, column_readings
from zhaoshang.review.workbooks.units import unit_of

MOST_PROBLEMS = 3_000
TOLD_EACH_ROWS = 500
Told = Callable[[int, int], None]


def understand(workbook: Workbook, asked: Asked, told: Told | None = None) -> Reading:
    """Read every sheet that holds payments. Problems are named by cell; nothing is raised and nothing is written.
    ``told`` hears every :data:`TOLD_EACH_ROWS` how many rows of how many of the sheet are read.

    A file may be accepted only as a whole: see :attr:`Reading.acceptable`.
    """
    tables, unread, problems = choose(workbook, asked)
    read = [_read_table(table, workbook.date1904, asked, told) for table in tables]
    rows = tuple(row for part in read for row in part.rows)
    for part in read:
        problems += part.problems
    if tables:
        again = duplicates(rows, {key: column_letter(column) for key, column in tables[0].columns.items()})
        problems += again
        rows = _without(rows, again)
    if tables and not rows and not any(found.fatal for found in problems):
        problems.append(problem("no_rows", tables[0].sheet.name))
    return Reading(
        sheets=tuple(
            [part.summary for part in read] + [SheetReading(s.name, s.hidden, False, 0, 0, None, "") for s in unread]
        ),
        columns=tuple(column for part in read for column in part.columns),
        rows=rows,
        problems=tuple(sorted(problems, key=lambda found: (not found.fatal, found.sheet, found.row, found.column))),
        totals=tuple(total for part in read for total in part.totals),
        ignored=tuple(row for part in read for row in part.ignored),
        memory={
            bare(c.heading): c.key
            for part in read
            for c in part.columns
            if c.heading and (c.key or c.reason == "person")
        },
    )


def _without(rows: tuple[PaymentRow, ...], problems: list[Problem]) -> tuple[PaymentRow, ...]:
    flawed = {(found.sheet, found.row) for found in problems}
    return tuple(row for row in rows if (row.sheet, row.row) not in flawed)


@dataclass(slots=True)
class _Part:
    """What one table came to."""

    summary: SheetReading
    columns: list[ColumnReading]
    rows: list[PaymentRow]
    problems: list[Problem]
    totals: list[TotalRow]
    ignored: list[IgnoredRow]


def _read_table(table: Table, date1904: bool, asked: Asked, told: Told | None) -> _Part:
    found = sort_rows(table)
    unit = unit_of(table, found, asked)
    year = asked.month // 12 if asked.month else year_in_titles([*table.titles, table.sheet.name])
    reader = RowReader(table.sheet.name, table.columns, unit.name, year, date1904, asked)
    rows = _read_rows(reader, found.payments, told) if "amount" in table.columns else []
    letter = column_letter(table.columns.get("amount", 0))
    totals = totals_of(found, reader.amounts_fen, table.sheet.name, unit.name)
    problems = _column_problems(table) + unit.problems + _row_problems(table, found, reader) + reader.problems
    problems += total_problems(totals, letter) + outliers(rows, letter, asked.usual_fen)
    summary = SheetReading(
        table.sheet.name, table.sheet.hidden, True, table.first, table.last, unit.name, unit.stated_in
    )
    return _Part(summary, column_readings(table, asked), rows, problems, totals, found.ignored)


def _read_rows(reader: RowReader, entries: list[DataRow], told: Told | None) -> list[PaymentRow]:
    rows = []
    for place, entry in enumerate(entries):
        if told and place % TOLD_EACH_ROWS == 0:
            told(place, len(entries))
        if reader.fatal_problems >= MOST_PROBLEMS:
            reader.stop(entry)
            break
        if row := reader.read(entry):
            rows.append(row)
    return rows


def _column_problems(table: Table) -> list[Problem]:
    name, columns = table.sheet.name, table.columns
    missing = [key for key in ("amount", "arrived_on") if key not in columns]
    if not any(key in columns for key in IDENTIFYING):
        missing.append("project_name")
    problems = [problem("column_missing", name, table.last, label=BY_KEY[key].label) for key in missing]
    for key, chosen in columns.items():
        rivals = [
            place for place in table.rivals.get(key, ()) if place not in table.fits and _differs(table, chosen, place)
        ]
        if rivals:
            told = "、".join(f"{column_letter(place)}“{table.headings[place]}”" for place in rivals)
            code = "amount_ambiguous" if key == "amount" else "column_ambiguous"
            letter = column_letter(chosen)
            problems.append(
                problem(code, name, table.last, letter, label=BY_KEY[key].label, columns=told, chosen=letter)
            )
    return problems


def _differs(table: Table, chosen: int, rival: int) -> bool:
    """Whether a column that fits as well says anything else than the chosen one."""
    return any(row.cell(rival).text not in ("", row.cell(chosen).text) for row in table.rows)


def _row_problems(table: Table, found: Sorted, reader: RowReader) -> list[Problem]:
    """What is to be confirmed about many rows at once."""
    name = table.sheet.name
    hidden = [entry.row.number for entry in found.payments if entry.row.hidden]
    silent = [row.row for row in found.ignored if row.taken_for == "no_payment"]
    columns = sorted(column for column in table.fits if column in table.sheet.hidden_columns)
    problems = []
    if silent:
        problems.append(problem("rows_without_payment", name, silent[0], rows=spans(silent)))
    if hidden:
        problems.append(problem("hidden_rows", name, hidden[0], count=len(hidden), rows=spans(hidden)))
    if columns:
        letters = "、".join(column_letter(column) for column in columns)
        problems.append(problem("hidden_columns", name, table.last, columns=letters))
    for code, key, rows in (
        ("place_missing", "place", reader.rows_without_place),
        ("date_other_month", "arrived_on", reader.rows_of_other_months),
    ):
        if rows and key in table.columns:
            problems.append(problem(code, name, rows[0], column_letter(table.columns[key]), rows=spans(rows)))
    return problems


def spans(numbers: Iterable[int], most: int = 12) -> str:
    """Row numbers as people write them: ``3、5–9``; the rest after ``most`` runs is left to ``…``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return "、".join(texts[:most]) + ("…" if len(texts) > most else "")
