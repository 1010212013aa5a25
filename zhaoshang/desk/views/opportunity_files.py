"""An entry's outline, photos and papers."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.evidence import FileDamaged, content_of
from zhaoshang.common.files import Refused
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.opportunities import OutlineForm
from zhaoshang.desk.lists import as_number
from zhaoshang.desk.opportunities_shown import title_of
from zhaoshang.desk.refusals import say
from zhaoshang.desk.sent_files import sent_in
from zhaoshang.desk.views.opportunities import found_entry
from zhaoshang.desk.views.opportunity_writing import kept_entry
from zhaoshang.machines.handing import given_out
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.models import EntryFile, Opportunity
from zhaoshang.opportunities.places import place_of, rings_of
from zhaoshang.people.rules import Can

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
MOST_NEIGHBOURS = 100


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("GET", "POST"))
def opportunity_outline(request: Any, code: str) -> HttpResponse:
    """Draw, type or upload the outline; its area is measured and held against the stated one."""
    entry = kept_entry(request, code)
    form = OutlineForm(request.POST or None, request.FILES or None, entry=entry)
    if request.method == "POST" and form.is_valid():
        assert form.outline is not None
        try:
            revision = as_number(request.POST.get("revision")) or 0
            actions.draw_outline(
                entry=entry, revision=revision, outline=form.outline, by=request.viewer.user, at=timezone.now()
            )
        except actions.Changed:
            form.add_error(None, say(actions.Changed(), request.viewer))
        else:
            messages.success(request, _("已登记四至。"))
            return redirect("desk:opportunity", entry.code)
    middle = place_of(entry.outline, entry.fields.get("point")) or _middle(request)
    shown = {
        "form": form,
        "entry": entry,
        "title": title_of(entry),
        "back": reverse("desk:opportunity", args=[entry.code]),
        "middle": f"{middle[0]},{middle[1]}",
        "others": json.dumps(_neighbours(request, entry)),
    }
    return render(request, "desk/opportunities/outline.html", shown, status=422 if form.errors else 200)


def _outlined(request: Any) -> Any:
    return Opportunity.objects.visible_to(request.viewer).filter(outline__isnull=False).order_by("-id")


def _middle(request: Any) -> tuple[float, float]:
    """Where to begin when nothing is known of the entry: at the last outline, else in the middle of the country."""
    last = _outlined(request).values_list("outline", flat=True).first()
    return place_of(last, None) or (104.0, 36.0)


def _neighbours(request: Any, entry: Opportunity) -> list[Any]:
    rows = _outlined(request).exclude(pk=entry.pk).values_list("outline", flat=True)[:MOST_NEIGHBOURS]
    return [ring for outline in rows for ring in rings_of(outline)]


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("POST",))
def opportunity_attach(request: Any, code: str) -> HttpResponse:
    """Add a photo (with words for who cannot see it) or a paper."""
    entry, file = kept_entry(request, code), request.FILES.get("file")
    if file is None:
        messages.warning(request, _("没有选择文件。"))
        return redirect("desk:opportunity", entry.code)
    said: dict[str, Any] = {"entry": entry, "content": file.read(), "name": file.name, "by": request.viewer.user}
    said |= {"title": request.POST.get("title", "")[:120], "at": timezone.now()}
    try:
        if request.POST.get("as") == "photo":
            alt, alt_en = request.POST.get("alt", "")[:200], request.POST.get("alt_en", "")[:300]
            actions.add_photo(**said, alt=alt, alt_en=alt_en)
        else:
            actions.add_paper(**said, is_public=request.POST.get("public") == "1")
    except (Refused, actions.AltMissing) as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已附上 %(name)s。") % {"name": file.name})
    return redirect("desk:opportunity", entry.code)


def _file_of(entry: Opportunity, key: UUID) -> EntryFile:
    rows = EntryFile.objects.of(entry.city_id).filter(opportunity=entry).select_related("file__city", "opportunity")
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]


@desk_page(Can.READ_OPPORTUNITIES)
def opportunity_file(request: Any, code: str, file: UUID) -> HttpResponse:
    """The stored bytes: a picture is shown, a paper saved."""
    held = _file_of(found_entry(request, code), file)
    try:
        if held.file.mime not in PICTURES:
            return given_out(sent_in(held.file))
        response = HttpResponse(content_of(held.file), content_type=held.file.mime)
    except FileDamaged as damage:
        raise Http404 from damage
    response["X-Content-Type-Options"] = "nosniff"
    return response


@desk_page(Can.KEEP_OPPORTUNITIES, methods=("POST",))
def opportunity_detach(request: Any, code: str, file: UUID) -> HttpResponse:
    """Take a photo or paper off."""
    entry = kept_entry(request, code)
    actions.remove_file(held=_file_of(entry, file), by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已移去。"))
    return redirect("desk:opportunity", entry.code)
