"""Reads a list of exchange rates as they were published: one row a day and currency, in any order of columns."""

from dataclasses import dataclass, field

from zhaoshang.capital.currencies import BadRateText, currency_of, rate_of_text
from zhaoshang.capital.exchange import MOST_ROWS, NewRate
from zhaoshang.common.problems import N_, Problem
from zhaoshang.review.lists import find_list
from zhaoshang.review.workbooks.columns import Column
from zhaoshang.review.workbooks.dates import DateError, day_of_text
from zhaoshang.review.workbooks.messages import MESSAGES

COLUMNS = (
    Column("on", N_("日期"), ("日期", "汇率日期", "公布日期", "发布日期"), needed=True),
    Column("currency", N_("币种"), ("币种", "货币", "币别", "货币对", "外币"), needed=True),
    Column("rate", N_("汇率"), ("汇率", "中间价", "汇率中间价", "人民币汇率中间价"), never=("日期",), needed=True),
    Column("units", N_("外币数量"), ("外币数量", "每多少外币", "外币单位", "单位数量")),
    Column("source", N_("来源"), ("来源", "数据来源", "出处"), never=("日期",)),
)
WORDS = {
    "no_table": N_("没有找到表头。要有“日期”“币种”“汇率”三栏；可下载空白表填写。"),
    "no_day": N_("日期没有填。"),
    "no_currency": N_("认不出币种“{value}”；请填 ISO 4217 代码，如 USD，或中文名称。"),
    "no_rate": N_("“{value}”不是汇率；请写外币折多少元人民币，大于零，最多八位小数。"),
    "no_units": N_("“{value}”不是外币数量；请写 1 或 100，不写按 1。"),
    "no_source": N_("没有写来源。请补上这一栏，或在上传时统一填写。"),
    "too_many": N_("超过 {most} 行。请分成几份。"),
}
TEMPLATES = {**MESSAGES, **WORDS}


@dataclass(slots=True)
class RateList:
    """The rates in order, and what is wrong by cell. All or none may be put on record."""

    rates: list[NewRate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_rates(content: bytes, filename: str, source: str = "") -> RateList:
    """``source``: of rows that name none. Raises ``common.problems.Refused`` for a file that cannot be trusted or opened."""
    listed = find_list(content, filename, COLUMNS)
    if isinstance(listed, str):
        return RateList(problems=[Problem(listed, 0, "", "", WORDS["no_table"], "no_table")])
    found = RateList()
    for row, texts in listed.rows():
        if len(found.rates) + len(found.problems) >= MOST_ROWS:
            found.problems.append(listed.problem("too_many", WORDS, row, "on", "", most=str(MOST_ROWS)))
            break
        said, value = _fault(texts, source)
        if said:
            key = {
                "no_day": "on",
                "no_currency": "currency",
                "no_rate": "rate",
                "no_units": "units",
                "no_source": "source",
            }
            found.problems.append(listed.problem(said, TEMPLATES, row, key.get(said, "on"), value))
        else:
            found.rates.append(_rate(texts, source))
    return found


def _fault(texts: dict[str, str], source: str) -> tuple[str, str]:
    """The code of what is wrong with a row, and the text at fault; empty for a sound row."""
    try:
        if not texts["on"]:
            return "no_day", ""
        day_of_text(texts["on"], None)
    except DateError as error:
        return error.code, error.value
    units = texts.get("units") or "1"
    if not currency_of(texts["currency"]):
        return "no_currency", texts["currency"]
    if units not in ("1", "100"):
        return "no_units", units
    try:
        rate_of_text(texts["rate"], int(units))
    except BadRateText:
        return "no_rate", texts["rate"]
    return ("", "") if texts.get("source") or source.strip() else ("no_source", "")


def _rate(texts: dict[str, str], source: str) -> NewRate:
    currency = currency_of(texts["currency"])
    assert currency
    rate = rate_of_text(texts["rate"], int(texts.get("units") or "1"))
    return NewRate(currency, day_of_text(texts["on"], None), rate, texts.get("source") or source.strip())
