"""Passkeys (WebAuthn level 2) as a second factor, or as both at once: put on, used, taken off. What the messages mean is ``fido2``'s; the
rules are ours.

Bound to the configured address of the desk, with the device's own check of its person (finger, face, PIN) each time. Attestation is not
asked for: whose make a device is does not matter here.
"""

import json
import struct
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zhaoshang.people import challenges
from zhaoshang.people.diary import record
from zhaoshang.people.models import Passkey, User
from zhaoshang.people.second_factor import factors_changed
from zhaoshang.tenancy.models import City

MOST = 10
LONGEST = 20_000  # characters of what a browser sends
_REGISTER, _ALONE = "passkey.register", "passkey.alone"
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, struct.error)


class WrongPasskey(Exception):
    """What the browser sent is not an answer to what was asked, from our address, with its person's check."""


class TooManyPasskeys(Exception):
    """The person has :data:`MOST` already."""


def passkeys_of(city: City, user: User) -> list[Passkey]:
    """The person's passkeys, the oldest first."""
    return list(Passkey.objects.of(city).filter(user=user))


def creation_options(city: City, user: User) -> dict[str, Any]:
    """What ``navigator.credentials.create`` takes, as JSON; good for five minutes, once. Raises :class:`TooManyPasskeys`."""
    held = _credentials(passkeys_of(city, user))
    if len(held) >= MOST:
        raise TooManyPasskeys
    entity = PublicKeyCredentialUserEntity(name=user.username, id=user.pk.bytes, display_name=user.display_name)
    options, _ = _server(city).register_begin(
        entity,
        held,
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        challenge=challenges.challenge(_REGISTER, str(user.pk)),
    )
    return dict(options)


def request_options(city: City, user: User, purpose: str) -> dict[str, Any] | None:
    """What ``navigator.credentials.get`` takes, as JSON; None for who has no passkey. ``purpose``: an answer serves no other."""
    held = _credentials(passkeys_of(city, user))
    if not held:
        return None
    options, _ = _server(city).authenticate_begin(
        held, UserVerificationRequirement.REQUIRED, challenges.challenge(purpose, str(user.pk))
    )
    return dict(options)


def alone_options(city: City) -> dict[str, Any]:
    """The same of whoever sits there: the device itself knows for which account it has a passkey here."""
    challenge = challenges.challenge(_ALONE, "")
    options, _ = _server(city).authenticate_begin(None, UserVerificationRequirement.REQUIRED, challenge)
    return dict(options)


@transaction.atomic
def put_on(*, city: City, user: User, name: str, answer: str, by: User, at: datetime) -> list[str]:
    """Keep a new passkey. Every other session of the person ends. With the person's first factor come the recovery codes, told once;
    else none.

    Raises :class:`WrongPasskey`, :class:`TooManyPasskeys`.
    """
    if Passkey.objects.of(city).filter(user=user).count() >= MOST:
        raise TooManyPasskeys
    told, data = _registered(city, user, answer)
    if told is None or not challenges.use(city=city, purpose=_REGISTER, who=str(user.pk), told=told):
        raise WrongPasskey
    credential = data.credential_data
    try:
        with transaction.atomic():
            Passkey.objects.create(
                city=city,
                user=user,
                name=name,
                key=websafe_encode(credential.credential_id),
                credential=websafe_encode(bytes(credential)),
                counter=data.counter,
                created_at=at,
            )
    except IntegrityError:
        raise WrongPasskey from None
    record("people.passkey.put_on", city=city, by=by, at=at, about=user, name=name)
    return factors_changed(city, user)


@transaction.atomic
def use_passkey(*, city: City, user: User, answer: str, purpose: str, by: User, at: datetime) -> bool:
    """Whether ``answer`` is one of the person's passkeys answering what was asked for ``purpose``. One whose counter goes back was
    copied: it is refused, and the diary tells."""
    try:
        sent = AuthenticationResponse.from_dict(_json(answer))
        told, handle = sent.response.client_data.challenge, sent.response.user_handle
        if not challenges.use(city=city, purpose=purpose, who=str(user.pk), told=told):
            return False
        if handle not in (None, b"", user.pk.bytes):
            return False
        passkey = Passkey.objects.of(city).filter(user=user, key=websafe_encode(sent.raw_id)).first()
        return passkey is not None and _signed(passkey, sent, by, at)
    except _BROKEN:
        return False


@transaction.atomic
def person_by_passkey(*, city: City, answer: str, at: datetime) -> User | None:
    """Whose passkey answers what :func:`alone_options` asked: the device must say whose it is and have checked its person, so that it
    is both factors. None for any other answer; whether the person may log in is not looked at."""
    try:
        sent = AuthenticationResponse.from_dict(_json(answer))
        told, handle = sent.response.client_data.challenge, sent.response.user_handle
        if not challenges.use(city=city, purpose=_ALONE, who="", told=told):
            return None
        rows = Passkey.objects.of(city).filter(key=websafe_encode(sent.raw_id)).select_related("user")
        passkey: Passkey | None = rows.first()
        if passkey is None or handle != passkey.user.pk.bytes:
            return None
        return passkey.user if _signed(passkey, sent, passkey.user, at) else None
    except _BROKEN:
        return None


def _signed(passkey: Passkey, sent: AuthenticationResponse, by: User, at: datetime) -> bool:
    """Whether the passkey signed what was sent, here, with its person's check, and counts on."""
    if sent.response.client_data.cross_origin:
        return False
    _server(passkey.city).authenticate_complete(
        _state(sent.response.client_data.challenge), _credentials([passkey]), sent
    )
    return _count(passkey, sent.response.authenticator_data.counter, by, at)


def _count(passkey: Passkey, counted: int, by: User, at: datetime) -> bool:
    """One conditional UPDATE: of two answers with one count, one is taken. Devices that do not count say 0 always."""
    rows = Passkey.objects.of(passkey.city).filter(pk=passkey.pk)
    rows = rows.filter(counter__lt=counted) if counted else rows.filter(counter=0)
    if rows.update(counter=counted, used_at=at):
        return True
    record(
        "people.passkey.went_back", city=passkey.city, by=by, at=at, about=passkey.user, refused=True, name=passkey.name
    )
    return False


@transaction.atomic
def take_off(*, passkey: Passkey, by: User, at: datetime) -> None:
    """The person takes one of their passkeys off; other sessions end."""
    Passkey.objects.of(passkey.city).filter(pk=passkey.pk).delete()
    record("people.passkey.taken_off", city=passkey.city, by=by, at=at, about=passkey.user, name=passkey.name)
    factors_changed(passkey.city, passkey.user)


def _registered(city: City, user: User, answer: str) -> tuple[bytes | None, Any]:
    """The challenge that was answered, and the authenticator's data; None for an answer that is none."""
    try:
        sent = RegistrationResponse.from_dict(_json(answer))
        told = sent.response.client_data.challenge
        data: AuthenticatorData = _server(city).register_complete(_state(told), sent)
        assert data.credential_data is not None
        key = data.credential_data.public_key
        too_long = len(data.credential_data.credential_id) > 1023
        if isinstance(key, UnsupportedKey) or sent.response.client_data.cross_origin or too_long:
            return None, None
    except _BROKEN:
        return None, None
    return told, data


def _json(answer: str) -> Any:
    if len(answer) > LONGEST:
        raise ValueError
    return json.loads(answer)


def _server(city: City) -> Fido2Server:
    """Ours, at the configured address, whatever host was asked for."""
    address = urlsplit(settings.DESK_URL)
    party = PublicKeyCredentialRpEntity(name=city.name, id=address.hostname)
    return Fido2Server(party, verify_origin=lambda origin: origin == f"{address.scheme}://{address.netloc}")


def _state(told: bytes) -> dict[str, Any]:
    """What the library would have kept in the session; that the challenge is ours is known from its seal."""
    return {"challenge": websafe_encode(told), "user_verification": UserVerificationRequirement.REQUIRED}


def _credentials(passkeys: Sequence[Passkey]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(websafe_decode(one.credential)) for one in passkeys]
