"""How often entries are checked and which lists an edition has, as local rules."""

from pathlib import Path

from zhaoshang.common.problems import N_
from zhaoshang.opportunities.rules import SET_LABELS, SET_WORDS, practice_in
from zhaoshang.rulesets.kinds import Kind

PRACTICE = Kind(
    code="practice",
    name=N_("招商条目与清单"),
    about=N_("招商条目多少天核实一次，图形面积允许差多少，一指南两清单收哪些类。"),
    reads=practice_in,
    sample=Path(__file__).parent / "samples" / "practice.toml",
    labels=SET_LABELS,
    words=SET_WORDS,
)
