"""What the demo city's figures mean and are held against: units, indicators with versions, targets, figures of others."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhaoshang.capital.counting import draft_rules, issue_rules
from zhaoshang.capital.models import RuleSet
from zhaoshang.common.money import to_fen
from zhaoshang.common.periods import Period, month_number
from zhaoshang.demo import facts
from zhaoshang.demo.clock import FOUNDED, RESTATED, after
from zhaoshang.demo.rule_sets import SOURCE, content
from zhaoshang.figures.actions import add_version, define_indicator, enter_external, restate
from zhaoshang.figures.models import Indicator, IndicatorVersion
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.outreach.inforce import OUTREACH
from zhaoshang.people.models import User
from zhaoshang.plans.actions import set_target
from zhaoshang.plans.rules import Phases
from zhaoshang.projects.rules import MILESTONE_LABELS, Milestone
from zhaoshang.regions.actions import add_unit, map_unit
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.rules import SourceClass
from zhaoshang.tenancy.models import City

YEAR_2022, YEAR_2023 = month_number(2022, 1), month_number(2023, 1)
OUTSIDE, INSIDE = [SourceClass.OUTSIDE_PROVINCE], [SourceClass.INSIDE_PROVINCE]
CAPITAL = ("capital_in_place", "capital_outside", "capital_inside")
Q1_2021, Q1_2023 = Period.parse("2021Q1"), Period.parse("2023Q1")
QUARTER_PERCENTS = (34, 60, 82)
REPORTED_2022, REPORTED_2023 = date(2022, 4, 11), date(2023, 4, 18)
_EVENTS = "当期各次招商活动上签约的项目{},同一项目再次签约只计第一次;列有在册项目的按该项目的合同额"
COUNTED_BY = {
    Measure.CAMPAIGNS: "当期所在年度设立的专项招商行动个数",
    Measure.STARTS: "当期同步开工活动中有项目凭证的地区个数,每个地区只计一次;通知另列的园区不计",
    **{Measure(f"trips_{one['code']}"): str(one["definition"]) for one in OUTREACH.shipped["count"]},
    Measure.PARTNERS: "聘期在当期开始的招商合伙人个数,按聘任登记计",
    Measure.EVENT_SIGNED: _EVENTS.format("个数"),
    Measure.EVENT_AMOUNT: _EVENTS.format("的投资额"),
}


def yi(text: str | int) -> int:
    """亿元 in fen."""
    return to_fen(Decimal(text), "亿元")


def add_units(city: City) -> dict[str, ReportingUnit]:
    """The thirteen units with the parts of the map that they report for."""
    units = {}
    always: dict[str, Any] = {"valid_from": date(2020, 1, 1), "valid_to": None, "by": None, "at": FOUNDED}
    for position, unit in enumerate(facts.UNITS, start=1):
        names: dict[str, Any] = {
            "code": unit.code,
            "name": unit.name,
            "short_name": unit.short_name,
            "name_en": unit.name_en,
        }
        units[unit.code] = add_unit(city=city, **names, league_group=unit.group, position=position, **always)
        for part in unit.parts:
            map_unit(
                unit=units[unit.code],
                region_code=part.code,
                partly=part.partly,
                inferred=part.inferred,
                source=part.source,
                **always,
            )
    return units


def issue_rule_set(city: City, year: int, by: User) -> RuleSet:
    """The sample set of a year; that of 2023 is also computed for 2022."""
    at = FOUNDED if year == 2022 else RESTATED
    rules = draft_rules(
        city=city,
        code=f"sample-{year}",
        title=f"{year}年到位内资统计规则(示例)",
        document=f"示例办发〔{year}〕1号",
        content=content(year),
        source=SOURCE,
        is_sample=True,
        valid_from=month_number(year, 1),
        computed_from=YEAR_2022,
        by=by,
        at=at,
    )
    return issue_rules(rules=rules, by=by, at=at)


class Dictionary:
    """Writes the indicator dictionary: names first, then what each means from which month."""

    def __init__(self, city: City, by: User) -> None:
        self.city, self.by = city, by
        self.indicators: dict[str, Indicator] = {}
        self.versions: dict[tuple[str, str], IndicatorVersion] = {}

    def define(self) -> None:
        """All names; and what counts of projects means, which never changed."""
        for position, name in enumerate(facts.INDICATORS, start=1):
            self.indicators[name.code] = define_indicator(
                city=self.city,
                by=self.by,
                at=FOUNDED,
                code=name.code,
                name=name.name,
                name_en=name.name_en,
                unit_of_value=Unit.COUNT if name.counts and name.counts != Measure.EVENT_AMOUNT else Unit.FEN,
                reading_class=name.reading_class,
                words=list(name.words),
                position=position,
            )
            if name.counts:
                self._count(name)

    def _count(self, name: facts.Name) -> None:
        measure = Measure(name.counts)
        size = f",合同投资额{name.at_least_yi}亿元及以上" if name.at_least_yi else ""
        definition = COUNTED_BY.get(measure) or f"{MILESTONE_LABELS[Milestone(name.counts)]}日期在当期的项目个数{size}"
        self._version(
            name.code,
            "v1",
            YEAR_2022,
            FOUNDED,
            title=f"{name.name}数",
            title_en=f"{name.name_en}: number",
            definition=definition,
            measure=measure,
            at_least_fen=yi(name.at_least_yi),
            source=facts.PUBLISHED_2022,
        )

    def capital(self, year: int, rules: RuleSet) -> None:
        """What the three capital indicators mean from a year on: the headline was 省外+省内市外 in 2022, 省外 alone in 2023."""
        wide = year == 2022
        words = ("省外+省内市外", "from outside the city") if wide else ("省外", "from outside the province")
        meanings = (
            (
                OUTSIDE + INSIDE if wide else OUTSIDE,
                words[0],
                f"{year}口径({words[0]})",
                f"{year} definition ({words[1]})",
            ),
            (OUTSIDE, "省外", f"省外({year}规则)", f"Outside the province ({year} rules)"),
            (INSIDE, "省内市外", f"省内市外({year}规则)", f"Elsewhere in the province ({year} rules)"),
        )
        for code, (classes, scope, title, title_en) in zip(CAPITAL, meanings, strict=True):
            self._version(
                code,
                str(year),
                month_number(year, 1),
                FOUNDED if wide else RESTATED,
                title=title,
                title_en=title_en,
                definition=f"经核定的到位资金中,按“{rules.title}”计入的{scope}部分",
                measure=Measure.CAPITAL,
                rule_set=rules,
                source_classes=[str(one) for one in classes],
                source=facts.PUBLISHED_2022 if wide else facts.PUBLISHED_2023,
            )

    def _version(self, code: str, version: str, start: int, at: datetime, **fields: Any) -> None:
        self.versions[code, version] = add_version(
            indicator=self.indicators[code], by=self.by, at=at, code=version, valid_from=start, is_sample=True, **fields
        )

    def restate_2022(self) -> None:
        """Put the year 2022 on record under the definitions of 2023: growth in 2023 rests on it."""
        reason = "2023年起到位内资只计省外资金;为使同比可比,2022年各月按新口径重算备案"
        for code in CAPITAL:
            version, document = self.versions[code, "2023"], "示例办发〔2023〕2号"
            restate(
                version=version, period=Period.of_year(2022), document=document, reason=reason, by=self.by, at=RESTATED
            )


def set_targets(city: City, units: dict[str, ReportingUnit], year: int, by: User) -> None:
    """The year's targets of the city and of each unit."""
    at = FOUNDED if year == 2022 else RESTATED
    for name in facts.INDICATORS:
        amount = dict(name.target).get(year)
        if amount is None:
            continue
        whole, grain = (amount, 1) if name.counts else (yi(amount), yi(1) // 100)
        targets = {None: whole} | {units[code]: part for code, part in _shares(whole, year, grain).items()}
        for unit, part in targets.items():
            set_target(
                city=city,
                indicator=name.code,
                year=year,
                unit=unit,
                amount=part,
                document=facts.TARGET_SOURCES[year],
                issued_on=at.date(),
                inferred=year == 2022,
                phases=_quarters(part) if year == 2023 else None,
                by=by,
                at=at,
            )


def _quarters(amount: int) -> Phases:
    """The invented quarters of 2023, cumulative."""
    first, second, third = (amount * percent // 100 for percent in QUARTER_PERCENTS)
    return (first, second, third)


def _shares(whole: int, year: int, grain: int) -> dict[str, int]:
    """The city's target over the units by the year's weights; the first takes what rounding leaves."""
    place = year - 2022
    parts = {unit.code: max(whole * unit.weight[place] // 1_000 // grain * grain, grain) for unit in facts.UNITS}
    parts[facts.UNITS[0].code] += whole - sum(parts.values())
    return parts


def enter_others(dictionary: Dictionary, by: User) -> None:
    """Published bases of 2021, the rank as reported, and invented figures of the province's other cities."""
    city = dictionary.city
    ours: dict[str, Any] = {"place_code": city.gb_code, "place_name": city.name, "by": by}
    for base in facts.BASES_2021Q1:
        code, money = base["indicator"], base["indicator"] in CAPITAL
        enter_external(
            indicator=dictionary.indicators[code],
            period=Q1_2021,
            value=yi(base["value"]) if money else int(base["value"]),
            version=dictionary.versions[code, "2022" if money else "v1"],
            source=f"{facts.PUBLISHED_2022}:由{base['known_by']}倒推",
            dated=REPORTED_2022,
            at=after(month_number(2022, 3), 12),
            **ours,
        )
    quarter: dict[str, Any] = {
        "indicator": dictionary.indicators["capital_in_place"],
        "version": dictionary.versions["capital_in_place", "2023"],
        "period": Q1_2023,
        "dated": REPORTED_2023,
        "at": after(month_number(2023, 3), 18),
    }
    enter_external(rank=1, scope="全省", source=facts.PUBLISHED_2023, **quarter, **ours)
    for code, (name, value) in facts.NEIGHBOURS.items():
        enter_external(
            place_code=code, place_name=name, value=yi(value), source=facts.INVENTED, is_sample=True, by=by, **quarter
        )
