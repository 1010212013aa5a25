"""Lists of leads, and what happened to one."""

from datetime import date
from typing import Any

from zhaoshang.leads.models import Lead, LeadStep
from zhaoshang.leads.rules import OPEN, State
from zhaoshang.regions.access import Viewer

_JOINED = ("city", "unit", "handler", "project", "like_project__unit", "duplicate_of", "taken_by")


def leads_seen(viewer: Viewer) -> Any:
    """The viewer's leads with what a page shows of them."""
    return Lead.objects.visible_to(viewer).select_related(*_JOINED)


def overdue(rows: Any, today: date) -> Any:
    """Those whose referrer waits for an answer past its day."""
    return rows.filter(answered_at__isnull=True, answer_due_on__lt=today).exclude(state=State.DUPLICATE)


def waiting_triage(viewer: Viewer) -> Any:
    """Unverified leads."""
    return Lead.objects.visible_to(viewer).filter(state=State.UNVERIFIED)


def waiting_answer(viewer: Viewer) -> Any:
    """Leads of the viewer's own hands that are open and not answered."""
    return Lead.objects.visible_to(viewer).filter(handler=viewer.user, answered_at__isnull=True, state__in=OPEN)


def steps_of(lead: Lead) -> list[LeadStep]:
    """What happened to a lead, in order. One query."""
    return list(
        LeadStep.objects.of(lead.city_id).filter(lead_id=lead.pk).select_related("by", "unit").order_by("number")
    )
