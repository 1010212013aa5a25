"""A city small enough to score by hand, and regulations written for it.

Money in 亿元: 2022Q1 东山区 6+2, 西海区 4; 2023Q1 东山区 9, 西海区 3. Targets of 2023: 东山区 30, 西海区 20, city 50.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from cast import NOW, YI, Cast
from dictionary import dictionary

from zhaoshang.assessments.assessing import show_assessment, start_assessment
from zhaoshang.assessments.entering import enter_inputs
from zhaoshang.assessments.models import Assessment, Regulation
from zhaoshang.assessments.regulating import draft_regulation, issue_regulation
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.actions import restate
from zhaoshang.plans.actions import set_target

Q1 = Period.parse("2023Q1")
TODAY = date(2023, 4, 3)
UNTIL = date(2023, 4, 10)
SCORES = """
ties = ["一"]

[[entered]]
code = "inspection"
name = "督查扣分"
unit = "次"
absent = 0

[[line]]
no = "一"
name = "完成年度目标"
text = "完成率达到百分之二十五得满分"
kind = "ratio"
weight = 60
input = "capital_in_place.of_year"
full = 25

[[line]]
no = "二"
name = "到位内资总量"
text = "按功效系数计分"
kind = "efficacy"
weight = 40
input = "capital_in_place.value"

[[line]]
no = "三"
name = "督查"
text = "每次扣二分，最多扣五分"
kind = "deduction"
most = 5
items = [{ name = "督查扣分", input = "entered.inspection", each = 2 }]
"""
LIGHTS = """
[[light]]
no = "一"
name = "进度"
text = "欠序时进度十个百分点以上黄灯，三十以上红灯"
otherwise = "green"
cases = [
  { colour = "red", when = ["capital_in_place.ahead < -30"] },
  { colour = "yellow", when = ["capital_in_place.ahead <= -10"] },
]

[[light]]
no = "二"
name = "增速"
text = "不低于全市为绿，正增长为黄，下降为红"
otherwise = "yellow"
cases = [
  { colour = "red", when = ["capital_in_place.growth < 0"] },
  { colour = "green", when = ["capital_in_place.growth >= capital_in_place.city_growth"] },
]
"""


def account(cast: Cast) -> None:
    """The money and the targets of the docstring."""
    words = dictionary(cast)
    restate(
        version=words.narrow,
        period=Period.parse("2022"),
        document="示例〔2023〕2号",
        reason="示例",
        by=cast.statistician,
        at=NOW,
    )
    for month, amount, project in (
        ("2022-03", 6, cast.plant),
        ("2022-03", 4, cast.harbour),
        ("2023-02", 9, cast.plant),
        ("2023-03", 3, cast.harbour),
    ):
        by = cast.officer if project is cast.plant else cast.other_officer
        paid = Period.parse(month).first_day()
        cast.verified(report_month=parse_month(month), paid_on=paid, amount_fen=amount * YI, project=project, by=by)
    for unit, amount in ((None, 50), (cast.east, 30), (cast.west, 20)):
        set_target(
            city=cast.city, indicator="capital_in_place", year=2023, unit=unit, amount=amount * YI, document="示例〔2023〕1号",
            issued_on=date(2023, 1, 5), by=cast.statistician, at=NOW,
        )  # fmt: skip


def drafted(cast: Cast, code: str = "score-2023", text: str = SCORES, **changes: Any) -> Regulation:
    """A draft regulation, valid from January 2023."""
    purpose = Purpose.LIGHTS if "[[light]]" in text else Purpose.SCORES
    given: dict[str, Any] = {"title": f"示例办法 {code}", "source": "示例", "valid_from": parse_month("2023-01")}
    return draft_regulation(
        city=cast.city, code=code, purpose=purpose, text=text, by=cast.statistician, at=NOW, **given | changes
    )


def issued(cast: Cast, code: str = "score-2023", text: str = SCORES, **changes: Any) -> Regulation:
    """The same, issued."""
    draft = drafted(cast, code, text, **changes)
    return issue_regulation(regulation=draft, document="示例〔2023〕3号", by=cast.statistician, at=NOW)


def started(cast: Cast, regulation: Regulation | None = None) -> Assessment:
    """A draft assessment of the first quarter."""
    return start_assessment(
        city=cast.city,
        regulation=regulation or issued(cast),
        period=Q1,
        title="示例考核",
        by=cast.statistician,
        at=NOW,
    )


def shown(cast: Cast, regulation: Regulation | None = None) -> Assessment:
    """The same, shown to the districts until 10 April."""
    return show_assessment(
        assessment=started(cast, regulation),
        objections_from=TODAY,
        objections_until=UNTIL,
        today=TODAY,
        by=cast.statistician,
        at=NOW,
    )


def inspected(cast: Cast, times: int) -> None:
    """The east was inspected so often, as a document says."""
    enter_inputs(
        city=cast.city,
        code="inspection",
        period=Q1,
        values={cast.east: Decimal(times)},
        document="示例督查〔2023〕1号",
        by=cast.statistician,
        at=NOW,
    )
