"""What the demo city's figures mean and are held against: units, indicators with versions, targets, figures of others."""

from datetime import date
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
from zhaoshang.people.models import User
from zhaoshang.plans.actions import set_target
from zhaoshang.projects.rules import MILESTONE_LABELS, Milestone
from zhaoshang.regions.actions import add_unit, map_unit
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.regions.rules import SourceClass
from zhaoshang.tenancy.models import City

YEAR_2022, YEAR_2023 = month_number(2022, 1), month_number(2023, 1)
OUTSIDE, INSIDE = [SourceClass.OUTSIDE_PROVINCE], [SourceClass.INSIDE_PROVINCE]
Q1_2021, Q1_2023 = Period.parse("2021Q1"), Period.parse("2023Q1")


def add_units(city: City) -> dict[str, ReportingUnit]:
    """The thirteen units with the parts of the map that they report for."""
    units = {}
    for position, unit in enumerate(facts.UNITS, start=1):
        start = {"valid_from": date(2020, 1, 1), "valid_to": None}
        units[unit.code] = add_unit(
            city=city, by=None, at=FOUNDED, code=unit.code, name=unit.name, short_name=unit.short_name,
            name_en=unit.name_en, league_group=unit.group, position=position, **start,
        )  # fmt: skip
        for part in unit.parts:
            map_unit(
                unit=units[unit.code], by=None, at=FOUNDED, region_code=part.region_code, partly=part.partly,
                inferred=part.inferred, source=part.source, **start,
            )  # fmt: skip
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


# code, name, English name, class and words by which a bulletin names it
INDICATORS: tuple[tuple[str, str, str, str, list[str]], ...] = (
    ("capital_in_place", "到位内资", "Domestic capital in place", "capital_in_place", ["到位内资", "实际到位内资", "引进内资", "国内招商到位资金"]),
    ("capital_outside", "省外到位内资", "Capital in place from outside the province", "capital_in_place", ["省外到位内资", "省外资金", "省外内资", "引进省外资金", "利用省外资金", "到位省外资金"]),
    ("capital_inside", "省内市外到位内资", "Capital in place from elsewhere in the province", "capital_in_place", ["省内到位内资", "省内市外到位内资", "省内资金", "省内内资", "省内市外资金"]),
    ("signed_projects", "签约项目", "Projects signed", "signed_projects", ["签约项目", "签约"]),
    ("signed_projects_yi", "亿元以上签约项目", "Projects signed, 100 million yuan and above", "signed_projects", ["亿元以上签约项目", "亿元以上项目"]),
    ("landed_projects", "落地项目", "Projects landed", "projects_total", ["落地项目", "落地"]),
    ("landed_projects_yi", "亿元以上落地项目", "Projects landed, 100 million yuan and above", "projects_total", ["亿元以上落地项目", "亿元以上项目"]),
    ("reserve_projects", "储备项目", "Projects in reserve", "projects_total", ["储备项目", "储备"]),
)  # fmt: skip
_MILESTONES = {"signed": Measure.SIGNED, "landed": Measure.LANDED, "reserve": Measure.RESERVED}


class Dictionary:
    """Writes the indicator dictionary: names first, then what each means from which month."""

    def __init__(self, city: City, by: User) -> None:
        self.city, self.by = city, by
        self.indicators: dict[str, Indicator] = {}
        self.versions: dict[tuple[str, str], IndicatorVersion] = {}

    def define(self) -> None:
        """All names, and what they meant in 2022; projects are counted alike in both years."""
        for position, (code, name, name_en, reading_class, words) in enumerate(INDICATORS, start=1):
            money = code.startswith("capital")
            self.indicators[code] = define_indicator(
                city=self.city, by=self.by, at=FOUNDED, code=code, name=name, name_en=name_en,
                unit_of_value=Unit.FEN if money else Unit.COUNT, reading_class=reading_class, words=words, position=position,
            )  # fmt: skip
            if not money:
                self._count(code, name, name_en)

    def _count(self, code: str, name: str, name_en: str) -> None:
        size = to_fen(Decimal(1), "亿元") if code.endswith("_yi") else 0
        milestone = _MILESTONES[code.partition("_")[0]]
        self._version(
            code, "v1", YEAR_2022, FOUNDED, measure=milestone, at_least_fen=size,
            title=f"{name}数", title_en=f"{name_en}: number", definition=f"当期{name}的个数,按{MILESTONE_LABELS[Milestone(milestone)]}日期计入", source=facts.PUBLISHED_2022,
        )  # fmt: skip

    def capital(self, year: int, rules: RuleSet) -> None:
        """What the three capital indicators mean from a year on."""
        at, start = (FOUNDED, YEAR_2022) if year == 2022 else (RESTATED, YEAR_2023)
        headline = OUTSIDE + INSIDE if year == 2022 else OUTSIDE
        words = "省外+省内市外" if year == 2022 else "省外"
        english = "outside the province + elsewhere in the province" if year == 2022 else "outside the province"
        for code, classes, title, title_en in (
            ("capital_in_place", headline, f"{year}口径({words})", f"{year} definition ({english})"),
            ("capital_outside", OUTSIDE, f"省外({year}规则)", f"Outside the province ({year} rules)"),
            ("capital_inside", INSIDE, f"省内市外({year}规则)", f"Elsewhere in the province ({year} rules)"),
        ):
            self._version(
                code, str(year), start, at, measure=Measure.CAPITAL, rule_set=rules, source_classes=[str(one) for one in classes],
                title=title, title_en=title_en, definition=f"{title}:经核定的到位资金中按“{rules.title}”计入的部分",
                source=facts.PUBLISHED_2022 if year == 2022 else facts.PUBLISHED_2023,
            )  # fmt: skip

    def _version(self, code: str, version: str, start: int, at: Any, **fields: Any) -> None:
        self.versions[code, version] = add_version(
            indicator=self.indicators[code], by=self.by, at=at, code=version, valid_from=start, is_sample=True, **fields
        )

    def restate_2022(self) -> None:
        """Put the year 2022 on record under the definitions of 2023: growth in 2023 rests on it."""
        for code in ("capital_in_place", "capital_outside", "capital_inside"):
            restate(
                version=self.versions[code, "2023"], period=Period.of_year(2022), document="示例办发〔2023〕2号",
                reason="2023年起到位内资只计省外资金;为使同比可比,2022年各月按新口径重算备案", by=self.by, at=RESTATED,
            )  # fmt: skip


def set_targets(city: City, units: dict[str, ReportingUnit], year: int, by: User) -> None:
    """The year's targets of the city and, for the first three of money and of projects, of each unit."""
    amounts, at = (facts.TARGETS_2022, FOUNDED) if year == 2022 else (facts.TARGETS_2023, RESTATED)
    document = f"{facts.TARGET_BASIS if year == 2022 else '示例计划'}·{year}年"
    for code, amount in amounts.items():
        whole = to_fen(Decimal(amount), "亿元") if code.startswith("capital") else amount
        shares = _shares(whole, year, 1_000_000 if code.startswith("capital") else 1)
        for unit, part in [(None, whole), *((units[key], part) for key, part in shares.items())]:
            set_target(
                city=city, indicator=code, year=year, unit=unit, amount=part, document=document, issued_on=at.date(),
                inferred=year == 2022, by=by, at=at,
            )  # fmt: skip


def _shares(whole: int, year: int, grain: int) -> dict[str, int]:
    """The city's target over the units by the year's weights; the largest takes what rounding leaves."""
    place = year - 2022
    parts = {unit.code: max(whole * unit.weight[place] // 1_000 // grain * grain, grain) for unit in facts.UNITS}
    parts["jinpu"] += whole - sum(parts.values())
    return parts


def enter_others(dictionary: Dictionary, by: User) -> None:
    """Published bases of 2021, the rank as reported, and invented figures of the province's other cities."""
    city = dictionary.city
    for code, text, known_by in facts.BASES_2021Q1:
        money = code.startswith("capital")
        enter_external(
            indicator=dictionary.indicators[code], period=Q1_2021, place_code=city.gb_code, place_name=city.name,
            value=to_fen(Decimal(text), "亿元") if money else int(text), version=dictionary.versions[code, "2022" if money else "v1"],
            source=f"{facts.PUBLISHED_2022}:由{known_by}倒推", dated=date(2022, 4, 11), by=by, at=after(month_number(2022, 3), 12),
        )  # fmt: skip
    headline, version = dictionary.indicators["capital_in_place"], dictionary.versions["capital_in_place", "2023"]
    at = after(month_number(2023, 3), 18)
    enter_external(
        indicator=headline, period=Q1_2023, place_code=city.gb_code, place_name=city.name, rank=1, scope="全省",
        version=version, source=facts.PUBLISHED_2023, dated=date(2023, 4, 18), by=by, at=at,
    )  # fmt: skip
    for code, (name, text) in facts.OTHER_CITIES.items():
        enter_external(
            indicator=headline, period=Q1_2023, place_code=code, place_name=name, value=to_fen(Decimal(text), "亿元"),
            version=version, source=facts.INVENTED, dated=date(2023, 4, 18), is_sample=True, by=by, at=at,
        )  # fmt: skip
