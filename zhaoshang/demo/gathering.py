"""The demo quarter's activities and follow-up visits, all invented; what was signed at the conference adds up to the fen."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import uuid5

from zhaoshang.common.money import to_fen
from zhaoshang.demo import names
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import BUREAU
from zhaoshang.demo.outreach import YEAR, at_noon
from zhaoshang.demo.plan import SEED, WAN_FEN
from zhaoshang.outreach.actions.activities import (
    NewGuest,
    NewSigning,
    add_activity,
    check_in,
    invite,
    open_registration,
    register_guest,
    set_agenda,
    sign_at,
)
from zhaoshang.outreach.actions.visits import (
    answer_demand,
    open_demand,
    plan_visit,
    rate_answer,
    take_demand,
    tell_visit,
)
from zhaoshang.outreach.models import Activity, Guest, Signing
from zhaoshang.outreach.rules import ActivityKind, Reply, Satisfaction
from zhaoshang.people.models import User

SIGNED, AMOUNT_YI = 314, "1071.2"
IN_ACCOUNT = 12
CONFERENCE_DAY = date(YEAR, 2, 17)
TO_COME = (
    ("2023-kaifangri", "示例园区开放日", ActivityKind.RECEPTION, date(YEAR, 4, 26), "示例园区展示中心"),
    ("2023-duijie-2", "示例央企项目对接会", ActivityKind.MATCHMAKING, date(YEAR, 5, 18), "示例会议中心"),
    ("2023-shanghui-2", "示例商会企业家行（初夏）", ActivityKind.CHAMBER, date(YEAR, 6, 9), "示例创新港"),
)
CONSENT = "所填姓名、单位、电话只用于本次活动的联系、证件和签到，活动结束后按规定删除（示例文本）。"
_DEPARTMENTS = ("示例自然资源部门", "示例供电部门", "示例人社部门", "示例海关", "示例生态环境部门")
_ASKED = (
    "希望协调厂区临时用电增容",
    "申请延长示例地块的开工期限",
    "请协助办理外地骨干子女入学",
    "希望缩短进口设备通关时间",
    "咨询环评变更手续",
)


def _moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=BUREAU)


class Gathering:
    """Writes the quarter's activities and visits of one account."""

    def __init__(self, account: Account) -> None:
        self.account, self.by = account, account.people["tongji"]
        self.chance = Random(SEED + 6)  # noqa: S311 - invented guests, not secrets

    def activity(self, code: str, title: str, kind: ActivityKind, day: date, **fields: Any) -> Activity:
        """Laid down a fortnight before."""
        return add_activity(
            city=self.account.city,
            code=code,
            title=title,
            kind=kind,
            unit=fields.pop("unit", None),
            place=fields.pop("place", "示例会议中心"),
            begins_at=_moment(day, 9),
            ends_at=_moment(day, 17),
            about="示例活动,名称、单位和人员均为虚构。",
            is_sample=True,
            by=fields.pop("by", self.by),
            at=fields.pop("at", at_noon(day - timedelta(days=14))),
            **fields,
        )

    def guests(self, activity: Activity, number: int, kind: str) -> None:
        """Invited by turns by the units; most came, and sit."""
        units = list(self.account.units.values())
        day = activity.begins_at
        new = [
            NewGuest(
                organisation=f"示例{names.word(self.chance)}{kind}({place:02d})",
                name=f"示例嘉宾{place:02d}",
                post="会长" if kind == "商会" else "负责人",
                phone=f"000-0000-{place:04d}",
                unit=units[place % len(units)],
                reply=self.chance.choice([Reply.COMING, Reply.COMING, Reply.COMING, Reply.NOT_COMING, Reply.WAITING]),
            )
            for place in range(1, number + 1)
        ]
        coming = sorted((one for one in new if one.reply == Reply.COMING), key=lambda one: one.organisation)[:12]
        seats = {one.organisation: f"{place // 6 + 1}-{place % 6 + 1}" for place, one in enumerate(coming)}
        seated = [replace(one, seat=seats.get(one.organisation, "")) for one in new]
        invite(activity=activity, guests=seated, by=self.by, at=day - timedelta(days=10))
        for guest in Guest.objects.of(activity.city_id).filter(activity=activity).exclude(seat=""):
            check_in(guest=guest, by=self.by, at=day)

    def conference(self) -> Activity:
        """The conference at which 314 were signed."""
        held = self.activity("2023-minying", "示例民营经济发展大会", ActivityKind.CONFERENCE, CONFERENCE_DAY, seats=600)
        day = CONFERENCE_DAY
        items = [
            (_moment(day, 9), _moment(day, 9, 40), "开幕致辞", "示例市领导甲"),
            (_moment(day, 9, 40), _moment(day, 10, 30), "示例园区和招商清单推介", "示例推介人"),
            (_moment(day, 10, 30), _moment(day, 11, 30), "项目集中签约", ""),
            (_moment(day, 14), _moment(day, 17), "分组对接", "各地区"),
        ]
        set_agenda(activity=held, items=items, by=self.by, at=at_noon(day - timedelta(days=7)))
        open_registration(activity=held, consent=CONSENT, by=self.by, at=at_noon(day - timedelta(days=12)))
        self.guests(held, 40, "商会")
        sign_at(activity=held, signings=self.signed(), by=self.by, at=at_noon(day, 12))
        return held

    def signed(self) -> list[NewSigning]:
        """Some projects of the account, and many that are not in it; the last takes what is left."""
        planned = sorted(self.account.projects.items(), key=lambda pair: pair[1].code)
        fitting = [
            held
            for one, held in planned
            if one.signed_on and timedelta(0) <= one.signed_on - CONFERENCE_DAY < timedelta(20)
        ]
        linked = [NewSigning(project=held) for held in fitting[:IN_ACCOUNT]]
        left = to_fen(Decimal(AMOUNT_YI), "亿元") - sum(held.contract_fen for held in fitting[:IN_ACCOUNT])
        number = SIGNED - len(linked)
        weights = [self.chance.randint(4, 90) for _place in range(number)]
        amounts = [max(left * weight // sum(weights) // WAN_FEN * WAN_FEN, WAN_FEN) for weight in weights]
        amounts[-1] += left - sum(amounts)
        units = list(self.account.units.values())
        return linked + [
            self._invented(place, amount, units[place % len(units)]) for place, amount in enumerate(amounts, start=1)
        ]

    def _invented(self, place: int, amount: int, unit: Any) -> NewSigning:
        industry = self.chance.choice("CDFGIM")
        name = f"示例{names.word(self.chance)}{names.field(self.chance, industry)}签约项目{place:03d}"
        return NewSigning(
            name=name, investor=names.investor(self.chance, "外地"), amount_fen=amount, unit=unit, is_sample=True
        )

    def again(self, conference: Activity) -> None:
        """A ceremony a month later, at which three of the same are signed once more."""
        held = self.activity("2023-qianyue", "示例重点项目签约仪式", ActivityKind.CEREMONY, date(YEAR, 3, 16))
        first = list(conference_signings(conference)[:3])
        signings = [
            NewSigning(project=one.project)
            if one.project
            else NewSigning(
                name=one.name, investor=one.investor, amount_fen=one.amount_fen, unit=one.unit, is_sample=True
            )
            for one in first
        ]
        sign_at(activity=held, signings=signings, by=self.by, at=at_noon(date(YEAR, 3, 16)))

    def others(self) -> None:
        """Chambers that came, and a matchmaking meeting; a reception ahead, to which anybody may register."""
        chambers = self.activity("2023-shanghui", "示例商会企业家行", ActivityKind.CHAMBER, date(YEAR, 2, 9))
        self.guests(chambers, 18, "商会")
        other = self.activity("2023-waidi", "示例外地商会来访", ActivityKind.CHAMBER, date(YEAR, 3, 3))
        self.guests(other, 14, "商会")
        match = self.activity("2023-duijie", "示例企业项目对接洽谈会", ActivityKind.MATCHMAKING, date(YEAR, 2, 23))
        self.guests(match, 20, "集团")
        day = date(YEAR, 4, 20)
        ahead = self.activity("2023-tuijie", "示例春季推介会", ActivityKind.RECEPTION, day, seats=120)
        at = at_noon(date(YEAR, 4, 3))
        open_registration(activity=ahead, consent=CONSENT, by=self.by, at=at)
        ahead.refresh_from_db(from_queryset=Activity.objects.of(ahead.city_id))
        for place in range(1, 4):
            told = {
                "organisation": f"示例报名单位{place}",
                "name": f"示例报名人{place}",
                "post": "经理",
                "phone": f"000-0000-900{place}",
            }
            register_guest(activity=ahead, key=uuid5(ahead.pk, str(place)), by=None, at=at, **told)

    def to_come(self) -> list[Activity]:
        """What the public is told of, laid down after the quarter's return; to the first anybody may register."""
        laid_down = at_noon(date(YEAR, 4, 11))
        ahead = [
            self.activity(code, title, kind, day, place=place, at=laid_down, seats=200)
            for code, title, kind, day, place in TO_COME
        ]
        open_registration(activity=ahead[0], consent=CONSENT, by=self.by, at=laid_down)
        ahead[0].refresh_from_db(from_queryset=Activity.objects.of(ahead[0].city_id))
        return ahead

    # -- visits ------------------------------------------------------------------------------------------------------

    def visits(self) -> None:
        """Two by the city in other cities, one or two by each unit."""
        for place, day in (("上海市", date(YEAR, 2, 21)), ("宁波市", date(YEAR, 2, 23))):
            self.visit(
                "",
                names.investor(self.chance, place.removesuffix("市")),
                day,
                place=place,
                visitors="示例市领导甲、示例局负责人",
            )
        projects: dict[str, list[Any]] = {}
        for planned, held in sorted(self.account.projects.items(), key=lambda pair: pair[1].code):
            if planned.landed_on and planned.large:
                projects.setdefault(planned.unit, []).append(held)
        for unit in self.account.units:
            for held in projects.get(unit, [])[: self.chance.randint(1, 2)]:
                day = date(YEAR, 2, 1) + timedelta(days=self.chance.randint(0, 56))
                self.visit(
                    unit, held.enterprise.name, day, project=held, enterprise=held.enterprise, visitors="示例招商部门"
                )

    def visit(self, unit: str, firm: str, day: date, **fields: Any) -> None:
        """Planned, made, and what the firm asked for."""
        by: User = self.account.people[unit] if unit else self.by
        held = plan_visit(
            city=self.account.city,
            unit=self.account.units[unit] if unit else None,
            firm=firm,
            planned_on=day,
            purpose="回访投资企业,了解经营和诉求",
            is_sample=True,
            by=by,
            at=at_noon(day - timedelta(days=4)),
            **fields,
        )
        tell_visit(
            visit=held,
            on=day,
            told="企业生产经营正常,对营商环境总体满意,提出的诉求已登记(示例)。",
            by=by,
            at=at_noon(day, 18),
        )
        for _number in range(self.chance.randint(0, 2)):
            self._demand(held, day, by)

    def _demand(self, visit: Any, day: date, by: User) -> None:
        place = self.chance.randrange(len(_ASKED))
        at = at_noon(day, 18)
        demand = take_demand(visit=visit, text=_ASKED[place] + "(示例)", department=_DEPARTMENTS[place], by=by, at=at)
        open_demand(demand=demand, by=by, at=at)
        if self.chance.random() < 0.65:
            on = at + timedelta(days=self.chance.randint(3, 20))
            answered = answer_demand(demand=demand, answer="已协调,按规定办理(示例答复)。", by=by, at=on)
            if self.chance.random() < 0.7:
                rate_answer(
                    demand=answered,
                    satisfaction=self.chance.choice(list(Satisfaction)),
                    by=by,
                    at=on + timedelta(days=2),
                )


def conference_signings(activity: Activity) -> Any:
    """What was signed there, as entered."""
    return (
        Signing.objects.of(activity.city_id)
        .filter(activity=activity)
        .select_related("project__enterprise", "unit")
        .order_by("id")
    )


def gather(account: Account) -> None:
    """The quarter's activities and visits."""
    gathering = Gathering(account)
    gathering.again(gathering.conference())
    gathering.others()
    gathering.visits()
