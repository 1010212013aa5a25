"""Two countings in one sum: when an indicator's meaning changes within a year, the months before keep theirs and those after take the new.

A joined version is no row: it names the versions and the months of each, and stands wherever a version does. Its code is theirs with
a dot between, which no single code can hold.
"""

from collections.abc import Sequence
from copy import copy

from zhaoshang.capital.models import RuleSet
from zhaoshang.common.periods import Period, month_text
from zhaoshang.figures.models import FrozenFigure, IndicatorVersion
from zhaoshang.figures.rules import OF_NO_UNIT

Span = tuple[IndicatorVersion, Period]
JOINT = "."


def spans_of(version: IndicatorVersion, period: Period) -> tuple[Span, ...]:
    """Which version counts which of the months; months outside those that were joined are counted as the nearest."""
    if not version.spans:
        return ((version, period),)
    starts = [period.first, *(span.first for _one, span in version.spans[1:])]
    ends = [*(span.last for _one, span in version.spans[:-1]), period.last]
    clipped = [
        (one, max(first, period.first), min(last, period.last))
        for (one, _span), first, last in zip(version.spans, starts, ends, strict=True)
    ]
    return tuple((one, Period(first, last)) for one, first, last in clipped if first <= last)


def joined(versions: Sequence[IndicatorVersion], period: Period) -> IndicatorVersion | None:
    """One meaning for months of one year that several had, each in its own; None when some month had none, or they are no sums."""
    spans = [
        (one, months) for one in sorted(versions, key=lambda one: one.valid_from) if (months := _valid(one, period))
    ]
    whole = sum(len(months.months) for _one, months in spans) == len(period.months)
    measures = {one.measure for one, _months in spans}
    if not period.within_one_year or not whole or len(spans) < 2 or len(measures) > 1 or measures & OF_NO_UNIT:
        return None
    return _of(spans)


def by_code(versions: Sequence[IndicatorVersion], code: str, period: Period) -> IndicatorVersion | None:
    """The version, or the joined one, that has the code; of a joined one each version counts from its own first month on."""
    known = {one.code: one for one in versions}
    parts = [known[part] for part in code.split(JOINT) if part in known]
    if len(parts) != len(code.split(JOINT)):
        return None
    if len(parts) == 1:
        return parts[0]
    years = parts[1].valid_from // 12 - period.first // 12  # a base is counted as its month is counted now
    firsts = [period.first, *(one.valid_from - 12 * years for one in parts[1:])]
    lasts = [*(first - 1 for first in firsts[1:]), period.last]
    if any(first > last for first, last in zip(firsts, lasts, strict=True)):
        return None
    return _of([(one, Period(*ends)) for one, *ends in zip(parts, firsts, lasts, strict=True)])


def meaning_of(frozen: FrozenFigure) -> IndicatorVersion:
    """By what a frozen figure was counted. One query for a figure of two countings, none for any other."""
    version: IndicatorVersion = frozen.version
    code = frozen.ref.partition("@")[2].partition(":")[0]
    if JOINT not in code:
        return version
    rows = IndicatorVersion.objects.of(frozen.city_id).filter(indicator_id=version.indicator_id)
    found = by_code(list(rows.select_related("indicator", "rule_set", "city")), code, frozen.period)
    assert found is not None  # the versions of a frozen figure cannot be deleted
    return found


def a_year_before(version: IndicatorVersion) -> IndicatorVersion:
    """What to count the same months of the year before by: each month by the version that its month now has."""
    return _of([(one, months.year_before()) for one, months in version.spans]) if version.spans else version


def _valid(version: IndicatorVersion, period: Period) -> Period | None:
    last = period.last if version.valid_to is None else min(period.last, version.valid_to)
    first = max(period.first, version.valid_from)
    return Period(first, last) if first <= last else None


def _of(spans: Sequence[Span]) -> IndicatorVersion:
    """The last version as it would be if it counted the months of the others as they do."""
    one = copy(spans[-1][0])
    one.spans = tuple(spans)
    one.code = JOINT.join(version.code for version, _months in spans)
    one.title = "、".join(f"{version.title}（{_said(months, '至')}）" for version, months in spans)
    one.title_en = "; ".join(
        f"{version.title_en or version.title} ({_said(months, ' to ')})" for version, months in spans
    )
    one.definition = "\n".join(f"{_said(months, '至')}：{version.definition}" for version, months in spans)
    one.source = "；".join(dict.fromkeys(version.source for version, _months in spans))
    one.source_classes = sorted({name for version, _months in spans for name in version.source_classes})
    one.at_least_fen = min(version.at_least_fen for version, _months in spans)
    one.is_sample = any(version.is_sample for version, _months in spans)
    one.valid_from, one.valid_to = spans[0][1].first, spans[-1][1].last
    one.rule_set = _rules([(version.rule_set, months) for version, months in spans if version.rule_set is not None])
    return one


def _rules(spans: Sequence[tuple[RuleSet, Period]]) -> RuleSet | None:
    if len({rules.pk for rules, _months in spans}) < 2:
        return spans[0][0] if spans else None
    one = copy(spans[-1][0])
    one.spans = tuple((rules, months.first) for rules, months in spans)
    one.code = JOINT.join(rules.code for rules, _months in spans)
    one.title = "、".join(f"{rules.title}（{_said(months, '至')}）" for rules, months in spans)
    one.document = "、".join(dict.fromkeys(rules.document for rules, _months in spans if rules.document))
    one.source = "；".join(dict.fromkeys(rules.source for rules, _months in spans))
    one.content = {"rules": [rule for rules, _months in spans for rule in rules.content["rules"]]}
    return one


def _said(months: Period, to: str) -> str:
    first, last = month_text(months.first), month_text(months.last)
    return first if first == last else f"{first}{to}{last}"
