"""The demo city's three-year plan, its first year's work and eight campaigns, all invented; the data stand in ``plans.toml``."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import BUREAU, RESTATED, after
from zhaoshang.demo.plan import LAST, YI_FEN
from zhaoshang.people.models import User
from zhaoshang.plans.actions import (
    NewItem,
    add_campaign,
    add_item,
    add_plan,
    add_year,
    report_progress,
    tag_projects,
)
from zhaoshang.plans.models import Campaign, WorkItem, YearPlan
from zhaoshang.plans.rules import Standing

YEAR = 2023
_DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "plans.toml").read_text(encoding="utf-8"))


def lay_down(account: Account) -> None:
    """Plan, year, measures, tasks, reports; campaigns and their tags."""
    by = account.people["tongji"]
    common: dict[str, Any] = {"issued_on": RESTATED.date(), "by": by, "at": RESTATED}
    plan = add_plan(city=account.city, years=(YEAR, YEAR + 2), is_sample=True, **_DATA["plan"], **common)
    year_plan = add_year(plan=plan, year=YEAR, **_DATA["year"], **common)
    for row in _DATA["measure"]:
        measure = _item(account, year_plan, None, row)
        for task in row.get("task", []):
            _item(account, year_plan, measure, task)
    _campaigns(account, by)


def _item(account: Account, year_plan: YearPlan, above: WorkItem | None, row: dict[str, Any]) -> WorkItem:
    unit = account.units[row["owner"]] if "owner" in row else None
    who = account.people.get(row.get("who", ""))
    new = NewItem(
        title=row["title"],
        owner_unit=unit,
        owner_department=row.get("department", ""),
        responsible=who,
        starts_on=_day(row.get("starts")),
        due_on=_day(row.get("due")),
        indicator=row.get("indicator", ""),
        target=row.get("target"),
    )
    item = add_item(year_plan=year_plan, above=above, new=new, by=account.people["tongji"], at=RESTATED)
    teller = who or account.people.get(row.get("owner", ""), account.people["tongji"])
    for day, standing, percent, text in row.get("report", []):
        _report(item, day, standing, None if percent < 0 else percent, text, teller)
    return item


def _report(item: WorkItem, day: str, standing: str, percent: int | None, text: str, by: User) -> None:
    on = _day(day)
    assert on is not None
    at = datetime(on.year, on.month, on.day, 16, 30, tzinfo=BUREAU)
    report_progress(item=item, reported_on=on, standing=Standing(standing), percent=percent, text=text, by=by, at=at)


def _day(text: str | None) -> date | None:
    """``03-31`` of the year."""
    return date.fromisoformat(f"{YEAR}-{text}") if text else None


def _campaigns(account: Account, by: User) -> None:
    chance = Random(YEAR)  # noqa: S311 - invented tags, not secrets
    for row in _DATA["campaign"]:
        campaign = add_campaign(
            city=account.city,
            code=row["code"],
            year=YEAR,
            name=row["name"],
            industry=row["industry"],
            lead_unit=account.units[row["owner"]] if "owner" in row else None,
            lead_department=row.get("department", ""),
            starts_on=date(YEAR, 1, 28),
            ends_on=date(YEAR, 12, 31),
            target_fen=row["target"] * YI_FEN,
            target_signed=row["signed"],
            document=_DATA["year"]["document"],
            is_sample=True,
            by=by,
            at=RESTATED,
        )
        _tag(account, campaign, row, chance, by)


def _tag(account: Account, campaign: Campaign, row: dict[str, Any], chance: Random, by: User) -> None:
    """Large projects of the campaign's sections that stood in 2023, a share of them; so some are in two campaigns."""
    fitting = [
        project
        for planned, project in account.projects.items()
        if planned.large
        and planned.industry in row["sections"]
        and (planned.landed_on or (planned.signed_on and planned.signed_on.year == YEAR))
    ]
    chosen = [project for project in fitting if chance.randint(1, 100) <= row["weight"]]
    tag_projects(campaign=campaign, projects=chosen, by=by, at=after(LAST, 11))
