"""Assessments, regulations and lights, for the doors."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhaoshang.assessments.assessing import last_computation, scored
from zhaoshang.assessments.inputs import gather, units_of
from zhaoshang.assessments.models import Assessment, Computation, Light, LightNote, Objection, Regulation
from zhaoshang.assessments.rules.scheme import Scheme
from zhaoshang.assessments.rules.states import Purpose, State
from zhaoshang.common.periods import Period
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


def regulations_for(viewer: Viewer) -> "QuerySet[Regulation]":
    """Regulations, the latest first; drafts for those who write rules only."""
    rows = Regulation.objects.of(viewer.city).select_related("city", "replaces", "drafted_by", "issued_by")
    return rows if viewer.can(Can.WRITE_RULES) else rows.filter(issued_at__isnull=False)


def issued_regulations(city: City, purpose: Purpose) -> list[Regulation]:
    """Issued ones of a purpose, the latest first."""
    rows = Regulation.objects.of(city).filter(purpose=purpose, issued_at__isnull=False).select_related("city")
    return list(rows.order_by("-valid_from", "code"))


def assessments_for(viewer: Viewer) -> "QuerySet[Assessment]":
    """Assessments, the latest first; drafts for those who run them only. Once shown, every unit sees every unit."""
    rows = Assessment.objects.of(viewer.city).select_related("city", "regulation", "drafted_by", "shown_by", "final_by")
    return rows if viewer.can(Can.ASSESS) else rows.exclude(state=State.DRAFT)


def objections_of(assessment: Assessment) -> list[Objection]:
    """All of an assessment, in the order in which they came in."""
    rows = Objection.objects.of(assessment.city_id).filter(assessment=assessment)
    return list(rows.select_related("unit", "raised_by", "decided_by", "file"))


@dataclass(frozen=True, slots=True)
class Result:
    """An assessment as it counts now: its units by code, the rules, the last computation; ``first`` is what was shown."""

    assessment: Assessment
    scheme: Scheme
    units: dict[str, ReportingUnit]
    last: Computation
    first: Computation


def result_of(assessment: Assessment) -> Result:
    """Three queries."""
    last = last_computation(assessment)
    rows = Computation.objects.of(assessment.city_id).filter(assessment=assessment, occasion="draft")
    first = rows.order_by("-number")[0]
    units = {unit.code: unit for unit in ReportingUnit.objects.of(assessment.city) if unit.code in last.inputs}
    return Result(assessment, assessment.regulation.scheme(), units, last, first)


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit's score and place under two regulations; ``before`` None where there is nothing to compare with."""

    unit: ReportingUnit
    before: dict[str, Any] | None
    after: dict[str, Any]

    @property
    def change(self) -> Decimal | None:
        """Points gained."""
        if self.before is None or self.before["total"] is None or self.after["total"] is None:
            return None
        return Decimal(self.after["total"]) - Decimal(self.before["total"])


def try_regulation(regulation: Regulation, base: Regulation | None, period: Period) -> list[Compared]:
    """What each unit would score in a period under one regulation and under another, with what shares moved; nothing is kept."""
    city, units = regulation.city, units_of(regulation.city, period)

    def computed(one: Regulation) -> dict[str, dict[str, Any]]:
        scheme = one.scheme()
        inputs = gather(city, scheme, period, units)
        return {row["unit"]: row | {"shares": _shares(inputs[row["unit"]])} for row in scored(scheme, inputs, units)}

    before = computed(base) if base is not None else {}
    after = computed(regulation)
    return [Compared(unit, before.get(unit.code), after[unit.code]) for unit in units]


def _shares(given: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for one in given.values() for line in one.get("shares", [])]


def light_for(viewer: Viewer, key: UUID) -> Light:
    """One light. Raises ``Light.DoesNotExist``."""
    rows = Light.objects.of(viewer.city).select_related("city", "unit", "regulation", "computed_by")
    return rows.get(pk=key)  # type: ignore[no-any-return]


def course_of(light: Light, months: Period) -> list[Light]:
    """All that was computed of the same unit, article and regulation, oldest first, superseded ones too."""
    rows = Light.objects.of(light.city_id).filter(
        regulation_id=light.regulation_id,
        unit_id=light.unit_id,
        article=light.article,
        month__gte=months.first,
        month__lte=months.last,
    )
    return list(rows.order_by("month", "id"))


def notes_of(light: Light) -> list[LightNote]:
    """Explanations of the light's unit, article and month, whichever of its computations they were attached to."""
    rows = LightNote.objects.of(light.city_id).filter(
        light__regulation_id=light.regulation_id,
        light__unit_id=light.unit_id,
        light__article=light.article,
        light__month=light.month,
    )
    return list(rows.select_related("written_by"))


def explained_months(regulation: Regulation, month: int) -> set[tuple[UUID, str]]:
    """Which lights of a month carry an explanation, by unit and article. One query."""
    rows = LightNote.objects.of(regulation.city_id).filter(light__regulation=regulation, light__month=month)
    return set(rows.values_list("light__unit_id", "light__article"))
