"""The chain of verified payments: walked again by anybody who doubts, sealed in checkpoints, handed out to be checked elsewhere."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.checkpoint_mail import mailed_at
from zhaoshang.capital.checkpoints import Walk, entries, exported, handed_out, make_checkpoint, walk
from zhaoshang.capital.hiding import veil_of
from zhaoshang.capital.models import ChainHead, Checkpoint
from zhaoshang.capital.rules import GENESIS
from zhaoshang.common.files import download_header
from zhaoshang.common.veil import Veil
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.lists import attachment
from zhaoshang.people.rules import Can
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import called, moment

AT_ONCE, SECONDS = 2_000, 1.0
MOST_FAULTS = 50
KEPT = "ledger_walk"


@desk_page(Can.EXPORT_CHECKPOINT)
def ledger(request: Any) -> HttpResponse:
    """Where the chain stands, and the checkpoints made of it."""
    city = request.viewer.city
    points = list(Checkpoint.objects.of(city).select_related("made_by").order_by("-seq", "-id")[:100])
    mailed = mailed_at(city, points)
    shown = {
        "head": ChainHead.objects.of(city).first(),
        "genesis": GENESIS,
        "rows": [
            {
                "seq": f"{point.seq:,}",
                "digest": point.digest[:16],
                "made": moment(point.made_at),
                "by": {
                    "text": called(point.made_by) if point.made_by else _("系统"),
                    "note": _("%(when)s 寄出") % {"when": moment(mailed[point.pk])} if point.pk in mailed else "",
                },
                "file": {"text": _("下载"), "href": reverse("desk:checkpoint_file", args=[point.pk])},
            }
            for point in points
        ],
    }
    return render(request, "desk/ledger/ledger.html", shown)


@desk_page(Can.EXPORT_CHECKPOINT)
def ledger_walk(request: Any) -> HttpResponse:
    """Walk the chain part by part: each answer goes on where the last one stopped, so that a long chain holds nobody up."""
    city = request.viewer.city
    kept = None if request.GET.get("begin") else request.session.get(KEPT)
    started = time.monotonic()
    found = walk(city, Walk(**kept) if kept else None, AT_ONCE)
    while not found.whole and time.monotonic() - started < SECONDS:
        found = walk(city, found, AT_ONCE)
    if found.whole:
        request.session.pop(KEPT, None)
    else:
        request.session[KEPT] = asdict(found) | {"faults": found.faults[:MOST_FAULTS]}
    head = ChainHead.objects.of(city).first()
    shown = {"walk": found, "total": max(head.seq if head else 0, found.entries), "at": timezone.now()}
    if request.htmx:
        return render(request, "desk/ledger/walk.html", shown)
    return render(request, "desk/ledger/walk_page.html", shown)


@desk_page(Can.EXPORT_CHECKPOINT, methods=("POST",))
def checkpoint_make(request: Any) -> HttpResponse:
    """Sign the chain as it stands now."""
    point = make_checkpoint(city=request.viewer.city, by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已签发第 %(seq)s 条处的检查点。请下载并交系统以外的人保管。") % {"seq": point.seq})
    return redirect("desk:ledger")


@desk_page(Can.EXPORT_CHECKPOINT)
def checkpoint_file(request: Any, key: UUID) -> HttpResponse:
    """A checkpoint as a file to keep outside."""
    point = get_object_or_404(Checkpoint.objects.of(request.viewer.city).select_related("city"), pk=key)
    text = json.dumps(exported(point), ensure_ascii=False, indent=2, sort_keys=True)
    return attachment(text.encode(), "application/json", f"checkpoint-{point.city.code}-{point.seq}.json")


@desk_page(Can.EXPORT_CHECKPOINT)
def ledger_export(request: Any) -> StreamingHttpResponse:
    """The whole chain, one entry a line, for the stand-alone verifier."""
    city = request.viewer.city
    handed_out(city=city, by=request.viewer.user, at=timezone.now())
    response = StreamingHttpResponse(
        _lines(city, veil_of(request.viewer)), content_type="application/jsonl; charset=utf-8"
    )
    response["Content-Disposition"] = download_header(f"ledger-{city.code}-{timezone.localdate():%Y%m%d}.jsonl")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(city: City, through: Veil) -> Iterator[str]:
    for entry in entries(city):
        yield entry.to_json(through) + "\n"
