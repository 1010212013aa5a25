"""The guests of an activity: the list, inviting, replies, seats and who came; badges and the seat list on paper."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.capital.hiding import sought
from zhaoshang.common.sheets.writing import Column as SheetColumn
from zhaoshang.common.sheets.writing import Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.activities import guests_typed
from zhaoshang.desk.forms.trips import unit_choices
from zhaoshang.desk.lists import address, attachment, chosen, page_of, sheet
from zhaoshang.desk.outreach_shown import REFUSALS, refused
from zhaoshang.desk.proof import asked_again
from zhaoshang.desk.views.activities import found_activity
from zhaoshang.desk.views.trips_seen import DOCX
from zhaoshang.leads.rules import masked
from zhaoshang.outreach.actions.activities import (
    check_in,
    invite,
    note_reply,
    seat_guest,
    see_guest,
    take_guests_away,
)
from zhaoshang.outreach.models import Activity, Guest
from zhaoshang.outreach.rules import ORIGIN_LABELS, REPLIES, GuestOrigin, Reply
from zhaoshang.outreach.touching import firms_named
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.model import Column, Document, Heading, Paragraph, Table, row, runs
from zhaoshang.ui.filters import date_, moment, named, named_short, number

MOST = 3_000
FILTERS = dict.fromkeys(("reply", "q"))


def _guests(viewer: Viewer, activity: Activity, wanted: dict[str, str]) -> "QuerySet[Guest]":
    rows: QuerySet[Guest] = Guest.objects.visible_to(viewer).filter(activity=activity).select_related("unit")
    if wanted.get("reply") in list(Reply):
        rows = rows.filter(reply=wanted["reply"])
    return rows.filter(sought(viewer, wanted["q"][:60], "organisation")) if "q" in wanted else rows


@desk_page(Can.READ_PAYMENTS)
def guest_list(request: Any, code: str) -> HttpResponse:
    """The guests that the viewer may see, telephones masked; ``xlsx=1`` for the file, in full for who looks after them (noted)."""
    return _list(request, code)


def _list(request: Any, code: str, told: UUID | None = None) -> HttpResponse:
    viewer, wanted = request.viewer, chosen(request, FILTERS)
    activity = found_activity(viewer, code)
    rows = _guests(viewer, activity, wanted)
    if request.GET.get("xlsx"):
        return asked_again(request) or _as_sheet(viewer, activity, rows)
    page = page_of(request, rows, size=30)
    choices, _units = unit_choices(viewer, _("全市"))
    shown = {
        "activity": activity,
        "page": page,
        "guests": [_shown(one, one.pk == told) for one in page.rows],
        "wanted": wanted,
        "replies": [(str(key), _(label)) for key, (label, _pill) in REPLIES.items()],
        "units": choices,
        "may_write": viewer.can(Can.OUTREACH) and not activity.cancelled_for,
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/activities/guests.html", shown)


def _shown(one: Guest, in_full: bool) -> dict[str, Any]:
    label, pill = REPLIES[Reply(one.reply)]
    return {
        "key": one.pk,
        "organisation": one.organisation,
        "name": one.name or _("（已抹去）"),
        "post": one.post,
        "phone": one.phone if in_full else masked(one.phone),
        "in_full": in_full,
        "unit": named_short(one.unit) if one.unit else "",
        "origin": _(ORIGIN_LABELS[GuestOrigin(one.origin)]),
        "reply": one.reply,
        "reply_text": _(label),
        "pill": pill,
        "seat": one.seat,
        "came": moment(one.came_at) if one.came_at else "",
    }


def _as_sheet(viewer: Viewer, activity: Activity, rows: "QuerySet[Guest]") -> HttpResponse:
    in_full = viewer.can(Can.OUTREACH)
    if in_full and viewer.user:
        take_guests_away(activity=activity, by=viewer.user, at=timezone.now())
    widths = (
        (_("单位"), 36),
        (_("姓名"), 14),
        (_("职务"), 20),
        (_("电话"), 18),
        (_("联系地区"), 18),
        (_("来源"), 12),
        (_("答复"), 12),
        (_("座位"), 10),
        (_("签到"), 18),
    )
    heads = [SheetColumn(label, width=width) for label, width in widths]
    lines: list[list[Value]] = [
        [
            one.organisation,
            one.name,
            one.post,
            one.phone if in_full else masked(one.phone),
            named(one.unit) if one.unit else "",
            _(ORIGIN_LABELS[GuestOrigin(one.origin)]),
            _(REPLIES[Reply(one.reply)][0]),
            one.seat,
            moment(one.came_at) if one.came_at else "",
        ]
        for one in rows.order_by("organisation", "name", "id")[:MOST]
    ]
    return sheet(
        heads, lines, _("%(title)s嘉宾名单") % {"title": activity.title}, [(_("注意"), _("含个人信息，用后删除"))]
    )


@desk_page(Can.OUTREACH, methods=("POST",))
def guest_phone(request: Any, key: UUID) -> HttpResponse:
    """One guest's telephone in full; the diary says who looked."""
    rows = Guest.objects.visible_to(request.viewer).select_related("activity", "city")
    guest = get_object_or_404(rows, pk=key)
    see_guest(guest=guest, by=request.viewer.user, at=timezone.now())
    return _list(request, guest.activity.code, guest.pk)


@desk_page(Can.OUTREACH, methods=("POST",))
def guest_invite(request: Any, code: str) -> HttpResponse:
    """Put guests on the list, one a line."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    _choices, units = unit_choices(viewer, "")
    unit = units.get(request.POST.get("unit", ""))
    try:
        guests = guests_typed(request.POST.get("guests", "")[:60_000], unit)
        firms = firms_named(viewer.city, [one.organisation for one in guests])
        guests = [replace(one, enterprise=firms.get(one.organisation)) for one in guests]
        new = invite(activity=activity, guests=guests, by=viewer.user, at=timezone.now())
    except forms.ValidationError as wrong:
        messages.error(request, _("；").join(wrong.messages))
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    else:
        words = {"new": number(new), "held": number(len(guests) - new)}
        messages.success(request, _("新列入 %(new)s 位，已在名单上 %(held)s 位。") % words)
    return redirect("desk:guests", code)


@desk_page(Can.OUTREACH, methods=("POST",))
def guest_note(request: Any, key: UUID) -> HttpResponse:
    """A reply, a seat, or that the guest is there."""
    viewer, at = request.viewer, timezone.now()
    rows = Guest.objects.visible_to(viewer).select_related("activity", "city")
    guest = get_object_or_404(rows, pk=key)
    try:
        if request.POST.get("came"):
            check_in(guest=guest, by=viewer.user, at=at)
        elif (reply := request.POST.get("reply", "")) in list(Reply):
            note_reply(guest=guest, reply=Reply(reply), by=viewer.user, at=at)
        elif "seat" in request.POST:
            seat_guest(guest=guest, seat=request.POST["seat"].strip()[:12], by=viewer.user, at=at)
    except REFUSALS as refusal:
        messages.error(request, refused(refusal))
    return redirect(reverse("desk:guests", args=[guest.activity.code]))


@desk_page(Can.READ_PAYMENTS)
def guest_paper(request: Any, code: str) -> HttpResponse:
    """Badges, or with ``seats=1`` the seat list, as a Word file: of guests who said that they come."""
    viewer, activity = request.viewer, found_activity(request.viewer, code)
    coming = _guests(viewer, activity, {}).filter(reply=Reply.COMING)[:MOST]
    if request.GET.get("seats"):
        title, blocks = _("%(title)s座位表") % {"title": activity.title}, _seat_list(list(coming))
    else:
        title, blocks = _("%(title)s嘉宾证") % {"title": activity.title}, _badges(activity, list(coming))
    language: Any = "en" if (get_language() or "").startswith("en") else "zh"
    paper = Document(
        title=title,
        issuer=named(viewer.city),
        date=timezone.localdate(),
        blocks=tuple(blocks),
        language=language,
        sample=activity.is_sample,
    )
    return attachment(write_docx(paper), DOCX, f"{title}.docx")


def _badges(activity: Activity, guests: list[Guest]) -> list[Any]:
    """Two badges a row, to be cut out."""
    when = _("%(day)s %(place)s") % {"day": date_(timezone.localdate(activity.begins_at)), "place": activity.place}
    cells = [(one.name, one.post, one.organisation, one.seat) for one in guests]
    cells += [("", "", "", "")] * (len(cells) % 2)
    lines = [row(_badge(left), _badge(right)) for left, right in zip(cells[::2], cells[1::2], strict=True)]
    table = Table((Column(activity.title, "center"), Column(activity.title, "center")), tuple(lines), source_note=when)
    return [Paragraph(runs(when)), table if lines else Paragraph(runs(_("还没有答复参加的嘉宾。")))]


def _badge(told: tuple[str, str, str, str]) -> str:
    name, post, organisation, seat = told
    return "  ".join(filter(None, [name, post, organisation, f"[{seat}]" if seat else ""]))


def _seat_list(guests: list[Guest]) -> list[Any]:
    seated = sorted(
        (one for one in guests if one.seat), key=lambda one: [part.zfill(4) for part in one.seat.split("-")]
    )
    free = [one for one in guests if not one.seat]
    columns = (
        Column(_("座位"), weight=1),
        Column(_("姓名"), weight=2),
        Column(_("职务"), weight=2),
        Column(_("单位"), weight=4),
    )
    lines = tuple(row(one.seat or "—", one.name, one.post, one.organisation) for one in [*seated, *free])
    words = _("已排座 %(seated)s 位，未排座 %(free)s 位。") % {"seated": len(seated), "free": len(free)}
    return (
        [Heading(1, runs(_("座位"))), Paragraph(runs(words)), Table(columns, lines)]
        if lines
        else [Paragraph(runs(words))]
    )
