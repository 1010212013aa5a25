"""What would explain a claim that differs: another version, a sibling indicator, versions mixed, another period or place, a wrong unit."""

from collections.abc import Iterator
from decimal import Decimal

from zhaoshang.bulletins.account import Account, Subject
from zhaoshang.bulletins.holding import Held, growth_held, level_of, unit_name
from zhaoshang.bulletins.matching import named
from zhaoshang.bulletins.rules import Amount, Name, Param, Reason, stands_for, step_of
from zhaoshang.common.periods import Period
from zhaoshang.figures.models import IndicatorVersion
from zhaoshang.figures.queries import Growth, year_to_date
from zhaoshang.figures.rules import growth_percent
from zhaoshang.reading import Claim

MOST = 2  # explanations given
TELLING_DIGITS = 3  # a number of fewer digits may fit anything by chance


def explanations(account: Account, claim: Claim, subject: Subject) -> tuple[Reason, ...]:
    """The likeliest explanations, best first; none for ranks, targets and vague numbers."""
    if claim.target or claim.approx or subject.part or claim.kind not in {"level", "growth"}:
        return ()
    tried = _levels(account, claim, subject) if claim.kind == "level" else _growths(account, claim, subject)
    admitted = stands_for(claim)
    found = (reason for reason, value in tried if value in admitted)
    return tuple(reason for reason, _ in zip(found, range(MOST), strict=False))


def is_telling(claim: Claim) -> bool:
    """Whether the number has digits enough that a fit is no chance."""
    return len(str(int(abs(claim.value) / step_of(claim)))) >= TELLING_DIGITS


def _amount(held: Held) -> Amount:
    return Amount(held.value, held.unit)


def _title(version: IndicatorVersion) -> Name:
    return Name(version.title, version.title_en)


def _levels(account: Account, claim: Claim, subject: Subject) -> Iterator[tuple[Reason, Decimal]]:
    for version in _versions(account, subject):
        held = level_of(subject, version, account)
        yield Reason("by_version", {"version": _title(version), "held": _amount(held)}), held.value
    if not is_telling(claim):
        return
    for other in _siblings(account, subject):
        meant = account.official(other.indicator, subject.period)
        if meant is not None:
            held = level_of(other, meant, account)
            yield Reason("by_indicator", {"indicator": named(other.indicator), "held": _amount(held)}), held.value
    yield from _slips(account, subject)


def _slips(account: Account, subject: Subject) -> Iterator[tuple[Reason, Decimal]]:
    """Slips of the pen: period, place, unit of money."""
    for period in _other_periods(account, subject.period):
        version = account.official(subject.indicator, period)
        if version is not None:
            held = level_of(Subject(subject.indicator, subject.unit, period), version, account)
            yield Reason("by_period", {"period": period, "held": _amount(held)}), held.value
    version = account.official(subject.indicator, subject.period)
    if version is None:
        return
    for unit in [None, *account.units]:
        if unit != subject.unit:
            held = level_of(Subject(subject.indicator, unit, subject.period), version, account)
            yield Reason("by_place", {"place": unit_name(unit), "held": _amount(held)}), held.value
    mine = level_of(subject, version, account)
    if mine.unit == "CNY":
        for factor, scale in (
            (10**4, Name("万元", "10,000 yuan")),
            (Decimal(1) / 10**4, Name("亿元", "100 million yuan")),
        ):
            yield Reason("by_scale", {"unit": scale, "held": _amount(mine)}), mine.value * factor


def _other_periods(account: Account, period: Period) -> list[Period]:
    """The year to date, the last month alone, the same months of the year before: those that the account has."""
    wanted = [year_to_date(period), Period(period.last, period.last), period.year_before(), period.before()]
    return [one for one in dict.fromkeys(wanted) if one != period and account.holds(one)]


def _growths(account: Account, claim: Claim, subject: Subject) -> Iterator[tuple[Reason, Decimal]]:
    for version in _versions(account, subject):
        now = account.figure(version, subject.unit, subject.period)
        rate = account.growth(now)
        if isinstance(rate, Growth):
            yield (
                Reason("by_version", {"version": _title(version), "held": _amount(growth_held(subject, now, rate))}),
                rate.percent,
            )
    yield from _mixed(account, subject)
    if not is_telling(claim):
        return
    for other in _siblings(account, subject):
        official = account.official(other.indicator, subject.period)
        theirs = account.growth(account.figure(official, other.unit, other.period)) if official is not None else None
        if isinstance(theirs, Growth):
            params: dict[str, Param] = {"indicator": named(other.indicator), "held": Amount(theirs.percent, "percent")}
            yield Reason("by_indicator", params), theirs.percent


def _mixed(account: Account, subject: Subject) -> Iterator[tuple[Reason, Decimal]]:
    """One version's figure over another version's base: the false fall that a changed definition makes."""
    before = subject.period.year_before()
    if not account.holds(before):
        return
    versions = account.versions[subject.indicator.pk]
    for now in versions:
        for base in versions:
            if now == base or not account.computed(now, subject.period) or not account.computed(base, before):
                continue
            percent = growth_percent(
                account.figure(now, subject.unit, subject.period).value,
                account.figure(base, subject.unit, before).value,
            )
            if percent is not None:
                yield (
                    Reason("by_mixed", {"now": _title(now), "base": _title(base), "held": Amount(percent, "percent")}),
                    percent,
                )


def _versions(account: Account, subject: Subject) -> list[IndicatorVersion]:
    """The indicator's other versions that are counted for the period."""
    official = account.official(subject.indicator, subject.period)
    versions = account.versions[subject.indicator.pk]
    return [
        one
        for one in versions
        if one != official and account.holds(subject.period) and account.computed(one, subject.period)
    ]


def _siblings(account: Account, subject: Subject) -> list[Subject]:
    """The same question of the other indicators of the class."""
    return [
        Subject(one, subject.unit, subject.period)
        for one in account.indicators
        if one != subject.indicator
        and one.unit_of_value == subject.indicator.unit_of_value
        and one.reading_class == subject.indicator.reading_class
    ]
