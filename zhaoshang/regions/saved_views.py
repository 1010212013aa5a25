"""The only writer of saved views, and who sees which. What one saved, one renames, shares and deletes oneself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer, viewer_of
from zhaoshang.regions.kept_lists import LISTS, kept
from zhaoshang.regions.models import ReportingUnit, SavedView
from zhaoshang.regions.rules import Shared
from zhaoshang.tenancy.models import City

LONGEST_TITLE, MOST_OF_A_LIST = 60, 30


class UnknownList(Exception):
    """No such list, or one whose filters are not kept."""


class TitleMissing(Exception):
    """A view needs a title of at most 60 signs."""


class TitleTaken(Exception):
    """One has another view of this list under the title."""


class TooMany(Exception):
    """One keeps at most thirty views of a list."""


class NotOwn(Exception):
    """Somebody else saved it."""


def views_for(viewer: Viewer) -> "QuerySet[SavedView]":
    """One's own, those of one's units and those of the city, with their owners, of the lists that one may open."""
    mine = Q(owner=viewer.user) | Q(shared=Shared.CITY) | Q(shared=Shared.UNIT, unit_id__in=viewer.unit_ids)
    pages = [page for page, one in LISTS.items() if viewer.can(one.needs)]
    rows = SavedView.objects.of(viewer.city).filter(mine, page__in=pages)
    return rows.select_related("owner", "city", "unit").order_by("title", "id")


@transaction.atomic
def save_view(
    *,
    city: City,
    page: str,
    title: str,
    query: Iterable[tuple[str, str]],
    shared: Shared = Shared.NOBODY,
    unit: ReportingUnit | None = None,
    is_default: bool = False,
    by: User,
    at: datetime,
) -> SavedView:
    """Keep the filters and the order of a list under a title. ``unit``: with whose officers it is shared.

    Raises :class:`UnknownList`, :class:`TitleMissing`, :class:`TitleTaken`, :class:`TooMany`, ``NotAllowed``.
    """
    viewer = _opener(city, page, by)
    if shared:
        viewer.require(Can.SHARE_VIEWS)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one view after the other, so that a title is taken once
    own = SavedView.objects.of(city).filter(owner=by, page=page)
    if own.count() >= MOST_OF_A_LIST:
        raise TooMany(page)
    if is_default:
        own.filter(is_default=True).update(is_default=False)
    saved: SavedView = SavedView.objects.create(
        city=city, owner=by, page=page, title=_title(own, title), query=[list(pair) for pair in kept(page, query)],
        shared=shared, unit=unit if shared == Shared.UNIT else None, is_default=is_default, saved_at=at,
    )  # fmt: skip
    record("regions.view.saved", city=city, by=by, at=at, about=saved, page=page, query=saved.query, shared=shared)
    return saved


@transaction.atomic
def rename_view(*, saved: SavedView, title: str, by: User, at: datetime) -> SavedView:
    """Give it another title. Raises :class:`NotOwn`, :class:`TitleMissing`, :class:`TitleTaken`."""
    held = _own(saved, by)
    others = SavedView.objects.of(held.city_id).filter(owner=by, page=held.page).exclude(pk=held.pk)
    before, held.title = held.title, _title(others, title)
    held.save(update_fields=["title"])
    record("regions.view.renamed", city=held.city, by=by, at=at, about=held, before=before)
    return held


@transaction.atomic
def share_view(
    *, saved: SavedView, shared: Shared, unit: ReportingUnit | None = None, by: User, at: datetime
) -> SavedView:
    """Share it with a unit's officers or the city, or take it back. Raises :class:`NotOwn`, ``NotAllowed``."""
    held = _own(saved, by)
    _opener(held.city, held.page, by).require(Can.SHARE_VIEWS)
    held.shared, held.unit = shared, unit if shared == Shared.UNIT else None
    held.save(update_fields=["shared", "unit"])
    code = held.unit.code if held.unit else ""
    record("regions.view.shared", city=held.city, by=by, at=at, about=held, shared=shared, unit=code)
    return held


@transaction.atomic
def prefer_view(*, saved: SavedView, preferred: bool, by: User, at: datetime) -> SavedView:
    """From now on one's list opens with this view, or plainly again. Raises :class:`NotOwn`."""
    held = _own(saved, by)
    rows = SavedView.objects.of(held.city_id).filter(owner=by, page=held.page, is_default=True)
    rows.exclude(pk=held.pk).update(is_default=False)
    held.is_default = preferred
    held.save(update_fields=["is_default"])
    record("regions.view.preferred", city=held.city, by=by, at=at, about=held, preferred=preferred)
    return held


@transaction.atomic
def delete_view(*, saved: SavedView, by: User, at: datetime) -> None:
    """Take it away for everybody; the diary keeps what it asked. Raises :class:`NotOwn`."""
    held = _own(saved, by)
    record("regions.view.deleted", city=held.city, by=by, at=at, about=held, page=held.page, query=held.query)
    SavedView.objects.of(held.city_id).filter(pk=held.pk).delete()


def _opener(city: City, page: str, by: User) -> Viewer:
    """The person as a viewer who may open the list. Raises :class:`UnknownList`, ``NotAllowed``."""
    if page not in LISTS:
        raise UnknownList(page)
    viewer = viewer_of(by, city)
    viewer.require(LISTS[page].needs)
    return viewer


def _own(saved: SavedView, by: User) -> SavedView:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # what is done to own views comes one after the other
    rows = SavedView.objects.of(saved.city_id).select_related("city", "unit")
    held: SavedView = rows.get(pk=saved.pk)
    if held.owner_id != by.pk:
        raise NotOwn(saved.title)
    return held


def _title(others: "QuerySet[SavedView]", text: str) -> str:
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise TitleMissing
    if others.filter(title=title).exists():
        raise TitleTaken(title)
    return title
