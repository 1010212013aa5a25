"""The field's vocabulary: which class of indicator a word belongs to. The words themselves are data, in ``lexicon.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

GENERIC = "generic"
STAGE_COUNT = {"signed": "signed_projects", "started": "started_projects", "total": "projects_total"}
STAGE_MONEY = {"signed": "signed_amount", "started": "started_amount", "total": "investment_total"}
STAGE_OF = {class_name: stage for stage, class_name in STAGE_COUNT.items()}
BRACKETED = re.compile(r"(?<=[一-鿿])[(（][^()（）]*[)）]$")
_REACH = 40
_WORDLESS = re.compile(r"[\d.,%、，占和与及为达分别各的同比增长下降]*")
_ALIASES = {"firms": "enterprises", "visiting": "visits", "signing": "signed_projects"}
PROJECT_COUNTS = frozenset(STAGE_COUNT.values())


class Term(NamedTuple):
    """A word of the lexicon found at ``start``-``end`` of the text searched."""

    class_name: str
    start: int
    end: int


@cache
def _words() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = tomllib.loads(
        resources.files(__package__).joinpath("lexicon.toml").read_text("utf-8")
    )
    return loaded


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def _table(section: str) -> dict[str, re.Pattern[str]]:
    return {name: _either(patterns) for name, patterns in _words()[section].items()}


@cache
def _count_rules() -> list[tuple[str, re.Pattern[str], str, bool]]:
    """(class, words, measures that fit, whether a verb) in order; ``other`` is what no rule finds."""
    rules: dict[str, Any] = _words()["count"]
    return [
        (name, _either(rules["words"][name]), rules["measures"].get(name, ""), name in rules["verbs"])
        for name in rules["order"]
    ]


def _nearest(table: dict[str, re.Pattern[str]], text: str) -> Term | None:
    """The term that ends last; of those the longest; of equals the first of the table."""
    if _WORDLESS.fullmatch(text):
        return None
    best: Term | None = None
    for class_name, pattern in table.items():
        for match in pattern.finditer(text, max(0, len(text) - _REACH)):
            if best is None or (match.end(), -match.start()) > (best.end, -best.start):
                best = Term(class_name, match.start(), match.end())
    return best


@lru_cache(4096)
def money_term(words: str) -> Term | None:
    """The money word nearest to the end of ``words``; its class may be :data:`GENERIC`."""
    return _nearest(_table("money"), words)


@lru_cache(4096)
def specific_money_term(words: str) -> Term | None:
    """The nearest money word that names a class by itself."""
    return _nearest({name: pattern for name, pattern in _table("money").items() if name != GENERIC}, words)


@lru_cache(4096)
def stage(words: str) -> str | None:
    """``signed``, ``started`` or ``total``: what the projects of these words have reached, by the last word that says so."""
    found = _nearest(_stages(), words)
    return found.class_name if found else None


@cache
def _stages() -> dict[str, re.Pattern[str]]:
    return {name: _either(_words()["stage"][name]) for name in STAGE_COUNT}


@cache
def _reached() -> re.Pattern[str]:
    return re.compile(str(_words()["stage"]["reached"]))


def stage_after(words: str) -> str | None:
    """The stage told after the number: «个项目已履约»."""
    match = _reached().match(words)
    return stage(match.group("stage")) if match else None


@lru_cache(4096)
def count_class(before: str, after: str, measure: str) -> str:
    """What is counted, by the words before and after the number: a class, ``skip``, ``information`` or ``projects``."""
    context, gap = f"{before}□{after}", len(before)
    best, distance = "other", len(context)
    for name, pattern, measures, is_verb in _count_rules():
        if measures and measure not in measures:
            continue
        for match in pattern.finditer(context):
            away = (
                0 if is_verb or match.start() <= gap < match.end() else max(gap - match.end(), match.start() - gap - 1)
            )
            if away < distance:
                best, distance = name, away
    return _ALIASES.get(best, best)


@lru_cache(4096)
def rate_kind(words: str) -> str | None:
    """``share`` or ``completion`` where the words end in a named rate (开工率, 完成进度)."""
    if not re.search("[率度例]", words[-12:]):
        return None
    for name in ("completion", "share"):
        if re.search(rf"(?:{_either(_words()['rates'][name]).pattern})[^,，。；;%\d]{{0,4}}$", words):
            return name
    return None


@lru_cache(4096)
def rate_class(words: str) -> str | None:
    """The class a named rate belongs to: 开工率 is of started projects."""
    if "率" not in words:
        return None
    table: dict[str, str] = _words()["rates"]["class"]
    best = max(((m.end(), c) for p, c in table.items() for m in re.finditer(rf"(?:{p})率", words)), default=None)
    return best[1] if best else None


@cache
def footer_from() -> re.Pattern[str]:
    """A line from which on nothing belongs to the bulletin."""
    return re.compile(str(_words()["footer"]["from_here"]))


@cache
def footer_line() -> re.Pattern[str]:
    """A line that by itself does not belong to the bulletin."""
    return re.compile(str(_words()["footer"]["this_line"]))
