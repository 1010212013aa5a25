"""Who may not be a partner: rules as data (``samples/eligibility.toml``), each with its number and text. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from zhaoshang.common.problems import N_
from zhaoshang.partners.rules import DECLARATIONS, NATURE_LABELS
from zhaoshang.rulesets.rules import Part


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``kind``: what it looks at; ``words``: natures, patterns, or declarations to be made."""

    no: str
    kind: str
    words: tuple[str, ...]
    text: str


KINDS = {
    "nature": N_("单位性质"),
    "name": N_("名称用语"),
    "post": N_("职务用语"),
    "declared": N_("须作的声明"),
}


_KNOWN: dict[str, Collection[str]] = {"nature": [str(one) for one in NATURE_LABELS], "declared": DECLARATIONS}


def rules_in(content: Part) -> tuple[Rule, ...]:
    """The rules of a set. Raises ``rulesets.rules.BadRules``."""
    return tuple(_rule(row) for row in content.parts("rules"))


def _rule(row: Part) -> Rule:
    kind = row.choice("kind", KINDS)
    words = row.words("words", _KNOWN.get(kind), least=1)
    try:
        [re.compile(word) for word in words]
    except re.error:
        raise row.bad("words", N_("词里的括号或符号写得不对。")) from None
    return Rule(kind=kind, words=words, **row.texts("no", "text"))


SET_LABELS = {
    "rules": N_("不得担任的情形"),
    "no": N_("编号"),
    "kind": N_("看什么"),
    "words": N_("词"),
    "text": N_("条文"),
}
SET_WORDS = {**KINDS, **{str(one): text for one, text in NATURE_LABELS.items()}, **DECLARATIONS}


def forbidden(rules: Sequence[Rule], *, nature: str, name: str, post: str, declared: Collection[str]) -> list[Rule]:
    """The rules that stand against an appointment."""
    against = {
        "nature": lambda rule: nature in rule.words,
        "name": lambda rule: any(re.search(word, name) for word in rule.words),
        "post": lambda rule: any(re.search(word, post) for word in rule.words),
        "declared": lambda rule: not set(rule.words) <= set(declared),
    }
    return [rule for rule in rules if against[rule.kind](rule)]
