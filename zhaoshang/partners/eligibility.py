"""Who may not be a partner: rules as data (``samples/eligibility.toml``), each with its number and text. Pure."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples" / "eligibility.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``kind``: what it looks at; ``words``: natures, patterns, or declarations to be made."""

    no: str
    kind: str
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """A dated set of rules."""

    code: str
    title: str
    title_en: str
    valid_from: date
    is_sample: bool
    source: str
    rules: tuple[Rule, ...]


@cache
def sets() -> tuple[Eligibility, ...]:
    """The shipped sets, the latest first."""
    read = tomllib.loads(SAMPLES.read_text(encoding="utf-8"))["sets"]
    for one in read:
        one["rules"] = tuple(Rule(**(rule | {"words": tuple(rule["words"])})) for rule in one["rules"])
    return tuple(sorted((Eligibility(**one) for one in read), key=lambda one: one.valid_from, reverse=True))


def rules_on(day: date) -> Eligibility:
    """The set for appointments of a day; before the first, the first."""
    return next((one for one in sets() if one.valid_from <= day), sets()[-1])


def forbidden(found: Eligibility, *, nature: str, name: str, post: str, declared: Collection[str]) -> list[Rule]:
    """The rules that stand against an appointment."""
    against = {
        "nature": lambda rule: nature in rule.words,
        "name": lambda rule: any(re.search(word, name) for word in rule.words),
        "post": lambda rule: any(re.search(word, post) for word in rule.words),
        "declared": lambda rule: not set(rule.words) <= set(declared),
    }
    return [rule for rule in found.rules if against[rule.kind](rule)]
