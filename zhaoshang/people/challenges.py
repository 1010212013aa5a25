"""What a browser must sign or bring back: made for one account and one purpose, good for five minutes, and once.

A challenge carries its own moment and seal, so that showing a page writes nothing. Using it writes its digest, which the table takes once.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings

from zhaoshang.people.models import UsedChallenge
from zhaoshang.tenancy.clock import true_now
from zhaoshang.tenancy.models import City

GOOD_SECONDS, KEPT = 300, timedelta(hours=1)
_HEAD = 24


def challenge(purpose: str, who: str) -> bytes:
    """A new one: 16 random bytes, the moment, the seal over both with purpose and account."""
    head = secrets.token_bytes(16) + int(true_now().timestamp()).to_bytes(8)
    return head + _seal(purpose, who, head)


def use(*, city: City, purpose: str, who: str, told: bytes) -> bool:
    """Whether ``told`` was made for this purpose and account a moment ago and was not used before; now it is."""
    head, now = told[:_HEAD], true_now()
    age = now.timestamp() - int.from_bytes(head[16:])
    if not hmac.compare_digest(told[_HEAD:], _seal(purpose, who, head)) or not -1 <= age <= GOOD_SECONDS:
        return False
    UsedChallenge.objects.of(city).filter(used_at__lt=now - KEPT).delete()
    digest = hashlib.sha256(told).hexdigest()
    return bool(UsedChallenge.objects.get_or_create(city=city, digest=digest, defaults={"used_at": now})[1])


def _seal(purpose: str, who: str, head: bytes) -> bytes:
    told = f"challenge:{purpose}:{who}:".encode() + head
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).digest()
