"""A list of projects with the special campaigns they belong to: one line a project and campaign. Read whole or not at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhaoshang.common.problems import N_, Problem
from zhaoshang.common.sheets import Row, Sheet, Workbook, column_letter

SEARCHED_ROWS = 20
_PROJECT = re.compile(r"项目(?:编号|代码|编码)|project\s*(?:code|no)", re.IGNORECASE)
_CAMPAIGN = re.compile(r"专项(?:招商)?行动|行动名称|行动编号|campaign", re.IGNORECASE)
TAG_MESSAGES = {
    "no_tags_table": N_("没有找到表头：要有“项目编号”和“专项行动”两列"),
    "tag_project_missing": N_("项目编号未填"),
    "tag_campaign_missing": N_("专项行动未填"),
    "tag_project_unknown": N_("没有编号为“{value}”的项目，或它不属于你的地区；请核对编号"),
    "tag_campaign_unknown": N_("没有名为“{value}”的专项行动；请写行动的名称或编号"),
    "tags_empty": N_("表头下面没有数据行"),
}


@dataclass(slots=True)
class TagSheet:
    """(project code, campaign code) of every line, and what is wrong; any problem keeps the whole out."""

    tags: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_tags(book: Workbook, projects: frozenset[str], campaigns: Mapping[str, str]) -> TagSheet:
    """``projects``: the codes that may be tagged; ``campaigns``: code by every name a campaign may be written by."""
    for sheet in book.sheets:
        for row in sheet.rows[:SEARCHED_ROWS]:
            columns = [_column(row, pattern) for pattern in (_PROJECT, _CAMPAIGN)]
            if columns[0] and columns[1]:
                return _read(sheet, row.number, columns[0], columns[1], projects, campaigns)
    return TagSheet(problems=[_problem("no_tags_table", book.sheets[0].name if book.sheets else "", 0, 0)])


def _column(row: Row, heading: re.Pattern[str]) -> int:
    return next((number for number, cell in row.cells.items() if heading.search(cell.text)), 0)


def _read(
    sheet: Sheet, heading: int, project: int, campaign: int, projects: frozenset[str], campaigns: Mapping[str, str]
) -> TagSheet:
    found = TagSheet()
    for row in sheet.rows:
        code, name = row.cell(project).text.strip(), row.cell(campaign).text.strip()
        if row.number <= heading or not (code or name):
            continue
        faults = [
            ("tag_project_missing", project, "") if not code else None,
            ("tag_project_unknown", project, code) if code and code not in projects else None,
            ("tag_campaign_missing", campaign, "") if not name else None,
            ("tag_campaign_unknown", campaign, name) if name and name not in campaigns else None,
        ]
        wrong = [_problem(one[0], sheet.name, row.number, one[1], one[2]) for one in faults if one]
        found.problems += wrong
        if not wrong:
            found.tags.append((code, campaigns[name]))
    if not found.tags and not found.problems:
        found.problems.append(_problem("tags_empty", sheet.name, heading, 0))
    return found


def _problem(code: str, sheet: str, row: int, column: int, value: str = "") -> Problem:
    shown = value[:60]
    message = TAG_MESSAGES[code].format(value=shown)
    return Problem(sheet, row, column_letter(column) if column else "", shown, message, code, True, {"value": shown})
