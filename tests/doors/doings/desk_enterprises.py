"""Cards of firms: groups, mergers, people, notes of risk, meetings, the roster of central SOEs."""

from datetime import date
from typing import Any

from cast import NOW, Cast
from django.core.files.base import ContentFile
from enterprises.firms import card, met, person
from enterprises.test_groups_and_mergers import merge

from doors.doings import PLAIN, Doing, doing
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.enterprises.models import Enterprise, RiskNote, Roster, RosterEntry
from zhaoshang.enterprises.notes import note_risk
from zhaoshang.enterprises.rosters import NewRoster, add_roster, complete_roster
from zhaoshang.enterprises.rules import Level


def _sheet(heading: str, name: str) -> dict[str, Any]:
    return {"file": ContentFile(write_table([Column(heading)], [[name]], "示例"), name="a.xlsx")}


def _firm(cast: Cast) -> Enterprise:
    return card(cast, "示例东山公司", cast.east, by=cast.officer)


@doing("desk:enterprise_new")
def enterprise_new(cast: Cast) -> Doing:
    return Doing("officer", "/desk/enterprises/new/", {"name": PLAIN, "industry": "C"})


@doing("desk:enterprise_edit")
def enterprise_edit(cast: Cast) -> Doing:
    firm = _firm(cast)
    return Doing("officer", f"/desk/enterprises/{firm.pk}/edit/", {"name": PLAIN, "revision": str(firm.revision)})


@doing("desk:enterprise_upload")
def enterprise_upload(cast: Cast) -> Doing:
    return Doing("officer", "/desk/enterprises/upload/", _sheet("企业名称", "示例乙公司"))


@doing("desk:enterprise_group")
def enterprise_group(cast: Cast) -> Doing:
    card(cast, "示例甲集团")
    return Doing("statistician", f"/desk/enterprises/{card(cast, '示例乙公司').pk}/group/", {"parent": "示例甲集团"})


@doing("desk:enterprise_merge")
def enterprise_merge(cast: Cast) -> Doing:
    kept, other = card(cast, "示例甲公司"), card(cast, "示例乙公司")
    return Doing("statistician", f"/desk/enterprises/{kept.pk}/merge/", {"other": str(other.pk), "reason": PLAIN})


@doing("desk:enterprise_part")
def enterprise_part(cast: Cast) -> Doing:
    made = merge(cast, card(cast, "示例甲公司"), card(cast, "示例乙公司"))
    return Doing("statistician", f"/desk/mergers/{made.pk}/part/", {"reason": PLAIN})


@doing("desk:contact_new")
def contact_new(cast: Cast) -> Doing:
    sent = {"name": PLAIN, "post": PLAIN, "phone": "0411-1", "source": PLAIN}
    return Doing("officer", f"/desk/enterprises/{_firm(cast).pk}/contacts/new/", sent)


@doing("desk:contact_edit")
def contact_edit(cast: Cast) -> Doing:
    one = person(cast, _firm(cast), cast.east)
    return Doing("officer", f"/desk/contacts/{one.pk}/edit/", {"name": PLAIN, "post": PLAIN, "source": PLAIN})


@doing("desk:contact_erase")
def contact_erase(cast: Cast) -> Doing:
    one = person(cast, _firm(cast), cast.east)
    return Doing("officer", f"/desk/contacts/{one.pk}/erase/", {"reason": PLAIN})


@doing("desk:risk_new")
def risk_new(cast: Cast) -> Doing:
    sent = {"level": "hint", "text": PLAIN, "source": PLAIN, "noted_on": "2023-04-01"}
    return Doing("officer", f"/desk/enterprises/{_firm(cast).pk}/risks/new/", sent)


def _note(cast: Cast) -> RiskNote:
    said: dict[str, Any] = {"level": Level.HINT, "text": "示例", "source": "示例", "noted_on": date(2023, 4, 1)}
    return note_risk(enterprise=_firm(cast), unit=cast.east, by=cast.officer, at=NOW, **said)


@doing("desk:risk_reply")
def risk_reply(cast: Cast) -> Doing:
    return Doing("officer", f"/desk/risks/{_note(cast).pk}/reply/", {"kind": "answered", "text": PLAIN})


@doing("desk:touch_new")
def touch_new(cast: Cast) -> Doing:
    said = dict.fromkeys(("who", "whom", "said", "next_step"), PLAIN) | {"on": "2023-04-03", "kind": "visit"}
    return Doing("officer", f"/desk/enterprises/{_firm(cast).pk}/meetings/new/", said)


@doing("desk:touch_withdraw")
def touch_withdraw(cast: Cast) -> Doing:
    one = met(cast, _firm(cast), cast.east)
    return Doing("officer", f"/desk/touches/{one.pk}/withdraw/", {"reason": PLAIN})


@doing("desk:relation_hand")
def relation_hand(cast: Cast) -> Doing:
    sent = {"unit": "east", "document": PLAIN, "valid_from": "2023-04-03"}
    return Doing("statistician", f"/desk/enterprises/{card(cast, '示例甲集团').pk}/relation/", sent)


@doing("desk:roster_new")
def roster_new(cast: Cast) -> Doing:
    sent = {"title": PLAIN, "source": PLAIN, "dated": "2023-04-03", "published": "98"}
    return Doing("statistician", "/desk/soe/new/", sent)


def _roster(cast: Cast) -> Roster:
    new = NewRoster(title="示例名录", source="示例", dated=date(2023, 4, 3), published=98)
    return add_roster(city=cast.city, new=new, by=cast.statistician, at=NOW)


@doing("desk:roster_upload")
def roster_upload(cast: Cast) -> Doing:
    path = f"/desk/soe/lists/{_roster(cast).dated}/upload/"
    return Doing("statistician", path, _sheet("企业名称", "示例央企乙"))


@doing("desk:soe_link")
def soe_link(cast: Cast) -> Doing:
    complete_roster(roster=_roster(cast), names=["示例央企甲"], by=cast.statistician, at=NOW)
    return Doing("statistician", f"/desk/soe/names/{RosterEntry.objects.of(cast.city).get().pk}/")


@doing("desk:touch_rule_new")
def touch_rule_new(cast: Cast) -> Doing:
    sent = {"days": "30", "valid_from": "2023-04-03", "source": PLAIN}
    return Doing("statistician", "/desk/soe/warning/", sent)
