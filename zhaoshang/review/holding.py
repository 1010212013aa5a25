"""What a hold can be placed on, named as a court or an auditor names it: a kind, and a number where there is one."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.common.problems import N_
from zhaoshang.enterprises.models import Contact, Enterprise
from zhaoshang.leads.models import Lead
from zhaoshang.opportunities.models import EntryFile, Opportunity
from zhaoshang.outreach.models import Activity, Guest, Trip
from zhaoshang.partners.models import Claim, Partner
from zhaoshang.people.models import Event
from zhaoshang.projects.models import Project
from zhaoshang.publishing.models import PublicRequest
from zhaoshang.searches.models import SavedSearch
from zhaoshang.talks.models import Talk
from zhaoshang.tenancy.models import City


class Absent(Exception):
    """No such object."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``number``: the field that names one; empty where only all of them can be held."""

    label: str
    model: Any
    number: str = ""


KINDS = {
    "project": Kind(N_("项目及其到账、凭证、首谈"), Project, "code"),
    "enterprise": Kind(N_("企业及其项目、联系人"), Enterprise, "uscc"),
    "payment": Kind(N_("核定的到账及其凭证"), Payment, "seq"),
    "lead": Kind(N_("线索"), Lead, "id"),
    "partner": Kind(N_("招商合伙人及其奖励"), Partner, "number"),
    "opportunity": Kind(N_("清单条目及其文件"), Opportunity, "code"),
    "activity": Kind(N_("活动及其来宾、签约"), Activity, "code"),
    "trip": Kind(N_("外出招商"), Trip, "code"),
    "bulletin": Kind(N_("通报"), Bulletin, "number"),
    "request": Kind(N_("公众申请"), PublicRequest, "number"),
    "evidence": Kind(N_("凭证"), Evidence),
    "contact": Kind(N_("企业联系人"), Contact),
    "talk": Kind(N_("首谈"), Talk),
    "guest": Kind(N_("活动来宾"), Guest),
    "claim": Kind(N_("奖励申请"), Claim),
    "file": Kind(N_("清单文件"), EntryFile),
    "search": Kind(N_("网站订阅"), SavedSearch),
    "diary": Kind(N_("工作日志"), Event),
}


def named(city: City, kind: str, number: str) -> dict[str, Any]:
    """What ``people.holds.place_hold`` needs of it: the table, the row if a number is given, what the hold is called, which holds
    nobody's name. Raises :class:`Absent`."""
    wanted, number = KINDS[kind], number.strip()
    if not number:
        return {"model": wanted.model, "key": None, "called": kind}
    if not wanted.number:
        raise Absent
    try:
        found = wanted.model.objects.of(city).filter(**{wanted.number: number}).values_list("pk", flat=True).first()
    except (ValueError, OverflowError, ValidationError):
        found = None
    if found is None:
        raise Absent
    return {"model": wanted.model, "key": found, "called": f"{kind} {number}"}
