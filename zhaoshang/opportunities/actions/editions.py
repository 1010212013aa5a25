"""Editions: begun, filled, sent for approval, frozen by a second person."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zhaoshang.opportunities.editions import digest_of
from zhaoshang.opportunities.freezing import content_of, unfit_entries
from zhaoshang.opportunities.models import Edition, EditionEntry, Opportunity
from zhaoshang.opportunities.practice import PRACTICE
from zhaoshang.opportunities.telling import Changed
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.tenancy.models import City


class AlreadyFrozen(Exception):
    """The edition is approved: nothing of it changes any more."""


class NotAsked(Exception):
    """Nobody has asked for its approval, or it was changed since."""


class SamePerson(Exception):
    """Who asked for the approval does not give it."""


class NotInList(Exception):
    """The entry's kind does not belong into that list."""


class Unfit(Exception):
    """Entries that may not stand in an edition: sold, expired, unpublished or incomplete. ``entries``: with the reason's code."""

    def __init__(self, entries: Sequence[tuple[Opportunity, str]]) -> None:
        self.entries = list(entries)
        super().__init__("、".join(one.code for one, _ in entries))


@transaction.atomic
def begin_edition(
    *, city: City, title: str, title_en: str, issuer: str, dated: date, by: User, at: datetime, is_sample: bool = False
) -> Edition:
    """A new edition under the next number, with the guide's texts and lists of the practice."""
    City.objects.select_for_update(no_key=True).get(pk=city.pk)  # two begun at once have two numbers
    last = Edition.objects.of(city).aggregate(last=Max("number"))["last"] or 0
    held = PRACTICE.on(city, timezone.localdate(at)).read
    edition: Edition = Edition.objects.create(
        city=city, number=last + 1, title=title, title_en=title_en, issuer=issuer, dated=dated, is_sample=is_sample,
        sections=[dict(one) for one in held.sections], lists=[one.to_json() for one in held.lists], begun_by=by, begun_at=at,
    )  # fmt: skip
    record("opportunities.edition.begun", city=city, by=by, at=at, about=edition, number=edition.number)
    return edition


def _held(edition: Edition, revision: int | None = None) -> Edition:
    """The row for writing. Raises :class:`AlreadyFrozen`, ``Changed``."""
    rows = Edition.objects.of(edition.city_id).select_for_update()
    held: Edition = rows.get(pk=edition.pk)
    if held.is_frozen:
        raise AlreadyFrozen
    if revision is not None and held.revision != revision:
        raise Changed
    return held


def _touched(held: Edition, *names: str) -> None:
    """Saved; whoever asked for approval asked for something else."""
    held.revision += 1
    held.asked_by = held.asked_at = None
    held.save(update_fields=["revision", "asked_by", "asked_at", *names])


@transaction.atomic
def revise_edition(
    *, edition: Edition, revision: int, by: User, at: datetime, sections: Sequence[Mapping[str, str]], **head: Any
) -> Edition:
    """Change the guide's texts and the head (``title title_en issuer dated``). Raises :class:`AlreadyFrozen`, ``Changed``."""
    held = _held(edition, revision)
    held.sections = [dict(one) for one in sections]
    for name in ("title", "title_en", "issuer", "dated"):
        setattr(held, name, head.get(name, getattr(held, name)))
    _touched(held, "sections", "title", "title_en", "issuer", "dated")
    record("opportunities.edition.revised", city=held.city, by=by, at=at, about=held, sections=len(sections))
    return held


@transaction.atomic
def choose_entries(*, edition: Edition, list_code: str, entries: Sequence[Opportunity], by: User, at: datetime) -> int:
    """Put entries into a list of the edition; those that stand in it already stay. Returns how many are new.

    Raises :class:`AlreadyFrozen`, :class:`NotInList`.
    """
    held = _held(edition)
    kinds: list[str] = next((one["kinds"] for one in held.lists if one["code"] == list_code), [])
    if any(entry.kind not in kinds for entry in entries):
        raise NotInList
    there = set(EditionEntry.objects.of(held.city_id).filter(edition=held).values_list("opportunity_id", flat=True))
    new = [entry for entry in entries if entry.pk not in there]
    EditionEntry.objects.bulk_create(
        [
            EditionEntry(
                city=held.city, edition=held, opportunity=entry, list_code=list_code, chosen_by=by, chosen_at=at
            )
            for entry in new
        ],
        batch_size=500,
    )
    if new:
        _touched(held)
        codes = [entry.code for entry in new][:500]
        record("opportunities.edition.filled", city=held.city, by=by, at=at, about=held, list=list_code, entries=codes)
    return len(new)


@transaction.atomic
def leave_out(*, edition: Edition, entries: Sequence[Opportunity], by: User, at: datetime) -> int:
    """Take entries out again. Raises :class:`AlreadyFrozen`."""
    held = _held(edition)
    rows = EditionEntry.objects.of(held.city_id).filter(edition=held, opportunity_id__in=[one.pk for one in entries])
    gone, _by_table = rows.delete()
    if gone:
        _touched(held)
        codes = [entry.code for entry in entries][:500]
        record("opportunities.edition.emptied", city=held.city, by=by, at=at, about=held, entries=codes)
    return gone


@transaction.atomic
def ask_approval(*, edition: Edition, revision: int, by: User, at: datetime) -> Edition:
    """Ask another person to approve it as it is. Raises :class:`AlreadyFrozen`, ``Changed``, :class:`Unfit`."""
    held = _held(edition, revision)
    if unfit := unfit_entries(held, at):
        raise Unfit(unfit)
    held.asked_by, held.asked_at = by, at
    held.save(update_fields=["asked_by", "asked_at"])
    record("opportunities.edition.sent", city=held.city, by=by, at=at, about=held)
    return held


@transaction.atomic
def approve_edition(*, edition: Edition, revision: int, published_at: datetime, by: User, at: datetime) -> Edition:
    """Freeze it; it is out from ``published_at`` on (not before ``at``). What was sold meanwhile refuses it.

    Raises :class:`AlreadyFrozen`, ``Changed``, :class:`NotAsked`, :class:`SamePerson`, :class:`Unfit`.
    """
    held = _held(edition, revision)
    if held.asked_by_id is None:
        raise NotAsked
    if same_person(held.asked_by_id, by):
        raise SamePerson
    out = max(published_at, at)
    if unfit := unfit_entries(held, out):
        raise Unfit(unfit)
    held.frozen = content_of(held, out)
    held.digest = digest_of(held.frozen)
    held.approved_by, held.approved_at, held.published_at = by, at, out
    held.save(update_fields=["frozen", "digest", "approved_by", "approved_at", "published_at"])
    record(
        "opportunities.edition.approved",
        city=held.city,
        by=by,
        at=at,
        about=held,
        digest=held.digest,
        published_at=out.isoformat(),
    )
    return held


@transaction.atomic
def discard_edition(*, edition: Edition, by: User, at: datetime) -> None:
    """Throw away one that is not frozen. Raises :class:`AlreadyFrozen`."""
    held = _held(edition)
    record("opportunities.edition.discarded", city=held.city, by=by, at=at, about=held, number=held.number)
    for rows in (
        EditionEntry.objects.of(held.city_id).filter(edition=held),
        Edition.objects.of(held.city_id).filter(pk=held.pk),
    ):
        rows._raw_delete(rows.db)  # a cascade would look for its rows without their city
