"""Every refusal of the room with its code and what to do next, once for all doors. ``{what}`` is the refusal's own particular."""

from zhaoshang.common.problems import N_
from zhaoshang.contracts.actions import appraising, promising, reading, reviewing
from zhaoshang.contracts.rules.sheets import BadInput

# (code, whether it clashes with how things stand, rather than with what was given; sentence)
SAID: dict[type[Exception], tuple[str, bool, str]] = {
    BadInput: ("bad_input", False, N_("“{what}”填得不对：请填不小于零的数，最多四位小数。")),
    appraising.NothingFilledIn: ("nothing_filled_in", False, N_("请至少填写总投资。")),
    appraising.EvidenceMissing: ("evidence_missing", False, N_("“{what}”已作回答，请写明依据（查了什么、何时查的）。")),
    appraising.OwnDraft: ("own_draft", True, N_("这是你起草或上传的，须由另一人审查。")),
    appraising.NotNewest: ("not_newest", True, N_("已有更新的一版，请在最新的一版上办理。")),
    appraising.AlreadyDecided: ("already_decided", True, N_("这一版已有评审结论；再上会请先存一版新的研判表。")),
    appraising.VetoStands: (
        "veto_stands",
        True,
        N_("有否决项的只能暂缓；否决项未查明的不能直接通过，请先查明并存一版新的研判表。"),
    ),
    appraising.ConditionsMissing: (
        "conditions_missing",
        False,
        N_("附条件通过的，每条写明内容、责任人和期限；其他结论不填条件。"),
    ),
    appraising.MeetingIncomplete: (
        "meeting_incomplete",
        False,
        N_("请填写参会人员和会议日期；日期不早于存表当天，不晚于今天。"),
    ),
    reading.SameText: ("same_text", True, N_("这份文件与第 {what} 版完全相同，没有重复收入。")),
    reading.AlreadyHandled: ("already_handled", True, N_("这一处已由他人处理，请刷新查看。")),
    reading.ReasonMissing: ("reason_missing", False, N_("请写明理由。")),
    reading.NotThisFlag: (
        "not_this_flag",
        False,
        N_("这一处不能这样处理：有文字的条款选“须删去”“有依据”或“不是”，没有文字层的文件由审查人通读。"),
    ),
    reviewing.NoText: ("no_text", True, N_("还没有合同文本。请先上传待签的合同。")),
    reviewing.FlagsOpen: (
        "flags_open",
        True,
        N_("还有 {what} 处标出的条款没有处理，或须删去。请逐处处理；须删去的，上传删改后的新版本。"),
    ),
    reviewing.OpinionReused: (
        "opinion_reused",
        True,
        N_("这份意见书已用过。新的文本、新的结论要有新的意见书。"),
    ),
    reviewing.NotAnException: ("not_an_exception", False, N_("只有公平竞争审查能适用例外规定。")),
    promising.PromiseIncomplete: (
        "promise_incomplete",
        False,
        N_("请写明内容、责任单位和依据文件；投资、税收、产值的承诺还要填金额。"),
    ),
    promising.DocumentMissing: ("document_missing", False, N_("请写明依据文件。")),
    promising.NothingChanges: ("nothing_changes", False, N_("补充协议没有改变任何内容。")),
    promising.AlreadySettled: ("already_settled", True, N_("这条承诺已了结，不再变动。")),
    promising.NoEvidence: ("no_evidence", False, N_("兑现须附凭证文件。")),
}
