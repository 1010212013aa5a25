"""What waits of first talks: protections that run out, disputes to answer or to rule on, offers to answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.talks.queries import claims, disputes, lapsing, transfers, waiting_transfers
from zhaoshang.talks.rules import Outcome

SOON_DAYS = 14


def tasks(viewer: Viewer, today: date) -> Iterable[Task]:
    """For an officer the own unit's, for who rules the docket. At most three queries."""
    if viewer.can(Can.TALK):
        yield from _of_units(viewer, today)
    if viewer.can(Can.RULE_TALKS):
        waiting = disputes(viewer).filter(outcome=Outcome.OPEN)
        yield from _task(waiting, "due_on", _("首谈争议待裁定"), reverse("desk:talk_dispute_list"))


def _of_units(viewer: Viewer, today: date) -> Iterable[Task]:
    own = viewer.unit_ids
    soon = lapsing(claims(viewer).filter(unit_id__in=own), today, SOON_DAYS)
    where = f"{reverse('desk:talk_list')}?whose=mine&lapsing={SOON_DAYS}"
    yield from _task(soon, "protected_until", _("首谈即将失效，够条件的请续期"), where)
    asked = disputes(viewer).filter(outcome=Outcome.OPEN, claim__unit_id__in=own, answered_at__isnull=True)
    yield from _task(asked, "answer_due_on", _("首谈争议待答复"), reverse("desk:talk_dispute_list"))
    offered = waiting_transfers(transfers(viewer).filter(to_unit_id__in=own), today)
    yield from _task(offered, "expires_on", _("流转待答复"), f"{reverse('desk:transfer_list')}?way=in&state=offered")


def _task(rows: Any, day: str, text: str, href: str) -> Iterable[Task]:
    """One line for all that wait in one place, due when the first of them is."""
    counted = rows.order_by().values_list("pk", day)
    days = [due for _key, due in counted]
    if days:
        yield Task(_("首谈与流转"), text, href, len(days), min(days))
