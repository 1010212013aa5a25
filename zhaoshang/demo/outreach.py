"""The demo quarter's trips, all invented: enough of each kind that the counts of leaders' trips come out of the records.

Beside those that count stand some that do not: called off, put off, not yet approved, without a record, inside the city, led by others.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid5

from zhaoshang.demo import names
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import BUREAU
from zhaoshang.demo.local_rules import issue_sample
from zhaoshang.demo.plan import SEED
from zhaoshang.outreach.actions.leads import lead_from_meeting
from zhaoshang.outreach.actions.meetings import (
    NewMeeting,
    NewMinutes,
    add_meeting,
    finish_follow_up,
    link_project,
    write_minutes,
)
from zhaoshang.outreach.actions.trips import NewMember, NewTrip, decide_trip, plan_trip, put_off_trip, report_trip
from zhaoshang.outreach.inforce import OUTREACH
from zhaoshang.outreach.models import FollowUp, Trip
from zhaoshang.people.models import User

YEAR = 2023
_DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "outreach.toml").read_text(encoding="utf-8"))
PLACES: dict[str, str] = {one["code"]: one["name"] for one in _DATA["place"]}
_SAY: dict[str, Any] = _DATA["say"]
_FAMILY = "甲乙丙丁戊己庚辛"
_OPEN_DAYS = [date(YEAR, 1, 3) + timedelta(days=number) for number in (*range(14), *range(27, 84))]


def at_noon(day: date, hour: int = 12) -> datetime:
    """A moment of the day."""
    return datetime.combine(day, time(hour), tzinfo=BUREAU)


@dataclass(frozen=True, slots=True)
class Outing:
    """A trip to be; ``unit`` empty: the city's own."""

    first_day: date
    days: int
    places: tuple[str, ...]
    members: tuple[NewMember, ...]
    unit: str = ""


class Travels:
    """Writes the quarter's trips of one account."""

    def __init__(self, account: Account) -> None:
        self.account, self.numbers = account, count(1)
        self.chance = Random(SEED + 5)  # noqa: S311 - invented trips, not secrets

    def planner(self, outing: Outing) -> User:
        """Who plans: the unit's officer, or the bureau."""
        return self.account.people[outing.unit or "tongji"]

    def plan(self, outing: Outing) -> Trip:
        """Laid before those who decide, five days ahead."""
        where = "、".join(PLACES.get(code, "本市") for code in outing.places)
        who = outing.members[0].post
        new = NewTrip(
            code=f"{YEAR}-{next(self.numbers):03d}",
            title=f"{who}赴{where}招商(示例)",
            purpose=self.chance.choice(_SAY["purposes"]),
            first_day=outing.first_day,
            last_day=outing.first_day + timedelta(days=outing.days - 1),
            members=outing.members,
            destinations=[(code, PLACES.get(code, "本市")) for code in outing.places],
            unit=self.account.units[outing.unit] if outing.unit else None,
            cost_fen=self.chance.randint(60, 480) * 10_000 if self.chance.random() < 0.4 else None,
            is_sample=True,
        )
        at = at_noon(outing.first_day - timedelta(days=5), 9)
        return plan_trip(city=self.account.city, new=new, by=self.planner(outing), at=at)

    def approve(self, outing: Outing) -> Trip:
        """Planned, and approved two days later by somebody else."""
        by = self.account.people["lingdao" if not outing.unit else "shenhe"]
        at = at_noon(outing.first_day - timedelta(days=3), 15)
        return decide_trip(trip=self.plan(outing), approve=True, by=by, at=at)

    def travel(self, outing: Outing) -> Trip:
        """Approved and gone, with meetings, minutes or a report, and what was asked again since."""
        trip, by = self.approve(outing), self.planner(outing)
        minuted = self.chance.random() < 0.8
        for number in range(2 if self.chance.random() < 0.3 else 1):
            self._meet(trip, outing, number, by, minuted and number == 0)
        if not minuted:
            report_trip(trip=trip, text=_SAY["reports"], by=by, at=at_noon(trip.last_day + timedelta(days=2)))
        return trip

    def _meet(self, trip: Trip, outing: Outing, number: int, by: User, minuted: bool) -> None:
        place = PLACES.get(outing.places[number % len(outing.places)], "本市")
        day = trip.first_day + timedelta(days=number % outing.days)
        new = NewMeeting(
            day=day,
            begins=time(9 + 5 * number, 30),
            ends=time(11 + 5 * number, 0),
            place=f"{place}{self.chance.choice(_SAY['places'])}",
            party=names.investor(self.chance, place.removesuffix("市")),
            people="示例董事长、示例投资部负责人",
            purpose=trip.purpose,
            again=True,
        )
        meeting = add_meeting(trip=trip, new=new, by=by, at=trip.planned_at)
        if not minuted:
            return
        key = uuid5(trip.pk, str(number))
        text, step = self.chance.choice(_SAY["told"]), self.chance.choice(_SAY["steps"])
        minutes = NewMinutes(key=key, text=text, met="示例董事长", next_step=step)
        write_minutes(meeting=meeting, new=minutes, by=by, at=at_noon(day, 20))
        if self.chance.random() < 0.2:
            told = {"investor": meeting.party, "subject": self.chance.choice(_SAY["wanted"]), "text": text}
            lead_from_meeting(meeting=meeting, by=by, at=at_noon(day, 21), **told)
        for follow_up in FollowUp.objects.of(trip.city).filter(meeting=meeting, days=7):
            if self.chance.random() < 0.6:
                on = follow_up.due_on - timedelta(days=1)
                note = self.chance.choice(_SAY["notes"])
                finish_follow_up(follow_up=follow_up, on=on, note=note, by=by, at=at_noon(on, 17))

    # -- who goes ----------------------------------------------------------------------------------------------------

    def city_delegation(self, leaders: int) -> tuple[NewMember, ...]:
        """City leaders who lead, and the bureau with them."""
        first = self.chance.randrange(len(_FAMILY) - leaders)
        led = [
            NewMember(f"示例市领导{letter}", "市级领导(示例)", "city_leader", leads=True)
            for letter in _FAMILY[first : first + leaders]
        ]
        beside = NewMember("示例局负责人", "经合办负责人(示例)", "department_head")
        return (*led, beside, NewMember("示例工作人员", "招商处(示例)", "staff"))

    def unit_delegation(self, unit: str, rank: str = "unit_head") -> tuple[NewMember, ...]:
        """A district's own."""
        held = self.account.units[unit]
        post = {"unit_head": "党政主要负责同志", "unit_leader": "分管领导", "department_head": "招商局负责人"}[rank]
        leader = NewMember(
            f"示例{held.short_name}负责人", f"{held.short_name}{post}(示例)", rank, leads=True, unit=held
        )
        return leader, NewMember("示例工作人员", f"{held.short_name}招商部门(示例)", "staff", unit=held)

    def some_outing(self, unit: str, rank: str = "unit_head") -> Outing:
        """A district's trip on some day of the quarter."""
        chosen = self.chance.sample(list(PLACES), k=1 if self.chance.random() < 0.7 else 2)
        return Outing(
            self.chance.choice(_OPEN_DAYS),
            self.chance.randint(2, 4),
            tuple(chosen),
            self.unit_delegation(unit, rank),
            unit,
        )


def go_out(account: Account) -> None:
    """The rules, and the quarter's trips."""
    issue_sample(account.city, OUTREACH, account.people["tongji"])
    travels = Travels(account)
    trips = [travels.travel(one) for one in _city_outings(travels)]
    for unit, number in _DATA["heads"].items():
        trips += [travels.travel(travels.some_outing(unit)) for _time in range(number)]
    _link(account, trips)
    _uncounted(travels)


def _city_outings(travels: Travels) -> list[Outing]:
    return [
        Outing(
            date.fromisoformat(f"{YEAR}-{row['day']}"),
            row["days"],
            tuple(row["places"]),
            travels.city_delegation(row["leaders"]),
        )
        for row in _DATA["city"]
    ]


def _link(account: Account, trips: list[Trip]) -> None:
    """Some signed after a trip that somebody says it came of: of the trip's own unit, or of any for the city's."""
    since = date(YEAR, 1, 15)
    signed = [
        (one, held) for one, held in account.projects.items() if one.large and one.signed_on and one.signed_on >= since
    ]
    free = sorted(signed, key=lambda pair: pair[1].code)
    for trip in trips[::3]:
        fitting = [
            pair
            for pair in free
            if pair[0].signed_on and pair[0].signed_on > trip.last_day and trip.unit_id in (None, pair[1].unit_id)
        ]
        if fitting:
            free.remove(fitting[0])
            by = trip.planned_by
            at = at_noon(fitting[0][0].signed_on or trip.last_day)
            link_project(trip=trip, project=fitting[0][1], note="外出时首次会谈(示例)", by=by, at=at)


def _uncounted(travels: Travels) -> None:
    """What no count of leaders' trips holds."""
    people = travels.account.people
    off = travels.approve(travels.some_outing("ganjingzi"))
    put_off_trip(trip=off, cancel=True, reason="对方日程变化", by=people["ganjingzi"], at=off.planned_at)
    later = travels.approve(travels.some_outing("jinpu"))
    put_off_trip(trip=later, cancel=False, reason="与全市会议冲突,改期", by=people["jinpu"], at=later.planned_at)
    travels.approve(travels.some_outing("gaoxin"))  # gone, and nothing told of it
    travels.travel(travels.some_outing("zhongshan", "unit_leader"))
    travels.travel(travels.some_outing("wafangdian", "department_head"))
    home = travels.some_outing("zhuanghe")
    travels.travel(Outing(home.first_day, 1, (travels.account.city.gb_code,), home.members, home.unit))
    travels.plan(Outing(date(YEAR, 4, 12), 3, ("310000",), travels.unit_delegation("xigang"), "xigang"))
    travels.plan(Outing(date(YEAR, 4, 18), 2, ("110000",), travels.city_delegation(1)))
