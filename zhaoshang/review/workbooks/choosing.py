"""Which sheets of a workbook are read, and what is said about the others."""

import re
import unicodedata
from typing import NamedTuple

from zhaoshang.common.problems import Problem
from zhaoshang.common.sheets import Sheet, Workbook
from zhaoshang.review.workbooks.columns import NOT_READ
from zhaoshang.review.workbooks.messages import problem
from zhaoshang.review.workbooks.outcome import Asked
from zhaoshang.review.workbooks.tables import Table, find_table, named_heading

LEAST_TABLE_SCORE = 60


class Choice(NamedTuple):
    """The tables to read, the sheets left aside, and what is to be said about that."""

    tables: list[Table]
    unread: list[Sheet]
    problems: list[Problem]


def choose(workbook: Workbook, asked: Asked) -> Choice:
    """The sheets that the person named; else the one of the month; else all visible ones with a table as good as the best."""
    if asked.sheets:
        return _named(workbook, asked)
    found = [find_table(sheet, asked) for sheet in workbook.sheets if not sheet.name.startswith(NOT_READ)]
    tables = [table for table in found if table]
    complete = [table for table in tables if table.complete]
    visible = [table for table in complete if not table.sheet.hidden]
    chosen = _of_the_month(visible, asked) or visible
    best = max((table.score for table in chosen), default=0)
    chosen = [table for table in chosen if table.score * 4 >= best * 3]
    pointed_at = [table for table in tables if table not in chosen and not table.sheet.hidden]
    chosen += [table for table in pointed_at if named_heading(table.sheet, asked)]
    unread = _others(workbook, chosen)
    problems = [_unread(table) for table in complete if table.sheet in unread]
    return Choice(chosen, unread, problems) if chosen else _incomplete(tables, workbook, problems)


def _others(workbook: Workbook, tables: list[Table]) -> list[Sheet]:
    names = {table.sheet.name for table in tables}
    return [sheet for sheet in workbook.sheets if sheet.name not in names]


def _unread(table: Table) -> Problem:
    code = "hidden_sheet_not_read" if table.sheet.hidden else "sheet_not_read"
    return problem(code, table.sheet.name, name=table.sheet.name)


def _named(workbook: Workbook, asked: Asked) -> Choice:
    sheets = workbook.by_name()
    tables: list[Table] = []
    problems: list[Problem] = []
    for name in asked.sheets:
        table = find_table(sheets[name], asked) if name in sheets else None
        if table:
            tables.append(table)
        else:
            problems.append(problem("no_table" if name in sheets else "sheet_unknown", name, name=name))
    return Choice(tables, _others(workbook, tables), problems)


def _of_the_month(tables: list[Table], asked: Asked) -> list[Table]:
    """Of sheets named for months, the one of the month asked for."""
    if asked.month is None or len(tables) < 2:
        return []
    month = asked.month % 12 + 1
    names = re.compile(rf"(?<!\d)0?{month}月份?$")
    return [table for table in tables if names.search(unicodedata.normalize("NFKC", table.sheet.name).strip())]


def _incomplete(tables: list[Table], workbook: Workbook, problems: list[Problem]) -> Choice:
    """No table has all it needs: the best one is shown all the same, so that a person can name its columns."""
    best = max(tables, key=lambda table: table.score, default=None)
    if best is None or best.score < LEAST_TABLE_SCORE:
        return Choice([], workbook.sheets, [*problems, problem("no_table", workbook.sheets[0].name)])
    return Choice([best], _others(workbook, [best]), problems)
