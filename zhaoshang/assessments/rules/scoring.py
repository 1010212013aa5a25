"""From inputs to scores. Every line carries its formula with the numbers filled in, so that a unit can check each point by hand.

Exact decimal arithmetic; rounded once, where a score is published (half to even, GB/T 8170-2008, 3.2). Ranks compare published scores.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from zhaoshang.assessments.rules.scheme import Item, Line, LineKind, Missing, Said, Scheme
from zhaoshang.common.problems import N_
from zhaoshang.common.rounding import round_half_even

Values = Mapping[str, Mapping[str, Decimal | None]]  # unit → input → value
_WEIGHED = (LineKind.RATIO, LineKind.EFFICACY)
_SHOWN_PLACES = 4


@dataclass(frozen=True, slots=True)
class LineScore:
    """An article's points for a unit (None: an input is missing), how they came about, and what else must be said."""

    no: str
    points: Decimal | None
    formula: str
    note: Said | None = None
    veto: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's result. ``total`` as published, None while an input is missing; ``exact`` before rounding."""

    unit: str
    group: str
    lines: tuple[LineScore, ...]
    exact: Decimal | None
    total: Decimal | None
    notes: tuple[Said, ...] = ()
    unranked: bool = False
    rank: int | None = None


def plain(value: Decimal) -> str:
    """A number in a formula: at most four decimals, no needless noughts."""
    text = f"{round_half_even(value, _SHOWN_PLACES):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _in(value: Decimal) -> str:
    """The same inside a formula: a negative number in brackets."""
    return f"({plain(value)})" if value < 0 else plain(value)


def score(scheme: Scheme, groups: Mapping[str, str], values: Values) -> list[Score]:
    """Every unit of ``groups`` (unit → its group), in that order, ranked inside its group."""
    found = [_unit(scheme, unit, groups, values) for unit in groups]
    ranked = {group: _ranks(scheme, [one for one in found if one.group == group]) for group in set(groups.values())}
    return [replace(one, rank=ranked[one.group].get(one.unit)) for one in found]


def _unit(scheme: Scheme, unit: str, groups: Mapping[str, str], values: Values) -> Score:
    lines = tuple(_line(line, unit, groups, values) for line in scheme.lines)
    gaps = [one.no for one in lines if one.points is None and not one.excluded]
    weighed = [one for one, line in zip(lines, scheme.lines, strict=True) if line.kind in _WEIGHED]
    if gaps or (weighed and all(one.excluded for one in weighed)):
        note = Said(
            N_("第{articles}条缺数，总分待定，不参加排名"), {"articles": "、".join(gaps or [one.no for one in weighed])}
        )
        return Score(unit, groups[unit], lines, None, None, (note,))
    return _limited(scheme, Score(unit, groups[unit], lines, *_sum(scheme, lines)))


def _sum(scheme: Scheme, lines: tuple[LineScore, ...]) -> tuple[Decimal, None, tuple[Said, ...]]:
    """Points together; the weight of articles that were left out is spread over the other weighed ones."""
    weighed = [(line, one) for line, one in zip(scheme.lines, lines, strict=True) if line.kind in _WEIGHED]
    whole = sum((line.weight for line, _ in weighed), Decimal(0))
    present = sum((line.weight for line, one in weighed if not one.excluded), Decimal(0))
    points = sum((one.points for _, one in weighed if one.points is not None), Decimal(0))
    rest = sum((one.points or Decimal(0) for one in lines), Decimal(0)) - points
    if present == whole:
        return points + rest, None, ()
    params = {"points": plain(points), "whole": plain(whole), "present": plain(present)}
    return (
        points * whole / present + rest,
        None,
        (Said(N_("缺数的条不计，按其余权重折算：{points} × {whole} ÷ {present}"), params),),
    )


def _limited(scheme: Scheme, found: Score) -> Score:
    """The bounds of a total, then the vetoes."""
    total, notes, unranked = found.exact, list(found.notes), False
    assert total is not None
    if scheme.most is not None and total > scheme.most:
        total = scheme.most
        notes.append(Said(N_("总分最高 {points} 分"), {"points": plain(scheme.most)}))
    if scheme.least is not None and total < scheme.least:
        total = scheme.least
        notes.append(Said(N_("总分最低 {points} 分"), {"points": plain(scheme.least)}))
    for line, one in zip(scheme.lines, found.lines, strict=True):
        if one.veto and line.cap is not None:
            total = min(total, line.cap)
            notes.append(
                Said(N_("第{no}条一票否决：总分不超过 {points} 分"), {"no": line.no, "points": plain(line.cap)})
            )
        elif one.veto:
            unranked = True
            notes.append(Said(N_("第{no}条一票否决：不参加排名"), {"no": line.no}))
    return replace(
        found, exact=total, total=round_half_even(total, scheme.places), notes=tuple(notes), unranked=unranked
    )


def _line(line: Line, unit: str, groups: Mapping[str, str], values: Values) -> LineScore:
    """One article for one unit; without an input, what the article says of that."""
    own = [values[unit].get(key) for key in line.keys]
    known = [value for value in own if value is not None]
    if len(known) < len(own):
        return _without(line)
    match line.kind:
        case LineKind.RATIO:
            return _ratio(line, known[0])
        case LineKind.EFFICACY:
            peers = [other for other in groups if line.among_all or groups[other] == groups[unit]]
            return _efficacy(line, known[0], [v for peer in peers if (v := values[peer].get(line.key)) is not None])
        case LineKind.BANDS:
            return _bands(line, known[0])
        case LineKind.BONUS | LineKind.DEDUCTION:
            return _items(line, known)
        case LineKind.VETO:
            return _veto(line, known[0])


def _without(line: Line) -> LineScore:
    if isinstance(line.missing, Decimal):
        return LineScore(
            line.no,
            line.missing,
            plain(line.missing),
            Said(N_("缺数，按条文取 {points} 分"), {"points": plain(line.missing)}),
        )
    if line.missing == Missing.EXCLUDE:
        return LineScore(line.no, None, "", Said(N_("缺数，按条文不计此条，权重由其余各条分担")), excluded=True)
    return LineScore(line.no, None, "", Said(N_("缺数，此条待定")))


def _ratio(line: Line, value: Decimal) -> LineScore:
    """Capped ratio: the weight times value/full, from nothing to ``most`` percent of the weight."""
    most = line.most if line.most is not None else Decimal(100)
    share = min(max(value * 100 / line.full, Decimal(0)), most)
    points = line.weight * share / 100
    part = f"{_in(value)} ÷ {plain(line.full)}"
    part = f"max({part}, 0)" if value < 0 else part
    return LineScore(line.no, points, f"{plain(line.weight)} × min({part}, {plain(most)}%) = {plain(points)}")


def _efficacy(line: Line, value: Decimal, peers: list[Decimal]) -> LineScore:
    """功效系数: (x−min)/(max−min)×40+60 of the weight; where all are equal nobody is behind, and the article says what counts."""
    low, high = min(peers), max(peers)
    if low == high:
        points = line.all_equal * line.weight / 100
        note = Said(N_("各单位数值相同，分不出高下，按条文各取 {points}"), {"points": plain(line.all_equal)})
        return LineScore(line.no, points, f"{plain(line.all_equal)} × {plain(line.weight)}% = {plain(points)}", note)
    index = (value - low) / (high - low) * line.span + line.base
    points = index * line.weight / 100
    above = f"({_in(value)} - {_in(low)}) ÷ ({_in(high)} - {_in(low)}) × {plain(line.span)} + {plain(line.base)}"
    return LineScore(
        line.no, points, f"{above} = {plain(index)}; {plain(index)} × {plain(line.weight)}% = {plain(points)}"
    )


def _bands(line: Line, value: Decimal) -> LineScore:
    """The first band that holds the value; outside all of them nothing is added or taken."""
    for band in line.bands:
        if (band.low is None or value >= band.low) and (band.high is None or value < band.high):
            low = "(-∞" if band.low is None else f"[{plain(band.low)}"
            high = "+∞" if band.high is None else plain(band.high)
            return LineScore(line.no, band.points, f"{plain(value)} ∈ {low}, {high}) → {plain(band.points)}")
    return LineScore(line.no, Decimal(0), f"{plain(value)} → 0", Said(N_("不在任何一档之内")))


def _items(line: Line, values: list[Decimal]) -> LineScore:
    """Points for each item with its own cap, then the cap of the article; a deduction is taken away."""
    parts = [_item(item, value) for item, value in zip(line.items, values, strict=True)]
    whole = sum((points for points, _ in parts), Decimal(0))
    formula = " + ".join(text for _, text in parts)
    if line.most is not None:
        whole, formula = min(whole, line.most), f"min({formula}, {plain(line.most)})"
    if line.kind == LineKind.DEDUCTION:
        whole, formula = -whole, f"-{formula}" if line.most is not None else f"-({formula})"
    return LineScore(line.no, whole, f"{formula} = {plain(whole)}")


def _item(item: Item, value: Decimal) -> tuple[Decimal, str]:
    steps = max((value - item.over) // item.per, Decimal(0))
    above = plain(value) if item.over == 0 else f"({_in(value)} - {_in(item.over)})"
    count = f"⌊{above} ÷ {plain(item.per)}⌋" if item.per != 1 else f"⌊{above}⌋" if value % 1 else above
    if value < item.over:
        count = f"max({count}, 0)"
    points, text = steps * item.each, f"{count} × {plain(item.each)}"
    if item.most is None:
        return points, text
    return min(points, item.most), f"min({text}, {plain(item.most)})"


def _veto(line: Line, value: Decimal) -> LineScore:
    """Gives no points; whether it falls is seen in the total."""
    if line.over is not None:
        falls, sign, bound = value > line.over, (">", "≤"), line.over
    else:
        assert line.below is not None
        falls, sign, bound = value < line.below, ("<", "≥"), line.below
    return LineScore(line.no, Decimal(0), f"{plain(value)} {sign[0] if falls else sign[1]} {plain(bound)}", veto=falls)


def _ranks(scheme: Scheme, found: list[Score]) -> dict[str, int]:
    """Places by published score, then by the points of the articles named for ties; what is still equal shares a place (1, 2, 2, 4)."""
    able = {one.unit: _rank_key(scheme, one) for one in found if one.total is not None and not one.unranked}
    ordered = sorted(able.values(), reverse=True)
    return {unit: ordered.index(key) + 1 for unit, key in able.items()}


def _rank_key(scheme: Scheme, one: Score) -> tuple[Decimal, ...]:
    assert one.total is not None
    points = {line.no: line.points for line in one.lines}
    return (one.total, *(round_half_even(points.get(no) or Decimal(0), scheme.places) for no in scheme.ties))
