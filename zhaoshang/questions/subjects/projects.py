"""Projects by unit, milestone, sector, source and size; with what was contracted and what is in place so far."""

from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.lookup.queries import standing_for
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES, MILESTONE_LABELS, Milestone
from zhaoshang.questions.rules import Dimension, Measure, Subject, Takes
from zhaoshang.questions.subjects.base import (
    INDUSTRY,
    PROVINCE,
    SIZE,
    UNIT,
    Column,
    Field,
    Parts,
    Source,
    Within,
    days,
    in_spans,
    one_of,
    province_of,
    size_of,
)
from zhaoshang.regions.access import Viewer

STAGES = {"landed": N_("已落地"), "signed": N_("已签约未落地"), "reserved": N_("储备中"), "none": N_("未登记日期")}
_STAGE = Case(
    When(landed_on__isnull=False, then=Value("landed")),
    When(signed_on__isnull=False, then=Value("signed")),
    When(reserved_on__isnull=False, then=Value("reserved")),
    default=Value("none"),
)
_SPAN_LABELS = {
    Milestone.RESERVED: {12: N_("储备年份"), 3: N_("储备季度")},
    Milestone.SIGNED: {12: N_("签约年份"), 3: N_("签约季度")},
    Milestone.LANDED: {12: N_("落地年份"), 3: N_("落地季度")},
}
_SPAN_CODES = {12: "year", 3: "quarter"}


def _rows(viewer: Viewer) -> "QuerySet[Project]":
    """With the verified money of each, asked only when it is summed; the standing is asked of the sum, so that the project's own
    payments are all that is read."""
    arrived = Payment.objects.of(viewer.city).filter(project_id=OuterRef("pk")).order_by()
    verified = Sum("amount_fen", filter=Q(standing=Standing.VERIFIED))
    sums = arrived.values("project_id").annotate(fen=verified).values("fen")
    merged = Payment.objects.of(viewer.city).filter(project_id__in=standing_for(viewer.city, OuterRef(OuterRef("pk"))))
    more = merged.order_by().values("city_id").annotate(fen=verified).values("fen")
    rows = Project.objects.visible_to(viewer).counted(viewer.city)
    return rows.alias(arrived_fen=Coalesce(Subquery(sums), 0) + Coalesce(Subquery(more), 0))  # type: ignore[no-any-return]


def _within(milestone: Milestone) -> Within:
    def within(period: Period) -> Q:
        after = Period(period.last + 1, period.last + 1).first_day()
        return Q(**{f"{milestone}__gte": period.first_day(), f"{milestone}__lt": after})

    return within


def _code(milestone: Milestone, span: int) -> str:
    return f"{milestone.removesuffix('_on')}_{_SPAN_CODES[span]}"


def _times() -> dict[str, Column]:
    found = {}
    for milestone, labels in _SPAN_LABELS.items():
        absent = Q(**{f"{milestone}__isnull": True})
        for span in labels:
            condition = in_spans(span, _within(milestone), absent)
            found[_code(milestone, span)] = Column(days(milestone)[span], condition)
    return found


def _reads(name: str) -> Any:
    return lambda project: getattr(project, name)


SUBJECT = Subject(
    "projects",
    N_("项目"),
    N_("签约日期"),
    (
        UNIT,
        INDUSTRY,
        PROVINCE,
        SIZE,
        Dimension("stage", N_("进展"), STAGES),
        *(
            Dimension(_code(milestone, span), label, span=span)
            for milestone, labels in _SPAN_LABELS.items()
            for span, label in labels.items()
        ),
    ),
    (
        Measure("number", N_("项目数"), Takes.COUNT),
        Measure("contract", N_("合同额"), Takes.FEN),
        Measure("in_place", N_("已到位金额（已核定）"), Takes.FEN),
    ),
)

SOURCE = Source(
    SUBJECT,
    _rows,
    _within(Milestone.SIGNED),
    {
        "unit": Column("unit_id"),
        "industry": Column("industry", one_of("industry")),
        "province": province_of("source_code"),
        "size": size_of("contract_fen"),
        "stage": Column(_STAGE),
        **_times(),
    },
    {
        "number": Parts(count=Count("id")),
        "contract": Parts(fen=Sum("contract_fen")),
        "in_place": Parts(fen=Sum("arrived_fen")),
    },
    "project",
    lambda project: str(project.code),
    (
        Field("project", N_("项目"), "text", _reads("name")),
        Field("contract", N_("合同额"), "money", _reads("contract_fen")),
        Field("unit", N_("地区"), "unit", _reads("unit")),
        Field("signed_on", MILESTONE_LABELS[Milestone.SIGNED], "date", _reads("signed_on")),
        Field("code", N_("编号"), "text", _reads("code")),
        Field("enterprise", N_("企业"), "text", lambda project: project.enterprise.name),
        Field("industry", N_("行业门类"), "word", lambda project: INDUSTRIES[project.industry]),
        *(Field(one, MILESTONE_LABELS[one], "date", _reads(one)) for one in (Milestone.RESERVED, Milestone.LANDED)),
    ),
    related=("unit", "enterprise"),
)
