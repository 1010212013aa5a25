"""A project that the city has, and another that looks like it."""

from dataclasses import replace
from datetime import date
from typing import Any

from cast import NOW, YI, Cast

from zhaoshang.projects.actions import NewProject
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.deciding import pairs_of
from zhaoshang.review.models import DuplicatePair
from zhaoshang.review.registering import Firm, register_unlike

FIRST = NewProject(
    code="2023-0101",
    name="示例卓恒瑞船舶配套项目",
    source_code="310000",
    industry="C",
    contract_fen=3 * YI,
    investor="示例卓恒瑞投资有限公司",
    signed_on=date(2023, 2, 1),
    source="示例合同",
    is_sample=True,
)
AGAIN = replace(FIRST, code="2023-0102", name="示例卓恒瑞船舶配套（东山区）生产基地项目", signed_on=date(2023, 2, 20))
FIRM = Firm("示例卓恒瑞船舶配套有限公司")


def registered(cast: Cast, new: NewProject = FIRST, unit: ReportingUnit | None = None, **more: Any) -> Project:
    """Registered by the officer of the east."""
    return register_unlike(unit=unit or cast.east, firm=FIRM, new=new, by=cast.officer, at=NOW, **more)


def pair_of(cast: Cast, second_unit: ReportingUnit | None = None) -> DuplicatePair:
    """A project of the east and one registered nevertheless; the pair waits."""
    first = registered(cast)
    registered(cast, AGAIN, second_unit, nevertheless="另一块地")
    return pairs_of(cast.city, first)[0]
