"""Checks and bulletins, for the doors."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhaoshang.bulletins.account import Account
from zhaoshang.bulletins.models import Bulletin, TextCheck
from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.capital.models import Payment
from zhaoshang.figures.freezing import frozen_in, later_correction
from zhaoshang.figures.models import FrozenFigure
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.tenancy.models import City

_HEAVY = ("text", "result")
_HEAVY_OF_BULLETIN = ("blocks", "waived", "printed", "text", "figures")


def checks_for(viewer: Viewer) -> "QuerySet[TextCheck]":
    """Checks that the viewer may see, newest first, without the texts."""
    rows = TextCheck.objects.visible_to(viewer).defer(*_HEAVY)
    return rows.select_related("checked_by", "city")


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
        if before["verdict"] != now["verdict"]
        or (before["figure"] or {}).get("value") != (now["figure"] or {}).get("value")
    ]


def bulletins_for(viewer: Viewer) -> "QuerySet[Bulletin]":
    """Bulletins that the viewer may read, newest first, without their content: drafts only for those who write."""
    rows = Bulletin.objects.of(viewer.city).defer(*_HEAVY_OF_BULLETIN).select_related("drafted_by", "city")
    return rows if viewer.can(Can.WRITE_BULLETINS) else rows.exclude(state=BulletinState.DRAFT)


def bulletin_for(viewer: Viewer, key: UUID) -> Bulletin:
    """One bulletin, whole. Raises ``Bulletin.DoesNotExist``, as for a typo, when it is not the viewer's to see."""
    rows = Bulletin.objects.of(viewer.city).select_related(
        "city", "drafted_by", "published_by", "withdrawn_by", "checkpoint"
    )
    rows = rows if viewer.can(Can.WRITE_BULLETINS) else rows.exclude(state=BulletinState.DRAFT)
    return rows.get(pk=key)  # type: ignore[no-any-return]


def published_in(city: City) -> "QuerySet[Bulletin]":
    """What the public may read: published and withdrawn ones, latest period first, without their content."""
    rows = Bulletin.objects.of(city).exclude(state=BulletinState.DRAFT).order_by("-last_month", "-published_at", "-id")
    return rows.defer(*_HEAVY_OF_BULLETIN)


def public_bulletin(city: City, key: UUID) -> Bulletin:
    """A published or withdrawn bulletin, whole. Raises ``Bulletin.DoesNotExist``."""
    rows = Bulletin.objects.of(city).exclude(state=BulletinState.DRAFT).select_related("city", "checkpoint")
    return rows.get(pk=key)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A printed figure that the account states otherwise now, in the indicator's unit; ``carried``: taken back by later months' entries.

    ``firms``: how many stand behind what changed; 0 where no entry did it (a rule, a register)."""

    figure: dict[str, Any]
    frozen: FrozenFigure
    now: int
    carried: int
    firms: int


def corrections_of(bulletin: Bulletin) -> list[Corrected]:
    """What was corrected since publication, for the figures that the bulletin prints. The bulletin itself never changes."""
    if bulletin.snapshot is None:
        return []
    printed = {figure["ref"]: figure for figure in reversed(bulletin.figures)}
    rows = [frozen for frozen in frozen_in(bulletin.city, bulletin.snapshot) if frozen.ref in printed]
    found = []
    for frozen in _suspected(bulletin, rows):
        correction = later_correction(frozen)
        if correction is not None and (correction.difference or correction.carried_value):
            firms = len({one.project.enterprise_id for one in (*correction.inside, *correction.carried)})
            found.append(Corrected(printed[frozen.ref], frozen, correction.value_now, correction.carried_value, firms))
    return found


def _suspected(bulletin: Bulletin, rows: list[FrozenFigure]) -> list[FrozenFigure]:
    """The figures worth a close look: those whose value moved, and all of them once anything was taken back. Few queries."""
    newer = Payment.objects.of(bulletin.city_id).filter(seq__gt=bulletin.ledger_seq, reverses__isnull=False)
    if newer.exists():
        return rows
    account = Account(bulletin.city)
    return [row for row in rows if account.figure(row.version, row.unit, row.period).value != row.value]


def published_figure(city: City, key: UUID) -> FrozenFigure | None:
    """A frozen figure that some published or withdrawn bulletin rests on; None for any other."""
    rows = FrozenFigure.objects.of(city).select_related("version__indicator", "version__rule_set", "unit", "city")
    frozen: FrozenFigure | None = rows.filter(pk=key).first()
    if (
        frozen is None
        or not Bulletin.objects.of(city).filter(snapshot=frozen.snapshot).exclude(state=BulletinState.DRAFT).exists()
    ):
        return None
    return frozen


def publications_of(frozen: FrozenFigure) -> list[Bulletin]:
    """The bulletins that a frozen figure was published in."""
    rows = Bulletin.objects.of(frozen.city_id).filter(snapshot=frozen.snapshot).exclude(state=BulletinState.DRAFT)
    return list(rows.select_related("city"))
