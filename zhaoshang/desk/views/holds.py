"""Holds on what is in dispute: placed by one security administrator, lifted by another; the auditor sees them. No figure, no name."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.people.holds import HeldAlready, LiftedAlready, ReasonMissing, SamePerson, lift_hold, place_hold
from zhaoshang.people.models import Hold
from zhaoshang.people.rules import Can
from zhaoshang.review.holding import KINDS, Absent, named
from zhaoshang.ui.filters import called, moment

MOST_EXPORTED = 10_000


class HoldForm(forms.Form):
    """What is held, and why."""

    kind = forms.ChoiceField()
    number = forms.CharField(max_length=60, required=False)
    reason = forms.CharField(max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in {"kind": _("保全什么"), "number": _("编号"), "reason": _("依据和理由")}.items():
            self.fields[name].label = text
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [(code, _(one.label)) for code, one in KINDS.items()]


class LiftForm(forms.Form):
    """Why it is over."""

    reason = forms.CharField(max_length=400)


@desk_page(Can.SEE_HOLDS)
def hold_list(request: Any) -> HttpResponse:
    """All holds, newest first; ``standing=1`` those in force. ``xlsx=1``."""
    return _page(request, HoldForm())


def _page(request: Any, form: HoldForm) -> HttpResponse:
    viewer, wanted = request.viewer, chosen(request, {"standing": None})
    rows = Hold.objects.of(viewer.city).select_related("placed_by", "lifted_by")
    if wanted.get("standing"):
        rows = rows.filter(lifted_at__isnull=True)
    if request.GET.get("xlsx"):
        return _sheet(rows.order_by("-id")[:MOST_EXPORTED])
    page = page_of(request, rows)
    shown = {
        "page": page,
        "rows": [_row(one) for one in page.rows],
        "may_lift": [
            (one, what(one)) for one in page.rows if one.lifted_at is None and one.placed_by_id != viewer.user.pk
        ],
        "holds": viewer.can(Can.HOLD),
        "standing": wanted.get("standing"),
        "form": form,
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/people/holds.html", shown, status=422 if form.errors else 200)


def what(hold: Hold) -> str:
    """What is held, in words: the kind, and the number or that it is all of them."""
    kind, _space, number = hold.called.partition(" ")
    label = _(KINDS[kind].label) if kind in KINDS else kind
    return f"{label} {number}" if number else _("%(what)s（全部）") % {"what": label}


def _row(one: Hold) -> dict[str, Any]:
    over = one.lifted_by is not None
    lifted = (
        {"text": moment(one.lifted_at), "note": f"{called(one.lifted_by)} · {one.lift_reason}"}
        if one.lifted_by
        else None
    )
    return {
        "_kind": "muted" if over else "",
        "what": {"text": what(one), "note": one.reason},
        "state": {"text": _("已解除"), "pill": "off"} if over else {"text": _("保全中"), "pill": "stop"},
        "placed": {"text": moment(one.placed_at), "note": called(one.placed_by)},
        "lifted": lifted,
    }


@desk_page(Can.HOLD, methods=("POST",))
def hold_place(request: Any) -> HttpResponse:
    """From now on it stays."""
    viewer, form = request.viewer, HoldForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    try:
        found = named(viewer.city, given["kind"], given["number"])
        place_hold(**found, city=viewer.city, reason=given["reason"], by=viewer.user, at=timezone.now())
    except Absent:
        form.add_error("number", _("没有这个编号。核对后再填；不填编号就是这一类全部。"))
    except HeldAlready:
        form.add_error("kind", _("已经在保全中。"))
    else:
        messages.success(request, _("已保全：任何人、任何期限都不能删去它，直到由另一人解除。"))
        return redirect("desk:hold_list")
    return _page(request, form)


@desk_page(Can.HOLD, methods=("POST",))
def hold_lift(request: Any, key: UUID) -> HttpResponse:
    """It may go again, when its term says so."""
    viewer, form = request.viewer, LiftForm(request.POST, prefix=str(key))
    hold = get_object_or_404(Hold.objects.of(viewer.city).select_related("city"), pk=key)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        lift_hold(hold=hold, reason=reason, by=viewer.user, at=timezone.now())
    except ReasonMissing:
        messages.error(request, _("请写明解除的依据和理由，最多400字。"))
    except SamePerson:
        messages.error(request, _("保全由你作出，须由另一位安全管理员解除。"))
    except LiftedAlready:
        messages.error(request, _("已经解除。"))
    else:
        messages.success(request, _("已解除保全。"))
    return redirect("desk:hold_list")


def _sheet(rows: Any) -> HttpResponse:
    heads = [
        Column(_("保全什么"), width=36), Column(_("依据和理由"), width=40), Column(_("作出"), "time"), Column(_("作出人")),
        Column(_("已解除"), "time"), Column(_("解除人")), Column(_("解除理由"), width=40),
    ]  # fmt: skip
    lines: list[list[Value]] = [
        [
            what(one), one.reason, timezone.localtime(one.placed_at), called(one.placed_by),
            timezone.localtime(one.lifted_at) if one.lifted_at else None,
            called(one.lifted_by) if one.lifted_by else "", one.lift_reason,
        ]
        for one in rows
    ]  # fmt: skip
    return sheet(heads, lines, _("保全"), [])
