"""Who may not be a partner and what a referral earns, as local rules."""

from pathlib import Path

from zhaoshang.common.problems import N_
from zhaoshang.partners import eligibility, rules
from zhaoshang.rulesets.kinds import Kind

_SAMPLES = Path(__file__).parent / "samples"
ELIGIBILITY = Kind(
    code="eligibility",
    name=N_("招商合伙人资格"),
    about=N_("谁不能做招商合伙人，聘任时须作哪些声明。"),
    reads=eligibility.rules_in,
    sample=_SAMPLES / "eligibility.toml",
    labels=eligibility.SET_LABELS,
    words=eligibility.SET_WORDS,
)
REWARD = Kind(
    code="reward",
    name=N_("引荐奖励"),
    about=N_("引荐奖励的基数、分档、封顶，申领期限、材料和公示期。"),
    reads=rules.formula_in,
    sample=_SAMPLES / "reward.toml",
    labels=rules.SET_LABELS,
    words=rules.SET_WORDS,
)
