"""A first draft of a period's bulletin: 总体情况, 各地区情况, 存在问题, 下一步. Every number in it is a bound figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhaoshang.bulletins.account import Account, Part
from zhaoshang.bulletins.blocks import Token
from zhaoshang.bulletins.rules import period_words
from zhaoshang.capital.models import Payment
from zhaoshang.capital.reconciliation import reconcile
from zhaoshang.capital.rules import Origin, Standing
from zhaoshang.common.periods import Period, month_text
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import Figure, Growth, year_to_date
from zhaoshang.figures.rules import Measure
from zhaoshang.regions.models import ReportingUnit, ReportMonth
from zhaoshang.regions.rules import MonthState
from zhaoshang.tenancy.models import City

YI_FEN = 10_000_000_000
TOP = 3
Block = dict[str, Any]


class NothingToSay(LookupError):
    """The account has no headline figure for the period: no indicator, no one version, or no such months."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a unit stands: its figure, growth if it may be given, and distance to schedule if it has a target."""

    unit: ReportingUnit
    now: Figure
    growth: Decimal | None
    ahead: Decimal | None


class Drafter:
    """Writes one draft from one state of the account."""

    def __init__(self, city: City, period: Period) -> None:
        self.city, self.period, self.account = city, period, Account(city)
        self.headline = self._headline()
        self.to_date = period == year_to_date(period)  # progress is told of the year so far, never of a month alone

    def _headline(self) -> IndicatorVersion:
        """The first capital indicator that has one meaning for the whole period."""
        for indicator in self.account.indicators if self.account.holds(self.period) else []:
            version = self.account.meaning(indicator, self.period)
            if version is not None and version.measure == Measure.CAPITAL:
                return version
        raise NothingToSay(str(self.period))

    def title(self) -> str:
        """大连市2023年一季度国内招商情况通报."""
        return f"{self.city.name}{period_words(self.period)}国内招商情况通报"

    def blocks(self) -> list[Block]:
        """The draft."""
        units = self._units()
        return [
            _heading("总体情况"), *self._overall(),
            _heading("各地区情况"), *self._by_unit(units),
            _heading("存在问题"), *self._problems(units),
            _heading("下一步工作"), *self._next(units),
        ]  # fmt: skip

    def _token(
        self,
        version: IndicatorVersion,
        aspect: str,
        unit: ReportingUnit | None = None,
        of: str = "",
        plain: bool = False,
    ) -> str:
        return str(
            Token(version.indicator.code, version.code, unit.code if unit else "*", str(self.period), aspect, of, plain)
        )

    # -- 总体情况 ----------------------------------------------------------------------------------------------------

    def _overall(self) -> list[Block]:
        paragraphs = [self._first(), self._related(), self._parts(), self._projects(), self._countings()]
        return [_paragraph(text) for text in paragraphs if text]

    def _first(self) -> str:
        version = self.headline
        said = [f"{period_words(self.period)}，全市完成{version.indicator.name}{self._token(version, 'value')}"]
        said += self._rated(version)
        if self.account.province_rank(version.indicator, self.period) is not None:
            said.append(f"{version.indicator.name}总量{self._token(version, 'rank')}")
        return "，".join(said) + "。"

    def _rated(self, version: IndicatorVersion, unit: ReportingUnit | None = None) -> list[str]:
        """Growth, or why it is not given, and progress where there is a target."""
        said = [self._token(version, "growth", unit)]
        if self.to_date and self.account.target(version.indicator, unit, self.period.year) is not None:
            said.append(f"完成年度目标的{self._token(version, 'of_year', unit)}")
            said.append(self._token(version, "ahead", unit))
        return said

    def _related(self) -> str:
        """The headline's parts by source (其中), and capital that it does not include (另有)."""
        inside: list[str] = []
        beside: list[str] = []
        for version in self._official(Measure.CAPITAL):
            mine, whole = frozenset(version.classes), frozenset(self.headline.classes)
            if version.indicator == self.headline.indicator or mine == whole or self._is_empty(version):
                continue
            said = "，".join([f"{version.indicator.name}{self._token(version, 'value')}", *self._rated(version)])
            (inside if mine < whole else beside).append(said)
        parts = (["其中，" + "；".join(inside) + "。"] if inside else []) + (
            ["另有" + "；".join(beside) + "。"] if beside else []
        )
        return "".join(parts)

    def _official(self, *measures: Measure) -> Iterable[IndicatorVersion]:
        for indicator in self.account.indicators:
            version = self.account.meaning(indicator, self.period)
            if version is not None and version.measure in measures:
                yield version

    def _is_empty(self, version: IndicatorVersion) -> bool:
        return self.account.figure(version, None, self.period).value == 0

    def _parts(self) -> str:
        """New and continued projects, and where most of the money comes from."""
        now = self.account.figure(self.headline, None, self.period)
        said = []
        if all(self.account.part(now, Part("origin", str(one), "")).fen for one in Origin):
            new, continued = (
                self._token(self.headline, "part_origin", of=str(one)) for one in (Origin.NEW, Origin.CONTINUED)
            )
            said.append(f"从项目看，新建项目到位资金{new}，续建项目到位资金{continued}。")
        if sources := self._sources(now):
            listed = "，".join(
                f"{name}到位资金{self._token(self.headline, 'part_source', of=code)}" for code, name in sources
            )
            said.append(f"从资金来源看，{listed}。")
        return "".join(said)

    def _sources(self, now: Figure) -> list[tuple[str, str]]:
        own = self.city.gb_code[:2]
        amounts = {
            (one.code, one.short_name): self.account.part(now, Part("source", one.code, "")).fen
            for one in self.account.provinces
            if one.code[:2] != own
        }
        return sorted((key for key, fen in amounts.items() if fen > 0), key=lambda key: (-amounts[key], key))[:TOP]

    def _projects(self) -> str:
        """Signed, landed and reserved projects, each with those of at least 1亿元."""
        said = []
        for version in self._official(Measure.SIGNED, Measure.LANDED, Measure.RESERVED):
            if version.at_least_fen or self._is_empty(version):
                continue
            words = [f"{version.indicator.name}{self._token(version, 'value')}", *self._rated(version)]
            large = next((one for one in self._official(Measure(version.measure)) if one.at_least_fen == YI_FEN), None)
            if large is not None:
                words.append(f"其中亿元以上{self._token(large, 'value')}")
            said.append("，".join(words))
        return "；".join(said) + "。" if said else ""

    def _countings(self) -> str:
        """That more than one counting is in the sums, and which; nothing where there is one."""
        if not self.headline.spans:
            return ""
        named, name = self._token(self.headline, "meaning"), self.headline.indicator.name
        return f"（说明：年内口径有变化，本期{name}各月按当月口径统计后相加：{named}。）"

    # -- 各地区情况 --------------------------------------------------------------------------------------------------

    def _units(self) -> list[Place]:
        """Units that report at the period's end, greatest first."""
        day = Period(self.period.last, self.period.last).first_day()
        found = []
        for unit in self.account.units:
            now = self.account.figure(self.headline, unit, self.period)
            if not unit.valid_on(day) and not now.value:
                continue
            rate, done = self.account.growth(now), self.account.progress(now) if self.to_date else None
            growth = rate.percent if isinstance(rate, Growth) else None
            found.append(Place(unit, now, growth, done.ahead_points if done else None))
        return sorted(found, key=lambda one: (-one.now.value, one.unit.position))

    def _by_unit(self, units: list[Place]) -> list[Block]:
        if not units:
            return []
        name = self.headline.indicator.name
        top = [one for one in units if one.now.value > 0][:TOP]
        if not top:
            return [self._table(units)]
        first = "，".join(f"{one.unit.name}{name}{self._token(self.headline, 'value', one.unit)}" for one in top)
        said = f"从总量看，{first}{'，列前' + _numeral(len(top)) if len(top) > 1 else ''}。"
        fast = sorted(
            (one for one in units if one.growth is not None and one.growth > 0), key=lambda one: -(one.growth or 0)
        )[:TOP]
        if fast:
            listed = "，".join(f"{one.unit.name}{name}{self._token(self.headline, 'growth', one.unit)}" for one in fast)
            said += f"从增速看，{listed}，增长较快。"
        return [_paragraph(said), self._table(units)]

    def _table(self, units: list[Place]) -> Block:
        heads = self._table_heads(units)
        rows = [
            [
                unit.name if unit else "全市",
                *(self._token(self.headline, aspect, unit, plain=True) for aspect in heads),
            ]
            for unit in [*(one.unit for one in units), None]
        ]
        columns = ["地区", *heads.values()]
        return {
            "kind": "table",
            "caption": f"{period_words(self.period)}各地区{self.headline.indicator.name}情况",
            "unit_note": "",
            "columns": columns,
            "rows": rows,
        }

    def _table_heads(self, units: list[Place]) -> dict[str, str]:
        """Aspects with their headings; a column in which no unit has anything is left out."""
        heads = {"value": f"{self.headline.indicator.name}（亿元）"}
        if any(one.growth is not None for one in units):
            heads["growth"] = "同比（%）"
        if any(one.ahead is not None for one in units):
            return heads | {"of_year": "完成年度目标（%）", "ahead": "超（欠）序时进度（百分点）"}
        return heads | {"share": "占全市（%）"}

    # -- 存在问题 ----------------------------------------------------------------------------------------------------

    def _problems(self, units: list[Place]) -> list[Block]:
        """Facts of the account only; where there is none, a line for the writer to fill."""
        found = [self._behind(units), self._falling(units), self._open_months(), self._returned(), self._unexplained()]
        return [_paragraph(text) for text in found if text] or [
            _paragraph("账上没有发现进度滞后、退回未补或对账未清的情况。")
        ]

    def _behind(self, units: list[Place]) -> str:
        late = sorted((one for one in units if one.ahead is not None and one.ahead < 0), key=lambda one: one.ahead or 0)
        listed = "，".join(
            f"{one.unit.name}{self.headline.indicator.name}{self._token(self.headline, 'ahead', one.unit)}"
            for one in late
        )
        return f"进度不平衡。{listed}。" if late else ""

    def _falling(self, units: list[Place]) -> str:
        falling = sorted(
            (one for one in units if one.growth is not None and one.growth < 0), key=lambda one: one.growth or 0
        )
        listed = "，".join(
            f"{one.unit.name}{self.headline.indicator.name}{self._token(self.headline, 'growth', one.unit)}"
            for one in falling
        )
        return f"部分地区总量下降。{listed}。" if falling else ""

    def _open_months(self) -> str:
        rows = ReportMonth.objects.of(self.city).filter(
            number__range=(self.period.first, self.period.last), state=MonthState.OPEN
        )
        months = [_month(number) for number in rows.order_by("number").values_list("number", flat=True)]
        return f"{'、'.join(months)}尚未关账，以上数据为初步数。" if months else ""

    def _returned(self) -> str:
        rows = Payment.objects.of(self.city).filter(
            standing=Standing.RETURNED, report_month__range=(self.period.first, self.period.last)
        )
        mended = Payment.objects.of(self.city).filter(succeeds__isnull=False).values("succeeds_id")
        held = set(rows.exclude(pk__in=mended).order_by().values_list("unit_id", flat=True).distinct())
        names = "、".join(unit.name for unit in self.account.units if unit.pk in held)
        return f"申报质量有待提高。{names}有被退回的申报尚未补正重报。" if names else ""

    def _unexplained(self) -> str:
        held = {number: reconcile(self.city, number) for number in self.period}
        months = [_month(number) for number, account in held.items() if account.entries and account.open_count]
        return f"与统计部门对账仍有差异。{'、'.join(months)}的差异尚未逐笔说明原因。" if months else ""

    # -- 下一步 ------------------------------------------------------------------------------------------------------

    def _next(self, units: list[Place]) -> list[Block]:
        late = [
            one.unit.name
            for one in sorted(units, key=lambda one: one.ahead or Decimal(0))
            if one.ahead is not None and one.ahead < 0
        ]
        said = [f"逐个调度进度滞后地区。对{'、'.join(late[:TOP])}开展现场督导，逐项目排定到位计划。"] if late else []
        said.append("推动签约项目落地。盯紧已签约未落地项目的要素保障，落地项目尽快形成到位资金。")
        said.append("把好数据质量关。凭证不全的不计入，对账差异逐笔说明，按月关账。")
        return [_paragraph(text) for text in said]


def _heading(text: str) -> Block:
    return {"kind": "heading", "level": 1, "text": text}


def _paragraph(text: str) -> Block:
    return {"kind": "paragraph", "text": text}


def _month(number: int) -> str:
    year, month = month_text(number).split("-")
    return f"{year}年{int(month)}月"


def _numeral(count: int) -> str:
    return "一二三"[count - 1]
