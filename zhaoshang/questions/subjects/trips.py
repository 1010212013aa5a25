"""Trips by unit, state, the rank of who led, month and how many days; with their meetings and cost."""

from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.outreach.counting import recorded
from zhaoshang.outreach.models import Meeting, Member, Trip
from zhaoshang.outreach.rules import TripState
from zhaoshang.questions.rules import Dimension, Measure, Subject, Takes
from zhaoshang.questions.subjects.base import UNIT, Column, Field, Parts, Source, days, in_spans, one_of
from zhaoshang.regions.access import Viewer

STATES = {
    TripState.PLANNED: N_("待批准"),
    TripState.RETURNED: N_("退回修改"),
    TripState.APPROVED: N_("已批准"),
    TripState.POSTPONED: N_("已推迟"),
    TripState.CANCELLED: N_("已取消"),
}
RECORDED = {"yes": N_("有纪要或报告"), "no": N_("缺纪要或报告")}
# The sample ladder's words; a rank of a city's own ladder stands by its code.
RANKS = {
    "city_leader": N_("市级领导"),
    "unit_head": N_("区级党政主要负责同志"),
    "unit_leader": N_("区级其他领导"),
    "department_head": N_("部门负责人"),
    "staff": N_("工作人员"),
}
_SPANS = {1: ("month", N_("出发月份")), 3: ("quarter", N_("出发季度")), 12: ("year", N_("出发年份"))}


def _rows(viewer: Viewer) -> "QuerySet[Trip]":
    """With the rank of the first who led and went, and the number of meetings."""
    led = Member.objects.of(viewer.city).filter(trip_id=OuterRef("pk"), leads=True, absent=False)
    meetings = Meeting.objects.of(viewer.city).filter(trip_id=OuterRef("pk")).order_by().values("trip_id")
    found: QuerySet[Trip] = Trip.objects.visible_to(viewer).alias(
        led_by=Coalesce(Subquery(led.order_by("position").values("rank")[:1]), Value("")),
        met=Coalesce(Subquery(meetings.annotate(number=Count("id")).values("number")), 0),
        told=Case(When(recorded(viewer.city), then=Value("yes")), default=Value("no")),
    )
    return found


def _within(period: Period) -> Q:
    after = Period(period.last + 1, period.last + 1).first_day()
    return Q(first_day__gte=period.first_day(), first_day__lt=after)


def _reads(name: str) -> Any:
    return lambda trip: getattr(trip, name)


SUBJECT = Subject(
    "trips",
    N_("外出招商"),
    N_("出发日"),
    (
        UNIT,
        Dimension("state", N_("审批"), {str(key): label for key, label in STATES.items()}),
        Dimension("recorded", N_("纪要"), RECORDED),
        Dimension("rank", N_("带队人职级"), RANKS),
        *(Dimension(code, label, span=span) for span, (code, label) in _SPANS.items()),
    ),
    (
        Measure("number", N_("次数"), Takes.COUNT),
        Measure("meetings", N_("会见场数"), Takes.COUNT),
        Measure("cost", N_("费用"), Takes.FEN),
    ),
)

SOURCE = Source(
    SUBJECT,
    _rows,
    _within,
    {
        "unit": Column("unit_id"),
        "state": Column("state", one_of("state")),
        "recorded": Column(F("told")),
        "rank": Column(F("led_by")),
        **{code: Column(days("first_day")[span], in_spans(span, _within)) for span, (code, _label) in _SPANS.items()},
    },
    {"number": Parts(count=Count("id")), "meetings": Parts(count=Sum("met")), "cost": Parts(fen=Sum("cost_fen"))},
    "trip",
    lambda trip: str(trip.code),
    (
        Field("title", N_("外出"), "text", _reads("title")),
        Field("unit", N_("地区"), "unit", _reads("unit")),
        Field("first_day", N_("首日"), "date", _reads("first_day")),
        Field("last_day", N_("末日"), "date", _reads("last_day")),
        Field("purpose", N_("事由"), "text", _reads("purpose")),
        Field("state", N_("审批"), "word", lambda trip: STATES[TripState(trip.state)]),
        Field("cost", N_("费用"), "money", _reads("cost_fen")),
        Field("code", N_("编号"), "text", _reads("code")),
    ),
    related=("unit",),
)
