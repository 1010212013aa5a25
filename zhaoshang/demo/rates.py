"""Formulas of rates as other places published them, and two of our own making: samples, side by side, none of them the city's rule."""

from datetime import date
from typing import Any

from zhaoshang.demo.clock import FOUNDED
from zhaoshang.figures.actions import define_rate
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

YULIN = "玉林市人大公开资料：履约、开竣工、资金到位率（lawyee.com.cn）"
WEINAN = "渭南市人大公开资料：履约率含办理手续 99.65%，开工率 67.8%（wnrd.gov.cn）"
YUNNAN = "云南省商务厅 2015 年园区招商通报：履约、落地、开工、到位（invest.yn.gov.cn）"
MAANSHAN = "马鞍山市资料：存续率、存续项目开工率（cnzsr.com，第三方转载）"
LVSHUN = "大连日报 2025-03-10：旅顺经开区 2024 年签约 9、落地 18（po328.cn 转载）"
OWN = "示例口径，没有找到公开来源"


def _cohort(measure: str, numerator: list[str], *, of: str = "signed", only: list[str] | None = None) -> dict[str, Any]:
    return {"kind": "cohort", "cohort": of, "measure": measure, "numerator": numerator, "denominator": only or []}


SAMPLES: tuple[tuple[str, str, str, str, str, dict[str, Any], str], ...] = (
    (
        "honoured-yulin",
        "履约率",
        "Honoured",
        "已落地或已有资金到位 ÷ 当年签约",
        "landed or with money in place ÷ signed that year",
        _cohort("projects", ["landed", "arrived"]),
        YULIN,
    ),
    (
        "honoured-weinan",
        "履约率",
        "Honoured",
        "含办理手续 ÷ 当年签约",
        "including formalities begun ÷ signed that year",
        _cohort("projects", ["handled", "landed", "arrived"]),
        WEINAN,
    ),
    (
        "landed-yunnan",
        "落地率",
        "Landed",
        "已落地 ÷ 当年签约（按个数）",
        "landed ÷ signed that year, by number",
        _cohort("projects", ["landed"]),
        YUNNAN,
    ),
    (
        "landed-contract",
        "落地率",
        "Landed",
        "已落地 ÷ 当年签约（按合同额）",
        "landed ÷ signed that year, by contract",
        _cohort("contract", ["landed"]),
        OWN,
    ),
    (
        "landed-flow",
        "落地率",
        "Landed",
        "当期落地 ÷ 当期签约",
        "landed ÷ signed in the same period",
        {"kind": "flow", "cohort": "signed", "measure": "projects", "numerator": ["landed"], "denominator": []},
        LVSHUN,
    ),
    (
        "in-place-yulin",
        "资金到位率",
        "Capital in place",
        "到位资金 ÷ 当年签约项目合同额",
        "money in place ÷ contracts signed that year",
        _cohort("money", []),
        YULIN,
    ),
    (
        "in-place-landed",
        "资金到位率",
        "Capital in place",
        "到位资金 ÷ 当年签约且已落地项目合同额",
        "money in place ÷ contracts signed that year and landed",
        _cohort("money", [], only=["landed"]),
        OWN,
    ),
    (
        "started-weinan",
        "开工率",
        "Construction started",
        "已开工 ÷ 当年签约",
        "started ÷ signed that year",
        _cohort("projects", ["started"]),
        WEINAN,
    ),
    (
        "started-maanshan",
        "开工率",
        "Construction started",
        "已开工 ÷ 当年签约且存续",
        "started ÷ signed that year and still existing",
        _cohort("projects", ["started"], only=["existing"]),
        MAANSHAN,
    ),
    (
        "built-yulin",
        "开竣工率",
        "Started or completed",
        "已开工或竣工 ÷ 当年签约",
        "started or completed ÷ signed that year",
        _cohort("projects", ["started", "completed"]),
        YULIN,
    ),
)


def define_rates(city: City, by: User) -> None:
    """Put the samples on record."""
    for code, word, word_en, title, title_en, formula, source in SAMPLES:
        define_rate(
            city=city,
            by=by,
            at=FOUNDED,
            code=code,
            word=word,
            word_en=word_en,
            title=title,
            title_en=title_en,
            formula=formula,
            source=source,
            dated=date(2022, 1, 4),
            is_sample=True,
        )
