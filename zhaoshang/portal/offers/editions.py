"""Editions of the guide and its lists as they were issued, with what became of their entries since."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.common.files import download_header
from zhaoshang.common.sheets.writing import write_table
from zhaoshang.opportunities.editions import entries_in
from zhaoshang.opportunities.models import Edition, Opportunity
from zhaoshang.opportunities.papers import Printer
from zhaoshang.opportunities.places import place_of
from zhaoshang.opportunities.queries import statuses_on
from zhaoshang.opportunities.rules import KIND_LABELS, STATUS_LABELS, Kind, Status
from zhaoshang.portal.offers.shown import KINDS, PILLS, districts
from zhaoshang.portal.pages import FILE_SECONDS, Links, public_page, render_public
from zhaoshang.tenancy.models import City
from zhaoshang.ui import charts
from zhaoshang.ui.documents.booklet import write_booklet
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.kept import document_from
from zhaoshang.ui.filters import english

LISTED = 50
GONE = {Status.TAKEN: "stop", Status.EXPIRED: "warn", Status.CLOSED: "off"}
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def printer_of(edition: Edition) -> Printer:
    """Writes the edition in the language of the page."""
    return Printer(edition.frozen, edition.digest, _, english())


def newest_edition(city: City, at: datetime, link: Links) -> dict[str, Any] | None:
    """The edition in force, as a line; None before the first. One query."""
    found = Edition.objects.issued(city, at).first()
    return _line(found, found.number, link) if found else None


def _line(edition: Edition, in_force: int, link: Links) -> dict[str, Any]:
    printer = printer_of(edition)
    return {
        "title": f"{printer.title} {printer.numbered}",
        "href": link("edition", edition.number),
        "count": len(entries_in(edition.frozen)),
        "dated": edition.dated,
        "old": edition.number != in_force,
        "is_sample": edition.is_sample,
        "lists": [
            {"title": printer.list_title(one), "total": printer.total_words(one)} for one in edition.frozen["lists"]
        ],
    }


@public_page
def listing(request: HttpRequest) -> HttpResponse:
    """All that were issued, latest first."""
    rows = list(Edition.objects.issued(request.viewer.city, timezone.now())[:LISTED])  # type: ignore[attr-defined]
    lines = [_line(one, rows[0].number, Links(request)) for one in rows]
    return render_public(request, "portal/offers/editions.html", {"lines": lines})


def _issued(request: HttpRequest, number: int) -> Edition:
    rows = Edition.objects.issued(request.viewer.city, timezone.now())  # type: ignore[attr-defined]
    found: Edition | None = rows.filter(number=number).select_related("city").first() if number < 2**31 else None
    if found is None:
        raise Http404
    return found


@public_page
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One as it was issued: the guide, the lists with their totals, what each entry has become."""
    held, now, link = _issued(request, number), timezone.now(), Links(request)
    in_force = Edition.objects.issued(held.city, now).values_list("number", flat=True).first()
    codes = [row["code"] for row in entries_in(held.frozen)]
    rows = list(
        Opportunity.objects.of(held.city)
        .filter(code__in=codes)
        .only("id", "city", "code", "state", "published_at", "expires_on")
    )
    statuses = statuses_on(held.city, rows, timezone.localdate(now))
    today = {one.code: statuses[one.pk] for one in rows}
    printer = printer_of(held)
    given = {
        "edition": held,
        "title": printer.title,
        "numbered": printer.numbered,
        "newer": in_force if in_force != held.number else None,
        "gone": sum(today.get(code, Status.CLOSED) in GONE for code in codes),
        "sections": [
            {"title": printer.pick(one, "title"), "text": printer.pick(one, "text")} for one in held.frozen["sections"]
        ],
        "lists": [_list(printer, one, today, link) for one in held.frozen["lists"]],
        "news": printer.news(),
        "types": list(TYPES),
        "columns": _columns(),
    }
    return render_public(request, "portal/offers/edition.html", given)


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "title", "label": _("条目"), "kind": "link", "head": True},
        {"key": "kind", "label": _("类别")},
        {"key": "unit", "label": _("地区")},
        {"key": "size", "label": _("规模")},
        {"key": "now", "label": _("现在"), "kind": "pill"},
    ]


def _list(printer: Printer, one: Mapping[str, Any], today: Mapping[str, Status], link: Links) -> dict[str, Any]:
    rows = [_row(printer, row, today.get(row["code"], Status.CLOSED), link) for row in one["entries"]]
    return {
        "id": f"list-{one['code']}",
        "title": printer.list_title(one),
        "total": printer.total_words(one),
        "rows": rows,
    }


def _row(printer: Printer, row: Mapping[str, Any], status: Status, link: Links) -> dict[str, Any]:
    return {
        "title": {"text": printer.pick(row, "title"), "href": link("opportunity", row["code"]), "note": row["code"]},
        "kind": _(KIND_LABELS[Kind(row["kind"])]),
        "unit": printer.unit(row),
        "size": printer.size(row),
        "now": {"text": _(STATUS_LABELS[status]), "pill": (PILLS | GONE).get(status, "off")},
        **({"_kind": "muted"} if status in GONE else {}),
    }


@public_page
def edition_file(request: HttpRequest, number: int, ext: str) -> HttpResponse:
    """Word, PDF or workbook of exactly what was issued, in the language of the page; made once."""
    held = _issued(request, number)
    if ext not in TYPES:
        raise Http404
    printer = printer_of(held)
    response = HttpResponse(file_of(held, printer, ext), content_type=TYPES[ext])
    response["Content-Disposition"] = download_header(f"{printer.title} {printer.numbered}.{ext}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={FILE_SECONDS}"
    return response


def file_of(held: Edition, printer: Printer, ext: str) -> bytes:
    """The file of a frozen edition in the present language, a key of :data:`TYPES`; made once."""
    name = f"edition:{held.pk}:{ext}:{get_language()}:{held.digest}"
    content: bytes | None = cache.get(name)
    if content is None:
        content = _made(held, printer, ext)
        cache.set(name, content, FILE_SECONDS)
    return content


def _made(held: Edition, printer: Printer, ext: str) -> bytes:
    if ext == "xlsx":
        columns, rows, notes = printer.sheet()
        return write_table(columns, rows, printer.title, notes)
    if ext == "docx":
        return write_docx(document_from(printer.paper(), "en" if english() else "zh"))
    spots = [
        charts.Spot(*place, printer.pick(row, "title"), KINDS.index(Kind(row["kind"])))
        for row in entries_in(held.frozen)
        if (place := place_of(row["outline"], row["fields"].get("point")))
    ]
    kinds = [_(KIND_LABELS[kind]) for kind in KINDS]
    picture = charts.places(held.city.gb_code, spots, kinds, areas=districts(held.city), title=_("招商地图"), width=640)
    return write_booklet(printer.booklet(str(picture), _("招商地图")))
