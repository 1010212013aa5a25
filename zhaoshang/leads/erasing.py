"""Takes away who brought a lead or is named in it, so long after the lead came to its end. The lead, its days and its course stay."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from zhaoshang.leads.models import Lead, LeadStep
from zhaoshang.leads.rules import ENDED, State
from zhaoshang.people.diary import record
from zhaoshang.people.erasing import Erasure
from zhaoshang.tenancy.models import City

LEADS = Erasure("leads_lead", Lead, {"contact": "", "phone": "", "received_text": "", "readings": {}})


@transaction.atomic
def erase_people(*, city: City, today: date, at: datetime) -> int:
    """Erase people and the text received of leads whose last step is long past; returns of how many leads."""
    before = LEADS.ended_before(today)
    later = LeadStep.objects.of(city).filter(lead_id=OuterRef("pk"), at__gte=before)
    over = Lead.objects.of(city).filter(state__in=(*ENDED, State.PROJECT), registered_at__lt=before)
    if found := LEADS.take_away(city, over.exclude(Exists(later)), at):
        record("leads.people.erased", city=city, by=None, at=at, leads=found)
    return found


@transaction.atomic
def erase_again(*, city: City, listed: Mapping[str, str], at: datetime) -> int:
    """In a restored copy: erase people of the leads that the list kept apart names; returns how many."""
    if found := LEADS.take_away_again(Lead.objects.of(city), listed, at):
        record("leads.people.erased", city=city, by=None, at=at, leads=found)
    return found
