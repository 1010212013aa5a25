"""What every list of the desk shares: filters that stand in the address, and keyset pages that cost the same everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.files import download_header
from zhaoshang.common.sheets.writing import Column, Value, write_table

PAGE = 50
_PLACES = ("after", "before")


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows of one page and the addresses of its neighbours (None: there is none)."""

    rows: list[Any]
    previous: str | None
    next: str | None


def address(request: HttpRequest, **changes: object) -> str:
    """This page's address with some of its parameters changed; None takes one away, and the page's place goes with it."""
    kept = request.GET.copy()
    for name in (*_PLACES, "xlsx"):
        kept.pop(name, None)
    for name, value in changes.items():
        kept.pop(name, None)
        if value not in (None, ""):
            kept[name] = str(value)
    return f"?{kept.urlencode()}"


def as_uuid(text: str) -> UUID | None:
    """An id given in an address; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def page_of(request: HttpRequest, rows: "QuerySet[Any]", *, newest_first: bool = True, size: int = PAGE) -> ListPage:
    """The page that the address asks for (``after`` or ``before`` an id), by key: never counted, never skipped."""
    after, before = (as_uuid(request.GET.get(name, "")) for name in _PLACES)
    backwards = before is not None and after is None
    key = before if backwards else after
    ascending = newest_first == backwards
    ordered = rows.order_by("id" if ascending else "-id")
    if key is not None:
        ordered = ordered.filter(**{"id__gt" if ascending else "id__lt": key})
    found = list(ordered[: size + 1])
    more, shown = len(found) > size, found[:size]
    if backwards:
        shown.reverse()
    if not shown:
        return ListPage([], address(request) if key else None, None)
    has_next, has_previous = (True, more) if backwards else (more, key is not None)
    return ListPage(
        shown,
        address(request, before=shown[0].pk) if has_previous else None,
        address(request, after=shown[-1].pk) if has_next else None,
    )


def page_by_month(request: HttpRequest, rows: "QuerySet[Any]", size: int = PAGE) -> ListPage:
    """As :func:`page_of`, for payments by report month and id, latest first: the order in which their index lies, so that a page of a
    year of a million payments costs what a page of a month does."""
    after, before = (as_uuid(request.GET.get(name, "")) for name in _PLACES)
    backwards = before is not None and after is None
    key = before if backwards else after
    month = rows.filter(pk=key).values_list("report_month", flat=True).first() if key else None
    found = _by_month(rows, key, month, size + 1, backwards)
    more, shown = len(found) > size, found[:size]
    if backwards:
        shown.reverse()
    if not shown:
        return ListPage([], address(request) if key else None, None)
    has_next, has_previous = (True, more) if backwards else (more, month is not None)
    return ListPage(
        shown,
        address(request, before=shown[0].pk) if has_previous else None,
        address(request, after=shown[-1].pk) if has_next else None,
    )


def _by_month(rows: "QuerySet[Any]", key: UUID | None, month: int | None, size: int, backwards: bool) -> list[Any]:
    """Rows beyond the key: what is left of its month, then the months beyond."""
    sign, beyond = ("", "gt") if backwards else ("-", "lt")
    ordered = rows.order_by(f"{sign}report_month", f"{sign}id")
    if month is None:
        return list(ordered[:size])
    found = list(ordered.filter(report_month=month, **{f"id__{beyond}": key})[:size])
    if len(found) < size:
        found += ordered.filter(**{f"report_month__{beyond}": month})[: size - len(found)]
    return found


def chosen(request: HttpRequest, names: Mapping[str, object]) -> dict[str, str]:
    """The filters that are set, trimmed; only known ones."""
    return {name: text for name in names if (text := request.GET.get(name, "").strip())}


def sheet(columns: list[Column], rows: list[list[Value]], title: str, notes: list[tuple[str, str]]) -> HttpResponse:
    """A list as an xlsx file; says when it was made."""
    made = timezone.localtime(timezone.now())
    content = write_table(columns, rows, title, [*notes, (_("导出时间"), f"{made:%Y-%m-%d %H:%M}")])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return attachment(content, kind, f"{title}-{made:%Y%m%d}.xlsx")


def attachment(content: bytes, mime: str, name: str) -> HttpResponse:
    """A file to be saved, never shown: RFC 6266 name, no guessing of its type."""
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = download_header(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
