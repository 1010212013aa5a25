"""How many special campaigns a text says there are («明确8大专项招商行动»): the reader of figures leaves such counts out as incidental.

The year is the one named last before it in its sentence, else that of the text's other claims. Pure.
"""

import re
from dataclasses import replace

from zhaoshang.reading import Claim, Reading
from zhaoshang.reading.numerals import CHINESE, number

CLASS = "campaigns"
_COUNT = re.compile(
    rf"(?:(?:明确|部署|组织|实施|开展|启动|推进|制定|打好)(?:了)?)?(?P<number>\d{{1,3}}|[{CHINESE}]{{1,4}})(?:大|个|项|场)"
    r"(?P<name>(?:重点|产业|国内)?(?:专项(?:招商)?|招商专项)行动)"
)
_RANGE = re.compile(r"20\d\d年?\s*[—–~至-]+\s*20\d\d")
_YEAR = re.compile(r"20\d\d")
_STOP = "。！？!?\n"


def with_campaigns(reading: Reading) -> Reading:
    """The reading with a claim for every count of campaigns in it, in the order of the text."""
    found = [_claim(reading, match) for match in _COUNT.finditer(reading.restored.text)]
    if not found:
        return reading
    kept = [one for one in reading.claims if not any(_overlap(one, other) for other in found)]
    return replace(reading, claims=sorted([*kept, *found], key=lambda claim: claim.restored_start))


def _claim(reading: Reading, match: re.Match[str]) -> Claim:
    start, end = reading.restored.span(match.start(), match.end())
    year, derived = _year(reading, match.start())
    return Claim(
        quote=match.group(),
        start=start,
        end=end,
        indicator=match["name"],
        indicator_class=CLASS,
        value=number(match["number"]),
        unit="count",
        approx=False,
        period=year,
        region=None,
        kind="level",
        restored_start=match.start(),
        restored_end=match.end(),
        derived=derived,
    )


def _year(reading: Reading, place: int) -> tuple[str | None, tuple[str, ...]]:
    """The year, and ``("period",)`` when the sentence itself does not name it."""
    text = reading.restored.text
    sentence = text[max(text.rfind(mark, 0, place) for mark in _STOP) + 1 : place]
    named = _YEAR.findall(_RANGE.sub("", sentence))
    if named:
        return named[-1], ()
    told = next((claim.period for claim in reading.claims if claim.period), None)
    return (told[:4] if told else None), ("period",)


def _overlap(one: Claim, other: Claim) -> bool:
    return one.restored_start < other.restored_end and other.restored_start < one.restored_end
