"""«推介招商地块13个，总面积76.48万平方米»: what a text says of the guide and its lists, held against the edition in force at the time.

A number belongs to the kinds of entries that its own item of the sentence names before it; a count to the kind that stands beside it. The
edition is the last one out at the end of the claim's period, and what it holds is summed from its frozen entries.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from zhaoshang.bulletins.holding import Held
from zhaoshang.bulletins.rules import Evidence, Name
from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.opportunities.editions import entries_in, total_of
from zhaoshang.opportunities.models import Edition
from zhaoshang.opportunities.rules import Kind
from zhaoshang.reading import Claim, Reading
from zhaoshang.tenancy.models import City

_OFFERED = re.compile("推介|推出|首发|发布|列入|清单|招商指南")
_BREAK = "；;。！？!?\n"
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.SOE, re.compile(r"(?:国企|国有企业)[^，,；;。]{0,8}合作[^，,；;。]{0,6}项目")),
    (Kind.PLANNED, re.compile(r"谋划项目|招商谋划[^，,；;。]{0,4}项目")),
    (Kind.PARCEL, re.compile(r"地块|宗地")),
    (Kind.KEY_REGION, re.compile(r"(?:重点|招商)(?:招商)?区域")),
    (Kind.GOVERNMENT, re.compile(r"政府(?:重大|重点)(?:投资)?项目")),
    (Kind.ZONE, re.compile(r"园区|开发区|产业园|科技园|科学城")),
)
_TAIL = 12  # signs behind a count in which its noun may follow («13个招商地块»)
UNITS = {"CNY": "amount", "m2": "area", "count": "count"}


@dataclass(frozen=True, slots=True)
class Meant:
    """What a claim is of: the ``what`` (amount, area, count) of entries of these kinds."""

    what: str
    kinds: tuple[Kind, ...]


def meant(reading: Reading, claim: Claim) -> Meant | None:
    """Which entries of the lists a claim speaks of; None when it speaks of something else."""
    what = UNITS.get(claim.unit)
    if what is None or claim.kind != "level" or claim.target or claim.forecast:
        return None
    text = reading.restored.text
    start = max(text.rfind(mark, 0, claim.restored_start) for mark in _BREAK) + 1
    item = text[start : claim.restored_end]
    if not _OFFERED.search(item):
        return None
    if what == "count":
        beside = _last(text[claim.restored_start : claim.restored_end]) or _first(_tail(text, claim.restored_end))
        return Meant(what, (beside,)) if beside else None
    kinds = _kinds(item)
    return Meant(what, kinds) if kinds else None


def is_park(name: str) -> bool:
    """Whether a name is that of a park, not of a place that reports."""
    return any(kind == Kind.ZONE for _start, _end, kind in _found(name))


def _tail(text: str, end: int) -> str:
    return re.split(f"[{_BREAK}，,、和及与]", text[end : end + _TAIL])[0]


def _found(text: str) -> Iterable[tuple[int, int, Kind]]:
    """Nouns of the lists with their places; a longer noun hides what it holds."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _WORDS:
        for match in pattern.finditer(text):
            if not any(first < match.end() and match.start() < last for first, last in taken):
                taken.append(match.span())
                yield match.start(), match.end(), kind


def _last(text: str) -> Kind | None:
    return max(_found(text), default=(0, 0, None))[2]


def _first(text: str) -> Kind | None:
    return min(_found(text), default=(0, 0, None))[2]


def _kinds(text: str) -> tuple[Kind, ...]:
    named = {kind for _start, _end, kind in _found(text)}
    return tuple(kind for kind in Kind if kind in named)


def in_force(city: City, period: str | None) -> Edition | None:
    """The edition that was out at the end of the period."""
    try:
        last = Period.parse(period or "")
    except NotAPeriod:
        return None
    end = Period(last.last + 1, last.last + 1).first_day()
    instant = timezone.make_aware(datetime.combine(end, time())) - timedelta(seconds=1)
    return Edition.objects.issued(city, instant).first()


def held_in(edition: Edition, wanted: Meant, unit: str) -> Held:
    """The sum of its entries, in the claim's base unit."""
    total = total_of(row for row in entries_in(edition.frozen) if row["kind"] in wanted.kinds)
    values = {"amount": in_unit(total.amount_fen, "元"), "area": total.area_m2, "count": Decimal(total.count)}
    aspect = f"edition/{edition.number}/{wanted.what}/{','.join(wanted.kinds)}"
    source = Name(f"第{edition.number}期清单", f"edition no. {edition.number}")
    return Held(None, aspect, values[wanted.what], unit, Evidence.EDITION, None, source)
