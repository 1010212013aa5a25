"""The second factor: one-time codes of a telephone (TOTP, RFC 6238) and recovery codes on paper; devices' keys: ``passkeys.py``.

Six digits, thirty seconds, SHA-1, as every authenticator reads them. A code is good in its own step and the one before and after, and
once: using it is one conditional UPDATE. Secrets lie encrypted under the installation's key; recovery codes as digests.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction

from zhaoshang.people.actions import refuse_own
from zhaoshang.people.diary import record
from zhaoshang.people.models import Factor, Passkey, RecoveryCode, User
from zhaoshang.tenancy.clock import true_now
from zhaoshang.tenancy.models import City

STEP_SECONDS, DIGITS, DRIFT, RECOVERY_CODES = 30, 6, 1, 10
_SPOKEN = "abcdefghjkmnpqrstuvwxyz23456789"


class WrongCode(Exception):
    """The code is not of this moment, was used already, or belongs to another secret."""


class AlreadyEnrolled(Exception):
    """The person has a telephone with codes; it must be taken off before another is put on."""


@transaction.atomic
def begin_enrolment(*, city: City, user: User, by: User, at: datetime) -> str:
    """A new secret, base32, to be shown once to its person; counts from :func:`confirm_enrolment` on. Raises :class:`AlreadyEnrolled`."""
    if telephone_of(city, user) is not None:
        raise AlreadyEnrolled(user.username)
    secret = secrets.token_bytes(20)
    Factor.objects.update_or_create(
        city=city, user=user, defaults={"secret": _locked(secret), "last_step": 0, "confirmed_at": None}
    )
    record("people.factor.begun", city=city, by=by, at=at, about=user)
    return base64.b32encode(secret).decode()


@transaction.atomic
def confirm_enrolment(*, city: City, user: User, code: str, by: User, at: datetime) -> list[str]:
    """Put the telephone in force with a code that it shows. Every other session of the person ends. With the person's first factor
    come the recovery codes, told once; else none.

    Raises :class:`WrongCode`.
    """
    factor = Factor.objects.of(city).filter(user=user, confirmed_at=None).first()
    if factor is None or not _use_step(factor, code):
        raise WrongCode
    Factor.objects.of(city).filter(pk=factor.pk).update(confirmed_at=at)
    record("people.factor.confirmed", city=city, by=by, at=at, about=user)
    return factors_changed(city, user)


@transaction.atomic
def renew_recovery_codes(*, city: City, user: User, by: User, at: datetime) -> list[str]:
    """New recovery codes, told once; the old ones are worth nothing. Raises :class:`WrongCode` without a factor."""
    if user.second_factor_at is None:
        raise WrongCode
    record("people.factor.codes_renewed", city=city, by=by, at=at, about=user)
    return _new_codes(city, user)


@transaction.atomic
def use_code(*, city: City, user: User, typed: str, by: User, at: datetime) -> bool:
    """Whether ``typed`` is a code of the person's telephone or paper that was not used before; now it is."""
    factor = Factor.objects.of(city).filter(user=user).first()
    if factor is None:
        return False
    if factor.confirmed_at is not None and _use_step(factor, typed):
        return True
    rows = RecoveryCode.objects.of(city).filter(factor=factor, digest=_digest(typed), used_at=None)
    if not rows.update(used_at=at):
        return False
    left = RecoveryCode.objects.of(city).filter(factor=factor, used_at=None).count()
    record("people.factor.recovery_used", city=city, by=by, at=at, about=user, left=left)
    return True


def recovery_codes_left(city: City, user: User) -> int:
    """How many recovery codes were not used yet."""
    return RecoveryCode.objects.of(city).filter(factor__user=user, used_at=None).count()


def telephone_of(city: City, user: User) -> datetime | None:
    """Since when the person's telephone counts; None without one."""
    rows = Factor.objects.of(city).filter(user=user)
    since: datetime | None = rows.values_list("confirmed_at", flat=True).first()
    return since


@transaction.atomic
def remove_factor(*, city: City, user: User, by: User, at: datetime) -> None:
    """The person takes their own telephone off; other sessions end."""
    _forget_telephone(city, user)
    record("people.factor.removed", city=city, by=by, at=at, about=user)
    factors_changed(city, user)


@transaction.atomic
def reset_factor(*, city: City, user: User, by: User, at: datetime) -> None:
    """The security administrator takes all factors off another, who lost them: telephone, passkeys, recovery codes. All their sessions
    end. Raises :class:`OwnAccount`."""
    refuse_own(user, by)
    _forget_telephone(city, user)
    Passkey.objects.of(city).filter(user=user).delete()
    record("people.factor.reset", city=city, by=by, at=at, about=user)
    factors_changed(city, user)


def factors_changed(city: City, user: User) -> list[str]:
    """After one was put on or off: other sessions end; recovery codes begin with the first, which returns them, and end with the last."""
    had = user.second_factor_at is not None
    has = telephone_of(city, user) is not None or Passkey.objects.of(city).filter(user=user).exists()
    user.second_factor_at = true_now() if has else None
    user.save(update_fields=["second_factor_at"])
    if not has:
        RecoveryCode.objects.of(city).filter(factor=Factor.objects.of(city).filter(user=user).first()).delete()
    return _new_codes(city, user) if has and not had else []


def address_for_app(user: User, issuer: str, secret: str) -> str:
    """What the QR code says (the ``otpauth`` address that authenticators read)."""
    label = quote(f"{issuer}:{user.username}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}&digits={DIGITS}&period={STEP_SECONDS}"


def code_of(secret: str, at: datetime) -> str:
    """What a telephone with this base32 secret shows at a moment."""
    return _code(base64.b32decode(secret), int(at.timestamp()) // STEP_SECONDS)


def _forget_telephone(city: City, user: User) -> None:
    Factor.objects.of(city).filter(user=user).update(secret="", confirmed_at=None)


def _new_codes(city: City, user: User) -> list[str]:
    factor, _ = Factor.objects.get_or_create(city=city, user=user, defaults={"secret": ""})
    codes = [
        "-".join("".join(secrets.choice(_SPOKEN) for _ in range(5)) for _ in range(3)) for _ in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.of(city).filter(factor=factor).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(city=city, factor=factor, digest=_digest(code)) for code in codes])
    return codes


def _use_step(factor: Factor, typed: str) -> bool:
    code, secret = "".join(typed.split()), _opened(factor.secret)
    if secret is None or len(code) != DIGITS or not code.isascii():
        return False
    now = int(true_now().timestamp()) // STEP_SECONDS
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(_code(secret, step), code):
            rows = Factor.objects.of(factor.city_id).filter(pk=factor.pk, last_step__lt=step)
            return bool(rows.update(last_step=step))
    return False


def _code(secret: bytes, step: int) -> str:
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS).generate(step * STEP_SECONDS).decode()  # noqa: S303 - what the apps speak  # nosec B303


def _digest(code: str) -> str:
    plain = "".join(one for one in code.lower() if one in _SPOKEN)
    return hmac.new(_key(b"recovery"), plain.encode(), hashlib.sha256).hexdigest()


def _key(use: bytes) -> bytes:
    return hashlib.sha256(b"zhaoshang second factor " + use + settings.SECRET_KEY.encode()).digest()


def _locked(secret: bytes) -> str:
    return Fernet(base64.urlsafe_b64encode(_key(b"secret"))).encrypt(secret).decode()


def _opened(kept: str) -> bytes | None:
    """None after the installation's key was lost: the security administrator then resets the factor."""
    try:
        return Fernet(base64.urlsafe_b64encode(_key(b"secret"))).decrypt(kept.encode())
    except InvalidToken:
        return None
