"""«12个地区和某园区同步举行项目开工启动仪式»: the reader takes the count for one of places; it counts units that started together. Pure."""

import re
from dataclasses import replace

from zhaoshang.reading import Claim, Reading

CLASS, NAME = "starts", "同步开工地区"
_PLACES = re.compile(r"个(?:地区|区市县|县市区|县区|区县|市县|板块)$")
_TOGETHER = re.compile(r"^[^。；！？\n]{0,30}?(?:同步|同时|集中|同日)[^。；！？，,\n]{0,14}?(?:开工|动工)")


def with_starts(reading: Reading) -> Reading:
    """The reading, in which a count of places that start projects together is known for what it is."""
    claims = [_start(claim) if _starts(reading, claim) else claim for claim in reading.claims]
    return reading if claims == reading.claims else replace(reading, claims=claims)


def _starts(reading: Reading, claim: Claim) -> bool:
    text = reading.restored.text
    counted = text[claim.restored_start : claim.restored_end]
    return claim.unit == "count" and bool(_PLACES.search(counted) and _TOGETHER.search(text[claim.restored_end :]))


def _start(claim: Claim) -> Claim:
    return replace(claim, indicator=NAME, indicator_class=CLASS)
