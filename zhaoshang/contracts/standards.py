"""What projects and contracts are measured by, as local rules."""

from pathlib import Path

from zhaoshang.common.problems import N_
from zhaoshang.contracts.models import Standard
from zhaoshang.contracts.rules import clauses, sheets
from zhaoshang.rulesets.kinds import Kind

_SAMPLES = Path(__file__).parent / "samples"
APPRAISAL = Kind(
    code="appraisal",
    name=N_("项目准入标准"),
    about=N_("研判表里各项指标的门槛，和一票否决的问题。"),
    reads=sheets.standard_in,
    sample=_SAMPLES / "appraisal.toml",
    labels=sheets.SET_LABELS,
    words=sheets.SET_WORDS,
    model=Standard,
    within={"kind": "appraisal"},
)
CLAUSES = Kind(
    code="clauses",
    name=N_("合同风险条款"),
    about=N_("合同文本里要标出来请人审查的说法，每类附依据和说明。"),
    reads=clauses.lexicon_in,
    sample=_SAMPLES / "clauses.toml",
    labels=clauses.SET_LABELS,
    model=Standard,
    within={"kind": "clauses"},
)
