"""Takes away who headed a partner and who objected to a claim, so long after the appointment ended or the objection was answered.

Partners, their reviews and rewards, objections and answers stay. The name of a partner stays too: it was appointed in public.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhaoshang.partners.models import Claim, ClaimObjection, Partner
from zhaoshang.partners.rules import ClaimState
from zhaoshang.people.diary import record
from zhaoshang.people.erasing import Erasure
from zhaoshang.tenancy.models import City

PARTNERS = Erasure("partners_partner", Partner, {"head": "", "post": "", "phone": ""})
OBJECTIONS = Erasure("partners_claimobjection", ClaimObjection, {"told_by": "", "contact": ""})
_DONE = (ClaimState.FINAL, ClaimState.REFUSED)


@transaction.atomic
def erase_people(*, city: City, today: date, at: datetime) -> int:
    """Erase heads of partners whose appointment ended long ago and that wait for no reward, and who objected; returns how many."""
    before = timezone.localdate(PARTNERS.ended_before(today))
    waits = Claim.objects.of(city).filter(partner_id=OuterRef("pk")).exclude(state__in=_DONE)
    ended = Partner.objects.of(city).annotate(last=Coalesce("ended_on", "term_to")).filter(last__lt=before)
    partners = PARTNERS.take_away(city, ended.exclude(Exists(waits)), at)
    answered = ClaimObjection.objects.of(city).filter(answered_at__lt=OBJECTIONS.ended_before(today))
    return _told(city, partners, OBJECTIONS.take_away(city, answered, at), at)


@transaction.atomic
def erase_again(*, city: City, listed: Mapping[str, str], at: datetime) -> int:
    """In a restored copy: erase the partners' heads and the objectors that the list kept apart names; returns how many."""
    partners = PARTNERS.take_away_again(Partner.objects.of(city), listed, at)
    return _told(city, partners, OBJECTIONS.take_away_again(ClaimObjection.objects.of(city), listed, at), at)


def _told(city: City, partners: int, objections: int, at: datetime) -> int:
    if partners or objections:
        record("partners.people.erased", city=city, by=None, at=at, partners=partners, objections=objections)
    return partners + objections
