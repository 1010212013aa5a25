"""Targets, plans, external figures, rates, assessments, months, rules, texts and the chain; by the API."""

from typing import Any

from assessments.city import account, issued, shown
from cast import NOW, Cast
from desk_figures.test_external_lists import GOOD
from dictionary import dictionary
from django.core.files.base import ContentFile
from forecast.test_rate_rules import formula
from intake.books import xlsx
from plans.building import campaign, item, year_plan

from doors.doings import PLAIN, Doing, at, doing, plainly
from zhaoshang.common.periods import parse_month
from zhaoshang.duties.queries import DUTIES
from zhaoshang.regions.models import MonthChange
from zhaoshang.review.closing import ask_reopen, close_month

CAPITAL = "capital_in_place"

plainly("api:read_text", "officer", {"text": f"到位内资1亿元。{PLAIN}"})
plainly("api:check", "officer", {"text": f"到位内资1亿元。{PLAIN}"})
plainly("api:new_checkpoint", "auditor")
plainly(
    "api:new_rate",
    "statistician",
    {
        "code": "landing",
        "word": PLAIN,
        "word_en": PLAIN,
        "title": PLAIN,
        "title_en": PLAIN,
        "formula": formula(),
        "source": PLAIN,
        "dated": "2023-03-01",
    },
)


@doing("api:new_target")
def new_target(cast: Cast) -> Doing:
    dictionary(cast)
    said = {"indicator": CAPITAL, "year": 2023, "unit": "east", "amount": "100.00", "document": PLAIN}
    return Doing("statistician", at("api:new_target"), said | {"issued_on": "2023-01-05"})


@doing("api:new_external")
def new_external(cast: Cast) -> Doing:
    dictionary(cast)
    said: dict[str, Any] = {"indicator": CAPITAL, "period": "2023Q1", "place_code": "210100", "place_name": PLAIN}
    said |= {"value": "1.00", "rank": 2, "scope": PLAIN, "source": PLAIN, "dated": "2023-04-01"}
    return Doing("statistician", at("api:new_external"), said)


@doing("api:import_externals")
def import_externals(cast: Cast) -> Doing:
    dictionary(cast)
    said = {"indicator": CAPITAL, "source": PLAIN, "file": ContentFile(xlsx(*GOOD), name="各市.xlsx")}
    return Doing("statistician", at("api:import_externals"), said)


@doing("api:new_report")
def new_report(cast: Cast) -> Doing:
    held = item(cast, year_plan(cast), owner_unit=cast.east)
    said = {"standing": "underway", "percent": 10, "text": PLAIN, "reported_on": "2023-04-03"}
    return Doing("officer", at("api:new_report", held.pk), said)


@doing("api:new_tags")
def new_tags(cast: Cast) -> Doing:
    return Doing("officer", at("api:new_tags", campaign(cast).code), {"projects": [cast.plant.code]})


@doing("api:new_objection")
def new_objection(cast: Cast) -> Doing:
    account(cast)
    said = {"unit": "east", "article": "一", "reason": PLAIN}
    return Doing("officer", at("api:new_objection", shown(cast, issued(cast)).pk), said)


def _closed(cast: Cast) -> int:
    month = parse_month("2022-03")
    close_month(city=cast.city, number=month, by=cast.statistician, at=NOW)
    return month


@doing("api:close_month")
def closed_month(cast: Cast) -> Doing:
    return Doing("statistician", at("api:close_month", "2022-03"))


@doing("api:ask_reopening")
def ask_reopening(cast: Cast) -> Doing:
    _closed(cast)
    return Doing("statistician", at("api:ask_reopening", "2022-03"), {"reason": PLAIN})


@doing("api:decide_reopening")
def decide_reopening(cast: Cast) -> Doing:
    said: dict[str, Any] = {"number": _closed(cast), "reason": "示例", "by": cast.statistician}
    change: MonthChange = ask_reopen(city=cast.city, at=NOW, **said)
    return Doing("verifier", at("api:decide_reopening", change.pk), {"approved": True})


@doing("api:trial")
def trial(cast: Cast) -> Doing:
    cast.verified()
    return Doing("statistician", at("api:trial"), {"period": "2023Q1", "content": cast.rules.content})


@doing("api:try_local")
def try_local(cast: Cast) -> Doing:
    return Doing("statistician", at("api:try_local", DUTIES.code), {"text": DUTIES.sample_text})


@doing("api:issue_local")
def issue_local(cast: Cast) -> Doing:
    said = {"text": DUTIES.sample_text, "code": "own", "title": PLAIN, "title_en": PLAIN, "document": PLAIN}
    return Doing("statistician", at("api:issue_local", DUTIES.code), said | {"valid_from": "2023-04-04"})
