"""A restored copy: it knows that it is one, and one older than what was published takes no writing until answered for."""

from datetime import datetime

from django.db import transaction

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City


class NotACopy(Exception):
    """The city's account is the live one, or reaches what was published: there is nothing to decide."""


class ReasonMissing(Exception):
    """Such a decision takes words."""


def is_copy() -> bool:
    """Whether this installation is a restored copy, which sends nothing and does no jobs."""
    return City.objects.filter(restored_from__isnull=False).exists()


@transaction.atomic
def mark_restored(*, city: City, made_at: datetime, behind_seq: int, erased: int, at: datetime) -> None:
    """Say in the copy itself that it is one. ``behind_seq``: the published entry that its account does not reach, 0 when it does."""
    City.objects.filter(pk=city.pk).update(restored_from=made_at, behind_seq=behind_seq)
    record(
        "people.copy.restored", city=city, by=None, at=at, about=city,
        made_at=made_at.isoformat(), behind=behind_seq, erased_again=erased,
    )  # fmt: skip


@transaction.atomic
def declare_live(*, city: City, reason: str, by: User, at: datetime) -> None:
    """From now on the copy is the live one: mail and jobs go again. Raises :class:`NotACopy`, :class:`ReasonMissing`."""
    held = _held(city, reason)
    if held.restored_from is None:
        raise NotACopy
    City.objects.filter(pk=city.pk).update(restored_from=None)
    record(
        "people.copy.declared_live", city=city, by=by, at=at, about=city,
        reason=reason.strip()[:200], made_at=held.restored_from.isoformat(),
    )  # fmt: skip


@transaction.atomic
def accept_gap(*, city: City, reason: str, by: User, at: datetime) -> None:
    """Let a copy be written that lacks what was published. Raises :class:`NotACopy`, :class:`ReasonMissing`."""
    held = _held(city, reason)
    if not held.behind_seq:
        raise NotACopy
    City.objects.filter(pk=city.pk).update(behind_seq=0)
    record(
        "people.copy.gap_accepted", city=city, by=by, at=at, about=city, reason=reason.strip()[:200], behind=held.behind_seq
    )  # fmt: skip


def _held(city: City, reason: str) -> City:
    if not reason.strip():
        raise ReasonMissing
    return City.objects.select_for_update(no_key=True).get(pk=city.pk)
