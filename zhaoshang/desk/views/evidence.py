"""Evidence of a payment: attached, taken off, and handed out; the right to see it is the payment's, asked each time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital import actions as capital
from zhaoshang.capital.evidence import FileDamaged, note_damage
from zhaoshang.capital.models import Evidence
from zhaoshang.capital.wording import NotInPlace
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms import proofs
from zhaoshang.desk.refusals import say
from zhaoshang.desk.sent_files import sent_in
from zhaoshang.desk.views.errors import error_page
from zhaoshang.desk.views.payments import visible_payment
from zhaoshang.machines.handing import given_out
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.regions.access import Viewer

REFUSED = (capital.PeriodClosed, capital.ProofInUse, capital.NotDeclared, NotInPlace)
SHOWN_IN_PLACE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})


@desk_page(Can.DECLARE, methods=("POST",))
def evidence_attach(request: Any, key: UUID) -> HttpResponse:
    """Attach files to a declared payment."""
    payment = visible_payment(request.viewer, key)
    now = timezone.now()
    slots = proofs.taken_in(request, request.viewer, now)
    for slot in slots:
        if slot.error:
            messages.error(request, slot.error)
        if slot.file is None:
            continue
        try:
            capital.attach(payment=payment, file=slot.file, kind=slot.proof, by=request.viewer.user, at=now)
        except REFUSED as refusal:
            messages.error(request, say(refusal, request.viewer))
        else:
            messages.success(request, _("已附上凭证：%(name)s") % {"name": slot.file.name})
    if not any(slot.file or slot.error for slot in slots):
        messages.warning(request, _("没有选择文件。"))
    return redirect("desk:payment", payment.pk)


@desk_page(Can.DECLARE, methods=("POST",))
def evidence_detach(request: Any, key: UUID) -> HttpResponse:
    """Take a file off a payment that nobody has decided; the file can then support another."""
    evidence = _visible(request.viewer, key)
    try:
        capital.detach(evidence=evidence, by=request.viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已撤下凭证：%(name)s") % {"name": evidence.file.name})
    return redirect("desk:payment", evidence.payment_id)


@desk_page(Can.READ_PAYMENTS)
def evidence_open(request: Any, key: UUID) -> HttpResponse:
    """The stored bytes, checked against their digest; ``?save=1`` downloads, else what a browser can show is shown."""
    evidence = _visible(request.viewer, key)
    file = evidence.file
    inline = file.mime in SHOWN_IN_PLACE and request.GET.get("save") != "1"
    try:
        return given_out(sent_in(file, inline=inline))
    except FileDamaged:
        note_damage(payment=evidence.payment, file=file, by=request.viewer.user, at=timezone.now())
        detail = _("凭证文件“%(name)s”与入库时的摘要不符，可能已损坏或被替换。已记入日志；请联系管理员从备份恢复。")
        return error_page(request, 409, detail=detail % {"name": file.name})


def _visible(viewer: Viewer, key: UUID) -> Evidence:
    """Evidence of a payment that the viewer may see; any other is a 404."""
    rows = Evidence.objects.of(viewer.city).select_related("file__city", "payment__project", "payment__city")
    rows = rows.exclude(payment__project_id__in=hidden_from(viewer).values("project_id"))
    evidence: Evidence = get_object_or_404(rows, pk=key)
    visible_payment(viewer, evidence.payment_id)
    return evidence
