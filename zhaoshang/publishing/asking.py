"""The only writer of what the public asks."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.people.diary import record
from zhaoshang.people.holds import free
from zhaoshang.people.models import User
from zhaoshang.people.receipts import receipt_bytes
from zhaoshang.publishing.identity import passed
from zhaoshang.publishing.models import Article, PublicRequest
from zhaoshang.publishing.queries import terms_on
from zhaoshang.publishing.rules import Asked, Outcome
from zhaoshang.regions.workdays import workdays_of
from zhaoshang.tenancy.apart import note_erased, subject
from zhaoshang.tenancy.models import City

REQUESTS = "publishing.publicrequest"
LONGEST_TEXT = 2_000


class NothingSaid(ValueError):
    """The request has no words, or more than :data:`LONGEST_TEXT` characters."""


class TooLate(Exception):
    """The time for such a request is over; the argument is its last day."""


class AnswerMissing(Exception):
    """An answer has an outcome and words for the asker."""


class IdentityUnproven(Exception):
    """What is asked about personal information is granted to the person only."""


class AlreadyAnswered(Exception):
    """The request has its answer."""


def receipt_digest(receipt: str) -> str:
    """What is kept of a receipt."""
    return hashlib.sha256(receipt.strip().encode()).hexdigest()


@transaction.atomic
def take_request(
    *,
    city: City,
    asked: Asked,
    text: str,
    at: datetime,
    today: date,
    published: date | None = None,
    article: Article | None = None,
    bulletin: Bulletin | None = None,
    name: str = "",
    contact: str = "",
    key: UUID | None = None,
    is_sample: bool = False,
) -> tuple[PublicRequest, str]:
    """Take what a member of the public asks. Returns it with the receipt, which is told to who sends the form and never kept.

    ``published``: when what it is about appeared; ``key``: of the form, which sent again is the same request.

    Raises :class:`NothingSaid`, :class:`TooLate`.
    """
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise NothingSaid
    terms = terms_on(city, today)
    if published and not terms.in_time(asked, published, today):
        raise TooLate(terms.last_day(published))
    told = (str(asked), text, name, contact, *(str(one.pk) for one in (article, bulletin) if one))
    receipt = urlsafe_b64encode(receipt_bytes("request", key, *told)).decode().rstrip("=")
    City.objects.select_for_update(no_key=True).get(pk=city.pk)
    if again := PublicRequest.objects.of(city).filter(receipt_digest=receipt_digest(receipt)).first():
        return again, receipt
    last = PublicRequest.objects.of(city).aggregate(last=Max("number"))["last"] or 0
    request: PublicRequest = PublicRequest.objects.create(
        city=city, number=last + 1, receipt_digest=receipt_digest(receipt), asked=asked, article=article, bulletin=bulletin,
        text=text.strip(), name=name.strip(), contact=contact.strip(), received_at=at, is_sample=is_sample,
        due_on=terms.due_on(asked, today, workdays_of(city)),
    )  # fmt: skip
    record("publishing.request.received", city=city, by=None, at=at, about=request, number=request.number)
    return request, receipt


@transaction.atomic
def answer(
    *, request: PublicRequest, outcome: Outcome, reply: str, public_reply: str, by: User, at: datetime, today: date
) -> PublicRequest:
    """Answer a request: ``reply`` to the asker, ``public_reply`` for the public log.

    Raises :class:`AnswerMissing`, :class:`AlreadyAnswered`, :class:`IdentityUnproven`.
    """
    if not reply.strip() or not public_reply.strip():
        raise AnswerMissing
    rows = PublicRequest.objects.of(request.city_id).select_for_update().select_related("city")
    held: PublicRequest = rows.get(pk=request.pk)
    if held.outcome:
        raise AlreadyAnswered
    if held.asked == Asked.PRIVACY and outcome == Outcome.ACCEPTED and passed(held) is None:
        raise IdentityUnproven
    held.outcome, held.reply, held.public_reply = outcome, reply.strip(), public_reply.strip()
    held.answered_by, held.answered_at = by, at
    held.erase_on = terms_on(held.city, today).erase_on(today)
    held.save(update_fields=["outcome", "reply", "public_reply", "answered_by", "answered_at", "erase_on"])
    record("publishing.request.answered", city=held.city, by=by, at=at, about=held, outcome=str(outcome))
    return held


@transaction.atomic
def erase_contacts(*, city: City, today: date, at: datetime) -> int:
    """Erase names and addresses whose time is over; returns of how many requests. The requests and answers stay."""
    rows = PublicRequest.objects.of(city).filter(erase_on__lte=today, erased_at__isnull=True)
    found = list(free(rows, city).select_for_update().values_list("pk", flat=True))
    if found:
        PublicRequest.objects.of(city).filter(pk__in=found).update(name="", contact="", erased_at=at)
        note_erased(REQUESTS, found, at)
        record("publishing.contacts.erased", city=city, by=None, at=at, requests=len(found))
    return len(found)


@transaction.atomic
def erase_again(*, city: City, listed: Mapping[str, str], at: datetime) -> int:
    """In a restored copy: erase the askers whom the list kept apart names; returns how many."""
    rows = PublicRequest.objects.of(city).filter(erased_at__isnull=True)
    found = [key for key in rows.values_list("pk", flat=True) if subject(REQUESTS, key) in listed]
    if found:
        PublicRequest.objects.of(city).filter(pk__in=found).update(name="", contact="", erased_at=at)
        record("publishing.contacts.erased", city=city, by=None, at=at, requests=len(found))
    return len(found)
