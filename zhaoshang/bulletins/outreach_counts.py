"""«市领导带队外出招商9次», «大会期间签约12个项目»: whose trips a text counts, and which numbers are of an activity. Pure.

A trip's leader is looked for in the words before its number; where they name both kinds or neither, the claim stays as the reader found
it, and is not held. A number of projects or money is an activity's when its sentence says «… during, at the activity» before it.
"""

import re
from dataclasses import replace

from zhaoshang.bulletins.words import EVENT, is_event
from zhaoshang.reading import Claim, Reading

CITY_TRIPS, UNIT_TRIPS = "trips_city_leaders", "trips_unit_heads"
EVENT_SIGNED, EVENT_AMOUNT = "event_signed", "event_amount"
OF_EVENTS = frozenset({EVENT_SIGNED, EVENT_AMOUNT})
_OF_CITY = re.compile("市(?:级|主要|委、市政府主要|委主要|政府主要|委市政府)?领导|市委书记|市长|分管副市长")
_OF_UNITS = re.compile(
    "(?:地区|区市县|区县|县区|县市区|市县区|先导区|开放先导区|各区|[区县]).{0,6}?(?:“?一把手”?|(?:党政)?主要(?:领导|负责(?:同志|人)))"
    "|区(?:市县)?委书记|(?:区|县)长"
)
_CLASSES = {"signed_projects": EVENT_SIGNED, "signed_amount": EVENT_AMOUNT}
_STOP = "。！？!?\n"
_NAME = re.compile("[一-鿿（）()“”·\\d]{2,30}?(?:大会|洽谈会|推介会|对接会|恳谈会|博览会|论坛|年会|峰会|仪式|招商周)$")
_BEFORE_NAME = re.compile("[，,；;：:、。\\s]|[在于]")


def with_outreach(reading: Reading) -> Reading:
    """The reading, in which trips are known by who led them, and signings at an activity for what they are."""
    claims = [_known(reading, claim) for claim in reading.claims]
    return reading if claims == reading.claims else replace(reading, claims=claims)


def _known(reading: Reading, claim: Claim) -> Claim:
    if claim.kind != "level" or claim.target:
        return claim
    if claim.indicator_class == "trips" and claim.unit == "count":
        city, units = bool(_OF_CITY.search(claim.indicator)), _of_units(claim)
        if city != units:
            return replace(claim, indicator_class=CITY_TRIPS if city else UNIT_TRIPS)
    at_event = _CLASSES.get(claim.indicator_class)
    return replace(claim, indicator_class=at_event) if at_event and is_event(_said_before(reading, claim)) else claim


def _of_units(claim: Claim) -> bool:
    return bool(_OF_UNITS.search(f"{claim.region or ''}{claim.indicator}"))


def _said_before(reading: Reading, claim: Claim) -> str:
    """The sentence up to the number."""
    text = reading.restored.text
    return text[max(text.rfind(mark, 0, claim.restored_start) for mark in _STOP) + 1 : claim.restored_end]


def activity_named(sentence: str) -> str:
    """The name of the activity that the sentence speaks of, without the words before it; empty when it names none."""
    found = list(EVENT.finditer(sentence))
    if not found:
        return ""
    ends = re.search("期间|上|中|现场|当[天日]", found[-1].group())
    head = sentence[: found[-1].start() + (ends.start() if ends else 0)]
    clause = _BEFORE_NAME.split(head)[-1]
    named = _NAME.search(clause)
    return named.group().strip("“”（）()") if named else ""
