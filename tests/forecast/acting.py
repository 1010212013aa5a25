"""Two past years and a half of invented money for the cast, with schedules: what the pages of forecasts and rates are tried on."""

from datetime import date
from typing import Any

from cast import NOW, YI, Cast
from dictionary import dictionary

from zhaoshang.common.periods import month_number
from zhaoshang.projects.models import Project
from zhaoshang.projects.schedules import Schedule, record_earlier, set_schedules

WAN = YI // 10_000


def schedule(project: Project, months: dict[int, int], **changes: Any) -> Schedule:
    """A contract of early 2023 unless told otherwise."""
    wanted: dict[str, Any] = {
        "project": project,
        "months": months,
        "document": "示例合同1号",
        "agreed_on": date(2023, 1, 10),
    }
    return Schedule(**wanted | changes)


def remember(cast: Cast) -> Any:
    """Indicators; older books of 2020 and 2021 for both districts; money in 2022 and 2023; and the plant's schedule."""
    words = dictionary(cast)
    past_money(cast)
    return words


def past_money(cast: Cast, source: str = "示例", document: str = "示例合同1号") -> None:
    """The same without the indicators, from a ``source`` and by a ``document``."""
    months = range(month_number(2020, 1), month_number(2022, 1))
    arrivals = {(project, month): 100 * WAN for project in (cast.plant, cast.harbour) for month in months}
    record_earlier(city=cast.city, arrivals=arrivals, source=source, by=cast.statistician, at=NOW, is_sample=True)
    for year, month in ((2022, 2), (2022, 8), (2023, 2)):
        cast.verified(report_month=month_number(year, month), paid_on=date(year, month, 6), amount_fen=1_000 * WAN)
    due = {month_number(2023, 2): 1_500 * WAN, month_number(2023, 6): 2_000 * WAN}
    set_schedules(city=cast.city, schedules=[schedule(cast.plant, due, document=document)], by=cast.officer, at=NOW)
