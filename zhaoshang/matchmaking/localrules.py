"""For what a pair is suggested, and by how many points, as local rules."""

from pathlib import Path

from zhaoshang.common.problems import N_
from zhaoshang.matchmaking.rules import SET_LABELS, weights_in
from zhaoshang.rulesets.kinds import Kind

WEIGHTS = Kind(
    code="matchmaking",
    name=N_("央地对接推荐权重"),
    about=N_("推荐组合按行业、地区、规模、既往投资和近期联系各得几分。"),
    reads=weights_in,
    sample=Path(__file__).parent / "sample.toml",
    labels=SET_LABELS,
)
