"""What the account says to a claim: the figures that it may be held against, by the claim's kind."""

import re
from dataclasses import dataclass
from decimal import Decimal

from zhaoshang.bulletins.account import Account, Subject
from zhaoshang.bulletins.matching import bare, named
from zhaoshang.bulletins.rules import Evidence, Name, Param, Reason, Sentence
from zhaoshang.bulletins.words import Place, kind, source_classes
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import Period
from zhaoshang.figures.models import ExternalFigure, IndicatorVersion
from zhaoshang.figures.queries import Figure, Growth
from zhaoshang.figures.rules import BASIS_LABELS, Basis, Refusal, Unit, growth_percent, share_percent
from zhaoshang.reading import Claim
from zhaoshang.regions.models import ReportingUnit

_RATE = re.compile(r"[一-鿿]率(?:为|达到?|约|是|：|:)*$")
_MANY_YEARS = re.compile("平均|年均|比20\\d\\d年|较20\\d\\d年|比前年|较前年|两年")
_PREVIOUS = re.compile("环比|比上月|比上季|较上月|较上季")
_SCHEDULE = re.compile("序时|时序|时间进度|进度")
_BASE = re.compile("同期|上年|去年")
_SPEED = re.compile("增速|增幅|增长率")


@dataclass(frozen=True, slots=True)
class Held:
    """One answer: a value in the claim's base unit, what it is (``aspect``), and its figure (None: from outside the ledger)."""

    subject: Subject | None
    aspect: str
    value: Decimal
    unit: str
    evidence: Evidence
    figure: Figure | None = None
    source: str | Name = ""


Answers = list[Held] | Reason


def answers(account: Account, claim: Claim, subject: Subject, place: Place) -> Answers:
    """What a claim of this kind may be held against, likeliest first, or why there is nothing."""
    if claim.target:
        return _target(account, subject)
    if claim.kind == "level":
        return _level(account, subject, place)
    if claim.kind == "rank":
        return _rank(account, claim, subject, place)
    now = official_figure(account, subject)
    if isinstance(now, Reason):
        return now
    match kind(claim):
        case "growth":
            return _growth(account, claim, subject, now, place)
        case "completion":
            return _completion(account, claim, subject, now, place)
        case "share":
            return _share(account, claim, subject, now, place)
        case _:
            return _difference(account, claim, subject, now, place)


def official_figure(account: Account, subject: Subject) -> Figure | Reason:
    """The figure under the version that was official in the period."""
    period = subject.period
    if not account.holds(period):
        return no_months(account, subject)
    version = account.official(subject.indicator, period)
    if version is None:
        titles = [(one.title, one.title_en) for one in account.versions[subject.indicator.pk]]
        return Reason(
            "no_version",
            {"period": period, "versions": Name("、".join(zh for zh, _ in titles), ", ".join(en for _, en in titles))},
        )
    return account.figure(version, subject.unit, period)


def no_months(account: Account, subject: Subject) -> Reason:
    """The account does not reach back, or forward, to the period."""
    months = account.months
    if months is None:
        return Reason("no_account")
    first, last = (type(months)(month, month) for month in (months.first, months.last))
    return Reason("no_months", {"period": subject.period, "first": first, "last": last})


def in_base_unit(value: int | Decimal, unit_of_value: str) -> Decimal:
    """A figure's value as claims carry it: fen as yuan, counts as they are."""
    return in_unit(int(value), "元") if unit_of_value == Unit.FEN else Decimal(value)


def base_unit(unit_of_value: str) -> str:
    """The claims' name of the unit."""
    return "CNY" if unit_of_value == Unit.FEN else "count"


def unit_name(unit: ReportingUnit | None) -> Name:
    """A unit, or the whole city, for sentences."""
    return Name(unit.name, unit.name_en) if unit else Name("全市", "the whole city")


# -- by kind -----------------------------------------------------------------------------------------------------------


def level_of(subject: Subject, version: IndicatorVersion, account: Account) -> Held:
    """The value of a subject under a version."""
    now = account.figure(version, subject.unit, subject.period)
    unit = subject.indicator.unit_of_value
    value = account.part(now, subject.part).fen if subject.part else now.value
    aspect = f"{subject.part.facet}:{subject.part.value}" if subject.part else "value"
    return Held(subject, aspect, in_base_unit(value, unit), base_unit(unit), Evidence.LEDGER, now)


def _level(account: Account, subject: Subject, place: Place) -> Answers:
    now = official_figure(account, subject)
    if not isinstance(now, Reason):
        found = [level_of(subject, now.version, account)]
        later = _compared_under(account, subject) if _BASE.search(place.head) else None
        return [*found, level_of(subject, later, account)] if later and later != now.version else found
    entry = _own_published(account, subject) if subject.unit is None and subject.part is None else None
    return [_outside(subject, entry, Evidence.PUBLISHED)] if entry else now


def _compared_under(account: Account, subject: Subject) -> IndicatorVersion | None:
    """The meaning a year later, if the period is counted under it too: «上年同期586.6亿元» is the base of that year's growth."""
    period = subject.period
    version = account.official(subject.indicator, Period(period.first + 12, period.last + 12))
    return version if version and account.computed(version, period) else None


def _own_published(account: Account, subject: Subject) -> ExternalFigure | None:
    """What the city itself published of a period, on record."""
    entries = account.external(subject.period)
    return next(
        (
            one
            for one in entries
            if one.place_code == account.city.gb_code
            and one.indicator_id == subject.indicator.pk
            and one.value is not None
        ),
        None,
    )


def external_answer(account: Account, claim: Claim, subject: Subject, place_name: str) -> Held | None:
    """Another place's figure on record, of the claim's class."""
    for entry in account.external(subject.period):
        if bare(entry.place_name) == bare(place_name) and entry.indicator_id == subject.indicator.pk:
            if claim.kind == "level" and entry.value is not None:
                return _outside(subject, entry, Evidence.EXTERNAL)
            if claim.kind == "rank" and entry.rank is not None:
                return Held(subject, "rank", Decimal(entry.rank), "rank", Evidence.EXTERNAL, None, entry.source)
    return None


def _outside(subject: Subject, entry: ExternalFigure, evidence: Evidence) -> Held:
    unit = subject.indicator.unit_of_value
    return Held(
        subject, "value", in_base_unit(int(entry.value or 0), unit), base_unit(unit), evidence, None, entry.source
    )


def _target(account: Account, subject: Subject) -> Answers:
    target = account.target(subject.indicator, subject.unit, subject.period.year)
    if target is None:
        params: dict[str, Param] = {
            "year": subject.period.year,
            "place": unit_name(subject.unit),
            "indicator": named(subject.indicator),
        }
        return Reason("no_target", params)
    unit = subject.indicator.unit_of_value
    return [
        Held(
            subject,
            "target",
            in_base_unit(target.amount, unit),
            base_unit(unit),
            Evidence.TARGET,
            None,
            target.document,
        )
    ]


def _rank(account: Account, claim: Claim, subject: Subject, place: Place) -> Answers:
    nothing = Reason("no_rank", {"period": subject.period, "indicator": named(subject.indicator)})
    if _SPEED.search(place.item) or subject.part:
        return nothing
    if subject.unit is not None:
        now = official_figure(account, subject)
        if isinstance(now, Reason):
            return now
        rank = account.unit_rank(now)
        note = Name("按账上各地区排序", "units ordered by the account")
        return [Held(subject, "rank", Decimal(rank), "rank", Evidence.LEDGER, now, note)] if rank else nothing
    found = account.province_rank(subject.indicator, subject.period)
    if found is None or (claim.rank_scope and "省" not in claim.rank_scope):
        return nothing
    source: str | Name = (
        found.told.source if found.told else Name("按登记的各市数据推算", "computed from the cities' figures on record")
    )
    return [Held(subject, "province_rank", Decimal(found.rank), "rank", Evidence.EXTERNAL, None, source)]


def _growth(account: Account, claim: Claim, subject: Subject, now: Figure, place: Place) -> Answers:
    said = place.head + claim.quote
    if _MANY_YEARS.search(said):
        return Reason("many_years")
    before = subject.period.before() if _PREVIOUS.search(said) else None
    if subject.part:
        return _growth_of_part(account, subject, now)
    rate = account.growth(now, before)
    if isinstance(rate, Refusal):
        return _refused(rate)
    return [growth_held(subject, now, rate)]


def _refused(refusal: Refusal) -> Reason:
    """Why there is no rate, in words that every door can say in its language."""
    words = {name: _as_param(value) for name, value in refusal.params.items()}
    return Reason("growth_refused", {"why": Sentence(refusal.template, words) if refusal.template else refusal.reason})


def _as_param(value: object) -> Param:
    if isinstance(value, IndicatorVersion):
        return Name(value.title, value.title_en)
    return value if isinstance(value, Period) else str(value)


def growth_held(subject: Subject, now: Figure, rate: Growth) -> Held:
    """A growth rate with what its base rests on."""
    evidence = Evidence.PUBLISHED if rate.basis == Basis.PUBLISHED else Evidence.LEDGER
    source = rate.note if rate.basis == Basis.PUBLISHED else BASIS_LABELS[rate.basis]
    return Held(subject, "growth", rate.percent, "percent", evidence, now, source)


def _growth_of_part(account: Account, subject: Subject, now: Figure) -> Answers:
    before = subject.period.year_before()
    assert subject.part is not None
    basis = account.basis(now.version, before) if account.holds(before) else None
    if basis is None or isinstance(basis, Refusal):
        return Reason("no_part", {"what": subject.part.label})
    base = account.part(account.figure(now.version, now.unit, before), subject.part).fen
    percent = growth_percent(account.part(now, subject.part).fen, base)
    return (
        [Held(subject, "growth", percent, "percent", Evidence.LEDGER, now)]
        if percent is not None
        else Reason("no_part", {"what": subject.part.label})
    )


def _completion(account: Account, claim: Claim, subject: Subject, now: Figure, place: Place) -> Answers:
    done = account.progress(now)
    if done is None:
        return _target(account, subject)
    found = [Held(subject, "of_year", done.of_year_percent, "percent", Evidence.LEDGER, now)]
    if _SCHEDULE.search(claim.indicator + place.head) and done.schedule_percent:
        of_schedule = done.of_year_percent * 100 / done.schedule_percent
        found.append(Held(subject, "of_schedule", of_schedule, "percent", Evidence.LEDGER, now))
    return found


def _share(account: Account, claim: Claim, subject: Subject, now: Figure, place: Place) -> Answers:
    if _RATE.search(place.head):
        return Reason("no_rate")
    whole = _whole_of(account, subject, now, claim.indicator + place.head)
    part = account.part(now, subject.part).fen if subject.part else now.value
    percent = share_percent(part, whole.value) if whole else None
    if percent is None:
        return Reason("no_part", {"what": claim.quote})
    return [Held(subject, "share", percent, "percent", Evidence.LEDGER, now)]


def _whole_of(account: Account, subject: Subject, now: Figure, said: str) -> Figure | None:
    """What a share is a share of: of a part its figure, of a unit the city, of 省外 or 省内 both together."""
    if subject.part or (subject.unit is None and "占全市" in said):
        return now
    if subject.unit is not None:
        return account.figure(now.version, None, subject.period)
    for indicator in account.indicators:
        same = (
            indicator.reading_class == subject.indicator.reading_class
            and indicator.unit_of_value == subject.indicator.unit_of_value
        )
        version = account.official(indicator, subject.period)
        if (
            same
            and version
            and indicator != subject.indicator
            and source_classes(indicator.name) is None
            and version.at_least_fen == 0
        ):
            return account.figure(version, None, subject.period)
    return None


def _difference(account: Account, claim: Claim, subject: Subject, now: Figure, place: Place) -> Answers:
    if claim.unit == "percent":
        if not _SCHEDULE.search(claim.indicator + place.head + claim.quote):
            return Reason("no_comparison")
        done = account.progress(now)
        return (
            [Held(subject, "ahead", done.ahead_points, "points", Evidence.LEDGER, now)]
            if done
            else _target(account, subject)
        )
    rate = account.growth(now)
    if isinstance(rate, Refusal) or subject.part:
        return _refused(rate) if isinstance(rate, Refusal) else Reason("no_comparison")
    unit = subject.indicator.unit_of_value
    return [
        Held(
            subject, "increase", in_base_unit(now.value - rate.base_value, unit), base_unit(unit), Evidence.LEDGER, now
        )
    ]
