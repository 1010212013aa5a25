"""Sweeping: what the kinds find is held against the findings kept; and what people say of a finding."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from zhaoshang.duties.models import Responsibility
from zhaoshang.duties.queries import rules_on
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.review.findings.candidate import Candidate, Kind, Look
from zhaoshang.review.findings.kinds import KINDS
from zhaoshang.review.findings.models import WAITING, Finding
from zhaoshang.review.rules import FindingState
from zhaoshang.tenancy.models import City

_AT_ONCE = 500
DAYS_WITHOUT_RULE = 1
_TOLD = ("subject", "facts", "at_stake_fen", "superior", "owner_id", "href_name", "href_id")


class ExplanationMissing(Exception):
    """Say in words why it is right, or what is wrong with the explanation."""


class NotWaiting(Exception):
    """The finding is settled, or has no explanation to be judged."""


class OwnExplanation(Exception):
    """An explanation that concerns figures is accepted by another than who gave it."""


@dataclass(slots=True)
class Swept:
    """What a sweep did: ``found`` causes, of them ``fresh`` new or back again, and ``gone`` since the last one."""

    found: int = 0
    fresh: int = 0
    gone: int = 0


def looked_for(look: Look) -> list[Kind]:
    """The kinds for which the rules in force have numbers, and those that are always looked for."""
    rules = look.rules.findings
    known = [one for one in KINDS if one.code in rules and set(one.needs) <= set(rules[one.code].numbers)]
    return [one for one in KINDS if one.always or one in known]


def look_at(city: City, at: datetime) -> Look:
    """The city as a sweep at this moment looks at it. Two queries."""
    today = timezone.localdate(at)
    return Look(city, today, rules_on(city, today), workdays_of(city))


def sweep_findings(
    *, city: City, by: User | None, at: datetime, tell: Callable[[int, int], None] = lambda done, total: None
) -> Swept:
    """Look for everything, kind by kind; the same city swept twice is as it was. ``by`` None: the command line."""
    look, swept = look_at(city, at), Swept()
    kinds, owners = looked_for(look), _owners(city)
    for place, kind in enumerate(kinds):
        tell(place, len(kinds))
        _keep(look, kind, owners, at, swept)
    _settle_unsought(city, kinds, at, swept)
    record("review.findings.swept", city=city, by=by, at=at, found=swept.found, fresh=swept.fresh, gone=swept.gone)
    return swept


def _owners(city: City) -> dict[UUID, UUID]:
    rows = Responsibility.objects.of(city).filter(until__isnull=True).order_by()
    return dict(rows.values_list("project_id", "handler_id"))


@transaction.atomic
def _keep(look: Look, kind: Kind, owners: dict[UUID, UUID], at: datetime, swept: Swept) -> None:
    kept = {one.key: one for one in Finding.objects.of(look.city).filter(kind=kind.code)}
    kept_owners = {key: one.owner_id for key, one in kept.items()}
    fresh, changed, again, seen = [], [], [], set()
    for one in kind.candidates(look):
        if one.key in seen:
            continue
        seen.add(one.key)
        held = kept.get(one.key)
        told = _told(one, owners)
        if held is None:
            fresh.append(_new(look, kind, one, told, at))
        elif held.state == FindingState.FIXED or (held.state != FindingState.OPEN and held.basis != one.basis):
            again.append(_with(held, one, told))
        elif held.state in WAITING and (
            {name: getattr(held, name) for name in _TOLD} != told or held.basis != one.basis
        ):
            changed.append(_with(held, one, told))
    gone = [one for key, one in kept.items() if key not in seen and one.state in WAITING]
    Finding.objects.bulk_create(fresh, batch_size=500)
    _write(look.city, [*changed, *again], kept_owners)
    of_kind = Finding.objects.of(look.city).filter(kind=kind.code)
    back = {"state": FindingState.OPEN, "settled_at": None, "accepted_by": None, "seen_at": at}
    for some in _some(again):
        of_kind.filter(key__in=some).update(times=F("times") + 1, due_on=_due(look, kind.code), **back)
    for some in _some(gone):
        of_kind.filter(key__in=some).update(state=FindingState.FIXED, settled_at=at)
    swept.found += len(seen)
    swept.fresh += len(fresh) + len(again)
    swept.gone += len(gone)


def _told(one: Candidate, owners: dict[UUID, UUID]) -> dict[str, object]:
    return {
        "subject": one.subject[:200],
        "facts": dict(one.facts),
        "at_stake_fen": one.at_stake_fen,
        "superior": str(one.superior or ""),
        "owner_id": one.owner_id or (owners.get(one.project_id) if one.project_id else None),
        "href_name": one.href_name,
        "href_id": one.href_id,
    }


def _due(look: Look, kind: str) -> date:
    rule = look.rules.findings.get(kind)
    return look.calendar.after(look.today, rule.days if rule else DAYS_WITHOUT_RULE)[0]


def _new(look: Look, kind: Kind, one: Candidate, told: dict[str, object], at: datetime) -> Finding:
    made = Finding(city=look.city, kind=kind.code, key=one.key, unit_id=one.unit_id, project_id=one.project_id)
    made.about_figures, made.due_on = kind.about_figures, _due(look, kind.code)
    made.first_seen_at = made.seen_at = at
    return _with(made, one, told)


def _with(finding: Finding, one: Candidate, told: dict[str, object]) -> Finding:
    for name, value in told.items():
        setattr(finding, name, value)
    finding.basis = one.basis[:200]
    return finding


def _some(rows: list[Finding]) -> Iterator[list[str]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield [one.key for one in rows[start : start + _AT_ONCE]]


def _write(city: City, rows: list[Finding], owners_before: dict[str, UUID | None]) -> None:
    """What was found again, as it is now; who owns it is written owner by owner, since it may be nobody."""
    Finding.objects.write(city, rows, [name for name in (*_TOLD, "basis") if name != "owner_id"])
    by_owner: dict[UUID | None, list[UUID]] = {}
    for one in rows:
        if owners_before[one.key] != one.owner_id:
            by_owner.setdefault(one.owner_id, []).append(one.pk)
    for owner, keys in by_owner.items():
        Finding.objects.of(city).filter(pk__in=keys).update(owner_id=owner)


def _settle_unsought(city: City, kinds: list[Kind], at: datetime, swept: Swept) -> None:
    """What the rules in force do not look for any more is not wrong any more."""
    rows = Finding.objects.of(city).filter(state__in=WAITING).exclude(kind__in=[one.code for one in kinds])
    swept.gone += rows.update(state=FindingState.FIXED, settled_at=at)


def _locked(finding: Finding, *states: FindingState) -> Finding:
    rows = Finding.objects.of(finding.city_id).select_for_update().select_related("city")
    held: Finding = rows.get(pk=finding.pk)
    if held.state not in states:
        raise NotWaiting(str(held))
    return held


def read_by_auditor(*, city: City, by: User, at: datetime, exported: bool = False) -> None:
    """The auditor looked at the report of findings, or took it away as a file."""
    record("review.findings.audited", city=city, by=by, at=at, exported=exported)


@transaction.atomic
def explain_finding(*, finding: Finding, text: str, by: User, at: datetime) -> Finding:
    """Say why it is right as it is. Where it concerns figures another person judges that; else it is settled.

    Raises :class:`ExplanationMissing`, :class:`NotWaiting`, ``NotAllowed``.
    """
    viewer = viewer_of(by, finding.city)
    sees = finding.unit_id is None or viewer.sees_unit(finding.unit_id)
    if not viewer.can(Can.WORK_DUTIES) or not sees:
        raise NotAllowed(Can.WORK_DUTIES)
    if not text.strip():
        raise ExplanationMissing
    held = _locked(finding, FindingState.OPEN)
    held.explanation, held.explained_by, held.explained_at = text.strip(), by, at
    held.state = FindingState.EXPLAINED if held.about_figures else FindingState.CLOSED
    held.settled_at = None if held.about_figures else at
    held.save(update_fields=["explanation", "explained_by", "explained_at", "state", "settled_at"])
    record("review.finding.explained", city=held.city, by=by, at=at, about=held, kind=held.kind, text=held.explanation)
    return held


def _judged(finding: Finding, by: User) -> Finding:
    viewer_of(by, finding.city).require(Can.ACCEPT_FINDINGS)
    held = _locked(finding, FindingState.EXPLAINED)
    if same_person(held.explained_by_id, by):
        raise OwnExplanation(str(held))
    return held


@transaction.atomic
def accept_explanation(*, finding: Finding, by: User, at: datetime) -> Finding:
    """A second person agrees. Raises :class:`NotWaiting`, :class:`OwnExplanation`, ``NotAllowed``."""
    held = _judged(finding, by)
    held.state, held.accepted_by, held.settled_at = FindingState.CLOSED, by, at
    held.save(update_fields=["state", "accepted_by", "settled_at"])
    record("review.finding.accepted", city=held.city, by=by, at=at, about=held, kind=held.kind)
    return held


@transaction.atomic
def refuse_explanation(*, finding: Finding, text: str, by: User, at: datetime) -> Finding:
    """A second person does not agree, and says why: it is open again.

    Raises :class:`ExplanationMissing`, :class:`NotWaiting`, :class:`OwnExplanation`, ``NotAllowed``.
    """
    if not text.strip():
        raise ExplanationMissing
    held = _judged(finding, by)
    held.state = FindingState.OPEN
    held.save(update_fields=["state"])
    record("review.finding.refused", city=held.city, by=by, at=at, about=held, kind=held.kind, text=text.strip()[:1000])
    return held
