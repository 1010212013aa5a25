"""A list of leads: one line a lead, the investor must be named. Read whole or not at all; when it was received is the server's time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from zhaoshang.common.problems import N_, Problem
from zhaoshang.common.sheets import Row, Sheet, Workbook, column_letter
from zhaoshang.leads.rules import m2_of_mu
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_text

SEARCHED_ROWS, MOST_MU = 20, 1_000_000
COLUMNS = {
    "investor": re.compile(r"投资方|投资人|investor", re.IGNORECASE),
    "subject": re.compile(r"想做什么|项目内容|内容|subject", re.IGNORECASE),
    "industry": re.compile(r"行业|industry", re.IGNORECASE),
    "amount_fen": re.compile(r"投资额|总投资|amount", re.IGNORECASE),
    "land_m2": re.compile(r"用地|土地|land", re.IGNORECASE),
    "source_code": re.compile(r"来源地|来自地区|region of origin", re.IGNORECASE),
    "contact": re.compile(r"联系人|contact", re.IGNORECASE),
    "phone": re.compile(r"^(?!.*(?:遮挡|masked)).*(?:电话|手机|telephone)", re.IGNORECASE),
    "origin_label": re.compile(r"推荐人|推荐单位|referrer", re.IGNORECASE),
}
LONGEST = {"investor": 120, "subject": 200, "contact": 60, "phone": 30, "origin_label": 120}
LEAD_MESSAGES = {
    "no_leads_table": N_("没有找到表头：至少要有“投资方”一列"),
    "leads_empty": N_("表头下面没有数据行"),
    "lead_investor_missing": N_("投资方未填；不知道全名的，写简称"),
    "lead_too_long": N_("字太多，请缩短"),
    "lead_industry": N_("行业写门类字母（如 C）或门类名称（如 制造业）"),
    "lead_amount": N_("投资额读不出；写成数字（万元），或带单位，如 1.2亿"),
    "lead_land": N_("用地读不出；写成亩数，如 300"),
    "lead_source": N_("没有这个省或市；写简称（如 上海）或六位行政区划代码"),
}


@dataclass(slots=True)
class LeadSheet:
    """The fields of every line, by the names that ``leads.actions.take_in`` takes, and what is wrong; any problem keeps the whole out."""

    leads: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_leads(book: Workbook, places: Mapping[str, str]) -> LeadSheet:
    """``places``: the code of a province or city by every name that it may be written by."""
    for sheet in book.sheets:
        for row in sheet.rows[:SEARCHED_ROWS]:
            columns = {name: number for name, heading in COLUMNS.items() if (number := _column(row, heading))}
            if "investor" in columns:
                return _read(sheet, row.number, columns, places)
    return LeadSheet(problems=[_problem("no_leads_table", book.sheets[0].name if book.sheets else "", 0, 0)])


def _column(row: Row, heading: re.Pattern[str]) -> int:
    return next((number for number, cell in row.cells.items() if heading.search(cell.text)), 0)


def _read(sheet: Sheet, heading: int, columns: Mapping[str, int], places: Mapping[str, str]) -> LeadSheet:
    found = LeadSheet()
    for row in sheet.rows:
        texts = {name: row.cell(column).text.strip() for name, column in columns.items()}
        if row.number <= heading or not any(texts.values()):
            continue
        lead: dict[str, Any] = {}
        for name, text in texts.items():
            value, fault = _value(name, text, places)
            lead[name] = value
            if fault:
                found.problems.append(_problem(fault, sheet.name, row.number, columns[name], text))
        found.leads.append(lead)
    if not found.leads:
        found.problems.append(_problem("leads_empty", sheet.name, heading, 0))
    return found


def _value(name: str, text: str, places: Mapping[str, str]) -> tuple[Any, str]:
    """The value as the action takes it, and what is wrong with the text."""
    if name == "amount_fen":
        return _amount(text) if text else (None, "")
    if name == "land_m2":
        return _land(text) if text else (None, "")
    if name == "source_code":
        return places.get(text, ""), "lead_source" if text and text not in places else ""
    if name == "industry":
        section = text[:1].upper() if text[:1].upper() in INDUSTRIES else _section(text)
        return section, "lead_industry" if text and not section else ""
    if name == "investor" and not text:
        return "", "lead_investor_missing"
    return text, "lead_too_long" if len(text) > LONGEST[name] else ""


def _section(text: str) -> str:
    return next((key for key, name in INDUSTRIES.items() if text == name), "")


def _amount(text: str) -> tuple[int | None, str]:
    try:
        amount = amount_of_text(text)
        fen = amount.fen(amount.unit or "万元")
    except AmountError:
        return None, "lead_amount"
    return (fen, "") if fen >= 0 else (None, "lead_amount")


def _land(text: str) -> tuple[int | None, str]:
    try:
        mu = Decimal(text.replace(",", "").removesuffix("亩").strip())
    except InvalidOperation:
        return None, "lead_land"
    return (m2_of_mu(mu), "") if mu.is_finite() and 0 <= mu <= MOST_MU else (None, "lead_land")


def _problem(code: str, sheet: str, row: int, column: int, value: str = "") -> Problem:
    shown = value[:60]
    letter = column_letter(column) if column else ""
    return Problem(sheet, row, letter, shown, LEAD_MESSAGES[code], code, True, {"value": shown})
