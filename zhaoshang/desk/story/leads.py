"""What a project's story tells of the lead that it came of, and of the rewards claimed for it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.partners_shown import claim_words
from zhaoshang.desk.story.line import Line
from zhaoshang.leads.models import Lead, LeadStep
from zhaoshang.leads.rules import CAME_BY_LABELS, STEP_LABELS, CameBy, StepKind
from zhaoshang.partners.models import Claim
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called

TOLD = (StepKind.TAKEN_IN, StepKind.ASSIGNED, StepKind.ANSWERED, StepKind.PROJECT)


def lines(project: Project, viewer: Viewer) -> Iterable[Line]:
    """The steps of its leads that the viewer may see, and the claims. Three queries, one without leads."""
    if not viewer.can(Can.READ_LEADS):
        return
    leads = {one.pk: one for one in Lead.objects.visible_to(viewer).filter(project=project)}
    if not leads:
        return
    steps = LeadStep.objects.of(viewer.city).filter(lead_id__in=list(leads), kind__in=TOLD).select_related("by")
    for step in steps.order_by("at"):
        lead = leads[step.lead_id]
        came = _(CAME_BY_LABELS[CameBy(lead.came_by)])
        text = f"{_(STEP_LABELS[StepKind(step.kind)])} {lead.origin_label or came}".strip()
        href = reverse("desk:lead", args=[lead.pk])
        who = called(step.by) if step.by else ""
        yield Line(timezone.localdate(step.at), _("线索"), text, who, href)
    claims = Claim.objects.of(viewer.city).filter(project=project).select_related("partner")
    for claim in claims if viewer.can(Can.READ_PARTNERS) else ():
        text = f"{claim.partner.name} {claim_words(claim)}"
        yield Line(
            timezone.localdate(claim.claimed_at), _("引荐奖励"), text, "", reverse("desk:claim", args=[claim.pk])
        )
