"""The demo city's assessments and lights: one regulation of scores and two of lights (samples made after published systems), 2022 assessed
to the end with an objection upheld, the first quarter of 2023 shown with its window open, lights of fifteen months. All invented."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from zhaoshang.assessments.assessing import finish_assessment, show_assessment, start_assessment
from zhaoshang.assessments.entering import enter_inputs
from zhaoshang.assessments.lighting import compute_lights, explain_light
from zhaoshang.assessments.models import Assessment, Regulation
from zhaoshang.assessments.objecting import raise_objection, uphold_objection
from zhaoshang.assessments.regulating import draft_regulation, issue_regulation
from zhaoshang.assessments.samples import sample
from zhaoshang.common.periods import Period
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import FOUNDED, after
from zhaoshang.demo.plan import FIRST, LAST

YEAR, QUARTER = Period.of_year(2022), Period.parse("2023Q1")
OPEN_DAYS = 30
# Months that the latest project was late by; months in which a started project was not in statistics. Invented.
LATE_START: dict[int, dict[str, int]] = {
    5: {"pulandian": 1},
    6: {"pulandian": 2},
    7: {"pulandian": 3, "xigang": 1},
    8: {"xigang": 2},
    13: {"changhai": 1},
    14: {"changhai": 2, "wafangdian": 1},
}
NOT_IN_STATISTICS: dict[int, dict[str, int]] = {
    3: {"gaoxin": 1},
    9: {"zhuanghe": 1},
    10: {"zhuanghe": 2},
    14: {"lvshunkou": 2, "gaoxin": 1},
}
ISSUED = {"scores": "scores-2022", "lights-yinchuan": "lights-nodes", "lights-tianjin": "lights-growth"}
_TARGET, _GROWTH = 'weight = {}\ninput = "capital_in_place.of_year"', 'weight = {}\ninput = "capital_in_place.growth"'


class Assessing:
    """Makes them for one account."""

    def __init__(self, account: Account) -> None:
        self.account, self.city = account, account.city
        self.statistician = account.people["tongji"]

    def fill(self) -> None:
        """Everything, in the order in which it happened."""
        scores, yinchuan, tianjin = (self.issued(name, code) for name, code in ISSUED.items())
        self.year(scores)
        self.revision(scores)
        self.sharing(scores)
        self.quarter(scores)
        self.lights(yinchuan, tianjin)

    def issued(self, name: str, code: str) -> Regulation:
        """A shipped sample, issued for 2022 and later."""
        one = sample(name)
        drafted = draft_regulation(
            city=self.city, code=code, purpose=one.purpose, title=one.title, source=one.source, text=one.text,
            valid_from=FIRST, is_sample=True, by=self.statistician, at=FOUNDED,
        )  # fmt: skip
        return issue_regulation(
            regulation=drafted,
            document=f"示例办发〔2022〕{list(ISSUED).index(name) + 7}号",
            by=self.statistician,
            at=FOUNDED,
        )

    def revision(self, before: Regulation) -> Regulation:
        """A draft that moves weight from the year's target to growth, to be tried on past periods."""
        text = before.text.replace(_TARGET.format(30), _TARGET.format(20))
        text = text.replace(_GROWTH.format(20), _GROWTH.format(30))
        return draft_regulation(
            city=self.city, code="scores-2023", purpose=sample("scores").purpose, title="招商引资考核办法(示例,2023修订稿)",
            source="示例:在2022年示例办法上,把十分权重由完成目标移到同比增长", text=text, valid_from=LAST + 1, replaces=before,
            is_sample=True, by=self.statistician, at=after(LAST, 15),
        )  # fmt: skip

    def sharing(self, before: Regulation) -> Regulation:
        """A draft by which amounts and signings are credited as transfers share them, to be tried on past periods."""
        text = before.text.replace("capital_outside.value", "capital_outside.shared")
        text = text.replace("signed_projects_yi.value", "signed_projects_yi.shared")
        return draft_regulation(
            city=self.city, code="scores-2023-shared", purpose=sample("scores").purpose, title="招商引资考核办法(示例,分享计分稿)",
            source="示例:在2022年示例办法上,第二、四条按流转和裁定的分享比例计入;统计仍按落地地区", text=text, valid_from=LAST + 1,
            replaces=before, is_sample=True, by=self.statistician, at=after(LAST, 16),
        )  # fmt: skip

    def entered(self, code: str, period: Period, values: Mapping[str, int], document: str) -> None:
        """Numbers of an invented document."""
        enter_inputs(
            city=self.city, code=code, period=period, document=document, is_sample=True, by=self.statistician,
            values={self.account.units[unit]: Decimal(value) for unit, value in values.items()}, at=after(period.last, 11),
        )  # fmt: skip

    def shown(self, regulation: Regulation, period: Period, title: str, first: date, last: date) -> Assessment:
        """Drafted from the account, and shown on the first day of the window."""
        at = after(period.last, 18)
        drafted = start_assessment(
            city=self.city,
            regulation=regulation,
            period=period,
            title=title,
            is_sample=True,
            by=self.statistician,
            at=at,
        )
        return show_assessment(
            assessment=drafted, objections_from=first, objections_until=last, today=first, by=self.statistician, at=at
        )

    def year(self, regulation: Regulation) -> None:
        """2022, to the end: 庄河市 objects to a second inspection notice that was withdrawn, and is right."""
        self.entered("inspection", YEAR, {"zhuanghe": 2, "changhai": 1}, "示例督查通报〔2022〕9号")
        self.entered("late_projects", YEAR, {"pulandian": 3, "xigang": 2, "wafangdian": 1}, "示例项目调度〔2022〕12号")
        shown = self.shown(regulation, YEAR, "2022年招商引资考核(示例)", date(2023, 1, 18), date(2023, 1, 31))
        objection = raise_objection(
            assessment=shown, unit=self.account.units["zhuanghe"], article="七", today=date(2023, 1, 20),
            reason="第二次督查通报已于2022年11月销号,不应再计", by=self.account.people["zhuanghe"], at=after(YEAR.last, 20),
        )  # fmt: skip
        uphold_objection(
            objection=objection, key="entered.inspection", corrected=Decimal(1), by=self.statistician, at=after(YEAR.last, 28),
            answer="经与督查部门核对,该通报确已销号,更正为一次",
        )  # fmt: skip
        finish_assessment(assessment=shown, today=date(2023, 2, 1), by=self.statistician, at=after(YEAR.last + 1, 1))

    def quarter(self, regulation: Regulation) -> None:
        """The first quarter of 2023, still open to objections; one waits."""
        self.entered("late_projects", QUARTER, {"changhai": 1, "wafangdian": 1}, "示例项目调度〔2023〕3号")
        self.entered("inspection", QUARTER, {"xigang": 1}, "示例督查通报〔2023〕2号")
        until = timezone.localdate() + timedelta(days=OPEN_DAYS)
        shown = self.shown(regulation, QUARTER, "2023年一季度招商引资考核(示例)", date(2023, 4, 18), until)
        raise_objection(
            assessment=shown, unit=self.account.units["xigang"], article="七", today=date(2023, 4, 20),
            reason="通报所列项目属市级部门牵头,请核减", by=self.account.people["xigang"], at=after(LAST, 20),
        )  # fmt: skip

    def lights(self, nodes: Regulation, growth: Regulation) -> None:
        """Every month by both systems; the growth that was planned for 2023; one red light explained."""
        planned = dict.fromkeys(self.account.units, 15)
        self.entered(
            "plan_growth", Period.of_year(2023), planned | {"jinpu": 20, "changhai": 10}, "示例计划〔2023〕1号"
        )
        made = []
        for place, month in enumerate(range(FIRST, LAST + 1)):
            for code, values in (("late_start", LATE_START), ("not_in_statistics", NOT_IN_STATISTICS)):
                if place in values:
                    self.entered(code, Period(month, month), values[place], f"示例项目调度{month % 12 + 1}月")
            for regulation in (nodes, growth):
                made += compute_lights(regulation=regulation, month=month, by=self.statistician, at=after(month, 12))
        red = next(light for light in made if light.colour == "red" and light.month == LAST)
        explain_light(
            light=red,
            text="两个项目一季度末才办完手续,四月补报(示例)",
            by=self.account.people[red.unit.code],
            at=after(LAST, 14),
        )
