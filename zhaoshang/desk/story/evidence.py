"""Files: those that show a stage was reached, and those behind payments."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Evidence
from zhaoshang.capital.rules import PROOF_LABELS, Proof
from zhaoshang.desk.story.line import Line
from zhaoshang.projects.models import Project, StageProof
from zhaoshang.projects.stages.rules import EVIDENCE_LABELS
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called

MOST = 500


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """One line a file, the newest five hundred of payments."""
    proofs = StageProof.objects.of(project.city_id).filter(project=project).select_related("stored_by")
    for one in proofs:
        text = f"{_(EVIDENCE_LABELS.get(one.kind, one.kind))}{_('：')}{one.name}"
        who = called(one.stored_by) if one.stored_by else ""
        yield Line(timezone.localdate(one.stored_at), _("文件"), text, who, reverse("desk:stage_proof", args=[one.pk]))
    if not viewer.sees_unit(project.unit_id):
        return
    behind = Evidence.objects.of(project.city_id).filter(payment__project=project)
    for held in behind.select_related("file", "attached_by").order_by("-attached_at", "-id")[:MOST]:
        text = f"{_(PROOF_LABELS[Proof(held.kind)])}{_('：')}{held.file.name}"
        href = reverse("desk:payment", args=[held.payment_id])
        yield Line(timezone.localdate(held.attached_at), _("文件"), text, called(held.attached_by), href)
