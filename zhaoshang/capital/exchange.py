"""Rates of exchange, entered and never fetched; and the one conversion of a foreign payment, by the rate of the day on which it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from zhaoshang.capital.currencies import CURRENCIES, HIGHEST_RATE, ROUNDINGS, Foreign, fen_of
from zhaoshang.capital.rates import ExchangeRate
from zhaoshang.common.problems import N_, Refused
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import viewer_of
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.rulesets.rules import Part
from zhaoshang.tenancy.models import City

MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Manner:
    """How foreign money is converted: how many days before its arrival the rate may be of, and how less than a fen is rounded."""

    latest_days: int
    rounding: str


def manner_in(part: Part) -> Manner:
    """Raises ``BadRules``."""
    part.text("source")
    return Manner(part.whole("latest_days", 0, 60), part.choice("rounding", ROUNDINGS))


FOREIGN = Kind(
    code="foreign",
    name=N_("外币折算办法"),
    about=N_("外币到账按哪一天的汇率折成人民币，不足一分的怎样舍入。"),
    reads=manner_in,
    sample=Path(__file__).parent / "samples" / "foreign.toml",
    labels={"latest_days": N_("到账日之前最多往回找几天"), "rounding": N_("不足一分的舍入")},
    words={"half_even": N_("四舍六入五成双"), "half_up": N_("四舍五入")},
)


class BadRate(Refused):
    """A rate is not taken; ``line`` says which of those given, counted from 1."""

    def __init__(self, template: str, line: int, **params: object) -> None:
        super().__init__("bad_rate", template, line=line, **params)
        self.line = line


class RateMissing(Refused):
    """No rate of the currency is known for the day, nor for a day shortly before it."""

    def __init__(self, currency: str, day: date, latest_days: int) -> None:
        super().__init__(
            "rate_missing",
            N_("{currency} 在 {day} 没有汇率，此前 {days} 天内也没有。请统计员先在“汇率”里录入当天公布的，再申报。"),
            currency=currency,
            day=day.isoformat(),
            days=latest_days,
        )


class NotConverted(Refused):
    """What stands as yuan is not what the rate on record makes of the foreign amount."""

    def __init__(self, currency: str, day: date) -> None:
        super().__init__(
            "not_converted",
            N_("{currency} 的折算与在册的 {day} 汇率不符：汇率可能刚更正过。请重新核对折算后再申报。"),
            currency=currency,
            day=day.isoformat(),
        )


@dataclass(frozen=True, slots=True)
class NewRate:
    """A rate as published: yuan for one unit, in 10⁻⁸ yuan."""

    currency: str
    on: date
    rate_e8: int
    source: str


@transaction.atomic
def enter_rates(*, city: City, rates: Sequence[NewRate], by: User, at: datetime) -> list[ExchangeRate]:
    """Put rates on record, all or none; one that stands already as it is said is not written again, one that differs is its correction.

    No payment changes: it keeps the rate by which it was converted. Raises :class:`BadRate`, ``NotAllowed``.
    """
    viewer_of(by, city).require(Can.WRITE_RULES)
    _refuse_bad(rates, timezone.localdate(at))
    City.objects.select_for_update(no_key=True).get(pk=city.pk)  # two corrections of one day come one after the other
    made = []
    for rate in rates:
        held = ExchangeRate.objects.of(city).filter(currency=rate.currency, on=rate.on).order_by("-revision").first()
        if held and (held.rate_e8, held.source) == (rate.rate_e8, rate.source.strip()):
            continue
        made.append(
            ExchangeRate.objects.create(
                city=city, currency=rate.currency, on=rate.on, rate_e8=rate.rate_e8, source=rate.source.strip(),
                revision=held.revision + 1 if held else 1, entered_by=by, entered_at=at,
            )
        )  # fmt: skip
    if made:
        days = sorted(one.on for one in made)
        corrected = sum(one.revision > 1 for one in made)
        record(
            "capital.rates.entered", city=city, by=by, at=at, about=made[0], rates=len(made), corrected=corrected,
            first=str(days[0]), last=str(days[-1]),
        )  # fmt: skip
    return made


def _refuse_bad(rates: Sequence[NewRate], today: date) -> None:
    if len(rates) > MOST_ROWS:
        raise BadRate(N_("一次最多录入 {most} 条汇率，请分成几份。"), MOST_ROWS + 1, most=MOST_ROWS)
    seen: set[tuple[str, date]] = set()
    for line, rate in enumerate(rates, start=1):
        if rate.currency not in CURRENCIES:
            raise BadRate(
                N_("第 {line} 条：认不出币种“{currency}”，请填 ISO 4217 代码，如 USD。"), line, currency=rate.currency
            )
        if rate.on > today:
            raise BadRate(N_("第 {line} 条：{day} 还没有到，不能录入以后的汇率。"), line, day=rate.on.isoformat())
        if not 0 < rate.rate_e8 <= HIGHEST_RATE:
            raise BadRate(N_("第 {line} 条：汇率须大于零，写 1 单位外币折多少元人民币。"), line)
        if not rate.source.strip() or len(rate.source.strip()) > 200:
            raise BadRate(N_("第 {line} 条：请写明汇率的来源（公布的机构和日期），最多 200 字。"), line)
        if (rate.currency, rate.on) in seen:
            template = N_("第 {line} 条：{currency} 在 {day} 已在前面写过，请只留一条。")
            raise BadRate(template, line, currency=rate.currency, day=rate.on)
        seen.add((rate.currency, rate.on))


class Rates:
    """The rates of a city as they stand, each asked for once: for one form or for a workbook of thousands of rows."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._held: dict[tuple[str, date], ExchangeRate] = {}

    def on(self, currency: str, day: date) -> ExchangeRate:
        """The rate published for the day, else the last one before it that the city's rules allow. Raises :class:`RateMissing`."""
        if (currency, day) not in self._held:
            self._held[currency, day] = self._asked(currency, day)
        return self._held[currency, day]

    def _asked(self, currency: str, day: date) -> ExchangeRate:
        manner = FOREIGN.on(self.city, day).read
        rows = ExchangeRate.objects.of(self.city).filter(currency=currency, on__lte=day)
        rows = rows.filter(on__gte=day - timedelta(days=manner.latest_days))
        found: ExchangeRate | None = rows.order_by("-on", "-revision").first()
        if found is None:
            raise RateMissing(currency, day, manner.latest_days)
        return found

    def converted(self, currency: str, minor: int, paid_on: date) -> tuple[Foreign, int]:
        """The foreign original with its rate, and the fen that it makes. Raises :class:`RateMissing`."""
        rate = self.on(currency, paid_on)
        fen = fen_of(minor, currency, rate.rate_e8, FOREIGN.on(self.city, paid_on).read.rounding)
        return Foreign(currency, minor, rate.rate_e8, rate.on, rate.source), fen


def refuse_unconverted(city: City, wanted: Sequence[tuple[Foreign, date, int]], *, as_it_was: bool = False) -> None:
    """Every foreign payment (its original, its day, its fen) is what the rate on record makes of it. ``as_it_was``: by whichever rate once
    stood there, for putting a payment back. Raises :class:`NotConverted`, :class:`RateMissing`."""
    rates = Rates(city)
    for foreign, paid_on, fen in wanted:
        if rates.converted(foreign.currency, foreign.minor, paid_on) == (foreign, fen):
            continue
        stood = ExchangeRate.objects.of(city).filter(
            currency=foreign.currency, on=foreign.rate_on, rate_e8=foreign.rate_e8, source=foreign.source
        )
        rounding = FOREIGN.on(city, paid_on).read.rounding
        if not (
            as_it_was and stood.exists() and fen == fen_of(foreign.minor, foreign.currency, foreign.rate_e8, rounding)
        ):
            raise NotConverted(foreign.currency, paid_on)
