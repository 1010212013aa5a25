"""Two who want what one may have: for every lock on a row, a race that goes wrong without it. What :mod:`test_row_locks` runs."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from cast import NOW, YI, Cast
from talks.talking import claimed, disputed, offered

from locks import races_of_rooms as rooms
from zhaoshang.capital.counting import draft_rules, issue_rules
from zhaoshang.capital.exchange import NewRate, enter_rates
from zhaoshang.capital.reconciliation import ReturnRow, enter_line, record_return
from zhaoshang.common.periods import parse_month
from zhaoshang.contracts.standards import APPRAISAL
from zhaoshang.figures.actions import add_version, define_indicator
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.people import copies
from zhaoshang.people.actions import open_account
from zhaoshang.people.holds import lift_hold
from zhaoshang.people.rules import Role
from zhaoshang.plans.actions import NewItem, add_item, change_item, set_target, tag_projects
from zhaoshang.plans.actions.campaigns import amend_campaign
from zhaoshang.projects.confidence import disclose_project, hide_project
from zhaoshang.projects.stages.actions import note_progress
from zhaoshang.regions.actions import close_month, grant
from zhaoshang.regions.origins import NewArea, draw_area, end_area
from zhaoshang.regions.saved_views import rename_view, save_view
from zhaoshang.talks.claiming import release_claim
from zhaoshang.talks.disputing import answer_dispute
from zhaoshang.talks.transferring import accept_transfer, refuse_transfer
from zhaoshang.tenancy.models import City

Calls = Sequence[Callable[[], Any]]
MARCH = parse_month("2023-03")
DAY = date(2023, 1, 10)


def both(act: Callable[..., Any], **said: Any) -> Calls:
    """The same act by two hands."""
    return [partial(act, at=NOW, **said)] * 2


def set_rules(cast: Cast) -> Calls:
    def drafted(code: str) -> Any:
        told = {"code": code, "title": "示例", "content": cast.rules.content, "source": "示例"}
        return draft_rules(city=cast.city, valid_from=MARCH + 1, by=cast.statistician, at=NOW, **told)

    return [partial(issue_rules, rules=drafted(code), by=cast.statistician, at=NOW) for code in ("a", "b")]


def first_versions(cast: Cast) -> Calls:
    told = {
        "code": "new",
        "name": "示例",
        "name_en": "Sample",
        "reading_class": "new",
        "words": ["示例"],
        "position": 9,
    }
    named = define_indicator(city=cast.city, unit_of_value=Unit.COUNT, by=cast.statistician, at=NOW, **told)
    said: dict[str, Any] = {
        "title": "示例",
        "title_en": "Sample",
        "definition": "示例",
        "measure": Measure.SIGNED,
        "source": "示例",
    }
    said |= {"indicator": named, "valid_from": MARCH, "by": cast.statistician, "at": NOW}
    return [partial(add_version, code=code, **said) for code in ("a", "b")]


def item_changed(cast: Cast) -> Calls:
    from plans.building import item, year_plan

    one = item(cast, year_plan(cast))
    return both(change_item, item=one, new=NewItem(title="示例改"), reason="示例", by=cast.statistician)


def items_added(cast: Cast) -> Calls:
    from plans.building import year_plan

    said = {"year_plan": year_plan(cast), "above": None, "new": NewItem(title="示例"), "by": cast.statistician}
    return both(add_item, **said)


def campaigns_added(cast: Cast) -> Calls:
    from plans.building import campaign

    return [partial(campaign, cast)] * 2


def campaign_amended(cast: Cast) -> Calls:
    from plans.building import campaign

    return both(amend_campaign, campaign=campaign(cast), name="示例改", by=cast.statistician)


def campaign_tagged(cast: Cast) -> Calls:
    from plans.building import campaign

    return both(tag_projects, campaign=campaign(cast), projects=[cast.plant], by=cast.statistician)


def target_set(cast: Cast) -> Calls:
    told = {"indicator": "capital_in_place", "year": 2023, "unit": cast.east, "amount": YI, "document": "示例"}
    return both(set_target, city=cast.city, issued_on=DAY, by=cast.statistician, **told)


def talk_moved_and_disputed(cast: Cast) -> Calls:
    claim = claimed(cast)
    offer = offered(cast, talk=claim.talk)
    return [
        partial(accept_transfer, transfer=offer, by=cast.other_officer, at=NOW),
        partial(disputed, cast, claim),
    ]


def rules_issued(cast: Cast) -> Calls:
    from issued import issued

    return [partial(issued, cast, APPRAISAL, valid_from=date(2099, 1, 1))] * 2


def rates_entered(cast: Cast) -> Calls:
    rate = NewRate("USD", date(2023, 3, 1), 689_510_000, "示例")
    return both(enter_rates, city=cast.city, rates=[rate], by=cast.statistician)


def returns_recorded(cast: Cast) -> Calls:
    row = ReturnRow(name="示例码头", month_fen=YI)
    return both(record_return, city=cast.city, month=MARCH, rows=[row], source="示例", by=cast.statistician)


def lines_entered(cast: Cast) -> Calls:
    row = ReturnRow(name="示例码头", month_fen=YI)
    return both(enter_line, city=cast.city, month=MARCH, row=row, source="示例", by=cast.statistician)


def roles_given(cast: Cast) -> Calls:
    said: dict[str, Any] = {"username": f"new_{cast.city.code}", "display_name": "示例", "password": None, "by": None}
    user = open_account(city=cast.city, at=NOW, **said)
    given = {"city": cast.city, "user": user, "unit": None, "by": cast.security, "at": NOW}
    return [partial(grant, role=role, **given) for role in (Role.VERIFIER, Role.LEADER)]  # type: ignore[arg-type]


def _view(cast: Cast, title: str, **more: Any) -> Any:
    said: dict[str, Any] = {
        "page": "project_list",
        "title": title,
        "query": [("q", "示例")],
        "by": cast.leader,
        "at": NOW,
    }
    return save_view(city=cast.city, **said | more)


def view_saved(cast: Cast) -> Calls:
    return [partial(_view, cast, "示例")] * 2


def views_renamed(cast: Cast) -> Calls:
    said = {"title": "丙", "by": cast.leader, "at": NOW}
    return [partial(rename_view, saved=_view(cast, title), **said) for title in ("甲", "乙")]  # type: ignore[arg-type]


AREA = NewArea(code="new", name="示例", name_en="Sample", source="示例", valid_from=DAY, parts=["310000"])


def area_ended(cast: Cast) -> Calls:
    area = draw_area(city=cast.city, new=AREA, by=cast.statistician, at=NOW)
    return both(end_area, area=area, valid_to=date(2023, 3, 1), by=cast.statistician)


def last_two_disclosed(cast: Cast) -> Calls:
    """No secret is left; each alone would still see the other's."""
    said: dict[str, Any] = {"reason": "示例", "by": cast.statistician, "at": NOW}
    for name, project in (("甲", cast.plant), ("乙", cast.harbour)):
        hide_project(project=project, code_name=f"代号{name}", **said)
    return [partial(disclose_project, project=project, **said) for project in (cast.plant, cast.harbour)]


def gap_accepted(cast: Cast) -> Calls:
    City.objects.filter(pk=cast.city.pk).update(behind_seq=5)
    return both(copies.accept_gap, city=cast.city, reason="示例", by=cast.security)


def hold_lifted(cast: Cast) -> Calls:
    from holds.test_holds import hold

    one = hold(cast)
    other = open_account(
        city=cast.city, username=f"other_{uuid4().hex[:8]}", display_name="示例", password=None, by=None, at=NOW
    )
    grant(city=cast.city, user=other, role=Role.SECURITY, unit=None, by=cast.security, at=NOW)
    return both(lift_hold, hold=one, reason="示例", by=other)


def held_twice(cast: Cast) -> Calls:
    from holds.test_holds import hold

    return [partial(hold, cast)] * 2


# The function that takes the lock → a race that goes wrong without it.
RACES: dict[str, Callable[[Cast], Calls]] = {
    "capital/counting.py::issue_rules": set_rules,
    "capital/exchange.py::enter_rates": rates_entered,
    "capital/reconciliation.py::enter_line": lines_entered,
    "capital/reconciliation.py::record_return": returns_recorded,
    "figures/actions.py::add_version": first_versions,
    "people/copies.py::_held": gap_accepted,
    "people/holds.py::lift_hold": hold_lifted,
    "people/holds.py::place_hold": held_twice,
    "plans/actions/campaigns.py::add_campaign": campaigns_added,
    "plans/actions/campaigns.py::amend_campaign": campaign_amended,
    "plans/actions/campaigns.py::tag_projects": campaign_tagged,
    "plans/actions/targets.py::_write": target_set,
    "plans/actions/tree.py::add_item": items_added,
    "plans/actions/tree.py::change_item": item_changed,
    "projects/confidence.py::_flag": last_two_disclosed,
    "projects/stages/actions.py::locked": lambda cast: both(
        note_progress, project=cast.plant, on=date(2023, 3, 1), text="示例", by=cast.officer
    ),
    "regions/actions.py::_locked": lambda cast: both(close_month, city=cast.city, number=MARCH, by=cast.statistician),
    "regions/actions.py::grant": roles_given,
    "regions/origins.py::draw_area": lambda cast: both(draw_area, city=cast.city, new=AREA, by=cast.statistician),
    "regions/origins.py::end_area": area_ended,
    "regions/saved_views.py::_own": views_renamed,
    "regions/saved_views.py::save_view": view_saved,
    "rulesets/actions.py::issue_set": rules_issued,
    "talks/claiming.py::held_by": lambda cast: both(
        release_claim, talk=claimed(cast).talk, reason="示例", by=cast.officer
    ),
    "talks/claiming.py::one_at_a_time": lambda cast: [
        partial(claimed, cast),
        partial(claimed, cast, by=cast.other_officer),
    ],
    "talks/disputing.py::_locked": lambda cast: [partial(disputed, cast, claimed(cast))] * 2,
    "talks/disputing.py::_open": lambda cast: both(
        answer_dispute, dispute=disputed(cast, claimed(cast)), answer="示例", by=cast.officer
    ),
    "talks/transferring.py::_move_claim": talk_moved_and_disputed,
    "talks/transferring.py::_waiting": lambda cast: both(
        refuse_transfer, transfer=offered(cast, project=cast.plant), answer="示例", by=cast.other_officer
    ),
    **rooms.RACES,
}
