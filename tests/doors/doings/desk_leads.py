"""Leads, from receipt to project."""

from cast import Cast
from django.core.files.base import ContentFile
from leads.test_import import GOOD
from leads.told import told

from doors.doings import PLAIN, Doing, doing
from zhaoshang.leads.actions import assign, keep, reject
from zhaoshang.leads.models import Lead
from zhaoshang.regions.models import Membership


def _assigned(cast: Cast) -> Lead:
    return assign(lead=told(cast), unit=cast.east, handler=cast.officer, by=cast.statistician, at=cast.now)


@doing("desk:lead_new")
def lead_new(cast: Cast) -> Doing:
    said = dict.fromkeys(("investor", "subject", "contact", "text", "origin"), PLAIN)
    return Doing("officer", "/desk/leads/new/", said | {"amount_fen": "5亿", "seen": "1"})


@doing("desk:lead_import")
def lead_import(cast: Cast) -> Doing:
    return Doing("officer", "/desk/leads/import/", {"file": ContentFile(GOOD.encode(), name="线索.csv")})


@doing("desk:lead_keep")
def lead_keep(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/leads/{told(cast).pk}/keep/")


@doing("desk:lead_reject")
def lead_reject(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/leads/{told(cast).pk}/reject/", {"reason": PLAIN})


@doing("desk:lead_duplicate")
def lead_duplicate(cast: Cast) -> Doing:
    first, second = told(cast), told(cast, origin_ref="partner-2", investor="示例又一公司")
    sent = {"same": f"lead:{first.pk}", "reason": PLAIN}
    return Doing("statistician", f"/desk/leads/{second.pk}/duplicate/", sent)


@doing("desk:lead_assign")
def lead_assign(cast: Cast) -> Doing:
    lead = keep(lead=told(cast), by=cast.statistician, at=cast.now)
    handler = Membership.objects.of(cast.city).get(user=cast.officer)
    return Doing("statistician", f"/desk/leads/{lead.pk}/assign/", {"handler": str(handler.pk)})


@doing("desk:lead_reopen")
def lead_reopen(cast: Cast) -> Doing:
    lead = reject(lead=told(cast), reason="示例", by=cast.statistician, at=cast.now)
    return Doing("statistician", f"/desk/leads/{lead.pk}/reopen/", {"reason": PLAIN})


@doing("desk:lead_answer")
def lead_answer(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/leads/{_assigned(cast).pk}/answer/", {"text": PLAIN})


@doing("desk:lead_close")
def lead_close(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/leads/{_assigned(cast).pk}/close/", {"reason": PLAIN})


@doing("desk:lead_edit")
def lead_edit(cast: Cast) -> Doing:
    sent = dict.fromkeys(("investor", "subject", "contact"), PLAIN)
    return Doing("officer", f"/desk/leads/{_assigned(cast).pk}/edit/", sent)


@doing("desk:lead_project")
def lead_project(cast: Cast) -> Doing:
    said = {"name": PLAIN, "unit": "east", "enterprise": "示例远航东山公司", "investor": PLAIN}
    money = {"source_code": "310000", "industry": "C", "contract": "5", "contract_unit": "亿元", "share": "100"}
    return Doing("officer", f"/desk/leads/{_assigned(cast).pk}/project/", said | money)
