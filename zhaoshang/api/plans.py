"""Plans with their measures and tasks, reports on them; special campaigns and their tags."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Name, Strict
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import Period
from zhaoshang.figures.campaigns import Brought, campaign_table
from zhaoshang.figures.overview import NoIndicators, headline_indicator
from zhaoshang.figures.plain import percent_text, value_text
from zhaoshang.figures.plan_progress import Line as PlanLine
from zhaoshang.figures.plan_progress import lines_of
from zhaoshang.people.rules import Can
from zhaoshang.plans.actions import report_progress, tag_projects
from zhaoshang.plans.models import Campaign, Plan, WorkItem, YearPlan
from zhaoshang.plans.queries import tagged_projects
from zhaoshang.plans.rules import Standing
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import all_there

router = Router(tags=["plans"])


@router.get("/plans", auth=needs(Can.READ_FIGURES), response={200: list[dict[str, Any]]}, summary="Plans and years")
def plans(request: ApiRequest) -> Any:
    """Every plan with the years that have been laid down."""
    city = request.viewer.city
    years: dict[UUID, list[dict[str, Any]]] = {}
    for one in YearPlan.objects.of(city):
        told = {"year": one.year, "title": one.title, "document": one.document, "issued_on": one.issued_on}
        years.setdefault(one.plan_id, []).append(told)
    return [
        {
            "code": one.code,
            "title": one.title,
            "first_year": one.first_year,
            "last_year": one.last_year,
            "document": one.document,
            "issued_on": one.issued_on,
            "is_sample": one.is_sample,
            "years": years.get(one.pk, []),
        }
        for one in Plan.objects.of(city)
    ]


@router.get(
    "/plans/{code}/{year}",
    auth=needs(Can.READ_FIGURES),
    response={200: list[dict[str, Any]]},
    summary="A year's measures and tasks as they stand",
)
def year_items(request: ApiRequest, code: str, year: int, period: str, on: date | None = None) -> Any:
    """In order, each measure followed by its tasks; ``period``: the months to measure by, ``on``: the day to see it on (today)."""
    city = request.viewer.city
    year_plan = YearPlan.objects.of(city).select_related("city").get(plan__code=code, plan__city=city, year=year)
    return [_item(line) for line in lines_of(year_plan, Period.parse(period), on or timezone.localdate())]


def _item(line: PlanLine) -> dict[str, Any]:
    item, measured = line.item, line.measured
    unit = measured.version.indicator.unit_of_value if measured else ""
    return {
        "id": str(item.pk),
        "number": line.number,
        "kind": str(item.kind),
        "title": item.title,
        "owner_unit": item.owner_unit.code if item.owner_unit else None,
        "owner_department": item.owner_department,
        "responsible": item.responsible.username if item.responsible else None,
        "starts_on": item.starts_on,
        "due_on": item.due_on,
        "standing": str(line.standing),
        "lacks": [str(lack) for lack in line.lacks],
        "percent": percent_text(line.percent),
        "indicator": item.indicator or None,
        "actual": value_text(measured.actual, unit) if measured else None,
        "target": value_text(measured.target, unit) if measured and measured.target else None,
        "reported_on": line.report.reported_on if line.report else None,
        "report": line.report.text if line.report else None,
    }


class NewReport(Strict):
    """A report on a measure or task: how it stands, how far in percent, and in words what was done."""

    standing: Literal["waiting", "underway", "done", "stopped"]
    percent: Annotated[int, Field(ge=0, le=100)] | None = None
    text: Annotated[str, Field(min_length=1, max_length=1000)]
    reported_on: date


@router.post(
    "/plan-items/{key}/reports",
    auth=needs(Can.REPORT_PROGRESS),
    response={201: dict[str, str]},
    summary="Report on a measure or task",
)
def new_report(request: ApiRequest, key: UUID, body: NewReport) -> Any:
    """Kept for ever. A unit's people report on what their unit owns; ``late`` is not reported, it follows from the day."""
    viewer = request.viewer
    item = WorkItem.objects.of(viewer.city).select_related("city").get(pk=key)
    report = report_progress(
        item=item,
        reported_on=body.reported_on,
        standing=Standing(body.standing),
        percent=body.percent,
        text=body.text,
        units=None if viewer.sees_all_units else viewer.unit_ids,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, {"id": str(report.pk)})


@router.get(
    "/campaigns",
    auth=needs(Can.READ_FIGURES),
    response={200: dict[str, Any]},
    summary="What special campaigns have brought",
)
def campaigns(request: ApiRequest, period: str, indicator: str = "") -> Any:
    """The campaigns of the period's year. ``city`` counts each project once; ``indicator``: by which the capital counts (the first)."""
    city = request.viewer.city
    try:
        code = indicator or headline_indicator(city)
    except NoIndicators:
        code = ""
    table = campaign_table(city, Period.parse(period), code)
    return {
        "period": str(table.period),
        "version": table.version.code if table.version else None,
        "campaigns": [
            {
                "code": line.campaign.code,
                "name": line.campaign.name,
                "industry": line.campaign.industry,
                "document": line.campaign.document,
                "target": yuan_text(line.campaign.target_fen) if line.campaign.target_fen else None,
                "target_signed": line.campaign.target_signed,
                "of_target_percent": percent_text(line.capital_percent),
                **_brought(line.brought),
            }
            for line in table.lines
        ],
        "city": _brought(table.city),
        "projects_in_several": table.in_several,
    }


def _brought(brought: Brought) -> dict[str, Any]:
    return {
        "projects": brought.projects,
        "reserved": brought.reserved,
        "signed": brought.signed,
        "landed": brought.landed,
        "contract": yuan_text(brought.contract_fen),
        "capital": yuan_text(brought.capital.fen) if brought.capital else None,
        "payments": brought.capital.payments if brought.capital else None,
    }


@router.get(
    "/campaigns/{code}/projects",
    auth=needs(Can.READ_PAYMENTS),
    response={200: list[str]},
    summary="The projects of a campaign",
)
def campaign_projects(request: ApiRequest, code: str) -> Any:
    """Their codes, as far as the caller may see them."""
    viewer = request.viewer
    one = Campaign.objects.of(viewer.city).get(code=code)
    rows = Project.objects.visible_to(viewer).filter(pk__in=tagged_projects(viewer.city, [one]))
    return list(rows.order_by("code").values_list("code", flat=True))


class NewTags(Strict):
    """Codes of projects that belong to the campaign."""

    projects: Annotated[list[Name], Field(min_length=1, max_length=1000)]


@router.post(
    "/campaigns/{code}/projects",
    auth=needs(Can.TAG_CAMPAIGNS),
    response={200: dict[str, int]},
    summary="Tag projects with a campaign",
)
def new_tags(request: ApiRequest, code: str, body: NewTags) -> Any:
    """All or none: a code that the caller may not see is absent. Those tagged already stay as they are."""
    viewer = request.viewer
    one = Campaign.objects.of(viewer.city).select_related("city").get(code=code)
    found = {project.code: project for project in Project.objects.visible_to(viewer).filter(code__in=body.projects)}
    all_there(body.projects, found)
    new = tag_projects(campaign=one, projects=found.values(), by=caller(request), at=timezone.now())
    return {"tagged": new, "held": len(found) - new}
