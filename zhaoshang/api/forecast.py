"""Forecasts, rates of projects, and payment schedules."""

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.schemas import Line, MonthText, Name, PositiveYuan, Strict, fen
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import month_text, parse_month
from zhaoshang.figures.actions import define_rate
from zhaoshang.figures.forecast import forecast
from zhaoshang.figures.forecast_plain import forecast_json
from zhaoshang.figures.models import RateDefinition
from zhaoshang.figures.rates import ledger_start, rate_table, rates_json
from zhaoshang.figures.rules import Refusal
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Instalment, Project
from zhaoshang.projects.schedules import Schedule, record_earlier, set_schedules
from zhaoshang.regions.models import ReportingUnit

router = Router(tags=["forecast"])


@router.get(
    "/forecast",
    auth=needs(Can.READ_FIGURES),
    response={200: dict[str, Any]},
    summary="Where the year will end",
)
def year_end(request: ApiRequest, indicator: str, month: MonthText) -> Any:
    """Seen from the month's end: expected value and interval by unit, how such intervals did, and what it rests on; never official.

    ``refused`` says why there is none.
    """
    found = forecast(request.viewer.city, indicator, parse_month(month))
    if isinstance(found, Refusal):
        return {"refused": found.reason, "code": found.code}
    return forecast_json(found)


@router.get(
    "/rates",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="Rates of projects",
)
def rates(request: ApiRequest, month: MonthText, word: str = "") -> Any:
    """Every definition's rates by unit and year of cohort at the month's end, each with numerator and denominator; or why there is none."""
    city = request.viewer.city
    rows = RateDefinition.objects.of(city).select_related("city").order_by("id")
    rows = rows.filter(word=word) if word else rows
    units, first = list(ReportingUnit.objects.of(city)), ledger_start(city)
    return [rates_json(rate_table(one, parse_month(month), units, first or 0)) for one in rows]


class NewRate(Strict):
    """A formula with its source; ``formula`` as ``{"kind", "cohort", "measure", "numerator", "denominator"}``."""

    code: Name = Field(max_length=40, pattern=r"^[-a-zA-Z0-9_]+$")
    word: Name = Field(max_length=20)
    word_en: Name = Field(max_length=60)
    title: Name
    title_en: Line = Field(default="", max_length=160)
    formula: dict[str, Any]
    source: Line = Field(min_length=1)
    dated: date


@router.post(
    "/rates/definitions",
    auth=needs(Can.WRITE_RULES),
    response={201: dict[str, str]},
    summary="Define a rate",
)
def new_rate(request: ApiRequest, body: NewRate) -> Any:
    """A change is another definition; the old stays."""
    by = request.viewer.user
    assert by is not None
    made = define_rate(city=request.viewer.city, by=by, at=timezone.now(), **body.dict())
    return Status(201, {"id": str(made.pk)})


def _project(request: ApiRequest, code: str) -> Project:
    """The project, if the caller may see it; hidden and absent are the same refusal."""
    return Project.objects.visible_to(request.viewer).select_related("city").get(code=code)  # type: ignore[no-any-return]


@router.get(
    "/projects/{code}/schedule",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[dict[str, Any]]},
    summary="A project's payment schedule",
)
def schedule(request: ApiRequest, code: str) -> Any:
    """Every revision's instalments; the highest revision is in force."""
    rows = Instalment.objects.visible_to(request.viewer).filter(project=_project(request, code))
    return [
        {
            "revision": row.revision,
            "month": month_text(row.month),
            "amount": yuan_text(row.amount_fen),
            "document": row.document,
            "agreed_on": row.agreed_on,
            "is_sample": row.is_sample,
        }
        for row in rows.order_by("revision", "month")
    ]


class NewSchedule(Strict):
    """What a document agreed: month → yuan."""

    document: Name
    agreed_on: date
    instalments: dict[MonthText, PositiveYuan]


@router.post(
    "/projects/{code}/schedule",
    auth=needs(Can.SET_SCHEDULES),
    response={200: dict[str, int]},
    summary="Set a payment schedule",
)
def new_schedule(request: ApiRequest, code: str, body: NewSchedule) -> Any:
    """The whole schedule as the next revision; ``recorded`` is 0 when it is in force already."""
    project, by = _project(request, code), request.viewer.user
    assert by is not None
    months = {parse_month(month): fen(amount) for month, amount in body.instalments.items()}
    wanted = Schedule(project=project, months=months, document=body.document, agreed_on=body.agreed_on)
    return {"recorded": set_schedules(city=project.city, schedules=[wanted], by=by, at=timezone.now())}


class EarlierLine(Strict):
    """What reached a project in a month before the ledger."""

    project: Name
    month: MonthText
    amount: PositiveYuan


class Earlier(Strict):
    """Lines of older books, with their source."""

    source: Line = Field(min_length=1)
    lines: list[EarlierLine] = Field(min_length=1, max_length=5_000)


@router.post(
    "/earlier-arrivals",
    auth=needs(Can.ENTER_EXTERNAL),
    response={201: dict[str, int]},
    summary="Copy arrivals from before the ledger",
)
def earlier(request: ApiRequest, body: Earlier) -> Any:
    """For forecasts alone: no figure ever counts them."""
    city, by = request.viewer.city, request.viewer.user
    assert by is not None
    projects = {
        one.code: one for one in Project.objects.of(city).filter(code__in=[line.project for line in body.lines])
    }
    missing = next((line.project for line in body.lines if line.project not in projects), None)
    if missing is not None:
        raise Project.DoesNotExist(missing)
    arrivals: dict[tuple[Project, int], int] = {}
    for line in body.lines:
        key = (projects[line.project], parse_month(line.month))
        arrivals[key] = arrivals.get(key, 0) + fen(line.amount)
    return Status(
        201, {"recorded": record_earlier(city=city, arrivals=arrivals, source=body.source, by=by, at=timezone.now())}
    )
