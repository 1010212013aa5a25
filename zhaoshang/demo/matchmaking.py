"""A matchmaking meeting with central SOEs, five days after the lists were issued: pairs, the plan of meetings, and what came of them.

The five names of the roster are public names; the other groups, and all that is said of any of them here, are invented.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta

from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import BUREAU
from zhaoshang.demo.enterprises import SOES
from zhaoshang.demo.local_rules import issue_sample
from zhaoshang.enterprises.actions import Card, create_enterprise
from zhaoshang.enterprises.groups import set_parent
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.rules import Ownership
from zhaoshang.matchmaking.actions import (
    arrange,
    fix_meeting,
    move_pair,
    propose_pair,
    set_away,
    set_session,
)
from zhaoshang.matchmaking.localrules import WEIGHTS
from zhaoshang.matchmaking.models import Pair
from zhaoshang.matchmaking.queries import suggestions
from zhaoshang.matchmaking.rules import PairState
from zhaoshang.outreach.actions.activities import NewGuest, add_activity, invite, set_agenda
from zhaoshang.outreach.models import Activity
from zhaoshang.outreach.rules import ActivityKind, Reply
from zhaoshang.projects.models import Project

DAY = date(2023, 3, 20)
CODE = "2023-yangdi"
INVENTED = (
    ("示例海装集团有限公司（虚构央企）", "C"),
    ("示例北方能源集团有限公司（虚构央企）", "D"),
    ("示例通达物流集团有限公司（虚构央企）", "G"),
)
OF_EACH, PAIRS_OF_EACH, TABLES = 3, 4, 6
# How far the first pairs came since: days after the meeting, state, what was said.
SINCE = (
    (4, PairState.INTERESTED, "示例：要地块和港口条件"),
    (4, PairState.INTERESTED, "示例：愿意谈合资比例"),
    (10, PairState.IN_TALKS, "示例：双方团队已对接两轮"),
)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=BUREAU)


def bring_together(account: Account) -> None:
    """Weights, guests, pairs, the plan, and what came of it."""
    city, by = account.city, account.people["tongji"]
    issue_sample(city, WEIGHTS, by)
    activity = _activity(account)
    _invite(account, activity, [*_invented(account), *Enterprise.objects.of(city).filter(name__in=list(SOES))])
    pairs = _pairs(account, activity)
    _plan(account, activity, pairs)
    _since(account, pairs)


def _activity(account: Account) -> Activity:
    by, at = account.people["tongji"], _at(DAY - timedelta(days=18), 10)
    held = add_activity(
        city=account.city, code=CODE, title="示例央地对接洽谈会", kind=ActivityKind.MATCHMAKING, unit=None, place="示例会议中心",
        begins_at=_at(DAY, 9), ends_at=_at(DAY, 17), about="示例活动，企业、人员和洽谈内容均为虚构。", seats=120, is_sample=True,
        by=by, at=at,
    )  # fmt: skip
    items = [
        (_at(DAY, 9), _at(DAY, 9, 40), "一指南两清单发布", "示例推介人"),
        (_at(DAY, 10), _at(DAY, 17), "一对一对接", "各地区"),
    ]
    set_agenda(activity=held, items=items, by=by, at=at)
    return held


def _invented(account: Account) -> list[Enterprise]:
    """Three groups that never were, each with firms that have projects here."""
    by, at = account.people["tongji"], _at(DAY - timedelta(days=15), 10)
    rows = Project.objects.of(account.city).filter(signed_on__lt=DAY, enterprise__parent__isnull=True)
    signed = list(rows.select_related("enterprise__city").order_by("code")[20 : 20 + OF_EACH * len(INVENTED)])
    found = []
    for place, (name, industry) in enumerate(INVENTED):
        card = Card(name=name, ownership=Ownership.CENTRAL, industry=industry, region_code="110000")
        top = create_enterprise(city=account.city, card=card, unit=None, by=by, at=at, is_sample=True)
        for project in signed[place * OF_EACH : (place + 1) * OF_EACH]:
            set_parent(enterprise=project.enterprise, parent=top, by=by, at=at)
        found.append(top)
    return found


def _invite(account: Account, activity: Activity, firms: list[Enterprise]) -> None:
    new = [
        NewGuest(
            firm.name, f"示例代表{place:02d}", "战略投资部负责人（虚构）", f"000-0000-1{place:03d}", enterprise=firm,
            reply=Reply.COMING,
        )
        for place, firm in enumerate(firms, start=1)
    ]  # fmt: skip
    invite(activity=activity, guests=new, by=account.people["tongji"], at=_at(DAY - timedelta(days=12), 10))


def _pairs(account: Account, activity: Activity) -> list[Pair]:
    """Of each guest the best suggestions, no unit twice."""
    by, at = account.people["tongji"], _at(DAY - timedelta(days=4), 10)
    found: list[Pair] = []
    chosen: set[tuple[str, str]] = set()
    per_firm: Counter[str] = Counter()
    for one in suggestions(activity, at, at.date()):
        unit = one.opportunity.unit.code if one.opportunity.unit else ""
        name = one.enterprise.name
        if per_firm[name] < PAIRS_OF_EACH and (name, unit) not in chosen:
            per_firm[name] += 1
            chosen.add((name, unit))
            pair = propose_pair(
                activity=activity, enterprise=one.enterprise, opportunity=one.opportunity, by=by, at=at, is_sample=True
            )
            found.append(pair)
    return found


def _plan(account: Account, activity: Activity, pairs: list[Pair]) -> None:
    """Ten slots with a break at noon; one guest leaves early, one meeting has its hour promised."""
    by, at = account.people["tongji"], _at(DAY - timedelta(days=3), 15)
    tables = [f"{number}号桌" for number in range(1, TABLES + 1)]
    begins = _at(DAY, 10)
    set_session(activity=activity, begins_at=begins, minutes=30, slots=12, tables=tables, by=by, at=at)
    set_away(activity=activity, slots=[4, 5, 6, 7], by=by, at=at)
    set_away(activity=activity, slots=[10, 11], enterprise=pairs[0].enterprise, by=by, at=at)
    fix_meeting(pair=pairs[0], slot=0, table=0, by=by, at=at)
    arrange(activity=activity, by=by, at=at)


def _since(account: Account, pairs: list[Pair]) -> None:
    by = account.people["tongji"]
    for one in pairs[:12]:
        move_pair(
            pair=one, state=PairState.INVITED, on=DAY - timedelta(days=2), by=by, at=_at(DAY - timedelta(days=2), 9)
        )
    for one in pairs[:8]:
        move_pair(pair=one, state=PairState.MET, on=DAY, note="示例：互相介绍，留了联系人", by=by, at=_at(DAY, 17))
    for one, (days, state, note) in zip(pairs, SINCE, strict=False):
        on = DAY + timedelta(days=days)
        move_pair(pair=one, state=state, on=on, note=note, by=by, at=_at(on, 10))
    on = DAY + timedelta(days=6)
    move_pair(pair=pairs[11], state=PairState.DECLINED, on=on, note="示例：今年没有同类计划", by=by, at=_at(on, 10))
