"""A program that is told of what happens in the demo city: paused, so that nothing leaves it."""

from typing import Any

from django.conf import settings

from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import after
from zhaoshang.demo.plan import LAST
from zhaoshang.machines.subscribing import pause_subscription, subscribe, try_subscription
from zhaoshang.machines.telling import note_events

EVENTS = ("capital.payment.verified", "regions.month.closed", "bulletins.bulletin.published")


def tell_programs(account: Account) -> None:
    """One subscription at an invented address, where one is allowed; a trial and what is noted wait."""
    if not settings.WEBHOOK_HOSTS:
        return
    told: dict[str, Any] = {"by": account.people["anquan"], "at": after(LAST, 10)}
    url = f"https://{settings.WEBHOOK_HOSTS[0]}/zhaoshang"
    made = subscribe(city=account.city, name="示例：财政支付系统", url=url, verbs=EVENTS, **told)
    pause_subscription(subscription=made, paused=True, **told)
    try_subscription(subscription=made, **told)
    note_events(city=account.city, at=told["at"])
