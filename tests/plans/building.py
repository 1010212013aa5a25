"""A plan, a year, measures and tasks, and campaigns for tests; all names invented."""

from datetime import date
from typing import Any

from cast import NOW, YI, Cast

from zhaoshang.common.periods import parse_month
from zhaoshang.figures.actions import add_version, define_indicator
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.plans.actions import NewItem, add_campaign, add_item, add_plan, add_year
from zhaoshang.plans.models import Campaign, WorkItem, YearPlan


def year_plan(cast: Cast, year: int = 2023) -> YearPlan:
    """The year of a plan 2023—2025."""
    common: dict[str, Any] = {"issued_on": date(2023, 1, 10), "by": cast.statistician, "at": NOW}
    plan = add_plan(
        city=cast.city, code="plan", title="示例计划", years=(2023, 2025), document="示例1号", is_sample=True, **common
    )
    return add_year(plan=plan, year=year, title="示例年度计划", document="示例2号", **common)


def item(cast: Cast, under: YearPlan | WorkItem, title: str = "示例举措", **fields: Any) -> WorkItem:
    """A measure of a year, or a task of a measure."""
    above = under if isinstance(under, WorkItem) else None
    year = above.year_plan if above else under
    assert isinstance(year, YearPlan)
    return add_item(year_plan=year, above=above, new=NewItem(title=title, **fields), by=cast.statistician, at=NOW)


def campaign(cast: Cast, code: str = "equipment", **fields: Any) -> Campaign:
    """A campaign of 2023."""
    wanted = {
        "name": f"示例行动{code}",
        "industry": "示例产业",
        "starts_on": date(2023, 1, 1),
        "ends_on": date(2023, 12, 31),
        "target_fen": 10 * YI,
        "document": "示例3号",
        "is_sample": True,
    }
    return add_campaign(city=cast.city, code=code, year=2023, by=cast.statistician, at=NOW, **(wanted | fields))


def campaign_indicator(cast: Cast) -> None:
    """The dictionary's count of campaigns."""
    named = define_indicator(
        city=cast.city, code="campaigns", name="专项招商行动", name_en="Special campaigns", unit_of_value=Unit.COUNT,
        reading_class="campaigns", words=["专项行动"], position=9, by=cast.statistician, at=NOW,
    )  # fmt: skip
    add_version(
        indicator=named, code="v1", title="专项招商行动数", title_en="Special campaigns", definition="当年设立的个数",
        measure=Measure.CAMPAIGNS, valid_from=parse_month("2022-01"), source="示例", by=cast.statistician, at=NOW,
    )  # fmt: skip
