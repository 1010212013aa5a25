"""The form "payments" (到位内资): from an opened workbook to rows that can be declared, and a problem for every cell
that cannot.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from zhaoshang.common.problems import Problem
from zhaoshang.common.sheets import Kind, Sheet, Workbook, column_letter
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_text, unit_in_header, unit_in_line
from zhaoshang.review.workbooks.checks import duplicates, outliers, total_problems, totals_of
from zhaoshang.review.workbooks.columns import BY_KEY, COLUMNS, IDENTIFYING, NOT_READ, bare
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
from zhaoshang.review.workbooks.rows import Sorted, sort_rows
from zhaoshang.review.workbooks.tables import Table, column_readings, find_table

__all__ = ["Asked", "PaymentRow", "Reading", "understand"]


def understand(workbook: Workbook, asked: Asked) -> Reading:
    """Read every sheet that holds payments. Problems are named by cell; nothing is raised and nothing is written.

    A file may be accepted only as a whole: see :attr:`Reading.acceptable`.
    """
    tables, unread, problems = _choose(workbook, asked)
    read = [_read_table(table, workbook.date1904, asked) for table in tables]
    rows = tuple(row for part in read for row in part.rows)
    for part in read:
        problems += part.problems
    if tables:
        problems += _across(rows, tables[0], asked)
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


@dataclass(slots=True)
class _Part:
    """What one table came to."""

    summary: SheetReading
    columns: list[ColumnReading]
    rows: list[PaymentRow]
    problems: list[Problem]
    totals: list[TotalRow]
    ignored: list[IgnoredRow]


def _choose(workbook: Workbook, asked: Asked) -> tuple[list[Table], list[Sheet], list[Problem]]:
    """The tables to read, the sheets left aside, and what is to be said about that."""
    if asked.sheets:
        return _named(workbook, asked)
    found = {sheet.name: find_table(sheet, asked) for sheet in workbook.sheets if not sheet.name.startswith(NOT_READ)}
    complete = [table for table in found.values() if table and table.complete]
    visible = [table for table in complete if not table.sheet.hidden]
    chosen = _of_the_month(visible, asked) or visible
    best = max((table.score for table in chosen), default=0)
    chosen = [table for table in chosen if table.score * 4 >= best * 3]
    unread = [sheet for sheet in workbook.sheets if sheet.name not in {table.sheet.name for table in chosen}]
    problems = [_unread(table) for table in complete if table.sheet in unread]
    if not chosen:
        return _incomplete([table for table in found.values() if table], workbook, problems)
    return chosen, unread, problems


def _unread(table: Table) -> Problem:
    code = "hidden_sheet_not_read" if table.sheet.hidden else "sheet_not_read"
    return problem(code, table.sheet.name, name=table.sheet.name)


def _named(workbook: Workbook, asked: Asked) -> tuple[list[Table], list[Sheet], list[Problem]]:
    sheets = workbook.by_name()
    problems = [problem("sheet_unknown", name, name=name) for name in asked.sheets if name not in sheets]
    tables = [find_table(sheets[name], asked) for name in asked.sheets if name in sheets]
    problems += [
        problem("no_table", name)
        for name, table in zip((n for n in asked.sheets if n in sheets), tables, strict=True)
        if not table
    ]
    chosen = [table for table in tables if table]
    names = {table.sheet.name for table in chosen}
    return chosen, [sheet for sheet in workbook.sheets if sheet.name not in names], problems


def _of_the_month(tables: list[Table], asked: Asked) -> list[Table]:
    """Of sheets named for months, the one of the month asked for."""
    if asked.month is None or len(tables) < 2:
        return []
    name = f"{asked.month % 12 + 1}月"
    return [table for table in tables if table.sheet.name.strip().lstrip("0").endswith((name, f"{name}份"))]


def _incomplete(
    tables: list[Table], workbook: Workbook, problems: list[Problem]
) -> tuple[list[Table], list[Sheet], list[Problem]]:
    """No table has all it needs: the best one is shown all the same, so that a person can name its columns."""
    best = max(tables, key=lambda table: table.score, default=None)
    if best is None or best.score < 60:
        return [], workbook.sheets, [*problems, problem("no_table", workbook.sheets[0].name)]
    return [best], [sheet for sheet in workbook.sheets if sheet is not best.sheet], problems


def _read_table(table: Table, date1904: bool, asked: Asked) -> _Part:
    columns = table.columns
    found = sort_rows(table)
    unit, stated_in, unit_problems = _unit_of(table, found, asked)
    problems = _column_problems(table) + unit_problems + _row_problems(table, found)
    year = asked.month // 12 if asked.month else year_in_titles([*table.titles, table.sheet.name])
    reader = RowReader(table.sheet.name, columns, unit, year, date1904, asked)
    rows: list[PaymentRow] = []
    amounts: dict[int, int] = {}
    for entry in found.payments if "amount" in columns else ():
        row = reader.read(entry)
        if row:
            rows.append(row)
            amounts[row.row] = row.amount_fen
    totals = totals_of(found, amounts, table.sheet.name, unit) if unit else []
    letter = column_letter(columns.get("amount", 0))
    summary = SheetReading(table.sheet.name, table.sheet.hidden, True, table.first, table.last, unit, stated_in)
    problems += reader.problems + total_problems(totals, letter) + outliers(rows, letter, asked.usual_fen)
    if "place" in columns and reader.without_place:
        where = (reader.without_place[0], column_letter(columns["place"]))
        problems.append(problem("place_missing", table.sheet.name, *where, rows=spans(reader.without_place)))
    return _Part(summary, column_readings(table, asked), rows, problems, totals, found.ignored)


def _across(rows: tuple[PaymentRow, ...], table: Table, asked: Asked) -> list[Problem]:
    return duplicates(rows, {key: column_letter(column) for key, column in table.columns.items()})


def _column_problems(table: Table) -> list[Problem]:
    name, columns = table.sheet.name, table.columns
    missing = [key for key in ("amount", "arrived_on") if key not in columns]
    if not any(key in columns for key in IDENTIFYING):
        missing.append("project_name")
    problems = [problem("column_missing", name, table.last, label=BY_KEY[key].label) for key in missing]
    for column in COLUMNS:
        rivals = [place for place in table.rivals.get(column.key, ()) if place not in table.fits]
        if rivals and column.key in columns:
            letters = "、".join(f"{column_letter(place)}“{table.headings[place]}”" for place in rivals)
            chosen = column_letter(columns[column.key])
            problems.append(
                problem(
                    "column_ambiguous", name, table.last, chosen, label=column.label, columns=letters, chosen=chosen
                )
            )
    return problems


def _unit_of(table: Table, found: Sorted, asked: Asked) -> tuple[str | None, str, list[Problem]]:
    """The unit of the amount column, where it is stated, and a problem when it is open or stated in two ways."""
    if asked.amount_unit:
        return asked.amount_unit, "person", []
    name, amount = table.sheet.name, table.columns.get("amount", 0)
    stated: dict[str, str] = {}
    if unit := unit_in_header(table.headings.get(amount, "")):
        stated[unit] = f"{column_letter(amount)}{table.last}"
    beside = [*table.titles, *table.headings.values(), *(row.text for row in found.ignored if row.taken_for == "note")]
    for text in beside if not stated else table.titles:
        if unit := unit_in_line(text):
            stated.setdefault(unit, text.strip()[:30])
    if len(stated) > 1:
        first, second = list(stated)[:2]
        return None, "", [problem("unit_conflict", name, table.last, column_letter(amount), first=first, second=second)]
    for unit, place in stated.items():
        return unit, place, []
    if _every_cell_states_a_unit(found):
        return None, "cells", []
    return None, "", [problem("unit_missing", name, table.last, column_letter(amount))]


def _every_cell_states_a_unit(found: Sorted) -> bool:
    cells = [entry.cells["amount"] for entry in found.payments if "amount" in entry.cells]
    return bool(cells) and all(
        _states_a_unit(cell.text) for cell in cells if cell.kind is Kind.TEXT or cell.kind is Kind.NUMBER
    )


def _states_a_unit(text: str) -> bool:
    try:
        return amount_of_text(text).unit is not None
    except AmountError:
        return True


def _row_problems(table: Table, found: Sorted) -> list[Problem]:
    name = table.sheet.name
    rows = [entry.row.number for entry in found.payments if entry.row.hidden]
    columns = sorted(column for column in table.fits if column in table.sheet.hidden_columns)
    problems = []
    if silent := [row.row for row in found.ignored if row.taken_for == "no_payment"]:
        problems.append(problem("rows_without_payment", name, silent[0], rows=spans(silent)))
    if rows:
        problems.append(problem("hidden_rows", name, rows[0], count=len(rows), rows=spans(rows)))
    if columns:
        problems.append(
            problem("hidden_columns", name, table.last, columns="、".join(column_letter(column) for column in columns))
        )
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
