"""How often one address, account or key may knock at a door: counted in the database, so that it holds over workers and restarts.

A token bucket in one column: ``full_at`` is the moment at which all tokens are back (the generic cell rate algorithm). Taking a token is
one conditional UPDATE, so of two at once neither overwrites the other. Rates are data: ``safety.policy_on().brakes``.
"""

import hashlib
import hmac
import math

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.http import HttpRequest

from zhaoshang.common.hops import sender
from zhaoshang.people.models import Brake
from zhaoshang.people.safety import Rate, policy_on
from zhaoshang.tenancy.clock import true_now
from zhaoshang.tenancy.models import City

_KEPT_MS = 3_600_000


def address_of(request: HttpRequest) -> str:
    """From where the request came, as far as our own proxies vouch for it; for IPv6 its network."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return sender(request.META.get("REMOTE_ADDR", ""), forwarded, settings.TRUSTED_PROXIES)


def take(*, city: City, door: str, who: str, rate: Rate | None = None, now: float | None = None, many: int = 1) -> int:
    """Take ``many`` of ``who``'s tokens at ``door``: 0 when they were there, else the seconds after which they are there again.

    ``who`` may be an address, an account's or a key's id; only a keyed digest of it is kept. Take before the work and
    :func:`give_back` what turned out well, so that many at once cannot all slip through. ``now``: seconds, by our own clock.
    """
    rate = rate or policy_on().brakes[door]
    at = _ms(now)
    rows = Brake.objects.of(city).filter(door=door, who=_digest(door, who))
    latest = at + (rate.at_once - many) * rate.step_ms
    while not rows.filter(full_at__lte=latest).update(full_at=Greatest(F("full_at"), Value(at)) + many * rate.step_ms):
        full_at = rows.values_list("full_at", flat=True).first()
        if full_at is not None and full_at > latest:
            return max(1, math.ceil(int(full_at - latest) / 1000))
        if many > rate.at_once:
            return max(1, math.ceil(many * rate.step_ms / 1000))
        if full_at is None:
            Brake.objects.of(city).filter(full_at__lt=at - _KEPT_MS).delete()
            Brake.objects.bulk_create([Brake(city=city, door=door, who=_digest(door, who))], ignore_conflicts=True)
    return 0


def wait(*, city: City, door: str, who: str, rate: Rate | None = None, now: float | None = None) -> int:
    """Without taking any: 0 when there is a token, else the seconds until there is. For doors where only what failed is taken for."""
    rate = rate or policy_on().brakes[door]
    held = Brake.objects.of(city).filter(door=door, who=_digest(door, who)).values_list("full_at", flat=True).first()
    over = int(held or 0) - _ms(now) - (rate.at_once - 1) * rate.step_ms
    return max(0, math.ceil(over / 1000))


def left(*, city: City, door: str, who: str, rate: Rate | None = None, now: float | None = None) -> tuple[int, int]:
    """How many tokens there still are, and the seconds after which all are back."""
    rate, at = rate or policy_on().brakes[door], _ms(now)
    rows = Brake.objects.of(city).filter(door=door, who=_digest(door, who))
    used = max(0, (rows.values_list("full_at", flat=True).first() or 0) - at)
    return max(0, rate.at_once - math.ceil(used / rate.step_ms)), math.ceil(used / 1000)


def give_back(*, city: City, door: str, who: str, rate: Rate | None = None) -> None:
    """The token that :func:`take` took: what was asked turned out well."""
    step = (rate or policy_on().brakes[door]).step_ms
    Brake.objects.of(city).filter(door=door, who=_digest(door, who)).update(full_at=F("full_at") - step)


def _ms(now: float | None) -> int:
    return int((true_now().timestamp() if now is None else now) * 1000)


def _digest(door: str, who: str) -> str:
    told = f"brake:{door}:{who}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()[:32]
