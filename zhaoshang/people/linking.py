"""Which account is whose at the identity provider. Nobody gets an account from there: the security administrator links one that is here."""

from datetime import datetime

from django.db import IntegrityError, transaction

from zhaoshang.people.actions import refuse_own
from zhaoshang.people.diary import record
from zhaoshang.people.models import Link, User
from zhaoshang.tenancy.clock import true_now
from zhaoshang.tenancy.models import City


class SubjectTaken(Exception):
    """Another account is linked with this identity, or this account with another."""


def link_of(city: City, user: User) -> Link | None:
    """The account's link; None without one."""
    link: Link | None = Link.objects.of(city).filter(user=user).first()
    return link


def person_of(city: City, issuer: str, subject: str) -> User | None:
    """Whose identity it is."""
    rows = Link.objects.of(city).filter(issuer=issuer, subject=subject)
    link: Link | None = rows.select_related("user").first()
    return link.user if link else None


@transaction.atomic
def link_account(*, city: City, user: User, issuer: str, subject: str, by: User, at: datetime) -> None:
    """From now on ``subject`` of ``issuer`` may log in to the account; its sessions end. Raises :class:`SubjectTaken`,
    :class:`OwnAccount`."""
    refuse_own(user, by)
    try:
        with transaction.atomic():
            Link.objects.create(city=city, user=user, issuer=issuer, subject=subject, linked_at=at)
    except IntegrityError:
        raise SubjectTaken(subject) from None
    record("people.link.made", city=city, by=by, at=at, about=user, issuer=issuer, subject=subject)
    _end_sessions(user)


@transaction.atomic
def unlink_account(*, city: City, user: User, by: User, at: datetime) -> None:
    """The identity opens the account no longer; its sessions end. Raises :class:`OwnAccount`."""
    refuse_own(user, by)
    link = link_of(city, user)
    if link is None:
        return
    Link.objects.of(city).filter(pk=link.pk).delete()
    record("people.link.taken_off", city=city, by=by, at=at, about=user, issuer=link.issuer, subject=link.subject)
    _end_sessions(user)


def _end_sessions(user: User) -> None:
    user.linked_at, user.asserted_until = true_now(), None
    user.save(update_fields=["linked_at", "asserted_until"])
