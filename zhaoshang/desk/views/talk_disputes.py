"""The dispute docket: the list with ages and deadlines, one dispute with both sides, opening, answering and ruling."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.problems import Refused
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.talks import DisputeForm, RulingForm
from zhaoshang.desk.lists import address, as_uuid, chosen, page_of, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.talks_shown import outcome_pill
from zhaoshang.desk.views.projects import MOST_EXPORTED
from zhaoshang.desk.views.talks import own_units
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.talks.disputing import answer_dispute, decide_dispute, open_dispute
from zhaoshang.talks.finding import in_force
from zhaoshang.talks.models import Claim, Dispute
from zhaoshang.talks.queries import disputes
from zhaoshang.talks.rules import OUTCOME_LABELS, Outcome
from zhaoshang.talks.terms import terms_for
from zhaoshang.ui.filters import called, moment, named, named_short


@desk_page(Can.READ_PAYMENTS)
def dispute_list(request: Any) -> HttpResponse:
    """The docket: what is open, unless all is asked for."""
    viewer, wanted, today = request.viewer, chosen(request, {"outcome": None}), timezone.localdate()
    outcome = wanted.get("outcome", str(Outcome.OPEN))
    rows = disputes(viewer)
    rows = rows.filter(outcome=outcome) if outcome in list(Outcome) else rows
    if request.GET.get("xlsx"):
        return _as_sheet(rows, today)
    page = page_of(request, rows)
    outcomes = [("all", _("全部")), *((str(one), _(text)) for one, text in OUTCOME_LABELS.items())]
    shown = {
        "page": page,
        "columns": _columns(),
        "rows": [_row(one, today) for one in page.rows],
        "outcome": outcome,
        "outcomes": outcomes,
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/talks/disputes.html", shown)


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "talk", "label": _("首谈"), "kind": "link", "head": True},
        {"key": "holder", "label": _("首谈方")},
        {"key": "unit", "label": _("提出方")},
        {"key": "opened", "label": _("提出"), "kind": "date"},
        {"key": "age", "label": _("已"), "unit": _("天"), "kind": "number"},
        {"key": "due", "label": _("裁定期限"), "kind": "date"},
        {"key": "answered", "label": _("答复"), "kind": "pill"},
        {"key": "outcome", "label": _("结果"), "kind": "pill"},
    ]


def age(dispute: Dispute, today: date) -> int:
    """Days since it was opened, until it was decided."""
    last = timezone.localdate(dispute.decided_at) if dispute.decided_at else today
    return (last - timezone.localdate(dispute.opened_at)).days


def is_late(dispute: Dispute, today: date) -> bool:
    """Whether its day has passed without a ruling."""
    return dispute.outcome == Outcome.OPEN and dispute.due_on < today


def _row(one: Dispute, today: date) -> dict[str, Any]:
    href, late = reverse("desk:talk_dispute", args=[one.pk]), is_late(one, today)
    return {
        "_href": href,
        "_kind": "problem" if late else "",
        "talk": {"text": one.claim.talk.investor, "href": href, "note": one.claim.talk.title},
        "holder": named_short(one.claim.unit),
        "unit": named_short(one.unit),
        "opened": f"{timezone.localdate(one.opened_at):%Y-%m-%d}",
        "age": str(age(one, today)),
        "due": {"text": one.due_on.isoformat(), "note": _("已过期限") if late else ""},
        "answered": {"text": _("已答复"), "pill": "ok"} if one.answered_at else {"text": _("未答复"), "pill": "todo"},
        "outcome": outcome_pill(one),
    }


def _as_sheet(rows: Any, today: date) -> HttpResponse:
    heads = [
        Column(_("投资方"), width=32),
        Column(_("拟投资内容"), width=32),
        Column(_("首谈方")),
        Column(_("提出方")),
        Column(_("提出"), "date"),
        Column(_("已过天数"), "integer"),
        Column(_("裁定期限"), "date"),
        Column(_("理由"), width=48),
        Column(_("答复"), width=48),
        Column(_("结果"), width=16),
        Column(_("裁定意见"), width=48),
    ]
    lines = [_sheet_line(one, today) for one in rows.order_by("-id")[:MOST_EXPORTED]]
    return sheet(heads, lines, _("首谈争议"), [])


def _sheet_line(one: Dispute, today: date) -> list[Value]:
    talk, days = one.claim.talk, [timezone.localdate(one.opened_at), age(one, today), one.due_on]
    sides = [named(one.claim.unit), named(one.unit)]
    return [talk.investor, talk.title, *sides, *days, one.grounds, one.answer, outcome_pill(one)["text"], one.ruling]


def found_dispute(viewer: Viewer, key: UUID) -> Dispute:
    """The dispute, if the viewer is of the city or of one side; hidden and absent are the same 404."""
    people = ("opened_by", "answered_by", "decided_by", "claim__rules", "claim__talk__project", "claim__claimed_by")
    return get_object_or_404(disputes(viewer).select_related(*people), pk=key)


@desk_page(Can.READ_PAYMENTS)
def dispute_open(request: Any, key: UUID) -> HttpResponse:
    """Both sides, the clock, and the forms for whoever has the word."""
    return _page(request, found_dispute(request.viewer, key))


def _page(request: Any, one: Dispute, form: RulingForm | None = None, status: int = 200) -> HttpResponse:
    viewer, today = request.viewer, timezone.localdate()
    is_open = one.outcome == Outcome.OPEN
    holder = one.claim.unit_id in viewer.unit_ids
    waits = one.answered_at is None and today <= one.answer_due_on
    may_rule = is_open and viewer.can(Can.RULE_TALKS)
    shown = {
        "one": one,
        "outcome": outcome_pill(one),
        "holder": named(one.claim.unit),
        "unit": named(one.unit),
        "age": age(one, today),
        "late": is_late(one, today),
        "since": moment(one.claim.claimed_at),
        "opened": (moment(one.opened_at), called(one.opened_by)),
        "answered": (moment(one.answered_at), called(one.answered_by)) if one.answered_by else None,
        "decided": (moment(one.decided_at), called(one.decided_by)) if one.decided_by else None,
        "may_answer": is_open and holder and viewer.can(Can.TALK) and one.answered_at is None,
        "waits": may_rule and waits,
        "form": (form or RulingForm(terms=terms_for(one.claim))) if may_rule and not waits else None,
    }
    return render(request, "desk/talks/dispute.html", shown, status=status)


@desk_page(Can.TALK, methods=("GET", "POST"))
def dispute_new(request: Any) -> HttpResponse:
    """Object to a claim that stood in the way; of the other side only the unit and the time are shown."""
    viewer = request.viewer
    key = as_uuid(request.GET.get("claim", ""))
    rows = in_force(viewer.city, timezone.now()).exclude(unit_id__in=viewer.unit_ids)
    claim: Claim | None = rows.select_related("unit", "talk").filter(pk=key).first() if key else None
    if claim is None:
        raise Http404
    units = own_units(viewer)
    form = DisputeForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        unit = next(one for one in units if one.code == given["unit"])
        said = {"grounds": given["grounds"], "document": given["document"], "by": viewer.user, "at": timezone.now()}
        try:
            made = open_dispute(claim=claim, unit=unit, **said)
        except Refused as refusal:
            form.add_error(None, say(refusal, viewer))
        else:
            messages.success(request, _("争议已提出，市里将在 %(day)s 前裁定。") % {"day": made.due_on.isoformat()})
            return redirect("desk:talk_dispute", made.pk)
    shown = {
        "form": form,
        "holder": named(claim.unit),
        "since": moment(claim.claimed_at),
        "until": claim.protected_until,
    }
    return render(request, "desk/talks/dispute_new.html", shown, status=422 if form.errors else 200)


@desk_page(Can.TALK, methods=("POST",))
def dispute_answer(request: Any, key: UUID) -> HttpResponse:
    """The holder's answer."""
    one, given = found_dispute(request.viewer, key), request.POST
    said = {"answer": given.get("answer", "")[:400], "document": given.get("document", "")[:200]}
    try:
        answer_dispute(dispute=one, by=request.viewer.user, at=timezone.now(), **said)
    except Refused as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("答复已提交。"))
    return redirect("desk:talk_dispute", key)


@desk_page(Can.RULE_TALKS, methods=("POST",))
def dispute_decide(request: Any, key: UUID) -> HttpResponse:
    """The ruling."""
    one = found_dispute(request.viewer, key)
    form = RulingForm(request.POST, terms=terms_for(one.claim))
    if form.is_valid():
        given = form.cleaned_data
        said = {"ruling": given["ruling"], "shares": given["shares"], "by": request.viewer.user, "at": timezone.now()}
        try:
            decide_dispute(dispute=one, outcome=Outcome(given["outcome"]), **said)
        except Refused as refusal:
            form.add_error(None, say(refusal, request.viewer))
        else:
            messages.success(request, _("已裁定。"))
            return redirect("desk:talk_dispute", key)
    return _page(request, one, form, status=422)
