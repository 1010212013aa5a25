"""Appointing partners, giving them a login, reviewing them each year, ending them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zhaoshang.leads.rules import State
from zhaoshang.partners.eligibility import Rule, forbidden
from zhaoshang.partners.localrules import ELIGIBILITY
from zhaoshang.partners.models import Partner, PartnerReview
from zhaoshang.partners.queries import leads_of
from zhaoshang.partners.rules import Nature, Outcome
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can, Role
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.models import Membership
from zhaoshang.tenancy.models import City


class Forbidden(Exception):
    """The rules do not allow this partner; ``rules``: which, ``title``: of what set."""

    def __init__(self, title: str, rules: Sequence[Rule]) -> None:
        super().__init__(title)
        self.title, self.rules = title, tuple(rules)


class AlreadyPartner(Exception):
    """A partner of this name stands in an overlapping term."""


class BadTerm(Exception):
    """The term ends before it begins."""


class DocumentMissing(Exception):
    """An appointment and its end rest on a document or a reason."""


class NotAPartnersLogin(Exception):
    """That account does not have the role of a partner, or belongs to another one."""


class AlreadyReviewed(Exception):
    """The partner was reviewed for that year, or was not appointed in it."""


class AlreadyEnded(Exception):
    """The partner was ended before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPartner:
    """What a partner is appointed with; ``post``: of the person, or of the organisation's head."""

    nature: Nature
    name: str
    document: str
    term_from: date
    term_to: date
    duties: str
    leads_a_year: int = 1
    territory: tuple[str, ...] = ()
    uscc: str = ""
    head: str = ""
    post: str = ""
    phone: str = ""
    declared: tuple[str, ...] = ()
    is_sample: bool = False


@transaction.atomic
def appoint(*, city: City, new: NewPartner, by: User, at: datetime) -> Partner:
    """Appoint a partner, if the rules of the day allow it, with the next certificate number of its year.

    Raises :class:`Forbidden`, :class:`AlreadyPartner`, :class:`BadTerm`, :class:`DocumentMissing`, ``NotAllowed``.
    """
    viewer_of(by, city).require(Can.APPOINT_PARTNERS)
    return _appoint(city, [new], by, at)[0]


@transaction.atomic
def appoint_list(*, city: City, rows: Sequence[NewPartner], by: User, at: datetime) -> list[Partner]:
    """Appoint many, all or none. Raises as :func:`appoint`."""
    viewer_of(by, city).require(Can.APPOINT_PARTNERS)
    return _appoint(city, rows, by, at)


def _appoint(city: City, rows: Sequence[NewPartner], by: User, at: datetime) -> list[Partner]:
    rules = ELIGIBILITY.on(city, timezone.localdate(at))
    held: dict[str, list[tuple[date, date]]] = {}
    for name, first, last, ended in Partner.objects.of(city).values_list("name", "term_from", "term_to", "ended_on"):
        held.setdefault(name, []).append((first, min(last, ended) if ended else last))
    made = []
    for new in rows:
        _check(
            new,
            rules.told["title"],
            forbidden(rules.read, nature=new.nature, name=new.name, post=new.post, declared=new.declared),
        )
        if any(new.term_from <= last and first <= new.term_to for first, last in held.get(new.name.strip(), ())):
            raise AlreadyPartner(new.name)
        held.setdefault(new.name.strip(), []).append((new.term_from, new.term_to))
        made.append(_partner(city, new, rules.code, by, at))
    _number(city, made)
    Partner.objects.bulk_create(made)
    for partner in made:
        record("partners.partner.appointed", city=city, by=by, at=at, about=partner, number=partner.number)
    return made


def _check(new: NewPartner, title: str, against: Sequence[Rule]) -> None:
    if not new.document.strip():
        raise DocumentMissing
    if new.term_to < new.term_from:
        raise BadTerm
    if against:
        raise Forbidden(title, against)


def _partner(city: City, new: NewPartner, rules: str, by: User, at: datetime) -> Partner:
    fields = {name: getattr(new, name) for name in new.__slots__ if name not in ("territory", "declared", "name")}
    return Partner(
        city=city, name=new.name.strip(), territory=list(new.territory), declared=list(new.declared), eligibility=rules,
        appointed_by=by, appointed_at=at, **fields,
    )  # fmt: skip


def _number(city: City, partners: Sequence[Partner]) -> None:
    """``2023-089``: by the year in which the term begins."""
    last: dict[int, int] = {}
    for partner in partners:
        year = partner.term_from.year
        if year not in last:
            numbers = Partner.objects.of(city).filter(number__startswith=f"{year}-").values_list("number", flat=True)
            last[year] = max((int(number.partition("-")[2]) for number in numbers), default=0)
        last[year] += 1
        partner.number = f"{year}-{last[year]:03d}"


@transaction.atomic
def link_login(*, partner: Partner, username: str, by: User, at: datetime) -> Partner:
    """Say whose login this is. The account is opened and given the role of a partner by the security administrator.

    Raises :class:`NotAPartnersLogin`, ``NotAllowed``.
    """
    viewer_of(by, partner.city).require(Can.APPOINT_PARTNERS)
    memberships = Membership.objects.of(partner.city).filter(role=Role.PARTNER, withdrawn_at__isnull=True)
    membership = memberships.filter(user__username__iexact=username.strip()).select_related("user").first()
    taken = Partner.objects.of(partner.city).exclude(pk=partner.pk)
    if membership is None or taken.filter(user=membership.user).exists():
        raise NotAPartnersLogin(username)
    partner.user = membership.user
    partner.save(update_fields=["user"])
    record("partners.partner.given_login", city=partner.city, by=by, at=at, about=partner, username=username)
    return partner


@transaction.atomic
def end_partner(*, partner: Partner, on: date, reason: str, by: User, at: datetime) -> Partner:
    """End an appointment from a day on. Raises :class:`AlreadyEnded`, :class:`DocumentMissing`, ``NotAllowed``."""
    viewer_of(by, partner.city).require(Can.APPOINT_PARTNERS)
    if not reason.strip():
        raise DocumentMissing
    held: Partner = Partner.objects.of(partner.city).select_for_update().select_related("city").get(pk=partner.pk)
    if held.ended_on is not None:
        raise AlreadyEnded
    held.ended_on, held.end_reason = on, reason.strip()[:400]
    held.save(update_fields=["ended_on", "end_reason"])
    record("partners.partner.ended", city=held.city, by=by, at=at, about=held, on=str(on), reason=held.end_reason)
    return held


@transaction.atomic
def review_partner(
    *,
    partner: Partner,
    year: int,
    outcome: Outcome,
    note: str = "",
    term_to: date | None = None,
    by: User,
    at: datetime,
) -> PartnerReview:
    """Review a year: leads are counted, the outcome decided. To continue may lengthen the term, to end ends it that day.

    Raises :class:`AlreadyReviewed`, :class:`BadTerm`, ``NotAllowed``.
    """
    viewer_of(by, partner.city).require(Can.APPOINT_PARTNERS)
    held: Partner = Partner.objects.of(partner.city).select_for_update().select_related("city").get(pk=partner.pk)
    done = PartnerReview.objects.of(held.city).filter(partner=held, year=year).exists()
    if done or not held.term_from.year <= year <= held.term_to.year:
        raise AlreadyReviewed(str(year))
    if term_to is not None and (outcome != Outcome.CONTINUE or term_to <= held.term_to):
        raise BadTerm
    states = list(leads_of(held).filter(registered_at__year=year).values_list("state", flat=True))
    made: PartnerReview = PartnerReview.objects.create(
        city=held.city, partner=held, year=year, leads=len(states), duties_met=len(states) >= held.leads_a_year, outcome=outcome,
        kept=sum(state in _KEPT for state in states), projects=states.count(State.PROJECT), note=note.strip()[:400], by=by, at=at,
    )  # fmt: skip
    if term_to is not None:
        held.term_to = term_to
        held.save(update_fields=["term_to"])
    record("partners.partner.reviewed", city=held.city, by=by, at=at, about=held, year=year, outcome=str(outcome))
    if outcome == Outcome.END and held.ended_on is None:
        end_partner(partner=held, on=timezone.localdate(at), reason=note.strip() or str(year), by=by, at=at)
    return made


_KEPT: Collection[str] = (State.KEPT, State.ASSIGNED, State.PROJECT)
