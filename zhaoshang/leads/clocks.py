"""By when a lead is to be looked at and its referrer answered. Limits are data (``samples/clocks.toml``), dated. Pure: the day comes in."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples" / "clocks.toml"


@dataclass(frozen=True, slots=True)
class Limits:
    """A dated set of time limits, in working days after the day of receipt."""

    code: str
    title: str
    title_en: str
    valid_from: date
    is_sample: bool
    source: str
    triage_working_days: int
    answer_working_days: int


@cache
def sets() -> tuple[Limits, ...]:
    """The shipped sets, the latest first."""
    read = tomllib.loads(SAMPLES.read_text(encoding="utf-8"))["sets"]
    return tuple(sorted((Limits(**one) for one in read), key=lambda one: one.valid_from, reverse=True))


def limits_on(day: date) -> Limits:
    """The set for leads received on a day; before the first, the first."""
    return next((one for one in sets() if one.valid_from <= day), sets()[-1])
