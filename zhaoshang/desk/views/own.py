"""A partner's own pages: its leads with their public state, its certificate, its claims. Nothing of anybody else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.leads import LeadForm
from zhaoshang.desk.lists import page_of
from zhaoshang.desk.partners_shown import (
    claim_columns,
    claim_pill,
    claim_row,
    credit_words,
    own_lead_columns,
    own_lead_row,
    own_paper_row,
    paper_columns,
    standing_pill,
    step_columns,
    step_rows,
    term,
)
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.claims import REFUSED, paper_file
from zhaoshang.desk.views.partners import certificate_file
from zhaoshang.leads.actions import take_in
from zhaoshang.leads.rules import CameBy, State
from zhaoshang.partners.claiming import add_paper, file_claim
from zhaoshang.partners.localrules import REWARD
from zhaoshang.partners.models import Claim, ClaimPaper, Partner
from zhaoshang.partners.queries import credit_of, leads_of, missing, papers_of, partner_of
from zhaoshang.partners.rules import PAPER_LABELS, ClaimState, Standing
from zhaoshang.people.rules import Can

SHOWN = 20


def _own(request: Any) -> Partner:
    partner = partner_of(request.viewer)
    if partner is None:
        raise Http404
    return partner


@desk_page(Can.BE_PARTNER)
def own_home(request: Any) -> HttpResponse:
    """Own leads and claims; before the bureau has said whose login this is, that."""
    partner, today = partner_of(request.viewer), timezone.localdate()
    if partner is None:
        return render(request, "desk/own/waiting.html", {})
    page = page_of(request, leads_of(partner))
    claims = list(Claim.objects.of(partner.city_id).filter(partner=partner).select_related("partner", "project"))
    claimed = {one.lead_id for one in claims}
    ready = leads_of(partner).filter(state=State.PROJECT).exclude(pk__in=claimed)
    shown = {
        "partner": partner,
        "standing": standing_pill(partner, today),
        "term": term(partner),
        "may_submit": partner.standing(today) == Standing.STANDING,
        "page": page,
        "lead_columns": own_lead_columns(),
        "leads": [own_lead_row(one) for one in page.rows],
        "claim_columns": claim_columns(with_partner=False),
        "claims": [claim_row(one, "desk:own_claim") for one in claims],
        "ready": list(ready.order_by("id")[:SHOWN]),
    }
    return render(request, "desk/own/home.html", shown)


@desk_page(Can.BE_PARTNER, methods=("GET", "POST"))
def own_lead_new(request: Any) -> HttpResponse:
    """Tell of an investor; the server's time of receipt is what credit rests on."""
    partner, now = _own(request), timezone.now()
    if partner.standing(timezone.localdate(now)) != Standing.STANDING:
        messages.error(request, _("不在聘期内，不能提交线索。请与招商部门联系。"))
        return redirect("desk:own_home")
    form = LeadForm(request.POST or None, city=partner.city)
    if request.method == "POST" and form.is_valid():
        lead = take_in(
            city=partner.city, came_by=CameBy.PARTNER, origin_label=partner.name, origin_ref=str(partner.pk), **form.fields_given,
            by=request.viewer.user, at=now,
        )  # fmt: skip
        messages.success(request, _("已收到，回执 %(receipt)s。") % {"receipt": lead.receipt})
        return redirect("desk:own_home")
    return render(request, "desk/own/lead.html", {"form": form}, status=422 if form.errors else 200)


@desk_page(Can.BE_PARTNER)
def own_certificate(request: Any) -> HttpResponse:
    """One's own certificate as PDF/A."""
    return certificate_file(_own(request))


@desk_page(Can.BE_PARTNER, methods=("POST",))
def own_claim_new(request: Any, key: UUID) -> HttpResponse:
    """Claim for one's own lead that became a project."""
    partner = _own(request)
    lead = get_object_or_404(leads_of(partner).select_related("city", "project__city"), pk=key)
    try:
        claim = file_claim(lead=lead, partner=partner, by=request.viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
        return redirect("desk:own_home")
    messages.success(request, _("已申领。请在下面上传材料。"))
    return redirect("desk:own_claim", claim.pk)


def _own_claim(request: Any, key: UUID) -> Claim:
    partner = _own(request)
    rows = Claim.objects.of(partner.city_id).filter(partner=partner)
    return get_object_or_404(rows.select_related("city", "partner__city", "lead__project__city", "project"), pk=key)  # type: ignore[no-any-return]


@desk_page(Can.BE_PARTNER)
def own_claim(request: Any, key: UUID) -> HttpResponse:
    """One's own claim: credit, papers and what is missing, and, once decided, the reward step by step."""
    return _claim_page(request, _own_claim(request, key))


def _claim_page(request: Any, claim: Claim, errors: tuple[str, ...] = ()) -> HttpResponse:
    asked = REWARD.on(claim.city, timezone.localdate()).read
    lacks, held = missing(claim, asked), papers_of(claim)
    shown = {
        "claim": claim,
        "state": claim_pill(claim),
        "credit": credit_words(credit_of(claim.lead, claim.partner)),
        "missing": [_(PAPER_LABELS[kind]) for kind in lacks],
        "papers": [own_paper_row(request.viewer, claim, kind, held.get(kind), kind in lacks) for kind in asked.papers],
        "paper_columns": paper_columns(),
        "choices": [(kind, _(PAPER_LABELS[kind])) for kind in asked.papers if kind != "filing"],
        "may_add": claim.state == ClaimState.CLAIMED,
        "steps": step_rows(claim.steps),
        "step_columns": step_columns(),
        "errors": errors,
        "posted": request.POST,
    }
    return render(request, "desk/own/claim.html", shown, status=422 if errors else 200)


@desk_page(Can.BE_PARTNER, methods=("POST",))
def own_paper_new(request: Any, key: UUID) -> HttpResponse:
    """Put a paper of one's own into the file of one's own claim."""
    claim, file = _own_claim(request, key), request.FILES.get("file")
    if file is None:
        return _claim_page(request, claim, (_("没有选择文件。"),))
    given = {"kind": request.POST.get("kind", ""), "document": request.POST.get("document", "")}
    try:
        add_paper(
            claim=claim, content=file.read(), name=file.name or "", by=request.viewer.user, at=timezone.now(), **given
        )
    except REFUSED as refusal:
        return _claim_page(request, claim, (say(refusal, request.viewer),))
    messages.success(request, _("材料已存。"))
    return redirect("desk:own_claim", key)


@desk_page(Can.BE_PARTNER)
def own_paper(request: Any, key: UUID, paper: UUID) -> HttpResponse:
    """The file of a paper that the partner itself put in; what the bureau put in stays with the bureau."""
    claim = _own_claim(request, key)
    rows = ClaimPaper.objects.of(claim.city_id).filter(claim=claim, by=request.viewer.user, file__isnull=False)
    return paper_file(request, get_object_or_404(rows.select_related("file__city"), pk=paper))
