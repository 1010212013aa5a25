"""Writing opportunities: new and amended entries, checks, publication, reservations, and how an entry stands."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.opportunities import EntryForm, ReserveForm
from zhaoshang.desk.forms.payment import find_project
from zhaoshang.desk.lists import as_number
from zhaoshang.desk.opportunities_shown import title_of
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.opportunities import found_entry
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import KIND_LABELS, Kind
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed

REFUSED = (
    actions.Changed,
    actions.Incomplete,
    actions.NotSo,
    actions.ReasonMissing,
    actions.BadDays,
    actions.AlreadyReserved,
)


def kept_entry(request: Any, code: str) -> Opportunity:
    """An entry that the viewer may write; one that is only seen is refused."""
    entry = found_entry(request, code)
    if not entry.may_be_kept_by(request.viewer):
        raise NotAllowed(Can.KEEP_OPPORTUNITIES)
    return entry


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("GET", "POST"))
def opportunity_new(request: Any) -> HttpResponse:
    """Register an entry: first its kind is chosen, then its fields are asked."""
    kind = request.GET.get("kind", "")
    if kind not in set(Kind):
        kinds = [(reverse("desk:opportunity_new") + f"?kind={one}", _(text)) for one, text in KIND_LABELS.items()]
        return render(request, "desk/opportunities/kinds.html", {"kinds": kinds})
    today = timezone.localdate()
    form = EntryForm(request.POST or None, viewer=request.viewer, kind=Kind(kind), today=today)
    if request.method == "POST" and form.is_valid():
        viewer = request.viewer
        entry = actions.add_entry(city=viewer.city, new=form.as_new(), by=viewer.user, at=timezone.now())
        messages.success(request, _("已登记。核对无误后发布，才会出现在清单里。"))
        return redirect("desk:opportunity", entry.code)
    title = _("登记%(kind)s") % {"kind": _(KIND_LABELS[Kind(kind)])}
    shown = {"form": form, "title": title, "back": reverse("desk:opportunity_list")}
    return render(request, "desk/opportunities/form.html", shown, status=422 if form.errors else 200)


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("GET", "POST"))
def opportunity_amend(request: Any, code: str) -> HttpResponse:
    """Change what an entry says."""
    entry = kept_entry(request, code)
    form = EntryForm(
        request.POST or None, viewer=request.viewer, kind=Kind(entry.kind), today=timezone.localdate(), entry=entry
    )
    if request.method == "POST" and form.is_valid():
        revision = as_number(request.POST.get("revision")) or 0
        try:
            actions.amend_entry(
                entry=entry, revision=revision, new=form.as_new(), by=request.viewer.user, at=timezone.now()
            )
        except actions.Changed as refusal:
            form.add_error(None, say(refusal, request.viewer))
        else:
            messages.success(request, _("已修改。"))
            return redirect("desk:opportunity", entry.code)
    back = reverse("desk:opportunity", args=[entry.code])
    shown = {"form": form, "title": _("修改：%(title)s") % {"title": title_of(entry)}, "back": back, "entry": entry}
    return render(request, "desk/opportunities/form.html", shown, status=422 if form.errors else 200)


def _done(request: Any, entry: Opportunity, act: Callable[[], object], words: str) -> HttpResponse:
    """Do it and say so, or say why not; then back to the entry."""
    try:
        act()
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, words)
    return redirect("desk:opportunity", entry.code)


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("POST",))
def opportunity_check(request: Any, code: str) -> HttpResponse:
    """Confirm that an entry is still true; a later expiry may be given with it."""
    entry, now = kept_entry(request, code), timezone.now()
    try:
        expires_on = parse_date(request.POST.get("expires_on", ""))
    except ValueError:
        expires_on = None
    if expires_on is not None and expires_on < timezone.localdate(now):
        messages.error(request, _("有效期须在今天以后。"))
        return redirect("desk:opportunity", entry.code)
    note = request.POST.get("note", "")
    said: dict[str, Any] = {
        "entry": entry,
        "by": request.viewer.user,
        "at": now,
        "expires_on": expires_on,
        "note": note,
    }
    return _done(request, entry, lambda: actions.check_entry(**said), _("已核实，记为今天。"))


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("POST",))
def opportunity_publish(request: Any, code: str) -> HttpResponse:
    """Put a complete entry into the lists."""
    entry, now = kept_entry(request, code), timezone.now()
    return _done(
        request, entry, lambda: actions.publish_entry(entry=entry, by=request.viewer.user, at=now), _("已发布。")
    )


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("GET", "POST"))
def opportunity_reserve(request: Any, code: str) -> HttpResponse:
    """Keep an entry for a project until a day."""
    entry = kept_entry(request, code)
    form = ReserveForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        assert form.found is not None
        given = form.cleaned_data
        try:
            actions.reserve(
                entry=entry, project=form.found, until_on=given["until_on"], document=given["document"], by=request.viewer.user,
                at=timezone.now(),
            )  # fmt: skip
        except REFUSED as refusal:
            form.add_error(None, say(refusal, request.viewer))
        else:
            messages.success(request, _("已预留给 %(name)s。") % {"name": form.found.name})
            return redirect("desk:opportunity", entry.code)
    back = reverse("desk:opportunity", args=[entry.code])
    shown = {"form": form, "title": _("预留：%(title)s") % {"title": title_of(entry)}, "back": back}
    return render(request, "desk/opportunities/form.html", shown, status=422 if form.errors else 200)


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("POST",))
def opportunity_move(request: Any, code: str) -> HttpResponse:
    """Say how an entry stands (``to``): in talks, taken, closed, available again, or released."""
    entry, now, by = kept_entry(request, code), timezone.now(), request.viewer.user
    text, to = request.POST.get("text", ""), request.POST.get("to", "")
    try:
        project = _project(request)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("desk:opportunity", entry.code)
    acts: dict[str, Callable[[], object]] = {
        "talks": lambda: actions.enter_talks(entry=entry, project=project, text=text, by=by, at=now),
        "take": lambda: actions.take(entry=entry, project=project, text=text, by=by, at=now),
        "close": lambda: actions.close_entry(entry=entry, reason=text, by=by, at=now),
        "available": lambda: actions.make_available(entry=entry, reason=text, by=by, at=now),
        "release": lambda: actions.release(entry=entry, reason=text, by=by, at=now),
    }
    if to not in acts:
        messages.error(request, _("没有这一项操作。"))
        return redirect("desk:opportunity", entry.code)
    return _done(request, entry, acts[to], _("已记录。"))


def _project(request: Any) -> Project | None:
    text = request.POST.get("project", "").strip()
    return find_project(request.viewer, text) if text else None
