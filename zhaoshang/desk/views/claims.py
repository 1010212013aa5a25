"""Claims: the list, one with its file, credit and reward explained, and what is done to it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.files import Refused
from zhaoshang.common.money import in_unit
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.claim_paper import as_docx
from zhaoshang.desk.lists import address, attachment, chosen, page_of, sheet
from zhaoshang.desk.local_rules_shown import set_title
from zhaoshang.desk.partners_shown import (
    claim_columns,
    claim_pill,
    claim_row,
    claim_words,
    credit_words,
    file_words,
    paper_columns,
    step_columns,
    step_rows,
)
from zhaoshang.desk.refusals import say
from zhaoshang.desk.sent_files import handed_out, sent_in
from zhaoshang.desk.views.partners import found_partner
from zhaoshang.leads.models import Lead
from zhaoshang.partners import claiming
from zhaoshang.partners.localrules import REWARD
from zhaoshang.partners.models import Claim, ClaimObjection, ClaimPaper
from zhaoshang.partners.queries import credit_of, missing, papers_of
from zhaoshang.partners.rules import CLAIM_LABELS, PAPER_LABELS, ClaimState
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called, moment

MOST_EXPORTED = 20_000
REFUSED = (
    claiming.NoCredit,
    claiming.TooLate,
    claiming.AlreadyClaimed,
    claiming.WrongState,
    claiming.DocumentMissing,
    claiming.FileIncomplete,
    claiming.SamePerson,
    claiming.BadShares,
    claiming.NoticeOpen,
    claiming.TooManyPapers,
    Refused,
)


@desk_page(Can.READ_PARTNERS)
def claim_list(request: Any) -> HttpResponse:
    """Claims, newest first."""
    viewer, wanted = request.viewer, chosen(request, {"state": ""})
    rows = Claim.objects.of(viewer.city).select_related("partner", "project")
    if "state" in wanted:
        rows = rows.filter(state=wanted["state"])
    if request.GET.get("xlsx"):
        return _as_sheet(rows)
    page = page_of(request, rows)
    shown = {
        "page": page,
        "columns": claim_columns(),
        "rows": [claim_row(one) for one in page.rows],
        "wanted": wanted,
        "states": [("", _("全部")), *((str(key), _(text)) for key, text in CLAIM_LABELS.items())],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/partners/claims.html", shown)


def _as_sheet(rows: Any) -> HttpResponse:
    heads = [
        Column(_("合伙人"), width=32),
        Column(_("项目"), width=32),
        Column(_("状态"), width=16),
        Column(_("奖励（元）"), "amount"),
        Column(_("公示至"), "date"),
    ]
    lines: list[list[Value]] = [
        [
            one.partner.name,
            one.project.name,
            claim_words(one),
            in_unit(one.reward_fen, "元") if one.reward_fen is not None else None,
            one.notice_until,
        ]
        for one in rows.order_by("-id")[:MOST_EXPORTED]
    ]
    return sheet(heads, lines, _("引荐奖励"), [])


def found_claim(viewer: Viewer, key: UUID) -> Claim:
    """The claim, or 404."""
    joined = ("city", "partner__city", "lead__project__city", "project__unit", "bureau_by", "decided_by", "claimed_by")
    return get_object_or_404(Claim.objects.of(viewer.city).select_related(*joined), pk=key)  # type: ignore[no-any-return]


@desk_page(Can.READ_PARTNERS)
def claim_open(request: Any, key: UUID) -> HttpResponse:
    """One claim: credit, papers, reward step by step, notice, objections."""
    return _page(request, found_claim(request.viewer, key))


def _page(request: Any, claim: Claim, errors: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
    viewer, today = request.viewer, timezone.localdate()
    state, rules = ClaimState(claim.state), REWARD.on(claim.city, today)
    formula = rules.read
    credit = credit_of(claim.lead, claim.partner)
    decided = claim.decided_at is not None and state != ClaimState.REFUSED
    steps = claim.steps if decided else list(claiming.computed(claim, today).steps)
    papers, lacks = papers_of(claim), missing(claim, formula)
    objections = list(
        ClaimObjection.objects.of(claim.city_id).filter(claim=claim).select_related("taken_by", "answered_by")
    )
    own = viewer.user.pk in (claim.claimed_by_id, claim.bureau_by_id)
    shown = {
        "claim": claim,
        "state": claim_pill(claim),
        "credit": credit_words(credit),
        "credit_given": credit.given,
        "papers": [_paper_row(kind, claim, papers, lacks) for kind in formula.papers],
        "paper_columns": paper_columns(),
        "paper_choices": [
            (kind, _(PAPER_LABELS[kind])) for kind in formula.papers if kind not in ("filing", "investor")
        ],
        "steps": step_rows(steps),
        "step_columns": step_columns(),
        "decided": decided,
        "formula": set_title(rules),
        "sharing": claiming.claimants(claim),
        "objections": [_objection(one, today) for one in objections],
        "over": claim.notice_until is not None and claim.notice_until < today and all(one.answer for one in objections),
        "may_prepare": viewer.can(Can.APPOINT_PARTNERS),
        "may_decide": viewer.can(Can.DECIDE_CLAIMS) and not own,
        "confirmed": f"{called(claim.bureau_by)} {moment(claim.bureau_at)}" if claim.bureau_by else "",
        "errors": errors,
        "posted": request.POST,
    }
    return render(request, "desk/partners/claim.html", shown, status=status)


def _objection(one: ClaimObjection, today: date) -> dict[str, Any]:
    late = one.answered_by_id is None and one.due_on is not None and one.due_on < today
    return {
        "pk": one.pk,
        "told_by": one.told_by or (_("（已抹去）") if one.erased_at else _("未署名")),
        "text": one.text,
        "contact": one.contact,
        "came": _("网上提出") if one.taken_by_id is None else _("由 %(name)s 登记") % {"name": called(one.taken_by)},
        "at": moment(one.taken_at),
        "answer": one.answer,
        "answered": f"{called(one.answered_by)} {moment(one.answered_at)}" if one.answered_by else "",
        "due": one.due_on,
        "late": late,
    }


def _paper_row(kind: str, claim: Claim, papers: Any, lacks: list[str]) -> dict[str, Any]:
    document = papers[kind].document if kind in papers else ""
    if kind == "filing":
        document = claim.lead.receipt
    if kind == "investor":
        document = document or claim.investor_document
    state = {"text": _("缺"), "pill": "warn"} if kind in lacks else {"text": _("齐"), "pill": "ok"}
    shown: Any = document or None
    held = papers.get(kind)
    if held is not None and held.file_id:
        href = reverse("desk:claim_paper_file", args=[claim.pk, held.pk])
        shown = {"text": document, "href": href, "note": _("%(name)s，摘要 %(digest)s") % file_words(held)}
    elif held is not None:
        shown = {"text": document, "note": _("只有文号，没有文件")}
    return {"kind": _(PAPER_LABELS[kind]), "document": shown, "state": state}


def _act(request: Any, key: UUID, act: Any, done: str, **given: Any) -> HttpResponse:
    claim = found_claim(request.viewer, key)
    try:
        act(claim=claim, by=request.viewer.user, at=timezone.now(), **given)
    except REFUSED as refusal:
        return _page(request, claim, (say(refusal, request.viewer),), status=422)
    messages.success(request, done)
    return redirect("desk:claim", key)


@desk_page(Can.APPOINT_PARTNERS, methods=("POST",))
def claim_file(request: Any, key: UUID, lead: UUID) -> HttpResponse:
    """File a claim for a partner, for one of its leads."""
    partner = found_partner(request.viewer, key)
    told = get_object_or_404(Lead.objects.visible_to(request.viewer).select_related("city", "project__city"), pk=lead)
    try:
        made = claiming.file_claim(lead=told, partner=partner, by=request.viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
        return redirect("desk:partner", key)
    return redirect("desk:claim", made.pk)


@desk_page(Can.APPOINT_PARTNERS, methods=("POST",))
def claim_paper(request: Any, key: UUID) -> HttpResponse:
    """Put a paper into the file, as a file."""
    file = request.FILES.get("file")
    if file is None:
        return _page(request, found_claim(request.viewer, key), (_("没有选择文件。"),), status=422)
    given = {"kind": request.POST.get("kind", ""), "document": request.POST.get("document", "")}
    return _act(request, key, claiming.add_paper, _("材料已存。"), content=file.read(), name=file.name, **given)


@desk_page(Can.READ_PARTNERS)
def claim_paper_file(request: Any, key: UUID, paper: UUID) -> HttpResponse:
    """A paper's bytes, checked against their digest, to be saved; never shown in place."""
    claim = found_claim(request.viewer, key)
    rows = ClaimPaper.objects.of(claim.city_id).filter(claim=claim, file__isnull=False).select_related("file__city")
    return paper_file(request, get_object_or_404(rows, pk=paper))


def paper_file(request: Any, held: ClaimPaper) -> HttpResponse:
    """Its bytes, or a page that says that they are not what was put in."""
    return handed_out(request, sent_in(held.file))


@desk_page(Can.APPOINT_PARTNERS, methods=("POST",))
def claim_confirm(request: Any, key: UUID) -> HttpResponse:
    """The bureau's confirmation, with the investor's."""
    return _act(
        request, key, claiming.confirm_claim, _("已确认引荐。"), investor_document=request.POST.get("document", "")
    )


@desk_page(Can.APPOINT_PARTNERS, methods=("POST",))
def claim_shares(request: Any, key: UUID) -> HttpResponse:
    """The shares that the claimants agreed on, in percent."""
    claim = found_claim(request.viewer, key)
    try:
        shares = {
            one.pk: round(float(request.POST.get(f"share-{one.pk}", "")) * 100) for one in claiming.claimants(claim)
        }
    except (ValueError, OverflowError):
        return _page(request, claim, (_("份额写成百分数，合计 100。"),), status=422)
    return _act(
        request, key, claiming.agree_shares, _("份额已登记。"), shares=shares, document=request.POST.get("document", "")
    )


@desk_page(Can.DECIDE_CLAIMS, methods=("POST",))
def claim_approve(request: Any, key: UUID) -> HttpResponse:
    """Agree; the reward is kept with its steps."""
    return _act(request, key, claiming.approve_claim, _("已同意。请公示。"))


@desk_page(Can.DECIDE_CLAIMS, methods=("POST",))
def claim_refuse(request: Any, key: UUID) -> HttpResponse:
    """Refuse, with the reason."""
    return _act(request, key, claiming.refuse_claim, _("已记录不予奖励。"), reason=request.POST.get("reason", ""))


@desk_page(Can.APPOINT_PARTNERS, methods=("POST",))
def claim_publish(request: Any, key: UUID) -> HttpResponse:
    """Show it to the public."""
    return _act(request, key, claiming.publish_claim, _("已在公开网站公示。"))


@desk_page(Can.APPOINT_PARTNERS, methods=("POST",))
def claim_object(request: Any, key: UUID) -> HttpResponse:
    """Keep what somebody said against it."""
    given = {"told_by": request.POST.get("told_by", ""), "text": request.POST.get("text", "")}
    return _act(request, key, claiming.object_to_claim, _("异议已登记。"), **given)


@desk_page(Can.DECIDE_CLAIMS, methods=("POST",))
def claim_answer(request: Any, key: UUID, objection: UUID) -> HttpResponse:
    """What was found of an objection."""
    claim = found_claim(request.viewer, key)
    held = get_object_or_404(ClaimObjection.objects.of(claim.city_id), pk=objection, claim=claim)

    def act(claim: Claim, **given: Any) -> None:
        claiming.answer_objection(objection=held, **given)

    return _act(request, key, act, _("答复已记录。"), answer=request.POST.get("answer", ""))


@desk_page(Can.DECIDE_CLAIMS, methods=("POST",))
def claim_finish(request: Any, key: UUID) -> HttpResponse:
    """Final after the notice."""
    return _act(request, key, claiming.finish_claim, _("奖励已确定。"))


@desk_page(Can.READ_PARTNERS)
def claim_docx(request: Any, key: UUID) -> HttpResponse:
    """The claim file as a Word paper."""
    claim = found_claim(request.viewer, key)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return attachment(as_docx(claim), kind, f"{_('奖励申领')}-{claim.partner.number}.docx")
