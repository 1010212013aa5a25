"""Two cards that are one firm: one stands for the other, as merged projects do (ADR 12), and the way back.

Nothing that points at the closed card is rewritten: verified payments and signed projects stay as they are, and whoever shows the kept
card reads its :func:`family`. Only the group, which is ours to write, comes over, and goes back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhaoshang.enterprises.actions import IsMerged, index_name, locked
from zhaoshang.enterprises.groups import hang
from zhaoshang.enterprises.models import Enterprise, Merger
from zhaoshang.lookup.queries import family_of, stand_ins_of
from zhaoshang.lookup.writing import keep_anew, stand_for
from zhaoshang.people.diary import record
from zhaoshang.people.models import User


class TwoFirms(Exception):
    """Two codes are two legal persons, whatever they are called."""


class KeepTheCoded(Exception):
    """Only one of the cards has a code: that is the one to keep."""


class MergeReasonMissing(Exception):
    """Merging and parting need their reason."""


class NotMerged(Exception):
    """The two are parted already."""


@transaction.atomic
def merge_enterprises(*, kept: Enterprise, closed: Enterprise, reason: str, by: User, at: datetime) -> Merger:
    """From now on ``closed`` stands for ``kept``, which takes over its place in the group.

    Raises :class:`TwoFirms`, :class:`KeepTheCoded`, :class:`MergeReasonMissing`, ``actions.IsMerged`` when one of them stands for a
    third or is stood for by one, ``groups.GroupCircle`` when one is above the other.
    """
    if not reason.strip():
        raise MergeReasonMissing
    into, out = locked(kept), locked(closed)
    if into.pk == out.pk or family_of(out.city, out.pk)[1]:
        raise IsMerged(out.name)
    if out.uscc and into.uscc:
        raise TwoFirms(out.name)
    if out.uscc:
        raise KeepTheCoded(out.name)
    moved = _take_over(into, out)
    keep_anew(out.city, [index_name(into), index_name(out)])
    stand_for(out.city, out.pk, into.pk)
    merger: Merger = Merger.objects.create(
        city=out.city, kept=into, closed=out, reason=reason.strip(), moved=moved, by=by, at=at
    )
    for about in (into, out):
        record(
            "enterprises.enterprise.merged", city=out.city, by=by, at=at, about=about,
            kept=into.name, closed=out.name, reason=reason.strip(),
        )  # fmt: skip
    return merger


def _take_over(kept: Enterprise, closed: Enterprise) -> dict[str, Any]:
    """The group of the closed card, hung on the kept one; and what came over, so that it can go back."""
    parent = closed.parent
    children = list(Enterprise.objects.of(kept.city_id).filter(parent_id=closed.pk).select_related("city"))
    hang(closed, None)
    for child in children:
        hang(child, Enterprise.objects.of(kept.city_id).select_related("city").get(pk=kept.pk))
    taken = parent is not None and kept.parent_id is None and parent.pk != kept.pk
    if taken:
        hang(kept, parent)
    return {
        "children": [str(one.pk) for one in children],
        "parent": str(parent.pk) if parent else None,
        "parent_taken": taken,
    }


@transaction.atomic
def part_enterprises(*, merger: Merger, reason: str, by: User, at: datetime) -> Merger:
    """Take a merger back: the closed card stands for itself again, and what came over with it goes back, unless it has moved on.

    Raises :class:`MergeReasonMissing`, :class:`NotMerged`, ``groups.GroupCircle``.
    """
    if not reason.strip():
        raise MergeReasonMissing
    rows = Merger.objects.of(merger.city_id).select_for_update().select_related("kept", "closed", "city")
    held: Merger = rows.get(pk=merger.pk)
    if held.parted_at is not None:
        raise NotMerged
    stand_for(held.city, held.closed_id, None)
    _give_back(held)
    held.parted_reason, held.parted_by, held.parted_at = reason.strip(), by, at
    held.save(update_fields=["parted_reason", "parted_by", "parted_at"])
    for about in (held.kept, held.closed):
        record(
            "enterprises.enterprise.parted", city=held.city, by=by, at=at, about=about,
            kept=held.kept.name, closed=held.closed.name, reason=reason.strip(),
        )  # fmt: skip
    return held


def _give_back(merger: Merger) -> None:
    rows = Enterprise.objects.of(merger.city_id).select_related("city")
    kept, closed, moved = rows.get(pk=merger.kept_id), rows.get(pk=merger.closed_id), merger.moved
    if moved["parent_taken"] and str(kept.parent_id) == moved["parent"]:
        hang(kept, None)
    if moved["parent"]:
        hang(closed, rows.get(pk=moved["parent"]))
    for child in rows.filter(pk__in=moved["children"], parent_id=kept.pk):
        hang(child, rows.get(pk=closed.pk))


def family(enterprise: Enterprise) -> list[UUID]:
    """The card's id and those of the cards that stand for it: whoever reads what points at an enterprise reads these. One query."""
    return [enterprise.pk, *family_of(enterprise.city_id, enterprise.pk)[1]]


def families(enterprises: Sequence[Enterprise]) -> dict[UUID, UUID]:
    """For several cards of one city: every id that belongs to one of them → that card's id. One query."""
    found = {one.pk: one.pk for one in enterprises}
    return found | stand_ins_of(next(iter(enterprises)).city_id, list(found)) if enterprises else found
