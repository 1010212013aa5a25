"""Payments as they were declared; and by what counts of them, which ``counted.py`` reads from the roll-ups."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from zhaoshang.capital.hiding import payer_as_read
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import KIND_LABELS, ORIGIN_LABELS, STANDING_LABELS, Kind, Origin, Standing
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
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
    in_spans,
    months,
    one_of,
    province_of,
    size_of,
)
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.rules import SOURCE_CLASS_LABELS

_ENTRIES = Count("id", filter=Q(reverses__isnull=True))
_SPANS = months("report_month")


def _rows(viewer: Viewer) -> "QuerySet[Payment]":
    return Payment.objects.visible_to(viewer)


def _within(period: Period) -> Q:
    return Q(report_month__range=(period.first, period.last))


def _reads(name: str) -> Any:
    return lambda payment: getattr(payment, name)


SUBJECT = Subject(
    "payments",
    N_("到账"),
    N_("报告月"),
    (
        UNIT,
        Dimension("month", N_("月份"), span=1),
        Dimension("quarter", N_("季度"), span=3),
        Dimension("year", N_("年份"), span=12),
        Dimension("source_class", N_("资金来源"), SOURCE_CLASS_LABELS),
        PROVINCE,
        Dimension("origin", N_("新建或续建"), ORIGIN_LABELS),
        Dimension("kind", N_("资金类型"), KIND_LABELS),
        INDUSTRY,
        SIZE,
        Dimension("standing", N_("状态"), STANDING_LABELS),
        Dimension("project", N_("项目"), names="project"),
        Dimension("payer", N_("付款单位")),
    ),
    (
        Measure("amount", N_("申报金额"), Takes.FEN),
        Measure("counted", N_("计入金额"), Takes.FEN, counted=True),
        Measure("payments", N_("笔数"), Takes.COUNT),
        Measure("counted_payments", N_("计入笔数"), Takes.COUNT, counted=True),
        Measure("projects", N_("项目数（不重复）"), Takes.MEMBERS),
        Measure("average", N_("每笔平均金额"), Takes.AVERAGE),
    ),
)

SOURCE = Source(
    SUBJECT,
    _rows,
    _within,
    {
        "unit": Column("unit_id"),
        "month": Column(_SPANS[1], in_spans(1, _within)),
        "quarter": Column(_SPANS[3], in_spans(3, _within)),
        "year": Column(_SPANS[12], in_spans(12, _within)),
        "source_class": Column("source_class", one_of("source_class")),
        "province": province_of("source_code"),
        "origin": Column("origin", one_of("origin")),
        "kind": Column("kind", one_of("kind")),
        "industry": Column("industry", one_of("industry")),
        "size": size_of("contract_fen"),
        "standing": Column("standing", one_of("standing")),
        "project": Column("project__code", one_of("project__code")),
        "payer": Column("payer", one_of("payer")),
    },
    {
        "amount": Parts(fen=Sum("amount_fen")),
        "payments": Parts(count=_ENTRIES),
        "projects": Parts(member="project_id"),
        "average": Parts(fen=Sum("amount_fen"), count=_ENTRIES),
    },
    "payment",
    lambda payment: str(payment.pk),
    (
        Field("project", N_("项目"), "text", lambda payment: payment.project.name),
        Field("amount", N_("到账金额"), "money", _reads("amount_fen")),
        Field("unit", N_("地区"), "unit", _reads("unit")),
        Field("paid_on", N_("到账日期"), "date", _reads("paid_on")),
        Field("month", N_("报告月"), "month", _reads("report_month")),
        Field("kind", N_("资金类型"), "word", lambda payment: KIND_LABELS[Kind(payment.kind)]),
        Field("origin", N_("新建或续建"), "word", lambda payment: ORIGIN_LABELS[Origin(payment.origin)]),
        Field("payer", N_("付款单位"), "text", _reads("payer")),
        Field("standing", N_("状态"), "word", lambda payment: STANDING_LABELS[Standing(payment.standing)]),
    ),
    related=("project", "unit"),
    by_month=True,
    veiled={"payer": payer_as_read},
    warned={
        "standing": (
            frozenset({Standing.VERIFIED}),
            N_("没有只看已核定的：待审核、已退回或已撤回的到账也算在里面。"),
        )
    },
)
