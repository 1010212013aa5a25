"""Checks and bulletins, for the doors."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhaoshang.bulletins.models import Bulletin, TextCheck
from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City

_HEAVY = ("text", "result")
_HEAVY_OF_BULLETIN = ("blocks", "waived", "printed", "text", "figures")


def checks_for(viewer: Viewer) -> "QuerySet[TextCheck]":
    """Checks that the viewer may see, newest first, without the texts."""
    rows = TextCheck.objects.visible_to(viewer).defer(*_HEAVY)
    return rows.select_related("checked_by", "city")  # type: ignore[no-any-return]


def check_for(viewer: Viewer, key: UUID) -> TextCheck:
    """One check, whole. Raises ``TextCheck.DoesNotExist``, as for a typo, when it is not the viewer's to see."""
    rows = TextCheck.objects.visible_to(viewer).select_related("checked_by", "city", "repeats")
    return rows.get(pk=key)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that came out otherwise than at the check before: both claims as kept, by their place in the text."""

    number: int
    before: dict[str, Any]
    now: dict[str, Any]


def changes_since(check: TextCheck) -> list[Change]:
    """What a repeated check shows otherwise; empty for a first check. The same text has the same claims in the same order."""
    if check.repeats is None:
        return []
    pairs = zip(check.repeats.result["claims"], check.result["claims"], strict=False)
    return [
        Change(number, before, now)
        for number, (before, now) in enumerate(pairs)
        if before["verdict"] != now["verdict"] or (before["figure"] or {}).get("value") != (now["figure"] or {}).get("value")
    ]


def bulletins_of(city: City) -> "QuerySet[Bulletin]":
    """All bulletins, newest first, without their content."""
    return Bulletin.objects.of(city).defer(*_HEAVY_OF_BULLETIN).select_related("drafted_by", "city")  # type: ignore[no-any-return]


def published_in(city: City) -> "QuerySet[Bulletin]":
    """What the public may read: published and withdrawn ones, newest first, without their content."""
    states = [BulletinState.PUBLISHED, BulletinState.WITHDRAWN]
    rows = Bulletin.objects.of(city).filter(state__in=states).order_by("-published_at", "-id")
    return rows.defer(*_HEAVY_OF_BULLETIN)  # type: ignore[no-any-return]
