"""What a person does with their own account; each leaves a line in the diary."""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from zhaoshang.people import brakes
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.passkeys import use_passkey
from zhaoshang.people.safety import policy_on
from zhaoshang.people.second_factor import use_code
from zhaoshang.tenancy.clock import true_now
from zhaoshang.tenancy.models import City


class WrongPassword(Exception):
    """The present password is not right."""


@transaction.atomic
def change_password(*, city: City, user: User, present: str, wanted: str, by: User, at: datetime) -> None:
    """Set a new password; every other session of the person ends, since sessions carry a hash of it.

    Raises :class:`WrongPassword`, and Django's ``ValidationError`` for a weak one.
    """
    if not user.check_password(present):
        raise WrongPassword
    validate_password(wanted, user)
    user.set_password(wanted)
    user.password_is_temporary, user.password_until = False, None
    user.save(update_fields=["password", "password_is_temporary", "password_until"])
    record("people.password.changed", city=city, by=by, at=at, about=user)


@transaction.atomic
def choose_language(*, city: City, user: User, language: str, by: User, at: datetime) -> None:
    """Keep the language of the person's pages."""
    if user.language == language:
        return
    user.language = language
    user.save(update_fields=["language"])
    record("people.language.chosen", city=city, by=by, at=at, about=user, language=language)


PROOF = "passkey.prove"


def prove(*, city: City, user: User, typed: str, answer: str = "", by: User, at: datetime) -> bool:
    """Whether ``typed`` is the person's password, or for who has a second factor a code of theirs or ``answer`` their passkey's. A wrong
    one is in the diary."""
    if user.second_factor_at is None:
        right = user.check_password(typed)
    elif answer:
        right = use_passkey(city=city, user=user, answer=answer, purpose=PROOF, by=by, at=at)
    else:
        right = use_code(city=city, user=user, typed=typed, by=by, at=at)
    if not right:
        record("people.session.not_proven", city=city, by=by, at=at, about=user, refused=True)
    return right


@transaction.atomic
def entered(
    *, city: City, user: User, by: User, at: datetime, sso: bool = False, asserted: bool = False, passkey: bool = False
) -> None:
    """A login, for the diary. ``sso``: the identity provider stood for the password; ``asserted``: it has asked for a second factor;
    ``passkey``: a passkey stood for both."""
    if asserted:
        user.asserted_until = true_now() + timedelta(hours=policy_on().longest_hours)
        user.save(update_fields=["asserted_until"])
    record(
        "people.session.began",
        city=city,
        by=by,
        at=at,
        about=user,
        **({"sso": True, "factor": asserted} if sso else {}),
        **({"passkey": True} if passkey else {}),
    )


def left(*, city: City, user: User, by: User, at: datetime) -> None:
    """A logout, for the diary."""
    record("people.session.ended", city=city, by=by, at=at, about=user)


def kept_out(*, city: City, username: str, by: None, at: datetime, locked: bool) -> None:
    """A login that was refused; ``username`` as typed, cut."""
    record("people.session.refused", city=city, by=by, at=at, refused=True, username=username[:40], locked=locked)


def not_by_sso(*, city: City, why: str, subject: str = "", by: User | None, at: datetime) -> None:
    """A login by the identity provider that came to nothing, for the diary; ``by``: whose account it would have been."""
    record("people.session.sso_refused", city=city, by=by, at=at, about=by, refused=True, why=why[:60], subject=subject)


def braked(*, city: City, address: str, by: None, at: datetime) -> None:
    """Too many refused logins from one address, for the diary: once an hour each, so that a flood does not flood it."""
    if brakes.take(city=city, door="told", who=address) == 0:
        record("people.session.braked", city=city, by=by, at=at, refused=True, address=address)
