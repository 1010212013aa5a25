"""What an assessment and an objection may become, and what a regulation is for."""

from enum import StrEnum

from zhaoshang.common.problems import N_


class Purpose(StrEnum):
    """What a regulation gives: scores or colours."""

    SCORES = "scores"
    LIGHTS = "lights"


PURPOSE_LABELS = {Purpose.SCORES: N_("考核计分"), Purpose.LIGHTS: N_("红黄绿灯")}


class State(StrEnum):
    """Where an assessment stands. It moves one step at a time and never back."""

    DRAFT = "draft"
    SHOWN = "shown"
    FINAL = "final"


STATE_LABELS = {State.DRAFT: N_("草稿"), State.SHOWN: N_("公示中"), State.FINAL: N_("已定稿")}


class Occasion(StrEnum):
    """Why an assessment was computed."""

    DRAFT = "draft"
    DECISION = "decision"


class Verdict(StrEnum):
    """What became of an objection."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


VERDICT_LABELS = {Verdict.OPEN: N_("待处理"), Verdict.UPHELD: N_("采纳"), Verdict.REJECTED: N_("不采纳")}


class InputState(StrEnum):
    """What an input is: a figure of the account, one credited by shares, entered with a document, none on file and that counts as a number,
    put right after an objection, or missing."""

    FIGURE = "figure"
    SHARED = "shared"
    ENTERED = "entered"
    ABSENT = "absent"
    CORRECTED = "corrected"
    MISSING = "missing"


INPUT_STATE_LABELS = {
    InputState.FIGURE: N_("账上数据"),
    InputState.SHARED: N_("账上数据，按分享计入"),
    InputState.ENTERED: N_("登记数据"),
    InputState.ABSENT: N_("没有登记，按办法取值"),
    InputState.CORRECTED: N_("按异议处理意见更正"),
    InputState.MISSING: N_("缺数"),
}
