"""Sheets, texts, reviews and promises of one project and of many; promised against real."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, ExtractYear
from django.db.models.lookups import GreaterThanOrEqual

from zhaoshang.capital.hiding import sought
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.contracts.models import Actual, Appraisal, ContractText, Decision, Flag, Promise, PromiseEntry, Review
from zhaoshang.contracts.rules.promises import ENTERED, Measure, Side, Status, YearRow, promised_by_year, years_compared
from zhaoshang.contracts.rules.sheets import Outcome, Site, mu_in
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportMonth
from zhaoshang.tenancy.models import City

# Of rows that ``with_met`` has looked at.
_MET, _UNMET = Q(is_met=True), Q(is_met=False)


def appraisals_of(project: Project) -> list[Appraisal]:
    """The revisions, newest first, with who drafted them. One query."""
    rows = Appraisal.objects.of(project.city_id).filter(project_id=project.pk).select_related("drafted_by", "project")
    return list(rows.order_by("-revision"))


def appraisals_seen(viewer: Viewer, wanted: Mapping[str, str]) -> "QuerySet[Appraisal]":
    """The newest revision of each project that the viewer sees; ``wanted``: ``unit``, ``outcome`` (or ``none``), ``q``."""
    of_city = Appraisal.objects.of(viewer.city)
    later = of_city.filter(project_id=OuterRef("project_id"), revision__gt=OuterRef("revision"))
    rows: QuerySet[Appraisal] = Appraisal.objects.visible_to(viewer).filter(~Exists(later))
    decided = Decision.objects.of(viewer.city).filter(appraisal_id=OuterRef("pk"))
    if wanted.get("outcome") == "none":
        rows = rows.filter(~Exists(decided))
    elif wanted.get("outcome") in list(Outcome):
        rows = rows.filter(Exists(decided.filter(outcome=wanted["outcome"])))
    if unit := wanted.get("unit"):
        rows = rows.filter(project__unit__code=unit)
    if text := wanted.get("q"):
        rows = rows.filter(Q(project__code=text) | Q(project__name__icontains=text))
    return rows.select_related("project__unit", "drafted_by")


def decisions_on(city: City, appraisals: "list[Appraisal]") -> dict[UUID, Decision]:
    """What the committee decided, by appraisal. One query."""
    rows = (
        Decision.objects.of(city).filter(appraisal_id__in=[one.pk for one in appraisals]).select_related("recorded_by")
    )
    return {one.appraisal_id: one for one in rows}


def texts_of(project: Project) -> list[ContractText]:
    """The versions of the contract, newest first, without their paragraphs. One query."""
    rows = ContractText.objects.of(project.city_id).filter(project_id=project.pk).select_related("drafted_by")
    return list(rows.defer("passages").order_by("-version"))


def flags_of(text: ContractText) -> list[Flag]:
    """In reading order, with who dealt with them. One query."""
    rows = Flag.objects.of(text.city_id).filter(text_id=text.pk).select_related("handled_by")
    return list(rows.order_by("number"))


def reviews_of(project: Project) -> list[Review]:
    """Newest first. One query."""
    rows = Review.objects.of(project.city_id).filter(project_id=project.pk)
    return list(rows.select_related("reviewed_by", "text").defer("text__passages").order_by("-reviewed_at", "-id"))


def with_met(rows: "QuerySet[Promise]", city_id: UUID) -> "QuerySet[Promise]":
    """``is_met``: what is real has reached what was promised, so that the promise waits only to be settled.

    Investment is held against all that the ledger has verified; a year's tax and output, as last entered, against all that is promised
    of them for the year. Who promised no amount is met by nothing but a settlement.
    """
    same: dict[str, Any] = {"city_id": OuterRef("city_id"), "project_id": OuterRef("project_id")}
    paid = Payment.objects.of(city_id).filter(standing=Standing.VERIFIED, **same).order_by()
    arrived = paid.values("project_id").annotate(fen=Sum("amount_fen")).values("fen")
    same["measure"] = OuterRef("measure")
    entered = Actual.objects.of(city_id).filter(year=ExtractYear(OuterRef("due_on")), **same).order_by("-revision")
    owed = Promise.objects.of(city_id).filter(due_on__year=ExtractYear(OuterRef("due_on")), **same)
    owed = owed.exclude(status=Status.WAIVED).order_by().values("project_id").annotate(fen=Sum("amount_fen"))
    reached = Case(
        When(measure=Measure.INVESTMENT, amount_fen__lte=Subquery(arrived[:1]), then=True),
        When(
            measure__in=ENTERED,
            amount_fen__isnull=False,
            then=GreaterThanOrEqual(Subquery(entered.values("amount_fen")[:1]), Subquery(owed.values("fen")[:1])),
        ),
        default=False,
    )
    return rows.annotate(is_met=Coalesce(reached, False, output_field=BooleanField()))  # type: ignore[no-redef]


def promises_of(project: Project) -> list[Promise]:
    """In the order of their days, each with ``is_met``. One query."""
    rows = with_met(Promise.objects.of(project.city_id).filter(project_id=project.pk), project.city_id)
    return list(rows.order_by("due_on", "number"))


def entries_of(city: City, promises: "list[Promise]") -> dict[UUID, list[PromiseEntry]]:
    """The log of each promise, first line first. One query."""
    rows = (
        PromiseEntry.objects.of(city).filter(promise_id__in=[one.pk for one in promises]).select_related("entered_by")
    )
    found: dict[UUID, list[PromiseEntry]] = {one.pk: [] for one in promises}
    for entry in rows.order_by("number"):
        found[entry.promise_id].append(entry)
    return found


def promises_seen(viewer: Viewer, wanted: Mapping[str, str], today: date) -> "QuerySet[Promise]":
    """The viewer's promises; ``wanted``: ``side``, ``status`` (or ``overdue``, or ``met``), ``unit``, ``q``; each has ``is_met``."""
    rows = with_met(Promise.objects.visible_to(viewer).select_related("project__unit"), viewer.city.pk)
    if wanted.get("side") in list(Side):
        rows = rows.filter(side=wanted["side"])
    if wanted.get("status") == "overdue":
        rows = rows.filter(status=Status.OPEN, due_on__lt=today).filter(_UNMET)
    elif wanted.get("status") == "met":
        rows = rows.filter(status=Status.OPEN).filter(_MET)
    elif wanted.get("status") in list(Status):
        rows = rows.filter(status=wanted["status"])
    if unit := wanted.get("unit"):
        rows = rows.filter(project__unit__code=unit)
    if text := wanted.get("q"):
        rows = rows.filter(Q(project__code=text) | sought(viewer, text, "project__name", "text"))
    return rows


def first_overdue(viewer: Viewer, today: date) -> dict[str, tuple[int, date]]:
    """By side: how many are overdue, and the day of the first. One query."""
    rows = Promise.objects.visible_to(viewer).filter(status=Status.OPEN, due_on__lt=today).order_by()
    found = with_met(rows, viewer.city.pk).filter(_UNMET).values_list("side").annotate(Count("id"), Min("due_on"))
    return {side: (count, first) for side, count, first in found}


def flagged_texts(viewer: Viewer, most: int) -> list[tuple[ContractText, int]]:
    """Newest texts of others with flags that nobody has dealt with, and how many. One query."""
    later = ContractText.objects.of(viewer.city).filter(
        project_id=OuterRef("project_id"), version__gt=OuterRef("version")
    )
    flags = Flag.objects.of(viewer.city).filter(text_id=OuterRef("pk"), handled="").order_by()
    left = flags.values("text_id").annotate(count=Count("id")).values("count")
    rows = ContractText.objects.visible_to(viewer).filter(~Exists(later)).exclude(drafted_by=viewer.user)
    rows = rows.annotate(left=Subquery(left)).filter(left__gt=0).select_related("project").defer("passages")
    return [(text, text.left) for text in rows.order_by("drafted_at", "id")[:most]]


def undecided_appraisals(viewer: Viewer) -> int:
    """Newest appraisals of others that wait for the committee. One query."""
    return appraisals_seen(viewer, {"outcome": "none"}).exclude(drafted_by=viewer.user).count()


@dataclass(frozen=True, slots=True)
class Compared:
    """Promised against real, with the entries behind the real values and the mu that intensity rests on (None: no appraisal)."""

    rows: list[YearRow]
    actuals: dict[tuple[str, int], Actual]
    mu: Fraction | None
    paid_by_year: dict[int, int]


def compared(project: Project, promises: "list[Promise]", today: date) -> Compared:
    """Promised against real up to today's year. Four queries."""
    rows = Actual.objects.of(project.city_id).filter(project_id=project.pk).order_by("revision")
    actuals = {(one.measure, one.year): one for one in rows}
    paid = _paid_by_year(project)
    promised = promised_by_year((Measure(one.measure), one.due_on, one.amount_fen, one.status) for one in promises)
    entered = {(Measure(measure), year): one.amount_fen for (measure, year), one in actuals.items()}
    table = years_compared(promised, paid, entered, today.year) if promised or entered else []
    return Compared(table, actuals, mu_of(project), paid)


def _paid_by_year(project: Project) -> dict[int, int]:
    """Verified fen by year; 0 for every year that the ledger covers."""
    months = ReportMonth.objects.of(project.city_id).values_list("number", flat=True)
    found = {number // 12: 0 for number in months}
    rows = Payment.objects.of(project.city_id).filter(project_id=project.pk, standing=Standing.VERIFIED).order_by()
    for month, fen in rows.values_list("report_month").annotate(Sum("amount_fen")):
        found[month // 12] = found.get(month // 12, 0) + fen
    return found


def mu_of(project: Project) -> Fraction | None:
    """The land, or virtual land, by the newest appraisal, exact. One query."""
    rows: Any = Appraisal.objects.of(project.city_id).filter(project_id=project.pk).order_by("-revision")
    newest = rows.first()
    if newest is None:
        return None
    return mu_in(Site(newest.site), {key: Fraction(text) for key, text in newest.inputs.items()})
