"""What every list of the desk shares: filters that stand in the address, and keyset pages that cost the same everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.files import download_header
from zhaoshang.common.sheets.writing import Beside, Column, Value, write_table
from zhaoshang.desk.later import at_once

PAGE = 50
PLACES = ("after", "before", "at")
# No column that is searched holds more, and SQLite refuses to look for 50,000 bytes.
LONGEST_FILTER = 400
LONGEST_QUERY = 8_000


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows of one page and the addresses of its neighbours (None: there is none)."""

    rows: list[Any]
    previous: str | None
    next: str | None


def address(request: HttpRequest, **changes: object) -> str:
    """This page's address with some of its parameters changed; None takes one away, and the page's place goes with it."""
    kept = request.GET.copy()
    for name in (*PLACES, "xlsx"):
        kept.pop(name, None)
    for name, value in changes.items():
        kept.pop(name, None)
        if value not in (None, ""):
            kept[name] = str(value)
    return f"?{kept.urlencode()}"


def query_of(given: QueryDict) -> str:
    """Filters as an address has them; none when they are longer than any page of ours makes, since no browser is sent there."""
    text = given.urlencode()
    return text if len(text) <= LONGEST_QUERY else ""


def as_uuid(text: str) -> UUID | None:
    """An id given in an address; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def as_number(text: str | None) -> int | None:
    """A whole number given in an address or a form; None when it is none, or has more digits than any of ours."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


@dataclass(frozen=True, slots=True)
class Order:
    """A column to go by, ties by id; rows that have no value in it come last in either direction.

    Its index is (city, column, id).
    """

    column: str
    falling: bool = False


BY_MONTH = Order("report_month", falling=True)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a list the address stands: beyond a row's id, and what that row held in the column gone by ("": nothing)."""

    key: UUID | None
    held: str
    backwards: bool


def page_of(request: HttpRequest, rows: "QuerySet[Any]", *, newest_first: bool = True, size: int = PAGE) -> ListPage:
    """The page that the address asks for (``after`` or ``before`` an id), by key: never counted, never skipped."""
    place = _place(request)
    ascending = newest_first == place.backwards
    ordered = rows.order_by("id" if ascending else "-id")
    if place.key is not None:
        ordered = ordered.filter(**{"id__gt" if ascending else "id__lt": place.key})
    return _page(request, place, list(ordered[: size + 1]), size)


def page_by(request: HttpRequest, rows: "QuerySet[Any]", order: Order, size: int = PAGE) -> ListPage:
    """As :func:`page_of`, by a column and id: the address carries the column's value (``at``) beside the id, so that a page far down
    costs what the first does, and none is lost or shown twice when a row moves."""
    place = _place(request)
    found: list[Any] = []
    for stretch in _stretches(rows, order, place):
        found += stretch[: size + 1 - len(found)]
        if len(found) > size:
            break
    return _page(request, place, found, size, order.column)


def sorted_by(rows: "QuerySet[Any]", order: Order) -> "QuerySet[Any]":
    """All rows in that order, for a file."""
    column = F(order.column)
    first = column.desc(nulls_last=True) if order.falling else column.asc(nulls_last=True)
    return rows.order_by(first, "-id" if order.falling else "id")


def _place(request: HttpRequest) -> _Place:
    after, before = (as_uuid(request.GET.get(name, "")) for name in ("after", "before"))
    backwards = before is not None and after is None
    return _Place(before if backwards else after, request.GET.get("at", ""), backwards)


def _page(request: HttpRequest, place: _Place, found: list[Any], size: int, column: str = "") -> ListPage:
    """One row more than a page was asked for: it tells whether the list goes on."""
    more, shown = len(found) > size, found[:size]
    if place.backwards:
        shown.reverse()
    if not shown:
        return ListPage([], address(request) if place.key else None, None)
    has_next, has_previous = (True, more) if place.backwards else (more, place.key is not None)

    def beside(way: str, row: Any) -> str:
        return address(request, **{way: row.pk, "at": getattr(row, column) if column else None})

    return ListPage(
        shown, beside("before", shown[0]) if has_previous else None, beside("after", shown[-1]) if has_next else None
    )


def _stretches(rows: "QuerySet[Any]", order: Order, place: _Place) -> "list[QuerySet[Any]]":
    """What lies beyond the place, nearest first: what is left of its ties, the values beyond, the rows without a value. Each is one
    range of the index."""
    rising = order.falling == place.backwards
    sign, beyond = ("", "gt") if rising else ("-", "lt")
    field = rows.model._meta.get_field(order.column)
    key, at = {f"id__{beyond}": place.key}, _value(field, place.held)
    known = rows.filter(**{f"{order.column}__isnull": False}) if field.null else rows
    known = known.order_by(f"{sign}{order.column}", f"{sign}id")
    blank = [rows.filter(**{f"{order.column}__isnull": True}).order_by(f"{sign}id")] if field.null else []
    if place.key is None or (at is None and not field.null):
        return [known, *blank]
    if at is None:
        return [*(one.filter(**key) for one in blank), *([known] if place.backwards else [])]
    ties = rows.filter(**{order.column: at}, **key).order_by(f"{sign}id")
    return [ties, known.filter(**{f"{order.column}__{beyond}": at}), *([] if place.backwards else blank)]


def _value(field: Any, held: str) -> Any:
    """The value that an address carries; None when it is none of the column's."""
    try:
        return field.to_python(held) if held or not field.null else None
    except ValidationError:
        return None


def chosen(request: HttpRequest, names: Mapping[str, object]) -> dict[str, str]:
    """The filters that are set, trimmed and cut to :data:`LONGEST_FILTER`; only known ones."""
    return {name: text for name in names if (text := request.GET.get(name, "").strip()[:LONGEST_FILTER])}


def sheet(
    columns: list[Column],
    rows: list[list[Value]],
    title: str,
    notes: list[tuple[str, str]],
    beside: Sequence[Beside] = (),
) -> HttpResponse:
    """A list as an xlsx file, with what stands ``beside`` it; says when it was made. A long one is left to a worker (``desk.later``)."""
    at_once(len(rows), title)
    made = timezone.localtime(timezone.now())
    content = write_table(columns, rows, title, [*notes, (_("导出时间"), f"{made:%Y-%m-%d %H:%M}")], beside)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return attachment(content, kind, f"{title}-{made:%Y%m%d}.xlsx")


def attachment(content: bytes, mime: str, name: str) -> HttpResponse:
    """A file to be saved, never shown: RFC 6266 name, no guessing of its type."""
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = download_header(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
