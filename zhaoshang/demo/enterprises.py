"""Groups, people, notes of risk, a merger, meetings of three districts and the roster of central SOEs.

The names on the roster are public names of central SOEs; all that is said of them here, their people and their subsidiaries is invented.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import FOUNDED, after
from zhaoshang.demo.plan import LAST
from zhaoshang.enterprises.actions import Card, create_enterprise
from zhaoshang.enterprises.contacts import Person, add_contact
from zhaoshang.enterprises.groups import set_parent
from zhaoshang.enterprises.merging import merge_enterprises
from zhaoshang.enterprises.models import Enterprise, Roster, RosterEntry
from zhaoshang.enterprises.notes import note_risk, reply_to_note
from zhaoshang.enterprises.rosters import add_roster, complete_roster, link_entry, shipped
from zhaoshang.enterprises.rules import Level, Ownership, Reply, TouchKind
from zhaoshang.enterprises.touches import Meeting, hand_relation, log_touch, set_touch_rule
from zhaoshang.projects.models import Project
from zhaoshang.regions.origins import draw_area
from zhaoshang.regions.origins import shipped as shipped_areas

AT = after(LAST, 8, 10)
NUMBERED = (Level.HINT, Level.WATCH, Level.GRAVE)
SOES = {
    "招商局集团有限公司": "招商局",
    "中国船舶集团有限公司": "中国船舶",
    "中国石油化工集团有限公司": "中国石化",
    "国家电力投资集团有限公司": "国家电投",
    "中国远洋海运集团有限公司": "中远海运",
}
# Whose day it was before the end of the account: unit, firm by its place above, days before, what was said.
MET = (
    ("gaoxin", 0, 12, "示例：介绍数字港航项目设想，对方愿意来看"),
    ("jinpu", 0, 4, "示例：谈冷链物流园二期，要港口岸线资料"),
    ("", 0, 40, "示例：央地对接会会见，约定半年内回访"),
    ("jinpu", 1, 9, "示例：参观船坞，谈配套企业目录"),
    ("changxing", 2, 20, "示例：谈原料管线与安评"),
    ("changxing", 3, 6, "示例：海上风电场址踏勘"),
)


def fill_enterprises(account: Account) -> None:
    """Everything after the account stands."""
    for area in shipped_areas():
        draw_area(city=account.city, new=area, by=account.people["tongji"], at=FOUNDED, is_sample=True)
    _rosters(account)
    firms = _soes(account)
    _met(account, firms)
    _groups_and_notes(account)
    _merger(account)


def _rosters(account: Account) -> None:
    for new, names in shipped():
        roster = add_roster(city=account.city, new=new, by=account.people["tongji"], at=FOUNDED)
        complete_roster(roster=roster, names=names, by=account.people["tongji"], at=FOUNDED)
    set_touch_rule(
        city=account.city, days=14, valid_from=date(2023, 1, 1), source="示例规定〔2023〕5号", by=account.people["tongji"], at=FOUNDED,
        is_sample=True,
    )  # fmt: skip


def _soes(account: Account) -> list[Enterprise]:
    """Cards for five names of the roster, each with an invented subsidiary, who keeps it, and a person."""
    by, found = account.people["tongji"], []
    newest = Roster.objects.of(account.city).order_by("-dated").first()
    for number, (name, short) in enumerate(SOES.items()):
        entry = RosterEntry.objects.of(account.city).select_related("city").get(roster=newest, name=name)
        firm = link_entry(entry=entry, enterprise=None, by=by, at=AT).enterprise
        card = Card(
            name=f"示例{short}（大连）发展有限公司（虚构子公司）", ownership=Ownership.CENTRAL, region_code="210200"
        )
        below = create_enterprise(city=account.city, card=card, unit=None, by=by, at=AT, is_sample=True)
        set_parent(enterprise=below, parent=firm, by=by, at=AT)
        unit = account.units.get(MET[number][0]) if number else None
        hand_relation(
            enterprise=firm, unit=unit, document="示例分工〔2023〕3号", valid_from=date(2023, 1, 10), by=by, at=AT, is_sample=True
        )  # fmt: skip
        person = Person(
            name=f"示例{'甲乙丙丁戊'[number]}", post="战略投资部负责人（虚构）", phone=f"0411-0000-00{number}0",
            mail=f"sample{number}@example.com", is_key=number < 2, source="示例名片，2023-03",
        )  # fmt: skip
        add_contact(enterprise=firm, person=person, unit=unit, by=by, at=AT, is_sample=True)
        found.append(firm)
    return found


def _met(account: Account, firms: Sequence[Enterprise]) -> None:
    for code, place, before, said in MET:
        unit = account.units.get(code)
        on = AT.date() - timedelta(days=before)
        meeting = Meeting(
            on=on, kind=TouchKind.VISIT if unit else TouchKind.MEETING, who="示例：分管负责同志带队", whom="战略投资部",
            said=said, next_step="示例：送去资料，再约时间", next_on=on + timedelta(days=30),
        )  # fmt: skip
        by = account.people[code] if unit else account.people["tongji"]
        log_touch(enterprise=firms[place], meeting=meeting, unit=unit, by=by, at=AT, is_sample=True)


def _signed(account: Account, number: int) -> list[Project]:
    rows = Project.objects.of(account.city).filter(signed_on__isnull=False).select_related("enterprise__city", "unit")
    return list(rows.order_by("code")[:number])


def _groups_and_notes(account: Account) -> None:
    """An invented group of three levels over firms with projects; a person, and a note of risk at each level of gravity."""
    by, projects = account.people["tongji"], _signed(account, 4)
    card = Card(name="示例云海控股集团有限公司", ownership=Ownership.PRIVATE, industry="L", region_code="310000")
    top = create_enterprise(city=account.city, card=card, unit=None, by=by, at=AT, is_sample=True)
    middle_card = Card(name="示例云海产业投资有限公司", ownership=Ownership.PRIVATE, industry="L", region_code="320500")
    middle = create_enterprise(city=account.city, card=middle_card, unit=None, by=by, at=AT, is_sample=True)
    set_parent(enterprise=middle, parent=top, by=by, at=AT)
    for number, project in enumerate(projects[:3]):
        firm, officer = project.enterprise, account.people[project.unit.code]
        set_parent(enterprise=firm, parent=middle, by=by, at=AT)
        person = Person(
            name=f"示例联系人{number + 1}", post="总经理（虚构）", phone="0411-0000-0100", source="示例登记表"
        )
        add_contact(enterprise=firm, person=person, unit=project.unit, by=officer, at=AT, is_sample=True)
        note = note_risk(
            enterprise=firm, level=NUMBERED[number], text="示例：股东出资比约定晚三个月", source="示例核查记录",
            noted_on=AT.date() - timedelta(days=number), unit=project.unit, by=officer, at=AT, is_sample=True,
        )  # fmt: skip
        if number == 0:
            reply_to_note(
                note=note, kind=Reply.CLOSED, text="示例：已补足出资，验资报告在凭证里", for_the_bureau=False, by=officer, at=AT
            )  # fmt: skip


def _merger(account: Account) -> None:
    """A second card of a firm, entered by another district under a slightly other name, and merged."""
    [*_others, project] = _signed(account, 5)
    unit = next(one for code, one in sorted(account.units.items()) if code != project.unit.code)
    card = Card(name=f"{project.enterprise.name}（大连）")
    officer = account.people[unit.code]
    double = create_enterprise(city=account.city, card=card, unit=unit, by=officer, at=AT, is_sample=True)
    merge_enterprises(
        kept=project.enterprise, closed=double, reason="示例：同一营业执照，第二张卡漏填代码", by=account.people["tongji"], at=AT
    )  # fmt: skip
