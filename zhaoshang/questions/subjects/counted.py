"""What counts of payments under a version of an indicator, from the roll-ups: the same cells as the league table, so the same fen.

The roll-ups hold each unit, month and source class by one facet at a time. A question over two facets is refused, not guessed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from zhaoshang.capital.models import Payment, Total
from zhaoshang.capital.rules import Standing
from zhaoshang.common.periods import Period
from zhaoshang.common.problems import N_
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import SIZE_MARKS, keeps
from zhaoshang.figures.rules import Measure
from zhaoshang.questions.rules import Dimension, Question, Unanswerable
from zhaoshang.questions.subjects.base import Column, Parts, in_spans, months, one_of, province_of
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City

WHOLE = frozenset({"unit", "month", "quarter", "year", "source_class"})
FACETS = {"origin": "origin", "province": "source", "kind": "kind", "industry": "industry", "size": "size"}
# A payment of a large contract stands in the whole and in each mark that its contract reaches: what a mark adds and takes.
BANDS = {"": (("below", 1),), "yi": (("below", -1), ("yi", 1)), "ten_yi": (("yi", -1), ("ten_yi", 1))}


def version_of(city: City, text: str) -> IndicatorVersion:
    """The capital indicator's version ``indicator@code``. Raises ``Unanswerable``."""
    if not text:
        raise Unanswerable("version_missing", N_("计入金额要按一个口径算。请先选口径。"))
    indicator, _mark, code = text.partition("@")
    found = versions(city).filter(code=code, indicator__code=indicator).first()
    if found is None:
        raise Unanswerable("unknown_version", N_("没有口径“{text}”。请在“数值”里另选一个。"), text=text)
    found.city = city
    return found


def versions(city: City) -> "QuerySet[IndicatorVersion]":
    """All that counted amounts can be asked by, with indicator and rule set."""
    rows = IndicatorVersion.objects.of(city).filter(measure=Measure.CAPITAL, rule_set__isnull=False)
    return rows.select_related("indicator", "rule_set").order_by("indicator__position", "valid_from", "id")


def check_kept(question: Question, version: IndicatorVersion) -> str:
    """The facet under which the roll-ups hold what is asked, with ``size`` for bands. Raises ``Unanswerable`` where they do not."""
    asked = [*question.dimensions, *(dimension for dimension, _values in question.filters)]
    involved = {one.code: one for one in asked if one.code != "standing"}
    if "standing" in {one.code for one in question.dimensions} or question.values("standing") not in (
        (),
        (Standing.VERIFIED,),
    ):
        raise Unanswerable("counts_verified_only", N_("只有已核定的到账才有计入金额。去掉其他状态，或改问申报金额。"))
    for period in (question.period, question.compare):
        if period is not None and not keeps(version, period):
            raise Unanswerable(
                "version_not_kept_then",
                N_("口径“{version}”没有 {period} 的汇总。换一个时期，或换一个口径。"),
                version=version,
                period=period,
            )
    facets = [one for code, one in involved.items() if code in FACETS]
    unkept = [one for code, one in involved.items() if code not in FACETS and code not in WHOLE]
    if unkept or len(facets) > (0 if version.at_least_fen else 1):
        raise _not_kept([*unkept, *facets])
    return FACETS[facets[0].code] if facets else ""


def _not_kept(dimensions: Sequence[Dimension]) -> Unanswerable:
    first, *others = dimensions
    template = N_("计入金额没有按“{first}”和“{second}”合在一起的汇总，这里不作估算。去掉其中一个，或改问申报金额。")
    if not others:
        template = N_("计入金额没有按“{first}”的汇总，这里不作估算。去掉它，或改问申报金额。")
    return Unanswerable("not_kept", template, first=first.label, second=others[0].label if others else "")


def cells(viewer: Viewer, version: IndicatorVersion, facet: str) -> "QuerySet[Total]":
    """The roll-up cells that the viewer may see: for bands the whole beside the marks."""
    rows = Total.objects.of(viewer.city).filter(rule_set=version.rule_set, source_class__in=version.classes)
    rows = rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)
    if facet == "size":
        return rows.filter(facet__in=["", "size"])
    mark = SIZE_MARKS[version.at_least_fen]
    return rows.filter(facet="size", value=mark) if mark else rows.filter(facet=facet)


def within(period: Period) -> Q:
    """Cells of these months."""
    return Q(month__range=(period.first, period.last))


_SPANS = months("month")
_VALUE = Column("value", one_of("value"))
COLUMNS: Mapping[str, Column] = {
    "unit": Column("unit_id"),
    "month": Column(_SPANS[1], in_spans(1, within)),
    "quarter": Column(_SPANS[3], in_spans(3, within)),
    "year": Column(_SPANS[12], in_spans(12, within)),
    "source_class": Column("source_class", one_of("source_class")),
    "province": province_of("value"),
    "origin": _VALUE,
    "kind": _VALUE,
    "industry": _VALUE,
    "size": Column(F("value")),
}
PARTS = {"counted": Parts(fen=Sum("amount_fen")), "counted_payments": Parts(count=Sum("payments"))}


def banded(raw: list[list[Any]], place: int) -> list[list[Any]]:
    """Groups by mark (at ``place``) as groups by band, without the empty ones; sums stand last."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for *values, fen, count, _member in raw:
        for band, sign in BANDS[values[place] or ""]:
            pair = sums.setdefault((*values[:place], band, *values[place + 1 :]), [0, 0])
            pair[0] += sign * (fen or 0)
            pair[1] += sign * (count or 0)
    return [[*values, *pair, None] for values, pair in sums.items() if any(pair)]


def behind(rows: "QuerySet[Payment]", version: IndicatorVersion) -> "QuerySet[Payment]":
    """The payments that counted amounts rest on; one that the rules leave out wholly is among them."""
    assert version.rule_set is not None
    rows = rows.filter(
        standing=Standing.VERIFIED, source_class__in=version.classes, contract_fen__gte=version.at_least_fen
    )
    rows = rows.filter(report_month__gte=version.rule_set.computed_from)
    last = version.rule_set.valid_to
    return rows if last is None else rows.filter(report_month__lte=last)
