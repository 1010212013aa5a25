"""For who shares an address with a flood of forms: work that the browser does by itself, or a question where no script runs.

It is asked only once the address is braked, asks no other server, shows no picture, and what was typed is sent along. Work and answers
have brakes of their own: work costs a flood its time, and answers, which a program can learn, let few through.
"""

import hashlib
import secrets
from typing import Any

from django.core import signing
from django.http import HttpRequest

from zhaoshang.people import brakes
from zhaoshang.people.safety import Rate, policy_on

BITS = 16  # leading noughts of SHA-256: a second or two of a telephone's
VALID_S = 900
MOST_CHARACTERS = 10_000  # of what was typed; more is no form of ours
FIELDS = ("challenge", "work", "answer")
_SALT = "zhaoshang.portal.challenge"
# An installation's own policy may say otherwise under these doors.
_RATES = {"work": Rate(20, 10), "answer": Rate(5, 60)}


def asked(request: HttpRequest) -> dict[str, Any] | None:
    """A new challenge with what was typed, for a form that is braked; None for anything else."""
    typed = [(name, value) for name in request.POST if name not in FIELDS for value in request.POST.getlist(name)]
    if request.method != "POST" or sum(len(value) for _name, value in typed) > MOST_CHARACTERS:
        return None
    token = signing.dumps(secrets.token_urlsafe(12), salt=_SALT)
    first, second = _numbers(token)
    return {"token": token, "bits": BITS, "first": first, "second": second, "typed": typed}


def solved(request: HttpRequest) -> bool:
    """Whether the form brings a challenge of ours that was solved just now, for the first time, and not too often from its address."""
    token = request.POST.get("challenge", "")
    try:
        name = signing.loads(token, salt=_SALT, max_age=VALID_S)
    except signing.BadSignature:
        return False
    door = "work" if _worked(token, request.POST.get("work", "")) else "answer"
    if door == "answer" and request.POST.get("answer", "").strip() != str(sum(_numbers(token))):
        return False
    city, rate = request.viewer.city, policy_on().brakes.get(door, _RATES[door])  # type: ignore[attr-defined]
    if brakes.take(city=city, door="challenge", who=name, rate=Rate(1, VALID_S)):
        return False
    return not brakes.take(city=city, door=door, who=brakes.address_of(request), rate=rate)


def _numbers(token: str) -> tuple[int, int]:
    """What is to be added up; not read from the token without our key."""
    said = signing.Signer(salt=f"{_SALT}.question").signature(token).encode()
    first, second = hashlib.sha256(said).digest()[:2]
    return 11 + first % 80, 11 + second % 80


def _worked(token: str, number: str) -> bool:
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return False
    return int.from_bytes(hashlib.sha256(f"{token}:{number}".encode()).digest()[:8]) < 1 << (64 - BITS)
