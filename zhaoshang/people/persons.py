"""Which accounts are one person's. Nobody can see that from a name; the system administrator says it, and four eyes compare persons."""

from collections.abc import Iterable
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db import transaction

from zhaoshang.people.actions import refuse_own
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City


def same_person(other_id: UUID | None, by: User) -> bool:
    """Whether the account is ``by``, or is marked as the same person's. No query unless ``by`` has a mark."""
    if other_id is None or other_id == by.pk:
        return other_id == by.pk
    return bool(by.person) and User.objects.filter(pk=other_id, person=by.person).exists()


@transaction.atomic
def mark_person(*, city: City, user: User, person: str, by: User, at: datetime) -> User:
    """Say by a number of the house (of staff, never of an identity card) whose account it is; empty takes the mark off.

    Raises ``actions.OwnAccount``.
    """
    refuse_own(user, by)
    before, user.person = user.person, person.strip()
    user.save(update_fields=["person"])
    record("people.account.person_marked", city=city, by=by, at=at, about=user, before=before, person=user.person)
    return user


def alike(users: Iterable[User]) -> dict[UUID, list[User]]:
    """For each account the others that bear the same name or the same mark: a hint that they are one person's."""
    rows = list(users)
    found: dict[UUID, list[User]] = {}
    for one in rows:
        others = [
            other
            for other in rows
            if other.pk != one.pk and (_plain(one) == _plain(other) or (one.person and one.person == other.person))
        ]
        if others:
            found[one.pk] = others
    return found


def untold_namesakes(users: Iterable[User]) -> list[tuple[User, User]]:
    """Pairs of accounts that bear one name and that no two different marks tell apart."""
    by_name: dict[str, list[User]] = {}
    for one in users:
        by_name.setdefault(_plain(one), []).append(one)
    pairs = (pair for namesakes in by_name.values() for pair in combinations(namesakes, 2))
    return [(one, other) for one, other in pairs if not (one.person and other.person and one.person != other.person)]


def _plain(user: User) -> str:
    return "".join(user.display_name.split()).casefold()
