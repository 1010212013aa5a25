"""Writing editions: begun, filled from what is listed, sent to another person, approved; and handed out as files."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.editions_shown import edition_title
from zhaoshang.desk.forms.editions import EditionForm
from zhaoshang.desk.lists import as_number, attachment, sheet
from zhaoshang.desk.opportunities_shown import list_columns, list_row, title_of
from zhaoshang.desk.opportunity_maps import districts, printed_map
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.editions import found_edition
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.freezing import chosen_in
from zhaoshang.opportunities.models import Edition, Opportunity
from zhaoshang.opportunities.papers import Printer
from zhaoshang.opportunities.queries import statuses_on
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllThere, all_there
from zhaoshang.ui.documents.booklet import write_booklet
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.kept import document_from
from zhaoshang.ui.filters import english

REFUSED = (
    NotAllThere,
    actions.AlreadyFrozen,
    actions.Changed,
    actions.NotAsked,
    actions.NotInList,
    actions.SamePerson,
    actions.Unfit,
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@desk_page(Can.WRITE_EDITIONS, methods=("GET", "POST"))
def edition_new(request: Any) -> HttpResponse:
    """Begin an edition."""
    form = EditionForm(request.POST or None, initial={"dated": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        viewer = request.viewer
        edition = actions.begin_edition(city=viewer.city, by=viewer.user, at=timezone.now(), **form.head)
        messages.success(request, _("已起草。下一步：为各清单选条目。"))
        return redirect("desk:edition", edition.number)
    shown = {"form": form, "title": _("起草一期"), "back": reverse("desk:edition_list")}
    return render(request, "desk/editions/form.html", shown, status=422 if form.errors else 200)


@desk_page(Can.WRITE_EDITIONS, methods=("GET", "POST"))
def edition_text(request: Any, number: int) -> HttpResponse:
    """The head and the guide's texts in both languages."""
    edition = _draft(request, number)
    form = EditionForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"sections": form.sections, "by": request.viewer.user, "at": timezone.now(), **form.head}
        try:
            actions.revise_edition(edition=edition, revision=_revision(request), **said)
        except REFUSED as refusal:
            form.add_error(None, say(refusal, request.viewer))
        else:
            messages.success(request, _("已修改。"))
            return redirect("desk:edition", edition.number)
    back = reverse("desk:edition", args=[edition.number])
    shown = {"form": form, "title": _("修改文字：%(title)s") % {"title": edition_title(edition)}, "back": back}
    return render(request, "desk/editions/form.html", shown | {"edition": edition}, status=422 if form.errors else 200)


def _draft(request: Any, number: int) -> Edition:
    """An edition that may still be written; a frozen one is as good as absent here."""
    edition = found_edition(request, number)
    if edition.is_frozen:
        raise Http404
    return edition


def _revision(request: Any) -> int:
    return as_number(request.POST.get("revision")) or 0


@desk_page(Can.WRITE_EDITIONS, methods=("GET", "POST"))
def edition_choose(request: Any, number: int, name: str) -> HttpResponse:
    """Choose entries for a list out of what is listed today, or take chosen ones out."""
    edition = _draft(request, number)
    held = next((one for one in edition.lists if one["code"] == name), None)
    if held is None:
        raise Http404
    now, city = timezone.now(), request.viewer.city
    chosen = chosen_in(edition)[name]
    rows = Opportunity.objects.listed(city, now).filter(kind__in=held["kinds"]).select_related("unit")
    open_ = [one for one in rows.order_by("kind", "code") if one not in chosen]
    if request.method == "POST":
        return _chosen(request, edition, name, open_, chosen)
    shown = {
        "edition": edition,
        "list_title": held["title_en"] if english() and held["title_en"] else held["title"],
        "columns": [{"key": "pick", "label": "", "kind": "check", "name": "entry"}, *list_columns()],
        "open_rows": _rows(request, open_),
        "chosen_rows": _rows(request, chosen),
    }
    return render(request, "desk/editions/choose.html", shown)


def _rows(request: Any, entries: list[Opportunity]) -> list[dict[str, Any]]:
    statuses = statuses_on(request.viewer.city, entries, timezone.localdate())
    return [{**list_row(one, statuses[one.pk]), "pick": {"value": one.code, "label": title_of(one)}} for one in entries]


def _chosen(
    request: Any, edition: Edition, name: str, open_: list[Opportunity], chosen: list[Opportunity]
) -> HttpResponse:
    picked, by, now = request.POST.getlist("entry"), request.viewer.user, timezone.now()
    act = request.POST.get("act")
    offered = {one.code: one for one in (chosen if act == "leave" else open_)}
    try:
        if act != "all":
            all_there(picked, offered)
        wanted = open_ if act == "all" else [offered[code] for code in dict.fromkeys(picked)]
        if act == "leave":
            count = actions.leave_out(edition=edition, entries=wanted, by=by, at=now)
            words = ngettext("移出 %(num)s 个。", "移出 %(num)s 个。", count)
        else:
            count = actions.choose_entries(edition=edition, list_code=name, entries=wanted, by=by, at=now)
            words = ngettext("选入 %(num)s 个。", "选入 %(num)s 个。", count)
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, words % {"num": count})
    return redirect("desk:edition_choose", edition.number, name)


def _done(request: Any, edition: Edition, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, words)
    return redirect("desk:edition", edition.number)


@desk_page(Can.WRITE_EDITIONS, methods=("POST",))
def edition_ask(request: Any, number: int) -> HttpResponse:
    """Ask another person to approve it."""
    edition = found_edition(request, number)
    said: dict[str, Any] = {"revision": _revision(request), "by": request.viewer.user, "at": timezone.now()}
    return _done(request, edition, lambda: actions.ask_approval(edition=edition, **said), _("已送审。"))


@desk_page(Can.APPROVE_EDITIONS, methods=("POST",))
def edition_approve(request: Any, number: int) -> HttpResponse:
    """Freeze it, out from the instant that is given, else at once."""
    edition, now = found_edition(request, number), timezone.now()
    said: dict[str, Any] = {"revision": _revision(request), "by": request.viewer.user, "at": now}
    out = _instant(request.POST.get("published_at", "")) or now
    return _done(
        request,
        edition,
        lambda: actions.approve_edition(edition=edition, published_at=out, **said),
        _("已批准并冻结。"),
    )


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


@desk_page(Can.WRITE_EDITIONS, methods=("POST",))
def edition_discard(request: Any, number: int) -> HttpResponse:
    """Throw a draft away."""
    edition = _draft(request, number)
    actions.discard_edition(edition=edition, by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已弃置。"))
    return redirect("desk:edition_list")


@desk_page(Can.READ_OPPORTUNITIES)
def edition_file(request: Any, number: int, name: str) -> HttpResponse:
    """The frozen edition as Word, PDF or workbook, in the language of the page."""
    edition = found_edition(request, number)
    if not edition.is_frozen or name not in ("docx", "pdf", "xlsx"):
        raise Http404
    printer = Printer(edition.frozen, edition.digest, _, english())
    title = f"{printer.title} {printer.numbered}"
    if name == "xlsx":
        columns, rows, notes = printer.sheet()
        return sheet(columns, rows, title, notes)
    if name == "docx":
        return attachment(
            write_docx(document_from(printer.paper(), "en" if english() else "zh")), WORD, f"{title}.docx"
        )
    picture = printed_map(edition.city.gb_code, edition.frozen, districts(edition.city))
    return attachment(write_booklet(printer.booklet(picture, _("招商地图"))), "application/pdf", f"{title}.pdf")
