"""Transfers (流转): offers in and out, one offer with its answer, and offering one."""

from collections.abc import Callable
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
from zhaoshang.desk.forms.talks import OfferForm
from zhaoshang.desk.lists import address, as_uuid, chosen, page_of, sheet
from zhaoshang.desk.local_rules_shown import standing_words
from zhaoshang.desk.refusals import say
from zhaoshang.desk.talks_shown import offer_pill, offer_words
from zhaoshang.desk.views.projects import MOST_EXPORTED, found_project
from zhaoshang.desk.views.talks import found_talk
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.talks import transferring
from zhaoshang.talks.models import Talk, Transfer
from zhaoshang.talks.queries import transfers
from zhaoshang.talks.rules import OFFER_LABELS, Offer, offer_on
from zhaoshang.talks.terms import TALKS
from zhaoshang.ui.filters import called, moment, named, named_short


@desk_page(Can.READ_PAYMENTS)
def transfer_list(request: Any) -> HttpResponse:
    """Offers to and from the viewer's units; for the city all."""
    viewer, wanted, today = request.viewer, chosen(request, {"way": None, "state": None}), timezone.localdate()
    rows = transfers(viewer)
    if wanted.get("way") in ("in", "out"):
        rows = rows.filter(**{f"{'to' if wanted['way'] == 'in' else 'from'}_unit_id__in": viewer.unit_ids})
    if wanted.get("state") in list(Offer):
        rows = _in_state(rows, Offer(wanted["state"]), today)
    if request.GET.get("xlsx"):
        return _as_sheet(rows, today)
    page = page_of(request, rows)
    shown = {
        "page": page,
        "columns": _columns(),
        "rows": [_row(one, today) for one in page.rows],
        "wanted": wanted,
        "ways": [("", _("全部")), ("in", _("转入本地区")), ("out", _("由本地区转出"))] if viewer.unit_ids else [],
        "states": [("", _("全部")), *((str(one), _(text)) for one, text in OFFER_LABELS.items())],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/talks/transfers.html", shown)


def _in_state(rows: Any, state: Offer, today: date) -> Any:
    """That an offer has run out is computed until another takes its place."""
    if state == Offer.OFFERED:
        return rows.filter(state=state, expires_on__gte=today)
    late = rows.filter(state=Offer.OFFERED, expires_on__lt=today)
    return rows.filter(state=state) | late if state == Offer.EXPIRED else rows.filter(state=state)


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "what", "label": _("首谈或项目"), "kind": "link", "head": True},
        {"key": "giver", "label": _("转出")},
        {"key": "taker", "label": _("转入")},
        {"key": "shares", "label": _("分享")},
        {"key": "offered", "label": _("提出"), "kind": "date"},
        {"key": "expires", "label": _("答复期限"), "kind": "date"},
        {"key": "state", "label": _("状态"), "kind": "pill"},
    ]


def _row(one: Transfer, today: date) -> dict[str, Any]:
    href = reverse("desk:transfer", args=[one.pk])
    return {
        "_href": href,
        "what": {"text": subject_name(one), "href": href, "note": one.project.code if one.project else ""},
        "giver": named_short(one.from_unit),
        "taker": named_short(one.to_unit),
        "shares": one.shares,
        "offered": f"{timezone.localdate(one.offered_at):%Y-%m-%d}",
        "expires": one.expires_on.isoformat(),
        "state": offer_pill(one, today),
    }


def subject_name(one: Transfer) -> str:
    """The project's name, or the investor's."""
    return str(one.project) if one.project else str(one.talk)


def _as_sheet(rows: Any, today: date) -> HttpResponse:
    heads = [
        Column(_("首谈或项目"), width=36),
        Column(_("项目编号"), width=16),
        Column(_("转出")),
        Column(_("转入")),
        Column(_("分享")),
        Column(_("提出"), "date"),
        Column(_("答复期限"), "date"),
        Column(_("状态")),
        Column(_("理由"), width=48),
        Column(_("约定事项"), width=48),
    ]
    lines = [_sheet_line(one, today) for one in rows.order_by("-id")[:MOST_EXPORTED]]
    return sheet(heads, lines, _("流转"), [])


def _sheet_line(one: Transfer, today: date) -> list[Value]:
    units = [named(one.from_unit), named(one.to_unit)]
    days = [timezone.localdate(one.offered_at), one.expires_on]
    code = one.project.code if one.project else ""
    return [subject_name(one), code, *units, one.shares, *days, offer_pill(one, today)["text"], one.reason, one.terms]


def found_transfer(viewer: Viewer, key: UUID) -> Transfer:
    """The offer, if a unit of the viewer's is a party; hidden and absent are the same 404."""
    return get_object_or_404(transfers(viewer).select_related("offered_by", "decided_by"), pk=key)


@desk_page(Can.READ_PAYMENTS)
def transfer_open(request: Any, key: UUID) -> HttpResponse:
    """One offer: what, from whom to whom, the shares, and the answer."""
    viewer, today = request.viewer, timezone.localdate()
    one = found_transfer(viewer, key)
    waits = offer_on(today, one.state, one.expires_on) == Offer.OFFERED and viewer.can(Can.TALK)
    landing = one.project.unit if one.project else None
    shown = {
        "one": one,
        "name": subject_name(one),
        "words": offer_words(one),
        "state": offer_pill(one, today),
        "facts": [
            (_("转出"), named(one.from_unit)),
            (_("转入"), named(one.to_unit)),
            (_("考核分享（转出：转入）"), one.shares),
            *([(_("落地地区"), named(landing))] if landing else []),
            (_("答复期限"), one.expires_on.isoformat()),
        ],
        "offered": (moment(one.offered_at), called(one.offered_by)),
        "decided": (moment(one.decided_at), called(one.decided_by)) if one.decided_by else None,
        "may_answer": waits and one.to_unit_id in viewer.unit_ids,
        "may_withdraw": waits and one.from_unit_id in viewer.unit_ids,
        "project_open": one.project is not None and _sees(viewer, one.project),
    }
    return render(request, "desk/talks/transfer.html", shown)


def _sees(viewer: Viewer, project: Project) -> bool:
    return viewer.sees_unit(project.unit_id) or project.follower_id in viewer.unit_ids


def _subject(request: Any) -> tuple[Talk | None, Project | None]:
    """What the address offers, if the viewer may see it."""
    if code := request.GET.get("project", "")[:30]:
        return None, found_project(request, code)
    key = as_uuid(request.GET.get("talk", ""))
    if key is None:
        raise Http404
    return found_talk(request.viewer, key), None


@desk_page(Can.TALK, methods=("GET", "POST"))
def transfer_new(request: Any) -> HttpResponse:
    """Offer a talk or a project to another unit."""
    viewer = request.viewer
    talk, project = _subject(request)
    rules = TALKS.on(viewer.city, timezone.localdate())
    units = [one for one in _units(viewer) if one.pk not in viewer.unit_ids]
    form = OfferForm(request.POST or None, units=units, offered=rules.read.shares)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = {name: given[name] for name in ("shares", "reason", "terms")}
        try:
            made = transferring.offer_transfer(
                talk=talk,
                project=project,
                to_unit=form.by_code[given["to_unit"]],
                by=viewer.user,
                at=timezone.now(),
                **said,
            )
        except Refused as refusal:
            form.add_error(None, say(refusal, viewer))
        else:
            messages.success(request, _("已提出流转，等对方答复。"))
            return redirect("desk:transfer", made.pk)
    shown = {
        "form": form,
        "talk": talk,
        "project": project,
        "name": str(project or talk),
        "rules": standing_words(rules),
    }
    return render(request, "desk/talks/transfer_new.html", shown, status=422 if form.errors else 200)


def _units(viewer: Viewer) -> list[ReportingUnit]:
    today = timezone.localdate()
    return [one for one in ReportingUnit.objects.of(viewer.city) if one.valid_on(today)]


def _done(request: Any, key: UUID, act: Callable[[Transfer], Any], said: str) -> HttpResponse:
    one = found_transfer(request.viewer, key)
    try:
        act(one)
    except Refused as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, said)
    return redirect("desk:transfer", key)


def _by(request: Any) -> dict[str, Any]:
    return {"by": request.viewer.user, "at": timezone.now()}


@desk_page(Can.TALK, methods=("POST",))
def transfer_accept(request: Any, key: UUID) -> HttpResponse:
    """Take it."""
    answer = request.POST.get("answer", "")[:400]
    said = _("已接受，由本地区跟进；统计仍按落地地区。")
    return _done(
        request, key, lambda one: transferring.accept_transfer(transfer=one, answer=answer, **_by(request)), said
    )


@desk_page(Can.TALK, methods=("POST",))
def transfer_refuse(request: Any, key: UUID) -> HttpResponse:
    """Do not take it."""
    answer = request.POST.get("answer", "")[:400]
    return _done(
        request,
        key,
        lambda one: transferring.refuse_transfer(transfer=one, answer=answer, **_by(request)),
        _("已答复：不接受。"),
    )


@desk_page(Can.TALK, methods=("POST",))
def transfer_withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take the offer back."""
    return _done(
        request, key, lambda one: transferring.withdraw_transfer(transfer=one, **_by(request)), _("流转已撤回。")
    )
