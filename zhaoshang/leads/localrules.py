"""By when a lead is looked at and answered, as local rules."""

from pathlib import Path

from zhaoshang.common.problems import N_
from zhaoshang.leads.clocks import SET_LABELS, limits_in
from zhaoshang.rulesets.kinds import Kind

LIMITS = Kind(
    code="leads",
    name=N_("线索办理时限"),
    about=N_("收到线索后几个工作日内登记响应、向推荐人反馈。"),
    reads=limits_in,
    sample=Path(__file__).parent / "samples" / "clocks.toml",
    labels=SET_LABELS,
)
