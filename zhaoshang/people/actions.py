"""The only writers of people: accounts and tokens. What a person does with their own account stands in ``account.py``."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from zhaoshang.people.diary import record
from zhaoshang.people.models import Token, User
from zhaoshang.people.safety import policy_on
from zhaoshang.tenancy.clock import true_now
from zhaoshang.tenancy.models import City

_SPOKEN = "abcdefghjkmnpqrstuvwxyz23456789"


class NameTaken(Exception):
    """Another account has this name."""


class OwnAccount(Exception):
    """Nobody disables, enables or resets their own account."""


@transaction.atomic
def open_account(
    *,
    city: City,
    username: str,
    display_name: str,
    password: str | None,
    by: User | None,
    at: datetime,
    display_name_en: str = "",
    is_sample: bool = False,
    temporary: bool = False,
) -> User:
    """Make an account. It may do nothing until it is granted a role, nor while its password is ``temporary``; without a
    password nobody can log in to it.

    Raises :class:`NameTaken` and Django's ``ValidationError`` for a weak password (sample accounts are exempt).
    """
    if User.objects.filter(username__iexact=username).exists():
        raise NameTaken(username)
    user = User(
        username=username,
        display_name=display_name,
        display_name_en=display_name_en,
        is_sample=is_sample,
        password_is_temporary=temporary,
        password_until=_for_a_day() if temporary else None,
        created_at=at,
    )
    if password is not None and not is_sample:
        validate_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    record("people.account.opened", city=city, by=by, at=at, about=user)
    return user


@transaction.atomic
def issue_token(
    *, city: City, user: User, name: str, can_write: bool, days: int, by: User, at: datetime, areas: Sequence[str] = ()
) -> tuple[Token, str]:
    """A new API key for ``user``; the second value is the key itself, shown once and kept nowhere."""
    key = f"zs_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        city=city,
        user=user,
        name=name,
        digest=digest_of(key),
        can_write=can_write,
        areas=sorted(areas),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    record(
        "people.token.issued", city=city, by=by, at=at, about=user, name=name, can_write=can_write, areas=token.areas
    )
    return token, key


@transaction.atomic
def revoke_token(*, token: Token, by: User, at: datetime) -> None:
    """The key stops working at once."""
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record("people.token.revoked", city=token.city, by=by, at=at, about=token.user, name=token.name)


def one_time_password() -> str:
    """A password to be said over the telephone: four groups of four letters and digits that cannot be mistaken, 79 bits."""
    return "-".join("".join(secrets.choice(_SPOKEN) for _ in range(4)) for _ in range(4))


def _for_a_day() -> datetime:
    return true_now() + timedelta(hours=policy_on().temporary_password_hours)


@transaction.atomic
def reset_password(*, city: City, user: User, by: User, at: datetime) -> str:
    """Give the account a one-time password, returned once and kept nowhere, which opens for a day; every session of the person ends.

    Raises :class:`OwnAccount`.
    """
    refuse_own(user, by)
    password = one_time_password()
    user.set_password(password)
    user.password_is_temporary, user.password_until = True, _for_a_day()
    user.save(update_fields=["password", "password_is_temporary", "password_until"])
    record("people.password.reset", city=city, by=by, at=at, about=user)
    return password


@transaction.atomic
def switch_account(*, city: City, user: User, active: bool, by: User, at: datetime) -> None:
    """Disable an account, with all its sessions and tokens, or let it in again. Raises :class:`OwnAccount`."""
    refuse_own(user, by)
    user.is_active = active
    user.save(update_fields=["is_active"])
    record("people.account.enabled" if active else "people.account.disabled", city=city, by=by, at=at, about=user)


def unlocked(*, city: City, user: User, by: User | None, at: datetime) -> None:
    """A lock after wrong passwords was lifted, for the diary; ``by`` nobody: on the server itself."""
    record("people.account.unlocked", city=city, by=by, at=at, about=user)


def refuse_own(user: User, by: User) -> None:
    """Raise :class:`OwnAccount` for who would do it to themselves."""
    if user.pk == by.pk:
        raise OwnAccount(user.username)


def digest_of(key: str) -> str:
    """What is kept of an API key. The key has 256 random bits, so a plain digest is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
