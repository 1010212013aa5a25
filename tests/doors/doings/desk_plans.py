"""Plans with measures and reports, campaigns and their projects."""

from cast import Cast
from plans.building import campaign, item, year_plan
from plans.test_campaigns import tag

from doors.doings import PLAIN, Doing, doing

DOCUMENT = {"title": PLAIN, "document": PLAIN, "issued_on": "2023-01-10"}


@doing("desk:plan_new")
def plan_new(cast: Cast) -> Doing:
    years = {"code": "plan-2023", "first_year": "2023", "last_year": "2025"}
    return Doing("statistician", "/desk/plans/new/", DOCUMENT | years)


@doing("desk:plan_year_new")
def plan_year_new(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/plans/{year_plan(cast).plan.code}/years/new/", DOCUMENT | {"year": "2024"})


@doing("desk:plan_item_new")
def plan_item_new(cast: Cast) -> Doing:
    sent = {"title": PLAIN, "owner_department": PLAIN}
    return Doing("statistician", f"/desk/plan-years/{year_plan(cast).pk}/items/new/", sent)


@doing("desk:plan_item_change")
def plan_item_change(cast: Cast) -> Doing:
    sent = {"title": PLAIN, "owner_department": PLAIN, "reason": PLAIN}
    return Doing("statistician", f"/desk/plan-items/{item(cast, year_plan(cast)).pk}/change/", sent)


@doing("desk:plan_item_report")
def plan_item_report(cast: Cast) -> Doing:
    sent = {"standing": "underway", "reported_on": "2023-03-01", "text": PLAIN}
    return Doing("statistician", f"/desk/plan-items/{item(cast, year_plan(cast)).pk}/report/", sent)


CAMPAIGN = dict.fromkeys(("name", "industry", "lead_department", "document"), PLAIN)
CAMPAIGN |= {"starts_on": "2023-01-01", "ends_on": "2023-12-31", "target": "10"}


@doing("desk:campaign_new")
def campaign_new(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/campaigns/new/", CAMPAIGN | {"code": "spring", "year": "2023"})


@doing("desk:campaign_amend")
def campaign_amend(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/campaigns/{campaign(cast).code}/amend/", CAMPAIGN)


@doing("desk:campaign_tag")
def campaign_tag(cast: Cast) -> Doing:
    sent = {"into": campaign(cast).code, "project": [cast.plant.code], "back": PLAIN}
    return Doing("statistician", "/desk/campaigns/tag/", sent)


@doing("desk:campaign_untag")
def campaign_untag(cast: Cast) -> Doing:
    tag(cast, "one", cast.plant)
    return Doing("statistician", "/desk/campaigns/untag/", {"campaign": "one", "project": cast.plant.code})
