"""Groups of enterprises: who stands under whom, in several levels and never in a circle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhaoshang.enterprises.actions import locked
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.rules import MOST_LEVELS
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City


class NoSuchFirm(Exception):
    """No card that may be seen has this name or code."""


class GroupCircle(Exception):
    """The firm would become its own ancestor."""


class GroupTooDeep(Exception):
    """More levels than a group has here."""


@dataclass(frozen=True, slots=True)
class Node:
    """A firm in its group, ``level`` steps below the top."""

    enterprise: Enterprise
    level: int


@transaction.atomic
def set_parent(*, enterprise: Enterprise, parent: Enterprise | None, by: User, at: datetime) -> Enterprise:
    """Put a firm, with all that stands under it, under another one, or with None on its own.

    Raises :class:`GroupCircle`, :class:`GroupTooDeep`, ``actions.IsMerged``.
    """
    held = locked(enterprise)
    above = locked(parent) if parent else None
    if held.parent_id == (above.pk if above else None):
        return held
    told = [str(held.parent or ""), str(above or "")]
    hang(held, above)
    held.revision += 1
    held.save(update_fields=["revision"])
    record("enterprises.enterprise.moved_in_group", city=held.city, by=by, at=at, about=held, parent=told)
    return held


def hang(held: Enterprise, above: Enterprise | None) -> None:
    """Write the place in the group and no diary; inside the transaction of who does. Raises as :func:`set_parent`."""
    levels = below(held.city, held.pk) if above else []
    if above and any(above.pk == node.pk for level in [[held], *levels] for node in level):
        raise GroupCircle(above.name)
    if above and len(ancestors(above)) + len(levels) + 2 > MOST_LEVELS:
        raise GroupTooDeep(above.name)
    if above and held.depth <= above.depth:
        more = above.depth + 1 - held.depth
        for node in (node for level in reversed(levels) for node in level):  # the deepest first, or the guard refuses
            node.depth += more
            node.save(update_fields=["depth"])
        held.depth += more
    held.parent = above
    held.save(update_fields=["parent", "depth"])


def ancestors(enterprise: Enterprise) -> list[Enterprise]:
    """The firms above, the nearest first. A query a level."""
    found: list[Enterprise] = []
    above = enterprise.parent_id
    while above and len(found) < MOST_LEVELS:
        found.append(Enterprise.objects.of(enterprise.city_id).select_related("city").get(pk=above))
        above = found[-1].parent_id
    return found


def below(city: City | UUID, top: UUID) -> list[list[Enterprise]]:
    """The firms under ``top`` by level. A query a level."""
    found: list[list[Enterprise]] = []
    above: Iterable[UUID] = [top]
    while len(found) < MOST_LEVELS:
        level = list(Enterprise.objects.of(city).filter(parent_id__in=list(above)).order_by("name", "id"))
        if not level:
            break
        found.append(level)
        above = [one.pk for one in level]
    return found


def group_of(enterprise: Enterprise) -> list[Node]:
    """The whole group in the order of a tree, from the top down; the firm alone when it stands in none."""
    top = ([enterprise, *ancestors(enterprise)])[-1]
    children: dict[UUID | None, list[Enterprise]] = {}
    for one in (one for level in below(top.city_id, top.pk) for one in level):
        children.setdefault(one.parent_id, []).append(one)
    return list(_walk(top, 0, children))


def _walk(one: Enterprise, level: int, children: dict[UUID | None, list[Enterprise]]) -> Iterable[Node]:
    yield Node(one, level)
    for child in children.get(one.pk, []):
        yield from _walk(child, level + 1, children)
