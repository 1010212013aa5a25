"""What a person worked on last, as the diary knows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.models import Payment
from zhaoshang.desk.diary_words import WORDS
from zhaoshang.people.models import Event
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import wan

SHOWN, LOOKED_AT = 8, 60


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing, by its name of today, with what was done to it last."""

    text: str
    href: str
    what: str
    at: datetime


def touched_by(viewer: Viewer) -> list[Touched]:
    """Projects and payments that the person changed and may still see, the last first, each once. Three queries."""
    rows = Event.objects.of(viewer.city).filter(by=viewer.user, refused=False)
    last: dict[tuple[str, str], Event] = {}
    for line in rows.order_by("-id")[:LOOKED_AT]:
        if line.about_kind in _KINDS and line.verb in WORDS:
            last.setdefault((line.about_kind, line.about_id), line)
    seen = {kind: look(viewer, [key for held, key in last if held == kind]) for kind, look in _KINDS.items()}
    found = [
        Touched(*seen[kind][key], str(WORDS[line.verb]), line.at)
        for (kind, key), line in last.items()
        if key in seen[kind]
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


def _projects(viewer: Viewer, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = Project.objects.visible_to(viewer).filter(pk__in=[UUID(key) for key in keys])
    return {str(one.pk): (one.name, reverse("desk:project", args=[one.code])) for one in rows}


def _payments(viewer: Viewer, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = Payment.objects.visible_to(viewer).filter(pk__in=[UUID(key) for key in keys]).select_related("project")
    return {
        str(one.pk): (
            f"{one.project.name} {wan(one.amount_fen)} " + _("万元"),
            reverse("desk:payment", args=[one.pk]),
        )
        for one in rows
    }


_KINDS: dict[str, Callable[[Viewer, Iterable[str]], dict[str, tuple[str, str]]]] = {
    Project._meta.label_lower: _projects,
    Payment._meta.label_lower: _payments,
}
