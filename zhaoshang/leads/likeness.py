"""What the city has that may be the same as a lead: other leads, and projects, also those that are long in talks."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import State
from zhaoshang.lookup.queries import Span, entries_by_span
from zhaoshang.lookup.rules import Kind
from zhaoshang.projects.blocking import Words, take_apart
from zhaoshang.projects.likeness import Measure, alike, measure
from zhaoshang.projects.matching import Facts
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City

MOST = 10


@dataclass(frozen=True, slots=True)
class Likely:
    """A lead or a project that may be the same, and why: codes of ``rules.WHY_LABELS``. Both are None where the viewer may not see it."""

    why: tuple[str, ...]
    lead: Lead | None = None
    project: Project | None = None


def core_of(investor: str, words: Words) -> str:
    """An investor's name without the words that say nothing."""
    return take_apart(investor, words).core[:120] if investor else ""


def like_leads(city: City, core: str, phone: str, leave_out: UUID | None = None) -> list[tuple[Lead, tuple[str, ...]]]:
    """Leads of the same investor or the same telephone, newest first; not those that were found to be another. One query."""
    same = Q(pk__in=())
    same |= Q(investor_core=core) if core else same
    same |= Q(phone=phone) if phone else same
    rows = Lead.objects.of(city).filter(same).exclude(state=State.DUPLICATE).exclude(pk=leave_out)
    found = []
    for lead in rows.select_related("unit").order_by("-id")[:MOST]:
        why = ("same_investor",) if core and lead.investor_core == core else ()
        found.append((lead, (*why, *(("same_phone",) if phone and lead.phone == phone else ()))))
    return found


def like_projects(city: City, told: Facts, core: str, day: date, taken: Measure) -> dict[UUID, tuple[str, ...]]:
    """Projects of the same investor or enterprise, and those that resemble the lead by the weights for projects."""
    spans = [Span.of_key(f"investor:{core}"), Span.of_key(f"firm:{core}")] if core else []
    found: dict[UUID, tuple[str, ...]] = {}
    for keys, why in zip(
        entries_by_span(city, Kind.PROJECT, spans, at_most=MOST), ("same_investor", "same_firm"), strict=False
    ):
        for key in keys:
            found[key] = (*found.get(key, ()), why)
    if told.name:
        for one in alike(city, told, day, taken=taken)[:MOST]:
            found[one.project_id] = (*found.get(one.project_id, ()), "alike")
    return found


def likely(viewer: Viewer, lead: Lead | dict[str, Any], day: date) -> list[Likely]:
    """What may be the same as a lead, or as the fields of one not kept yet; of what the viewer may not see, only that it is there."""
    told = {name: getattr(lead, name) for name in _COMPARED} if isinstance(lead, Lead) else lead
    city, own = viewer.city, lead.pk if isinstance(lead, Lead) else None
    taken = measure(city, day)
    core = core_of(told["investor"], taken.words)
    leads = like_leads(city, core, told.get("phone", ""), own)
    facts = Facts(
        "", told.get("subject", ""), told["investor"], "", told["investor"], told.get("source_code", ""),
        told.get("industry", ""), told.get("amount_fen") or 0, None, "",
    )  # fmt: skip
    projects = like_projects(city, facts, core, day, taken)
    seen_leads = set(
        Lead.objects.visible_to(viewer).filter(pk__in=[one.pk for one, _ in leads]).values_list("pk", flat=True)
    )
    rows = Project.objects.visible_to(viewer).filter(pk__in=list(projects)).select_related("unit")
    seen = {one.pk: one for one in rows}
    return [
        *(Likely(why, lead=one if one.pk in seen_leads else None) for one, why in leads),
        *(Likely(why, project=seen.get(key)) for key, why in list(projects.items())[:MOST]),
    ]


_COMPARED = ("investor", "subject", "industry", "amount_fen", "source_code", "phone")
