"""The only writers of leads: taking in, triage, assigning, answering, and what became of them."""

import hashlib
import secrets
from base64 import b32encode
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from zhaoshang.leads.likeness import core_of
from zhaoshang.leads.localrules import LIMITS
from zhaoshang.leads.models import Lead, LeadStep
from zhaoshang.leads.rules import FIELDS, FROM, OPEN, CameBy, State, StepKind, written_out
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.likeness import measure
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.tenancy.models import City


class InvestorMissing(Exception):
    """A lead names an investor, be it by its trade."""


class WrongState(Exception):
    """The lead has gone on meanwhile, or this cannot happen to it now."""


class TextMissing(Exception):
    """Say why, or what is answered."""


class NothingAlike(Exception):
    """Name the lead or the project that this is a duplicate of; it cannot be the lead itself."""


class NotOfUnit(Exception):
    """The handler has no standing role in that unit."""


def take_in(
    *,
    city: City,
    came_by: CameBy,
    origin_label: str = "",
    origin_ref: str = "",
    text: str = "",
    investor: str,
    subject: str = "",
    industry: str = "",
    amount_fen: int | None = None,
    land_m2: int | None = None,
    source_code: str = "",
    contact: str = "",
    phone: str = "",
    readings: Mapping[str, Any] | None = None,
    is_sample: bool = False,
    by: User | None,
    at: datetime,
) -> Lead:
    """Take a lead in as unverified, with its receipt; ``text``: as it came, else its fields are kept as text.

    The same text from the same origin is the lead that stands already, and that one is returned. ``origin_ref``: whatever the
    origin's own room finds it by; an officer's own entries are told apart by the officer. Raises :class:`InvestorMissing`.
    """
    if not investor.strip():
        raise InvestorMissing
    fields = {
        "investor": investor.strip(), "subject": subject.strip(), "industry": industry, "amount_fen": amount_fen, "land_m2": land_m2,
        "source_code": source_code, "contact": contact.strip(), "phone": phone.strip(),
    }  # fmt: skip
    if came_by in (CameBy.OFFICER, CameBy.CHAT) and not origin_ref and by is not None:
        origin_ref = str(by.pk)
    received = text or written_out(fields)
    digest = hashlib.sha256(" ".join(received.split()).encode()).hexdigest()
    same = Lead.objects.of(city).filter(came_by=came_by, origin_ref=origin_ref, text_digest=digest)
    held = same.select_related("city").first()
    if held is not None:
        return _again(held, by, at)
    lead = Lead(
        city=city, came_by=came_by, origin_label=origin_label.strip(), origin_ref=origin_ref, received_text=received,
        text_digest=digest, readings=dict(readings or {}), taken_by=by, registered_at=at, is_sample=is_sample, **fields,
    )  # fmt: skip
    try:
        return _kept(lead, by, at)
    except IntegrityError:
        held = same.select_related("city").first()
        if held is None:
            raise
        return _again(held, by, at)


@transaction.atomic
def take_in_list(*, city: City, rows: Sequence[Mapping[str, Any]], by: User, at: datetime) -> tuple[int, int]:
    """Take in a list of leads, all or none: how many are new, and how many stood already. Raises :class:`InvestorMissing`."""
    taken = [take_in(city=city, came_by=CameBy.OFFICER, **row, by=by, at=at) for row in rows]
    new = {lead.pk for lead in taken if lead.registered_at == at}
    return len(new), len(taken) - len(new)


def _again(lead: Lead, by: User | None, at: datetime) -> Lead:
    record("leads.lead.repeated", city=lead.city, by=by, at=at, about=lead)
    return lead


@transaction.atomic
def _kept(lead: Lead, by: User | None, at: datetime) -> Lead:
    day = timezone.localdate(at)
    rules = LIMITS.on(lead.city, day)
    limits = rules.read
    lead.receipt = b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
    lead.investor_core = core_of(lead.investor, measure(lead.city, day).words)
    lead.limits = rules.code
    calendar = workdays_of(lead.city)
    lead.triage_due_on = calendar.after(day, limits.triage_working_days)[0]
    lead.answer_due_on = calendar.after(day, limits.answer_working_days)[0]
    lead.save(force_insert=True)
    _step(lead, StepKind.TAKEN_IN, "", by, at)
    record("leads.lead.taken_in", city=lead.city, by=by, at=at, about=lead, came_by=lead.came_by)
    return lead


def due_anew(city: City, since: date) -> int:
    """A day from ``since`` on was set to be worked or not: leads that wait are due by the calendar as it is now; returns how many moved."""
    calendar, moved = workdays_of(city), []
    rows = Lead.objects.of(city).filter(state__in=OPEN, answered_at__isnull=True, answer_due_on__gte=since)
    for lead in rows:
        day = timezone.localdate(lead.registered_at)
        limits = LIMITS.on(city, day).read
        due = [calendar.after(day, days)[0] for days in (limits.triage_working_days, limits.answer_working_days)]
        if due != [lead.triage_due_on, lead.answer_due_on]:
            lead.triage_due_on, lead.answer_due_on = due
            moved.append(lead)
    Lead.objects.write(city, moved, ("triage_due_on", "answer_due_on"))
    return len(moved)


def _step(
    lead: Lead, kind: StepKind, text: str, by: User | None, at: datetime, unit: ReportingUnit | None = None
) -> LeadStep:
    number = LeadStep.objects.of(lead.city_id).filter(lead_id=lead.pk).count() + 1
    made: LeadStep = LeadStep.objects.create(
        city=lead.city, lead=lead, number=number, kind=kind, text=text[:1000], unit=unit, by=by, at=at
    )
    return made


def _locked(lead: Lead, act: StepKind, by: User, *needs: Can) -> Lead:
    """The row, locked, for who may do one of these to it, in a state in which the act is possible."""
    viewer = viewer_of(by, lead.city)
    if not any(viewer.can(need) for need in needs):
        raise NotAllowed(needs[0])
    rows = Lead.objects.visible_to(viewer).select_for_update().select_related("city")
    held: Lead | None = rows.filter(pk=lead.pk).first()
    if held is None:
        raise NotAllowed(needs[0])
    if held.state not in FROM[act]:
        raise WrongState(held.state)
    return held


def _said(text: str) -> str:
    if not text.strip():
        raise TextMissing
    return text.strip()


@transaction.atomic
def keep(*, lead: Lead, by: User, at: datetime) -> Lead:
    """Take a lead as worth following. Raises :class:`WrongState`, ``NotAllowed``."""
    held = _locked(lead, StepKind.KEPT, by, Can.TRIAGE_LEADS)
    held.state = State.KEPT
    held.save(update_fields=["state"])
    _step(held, StepKind.KEPT, "", by, at)
    record("leads.lead.kept", city=held.city, by=by, at=at, about=held)
    return held


@transaction.atomic
def reject(*, lead: Lead, reason: str, by: User, at: datetime) -> Lead:
    """Do not follow it, for this reason. Raises :class:`TextMissing`, :class:`WrongState`, ``NotAllowed``."""
    held = _locked(lead, StepKind.REJECTED, by, Can.TRIAGE_LEADS)
    held.state, held.reason = State.REJECTED, _said(reason)[:400]
    held.save(update_fields=["state", "reason"])
    _step(held, StepKind.REJECTED, held.reason, by, at)
    record("leads.lead.rejected", city=held.city, by=by, at=at, about=held, reason=held.reason)
    return held


@transaction.atomic
def find_duplicate(
    *, lead: Lead, other: Lead | None = None, project: Project | None = None, reason: str = "", by: User, at: datetime
) -> Lead:
    """It is another lead, or a project that the city has already: what is in talks cannot be reported again.

    Raises :class:`NothingAlike`, :class:`WrongState`, ``NotAllowed``.
    """
    held = _locked(lead, StepKind.DUPLICATE, by, Can.TRIAGE_LEADS)
    if (other is None and project is None) or (other is not None and other.pk == held.pk):
        raise NothingAlike
    held.state, held.duplicate_of, held.like_project, held.reason = (
        State.DUPLICATE,
        other,
        project,
        reason.strip()[:400],
    )
    held.save(update_fields=["state", "duplicate_of", "like_project", "reason"])
    _step(held, StepKind.DUPLICATE, str(other or project), by, at)
    record("leads.lead.found_duplicate", city=held.city, by=by, at=at, about=held, of=str(other or project))
    return held


@transaction.atomic
def assign(*, lead: Lead, unit: ReportingUnit, handler: User, by: User, at: datetime) -> Lead:
    """Give it to a unit and one of its people to follow; again, when they change.

    Raises :class:`NotOfUnit`, :class:`WrongState`, ``NotAllowed``.
    """
    held = _locked(lead, StepKind.ASSIGNED, by, Can.TRIAGE_LEADS)
    if not handlers(held.city, unit).filter(user=handler).exists():
        raise NotOfUnit(handler.display_name)
    held.state, held.unit, held.handler = State.ASSIGNED, unit, handler
    held.save(update_fields=["state", "unit", "handler"])
    _step(held, StepKind.ASSIGNED, handler.display_name, by, at, unit)
    record("leads.lead.assigned", city=held.city, by=by, at=at, about=held, unit=unit.code, handler=handler.username)
    return held


@transaction.atomic
def hand_over(*, lead: Lead, handler: User, reason: str, by: User, at: datetime) -> Lead:
    """Give a lead that is followed to another person of its unit. Raises :class:`NotOfUnit`, :class:`TextMissing`, :class:`WrongState`,
    ``NotAllowed``."""
    held = _locked(lead, StepKind.CLOSED, by, Can.ASSIGN_DUTIES)
    if held.state != State.ASSIGNED:
        raise WrongState(held.state)
    if not handlers(held.city, held.unit).filter(user=handler).exists():
        raise NotOfUnit(handler.display_name)
    held.handler = handler
    held.save(update_fields=["handler"])
    _step(held, StepKind.ASSIGNED, f"{handler.display_name}：{_said(reason)}", by, at, held.unit)
    record("leads.lead.handed_over", city=held.city, by=by, at=at, about=held, handler=handler.username)
    return held


def handlers(city: City, unit: ReportingUnit | None = None) -> Any:
    """Standing memberships of people who may follow a lead in a unit, or in any."""
    rows = Membership.objects.of(city).filter(withdrawn_at__isnull=True, unit__isnull=False, user__is_active=True)
    return rows if unit is None else rows.filter(unit=unit)


@transaction.atomic
def answer(*, lead: Lead, text: str, by: User, at: datetime) -> LeadStep:
    """Keep what was answered to whoever brought it; the first answer stops the referrer's clock.

    Raises :class:`TextMissing`, :class:`WrongState`, ``NotAllowed``.
    """
    held = _locked(lead, StepKind.ANSWERED, by, Can.HANDLE_LEADS)
    step = _step(held, StepKind.ANSWERED, _said(text), by, at)
    if held.answered_at is None:
        held.answered_at = at
        held.save(update_fields=["answered_at"])
    record("leads.lead.answered", city=held.city, by=by, at=at, about=held)
    return step


@transaction.atomic
def amend(*, lead: Lead, changes: Mapping[str, Any], by: User, at: datetime) -> Lead:
    """Put fields right (:data:`rules.FIELDS`); what was received stays.

    Raises :class:`InvestorMissing`, :class:`WrongState`, ``NotAllowed``.
    """
    held = _locked(lead, StepKind.AMENDED, by, Can.HANDLE_LEADS)
    changed = {name: value for name, value in changes.items() if name in FIELDS and getattr(held, name) != value}
    if not changed:
        return held
    if not changed.get("investor", held.investor).strip():
        raise InvestorMissing
    before = {name: getattr(held, name) for name in changed}
    for name, value in changed.items():
        setattr(held, name, value)
    held.investor_core = core_of(held.investor, measure(held.city, timezone.localdate(at)).words)
    held.save(update_fields=[*changed, "investor_core"])
    _step(held, StepKind.AMENDED, "", by, at)
    shown = {
        name: ["***", "***"] if name in ("contact", "phone") else [before[name], changed[name]] for name in changed
    }
    record("leads.lead.amended", city=held.city, by=by, at=at, about=held, changes=shown)
    return held


@transaction.atomic
def link_project(*, lead: Lead, project: Project, by: User, at: datetime) -> Lead:
    """The lead became this project; who brought it and when stays with it. Raises :class:`WrongState`, ``NotAllowed``."""
    held = _locked(lead, StepKind.PROJECT, by, Can.HANDLE_LEADS)
    if not viewer_of(by, held.city).sees_unit(project.unit_id):
        raise NotAllowed(Can.HANDLE_LEADS)
    held.state, held.project = State.PROJECT, project
    held.save(update_fields=["state", "project"])
    _step(held, StepKind.PROJECT, str(project), by, at)
    record("leads.lead.became_project", city=held.city, by=by, at=at, about=held, project=project.code)
    return held


@transaction.atomic
def close(*, lead: Lead, reason: str, by: User, at: datetime) -> Lead:
    """Stop following it, for this reason. Raises :class:`TextMissing`, :class:`WrongState`, ``NotAllowed``."""
    held = _locked(lead, StepKind.CLOSED, by, Can.HANDLE_LEADS)
    held.state, held.reason = State.CLOSED, _said(reason)[:400]
    held.save(update_fields=["state", "reason"])
    _step(held, StepKind.CLOSED, held.reason, by, at)
    record("leads.lead.closed", city=held.city, by=by, at=at, about=held, reason=held.reason)
    return held


@transaction.atomic
def reopen(*, lead: Lead, reason: str, by: User, at: datetime) -> Lead:
    """Follow it again after all. Raises :class:`TextMissing`, :class:`WrongState` (also when its people were erased), ``NotAllowed``."""
    held = _locked(lead, StepKind.REOPENED, by, Can.TRIAGE_LEADS)
    if held.erased_at is not None:
        raise WrongState(held.state)
    said = _said(reason)
    held.state, held.reason, held.duplicate_of, held.like_project = State.KEPT, "", None, None
    held.save(update_fields=["state", "reason", "duplicate_of", "like_project"])
    _step(held, StepKind.REOPENED, said, by, at)
    record("leads.lead.reopened", city=held.city, by=by, at=at, about=held, reason=said)
    return held


def see_phone(*, lead: Lead, by: User, at: datetime) -> str:
    """The telephone number in full; who asked for it is written down (PIPL 55: access to personal data is logged)."""
    record("leads.phone.seen", city=lead.city, by=by, at=at, about=lead)
    return lead.phone
