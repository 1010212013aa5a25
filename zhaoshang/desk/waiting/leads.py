"""Leads, claims and reviews that wait for a person."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.leads.models import Lead
from zhaoshang.leads.queries import overdue, waiting_answer, waiting_triage
from zhaoshang.leads.rules import State
from zhaoshang.partners.models import Claim, ClaimObjection
from zhaoshang.partners.queries import review_due
from zhaoshang.partners.rules import ClaimState
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer


def tasks(viewer: Viewer, today: date) -> Iterable[Task]:
    """One task for each kind of work, due when the first of it is. At most five queries."""
    if viewer.can(Can.TRIAGE_LEADS):
        many, first = _counted(waiting_triage(viewer), "triage_due_on")
        if many:
            href = reverse("desk:lead_list") + f"?state={State.UNVERIFIED}"
            yield Task(_("待研判"), _("新收到的线索，要采纳、派发或说明不采纳"), href, many, first)
    if viewer.can(Can.HANDLE_LEADS):
        many, first = _counted(waiting_answer(viewer), "answer_due_on")
        if many:
            href = reverse("desk:lead_list") + f"?state={State.ASSIGNED}"
            yield Task(_("答复推荐人"), _("派给你的线索，推荐人还在等答复"), href, many, first)
    if viewer.can(Can.TRIAGE_LEADS) or viewer.can(Can.ASSIGN_DUTIES):
        late = overdue(Lead.objects.visible_to(viewer), today).exclude(handler=viewer.user)
        many, first = _counted(late, "answer_due_on")
        if many:
            href = reverse("desk:lead_list") + "?late=1"
            yield Task(_("答复时限"), _("别人经办、已过答复期限的线索"), href, many, first)
    if viewer.can(Can.DECIDE_CLAIMS):
        claims = Claim.objects.of(viewer.city).filter(state=ClaimState.CLAIMED, bureau_by__isnull=False)
        if waiting := claims.exclude(claimed_by=viewer.user).exclude(bureau_by=viewer.user).order_by().count():
            href = reverse("desk:claim_list") + f"?state={ClaimState.CLAIMED}"
            yield Task(_("引荐奖励"), _("已确认引荐的申领，等另一人决定"), href, waiting)
        open_ = ClaimObjection.objects.of(viewer.city).filter(answered_by__isnull=True).order_by("due_on")
        if days := [day for day in open_.values_list("due_on", flat=True) if day]:
            href = reverse("desk:claim_list") + f"?state={ClaimState.PUBLISHED}"
            yield Task(_("公示异议"), _("对公示奖励的异议，查清答复之前不能确定"), href, len(days), days[0])
    if viewer.can(Can.APPOINT_PARTNERS) and (due := review_due(viewer.city, today).order_by().count()):
        href = reverse("desk:partner_list") + "?due=1"
        yield Task(_("年度评定"), _("上年度在聘、还没有评定的合伙人"), href, due, date(today.year, 1, 31))


def _counted(rows: "QuerySet[Lead]", column: str) -> tuple[int, date | None]:
    """How many wait, and the first day on which one is due; one query, however many there are."""
    told = rows.order_by().aggregate(many=Count("pk"), first=Min(column))
    return told["many"], told["first"]
