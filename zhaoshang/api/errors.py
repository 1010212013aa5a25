"""Named refusals of the rooms below, as statuses and sentences."""

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError

from zhaoshang.api import door, gate, once, seen
from zhaoshang.api.account_errors import of_access, of_figures, of_the_account
from zhaoshang.api.particulars import particulars
from zhaoshang.api.statuses import ABSENT, CONFLICT, FORBIDDEN, INVALID, Told
from zhaoshang.assessments import assessing, objecting
from zhaoshang.contracts.refusals import SAID as contract_refusals
from zhaoshang.duties.actions import refusals as duties
from zhaoshang.enterprises import actions as enterprises
from zhaoshang.enterprises import contacts, groups, merging, notes, rosters, touches
from zhaoshang.figures import overview as figure_overview
from zhaoshang.jobs import actions as jobs
from zhaoshang.leads import actions as leads
from zhaoshang.machines import answers, subscribing
from zhaoshang.machines.outgoing import NotAllowedThere
from zhaoshang.machines.scanning import CutShort, OverQuota, ScannerAway
from zhaoshang.matchmaking import actions as matchmaking
from zhaoshang.opportunities import actions as opportunities
from zhaoshang.outreach.actions import refusals as outreach
from zhaoshang.partners import appointing, claiming
from zhaoshang.plans import actions as plans
from zhaoshang.projects import actions as projects
from zhaoshang.projects import bulk, confidence, schedules
from zhaoshang.projects.stages import actions as stages
from zhaoshang.projects.stages import correcting, proofs, starts
from zhaoshang.publishing import actions as publishing
from zhaoshang.publishing import asking, identity, imaging
from zhaoshang.regions import access, origins
from zhaoshang.review import deciding, registering, sweeps
from zhaoshang.review.findings import keeping as findings
from zhaoshang.rulesets.actions import HeadMissing, NotIssued
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.talks.refusals import TalkRefused


def sentences() -> Told:
    """Exception → (status, code, sentence)."""
    rooms = (
        _of_the_door,
        of_access,
        of_the_account,
        of_figures,
        _of_projects,
        _of_plans_and_leads,
        _of_programs,
        _of_outreach,
        _of_matchmaking,
        _of_partners,
        _of_opportunities,
        _of_contracts,
        _of_duties,
        _of_enterprises,
        _of_publishing,
    )
    return {kind: told for room in rooms for kind, told in room().items()}


def _of_outreach() -> Told:
    return {
        outreach.CodeTaken: (CONFLICT, "code_taken", _("这个编号已有人使用，请换一个。")),
        outreach.ReasonMissing: (INVALID, "reason_missing", _("请写明原因。")),
        outreach.Empty: (INVALID, "empty", _("内容是空的，没有保存。请填写后再提交。")),
        outreach.NotYet: (INVALID, "not_yet", _("日期还没有到；没有发生的事不能先记。")),
        outreach.WrongState: (CONFLICT, "wrong_state", _("它的状态已变，不能这样办理。请看下面的最新情况。")),
        outreach.SamePerson: (FORBIDDEN, "same_person", _("自己报的计划不能由自己批准，须由另一人办理。")),
        outreach.UnknownRank: (INVALID, "unknown_rank", _("现行办法里没有这个职级，请重新选择。")),
        outreach.NobodyLeads: (INVALID, "nobody_leads", _("请写明由谁带队、去哪里。")),
        outreach.OutsideTrip: (INVALID, "outside_trip", _("日期不在这次外出的起止日之内。")),
        outreach.MetAlready: (
            CONFLICT,
            "met_already",
            _("这家单位刚见过，或已排在本次日程里；确要再见，请确认后再排。"),
        ),
        outreach.SeatTaken: (CONFLICT, "seat_taken", _("这个座位已有人。")),
        outreach.Full: (CONFLICT, "full", _("名额已满，或报名过于集中，请稍后再试。")),
    }


def _of_matchmaking() -> Told:
    return {
        matchmaking.NotOffered: (CONFLICT, "not_offered", _("这个条目现在不可选：已落定、撤下、过期或还没有发布。")),
        matchmaking.PairedAlready: (CONFLICT, "paired_already", _("这家企业和这个条目已经在本次活动的看板上。")),
        matchmaking.CannotFollow: (CONFLICT, "wrong_state", _("它的状态已变，不能这样办理。请看下面的最新情况。")),
        matchmaking.ReasonMissing: (INVALID, "reason_missing", _("请写明原因。")),
        matchmaking.ProjectMissing: (
            INVALID,
            "project_missing",
            _("成为项目的，请填在册项目的编号或名称；其他状态不填。"),
        ),
        matchmaking.NotYet: (INVALID, "not_yet", _("日期还没有到，或早于上一步的日期。")),
        matchmaking.BadSession: (
            INVALID,
            "bad_session",
            _("时段或桌位不对：每场 5 到 240 分钟，1 到 60 个时段，桌名不能重复；固定的会面也不能落在外面。"),
        ),
        matchmaking.NoSession: (CONFLICT, "no_session", _("还没有设时段和桌位。请先设好，再排会。")),
        matchmaking.FixedThere: (
            CONFLICT,
            "fixed_there",
            _("那个时段有固定的会面。请先取消固定，再登记不能参加。"),
        ),
        matchmaking.PlaceTaken: (
            CONFLICT,
            "place_taken",
            _("那个时段这张桌、企业或我方已有固定的会面，或不能参加。请换一个时段或桌位。"),
        ),
        matchmaking.Over: (CONFLICT, "cancelled", _("活动已取消，不能再办理。")),
    }


def _of_contracts() -> Told:
    return {
        kind: (CONFLICT if clashes else INVALID, code, _(sentence))
        for kind, (code, clashes, sentence) in contract_refusals.items()
    }


def _of_publishing() -> Told:
    return {
        publishing.CodeTaken: (CONFLICT, "code_taken", _("这个地址名已有文章使用，请换一个。")),
        imaging.AltMissing: (INVALID, "alt_missing", _("请写图片的中文和英文替代文字。")),
        publishing.NotOpen: (CONFLICT, "not_open", _("这一版的状态已变，不能这样处理。请刷新查看。")),
        publishing.Changed: (CONFLICT, "changed", _("你打开之后，别人保存过这一版。请复制你改的文字，刷新后再改。")),
        publishing.SamePerson: (FORBIDDEN, "same_person", _("这一版由你撰写或送审，须由另一人审定。")),
        publishing.TooEarly: (INVALID, "too_early", _("发布时刻不能早于现在：不倒填日期。")),
        publishing.AlreadySeen: (CONFLICT, "already_seen", _("这一版已经可见，不能撤下。请用更正，或撤回文章。")),
        publishing.ReasonMissing: (INVALID, "reason_missing", _("请写明原因。")),
        publishing.AlreadyWithdrawn: (CONFLICT, "already_withdrawn", _("这篇文章已经撤回。")),
        publishing.HasOpenVersion: (CONFLICT, "has_open_version", _("已有一版正在撰写或待审，请先办完那一版。")),
        publishing.WordsMissing: (INVALID, "words_missing", _("标题和正文都要写；转载的写明来源名称。")),
        asking.AnswerMissing: (INVALID, "answer_missing", _("请写给申请人的答复，和写进公开记录的说明。")),
        asking.IdentityUnproven: (
            CONFLICT,
            "identity_unproven",
            _("涉及个人信息的申请，核对身份后才能采纳：请申请人用验证码证明，或登记当面核对。"),
        ),
        identity.NotAboutPeople: (CONFLICT, "not_about_people", _("只有未答复的个人信息申请需要核对身份。")),
        identity.DocumentMissing: (INVALID, "document_missing", _("请写证件种类，例如“居民身份证”。")),
        identity.NumberWritten: (INVALID, "number_written", _("只写证件种类，不要写号码。")),
        asking.AlreadyAnswered: (CONFLICT, "already_answered", _("这件申请已经答复过了。请刷新查看。")),
    }


def _of_the_door() -> Told:
    return {
        seen.RevisionMissing: (
            428,
            "revision_missing",
            _("请用 If-Match 写明您看过的是哪一版（读取时的 ETag），或在内容里写 revision。"),
        ),
        seen.RevisionsDiffer: (INVALID, "revisions_differ", _("If-Match 与内容里的 revision 不是同一版。")),
        seen.Stale: (412, "changed", _("您查看之后有改动；current 是现在的内容，请核对后再提交。")),
        gate.OutOfScope: (FORBIDDEN, "out_of_scope", _("这把密钥不能做这件事：它只读，或不包括这一类。")),
        door.Braked: (429, "too_many_requests", _("这把密钥的请求太多，请按 Retry-After 稍后再试。")),
        once.BadKey: (
            INVALID,
            "bad_idempotency_key",
            _("Idempotency-Key 须为 1 到 80 个可见的 ASCII 字符。"),
        ),
        answers.OtherRequest: (
            INVALID,
            "other_request",
            _("这个 Idempotency-Key 已用于另一个请求。请为每件事用一个新的键。"),
        ),
        answers.AnswerLost: (
            CONFLICT,
            "answer_lost",
            _(
                "这个 Idempotency-Key 的请求已经办成，但系统密钥更换过，原来的答复读不出来了；请查询结果，不要重复提交。"
            ),
        ),
        answers.InFlight: (CONFLICT, "in_flight", _("同一个 Idempotency-Key 的请求还在办理，请稍后再试。")),
    }


def _of_projects() -> Told:
    return {
        registering.LooksAlike: (
            CONFLICT,
            "looks_alike",
            _("可能已经登记过。核对后仍要登记的，在 nevertheless 里写明理由。"),
        ),
        TalkRefused: (CONFLICT, "talk_refused", _("首谈或流转不能这样办理。")),
        registering.ContractMissing: (
            INVALID,
            "contract_missing",
            _("已签约的项目须有合同文件：请先不填签约日期登记，再附上合同、推进到签约。"),
        ),
        deciding.PairReasonMissing: (INVALID, "reason_missing", _("请写明理由。")),
        deciding.AlreadyMerged: (CONFLICT, "already_merged", _("其中一个项目已与另一个项目合并，请先处理那一对。")),
        sweeps.AlreadySweeping: (CONFLICT, "already_sweeping", _("排查正在进行，请等它做完。")),
        projects.CodeTaken: (CONFLICT, "code_taken", _("项目编号已被使用。")),
        schedules.BadSchedule: (INVALID, "bad_schedule", _("付款计划不能成立。")),
        schedules.InsideLedger: (CONFLICT, "inside_ledger", _("这个月已在台账之内，不能从旧账补录。")),
        bulk.LastStage: (CONFLICT, "last_stage", _("已在最后一个阶段。")),
        bulk.NoSchedule: (CONFLICT, "no_schedule", _("还没有付款计划，不能顺延。请先登记。")),
        bulk.NoMonth: (INVALID, "no_month", _("请填全部到齐的月份，或顺延几个月（1 至 36）。")),
        projects.SourceMissing: (INVALID, "source_missing", _("请写明日期的依据。")),
        projects.BornLanded: (INVALID, "born_landed", _("项目不能一登记就落地，须逐个阶段推进。")),
        stages.GateNotMet: (CONFLICT, "gate_not_met", _("进入这一阶段的条件还不齐。")),
        stages.OutOfOrder: (CONFLICT, "out_of_order", _("阶段须依次进入，不能重复或越过。")),
        stages.BadDay: (INVALID, "bad_day", _("日期晚于今天，或与前后阶段的日期颠倒。")),
        stages.NotOpen: (CONFLICT, "not_open", _("项目已暂停、流失或撤销，不能推进。")),
        stages.AlreadySo: (CONFLICT, "already_so", _("项目已是这个状态。")),
        stages.LostToMissing: (INVALID, "lost_to_missing", _("流失的项目请填写流向哪个城市。")),
        starts.StartCodeTaken: (CONFLICT, "code_taken", _("这个代号已有同步开工使用。")),
        starts.NotStarted: (CONFLICT, "not_started", _("这个项目还没有开工凭证，请先附上。")),
        stages.ReasonMissing: (INVALID, "reason_missing", _("请写明理由。")),
        correcting.RestedOn: (CONFLICT, "rested_on", _("签约所依据的内容只能写明理由更正。")),
        correcting.NotSo: (CONFLICT, "not_so", _("原值与在册的不符，或新值不合要求。")),
        proofs.ByReviewOnly: (INVALID, "by_review_only", _("合同文本和审查意见不在这里附，由合同审查产生。")),
        confidence.AlreadyHidden: (CONFLICT, "already_hidden", _("项目已是保密项目。")),
        confidence.NotHidden: (CONFLICT, "not_hidden", _("项目不是保密项目。")),
        confidence.BadCodeName: (
            INVALID,
            "bad_code_name",
            _("请填一个没有用过的代号，最多60个字，不要含项目、企业或投资方的名字。"),
        ),
        confidence.BadAlias: (INVALID, "bad_alias", _("要遮住的叫法每个至少两个字，合计不超过200字。")),
        confidence.NotOnTeam: (FORBIDDEN, "not_on_team", _("只有团队成员可以决定。")),
        correcting.KeptSecret: (CONFLICT, "kept_secret", _("项目保密期间，投资方和落地企业不能改；请先解除保密。")),
        proofs.UnknownEvidence: (INVALID, "unknown_evidence", _("没有这一类凭证。")),
    }


def _of_plans_and_leads() -> Told:
    return {
        assessing.WrongState: (CONFLICT, "wrong_state", _("这次考核已进入下一步，请刷新查看。")),
        objecting.WindowClosed: (CONFLICT, "window_closed", _("现在不在异议期内。")),
        objecting.ReasonMissing: (INVALID, "reason_missing", _("请写明理由。")),
        objecting.NoSuchLine: (INVALID, "no_such_line", _("办法里没有这一条，或这个地区不在这次考核之内。")),
        plans.AlreadySet: (CONFLICT, "already_set", _("同一文号已下达该目标;调整须有新文号。")),
        plans.DocumentMissing: (INVALID, "document_missing", _("请填写文号。")),
        plans.PhasesFall: (INVALID, "phases_fall", _("分季度的累计数只升不降，也不超过全年目标。")),
        plans.ReportEmpty: (INVALID, "report_empty", _("请写明做了什么。")),
        plans.NotYet: (INVALID, "not_yet", _("日期晚于今天；还没有发生的不能报告。")),
        plans.NotOwner: (FORBIDDEN, "not_owner", _("这项工作不由你的地区负责，不能报告。")),
        HeadMissing: (INVALID, "head_missing", _("请填代号、名称和文号。没有文件的规则不能发布。")),
        NotIssued: (CONFLICT, "not_issued", _("这一套不能这样发布。")),
        BadRules: (INVALID, "bad_rules", _("规则内容读不懂，没有发布。")),
        leads.InvestorMissing: (INVALID, "investor_missing", _("请写投资方。")),
        leads.WrongState: (CONFLICT, "wrong_state", _("这条线索已进入别的状态，这一步现在不能做。")),
        leads.TextMissing: (INVALID, "text_missing", _("请写明原因或答复的内容。")),
        leads.NothingAlike: (INVALID, "nothing_alike", _("请选出与它重复的线索或项目。")),
        leads.NotOfUnit: (INVALID, "not_of_unit", _("经办人不在这个地区任职。")),
    }


def _of_programs() -> Told:
    return {
        subscribing.UnknownEvent: (INVALID, "unknown_event", _("没有选事件，或选了不公布的事件。")),
        subscribing.Stopped: (CONFLICT, "webhook_stopped", _("这个推送已停止，不能再用；请另行登记。")),
        subscribing.NotOver: (CONFLICT, "not_over", _("这一件还在待送，或它的推送已经停止，没有再排。")),
        CutShort: (400, "cut_short", _("文件没有传完，连接就断了，请重新发送。")),
        OverQuota: (429, "too_many_files", _("本单位传的文件太多或太大，请稍后再传。")),
        ScannerAway: (503, "scanner_away", _("查毒服务没有给出结论，文件没有收下。请稍后再试。")),
        NotAllowedThere: (INVALID, "host_not_allowed", _("只能推送到允许的主机，且须以 https:// 开头。")),
        jobs.TooManyWaiting: (CONFLICT, "too_many_waiting", _("已有太多件事在排队，等几件做完再来。")),
        jobs.NotOpen: (CONFLICT, "not_open", _("这件事已经结束，不用取消。")),
        jobs.NotEnded: (CONFLICT, "not_ended", _("只有没有做成或已取消的才能再做一次。")),
    }


def _of_partners() -> Told:
    return {
        appointing.Forbidden: (INVALID, "forbidden_partner", _("按资格条件不能聘任。")),
        appointing.AlreadyPartner: (CONFLICT, "already_partner", _("在这段时间已是合伙人。")),
        appointing.BadTerm: (INVALID, "bad_term", _("聘期的止日须晚于起日。")),
        appointing.DocumentMissing: (INVALID, "document_missing", _("请写聘任文件，或解聘的原因。")),
        appointing.NotAPartnersLogin: (
            INVALID,
            "not_a_partners_login",
            _("账号没有招商合伙人岗位，或已对应别的合伙人。"),
        ),
        appointing.AlreadyReviewed: (CONFLICT, "already_reviewed", _("该年度已评定，或不在聘期之内。")),
        appointing.AlreadyEnded: (CONFLICT, "already_ended", _("已经解聘。")),
        claiming.NoCredit: (CONFLICT, "no_credit", _("这条线索不计引荐。")),
        claiming.TooLate: (CONFLICT, "too_late", _("已过申领期限。")),
        claiming.AlreadyClaimed: (CONFLICT, "already_claimed", _("这条线索已经申领过。")),
        claiming.WrongState: (CONFLICT, "wrong_state", _("申领已进入别的状态，这一步现在不能做。")),
        claiming.DocumentMissing: (INVALID, "document_missing", _("请写文号、原因或内容。")),
        claiming.FileIncomplete: (CONFLICT, "file_incomplete", _("申领材料不全。")),
        claiming.SamePerson: (FORBIDDEN, "same_person", _("由你经手的，须由另一人决定。")),
        claiming.BadShares: (INVALID, "bad_shares", _("各方份额须齐全，合计一万个基点。")),
        claiming.TooManyPapers: (CONFLICT, "too_many_papers", _("材料已有 40 份，不能再存。请把同类材料合并成一份。")),
        claiming.NoticeOpen: (CONFLICT, "notice_open", _("公示期未满，或有异议没有答复。")),
    }


def _of_opportunities() -> Told:
    return {
        opportunities.BadFields: (INVALID, "bad_fields", _("有的字段读不懂，见 detail。")),
        opportunities.CodeTaken: (CONFLICT, "code_taken", _("这个编号已被另一个条目使用。")),
        opportunities.Changed: (CONFLICT, "changed", _("您查看之后有人改过，请重新查看。")),
        opportunities.Incomplete: (INVALID, "incomplete", _("发布前还有须填的内容，见 detail。")),
        opportunities.NotSo: (CONFLICT, "not_so", _("条目的状态已变，不能这样处理。")),
        opportunities.ReasonMissing: (INVALID, "reason_missing", _("请写明依据或原因。")),
        opportunities.BadDays: (INVALID, "bad_days", _("预留的截止日须在今天以后，且不晚于条目的有效期。")),
        opportunities.AlreadyReserved: (CONFLICT, "already_reserved", _("已为另一个项目预留。")),
        opportunities.AltMissing: (INVALID, "alt_missing", _("请写照片的中文和英文替代文字。")),
        opportunities.AlreadyFrozen: (CONFLICT, "already_frozen", _("这一期已批准冻结，不再改动。")),
        opportunities.NotAsked: (CONFLICT, "not_asked", _("这一期没有送审，或送审后又有改动。")),
        opportunities.SamePerson: (FORBIDDEN, "same_person", _("送审的人不能自己批准。")),
        opportunities.NotInList: (INVALID, "not_in_list", _("这类条目不在所选的清单里。")),
        opportunities.Unfit: (CONFLICT, "unfit", _("有的条目已落定、过期、未发布或不完整，见 detail。")),
    }


def _of_duties() -> Told:
    return {
        duties.DocumentMissing: (INVALID, "document_missing", _("请填写依据文件。")),
        duties.ReasonMissing: (INVALID, "reason_missing", _("请写明理由或内容。")),
        duties.LeaderMissing: (INVALID, "leader_missing", _("请写明包保领导。")),
        duties.WrongHandler: (INVALID, "wrong_handler", _("经办人须在岗，且属于项目所在地区或市局。")),
        duties.NobodyNew: (CONFLICT, "nobody_new", _("没有要改的。")),
        duties.UnknownKind: (INVALID, "unknown_kind", _("现行规则里没有这一种。")),
        duties.AlreadyRunning: (CONFLICT, "already_running", _("这件事已在计时。")),
        duties.AlreadyAnswered: (CONFLICT, "already_answered", _("已经有人答复。")),
        duties.NotAnswered: (CONFLICT, "not_answered", _("还没有答复，或已经销号。")),
        duties.OwnMatter: (CONFLICT, "own_matter", _("自己提出的不能自己答复，自己答复的不能自己认可。")),
        duties.NotRaiser: (CONFLICT, "not_raiser", _("问题只能由提出人确认。")),
        duties.NotClosed: (CONFLICT, "not_closed", _("还没有销号，不需要重新打开。")),
        duties.BadDue: (INVALID, "bad_due", _("时限不能早于今天。")),
        duties.NotOurPage: (INVALID, "not_our_page", _("督办只能关联本系统的页面。")),
        findings.ExplanationMissing: (INVALID, "reason_missing", _("请写明理由。")),
        findings.NotWaiting: (CONFLICT, "not_waiting", _("这一条已经处理，或还没有说明。")),
        findings.OwnExplanation: (CONFLICT, "own_explanation", _("说明由你作出，须由另一人复核。")),
        stages.AlreadySo: (CONFLICT, "already_so", _("项目已是这个状态。")),
        stages.LostToMissing: (INVALID, "lost_to_missing", _("流失的项目请填写流向哪个城市。")),
    }


def _of_enterprises() -> Told:
    return {
        enterprises.NameHeld: (CONFLICT, "name_held", _("已有同名的企业。请填上统一社会信用代码以示区别。")),
        enterprises.CodeHeld: (CONFLICT, "code_held", _("这个统一社会信用代码已由另一张企业卡使用。")),
        enterprises.Changed: (CONFLICT, "card_changed", _("你打开之后，这张卡又被改动过。没有保存；请重新打开再改。")),
        enterprises.IsMerged: (CONFLICT, "is_merged", _("这张企业卡已与另一张合并，请在合并后的那张上办理。")),
        groups.GroupCircle: (CONFLICT, "group_circle", _("它是这家企业自己或它的下级，不能做它的上级。")),
        groups.GroupTooDeep: (CONFLICT, "group_too_deep", _("集团层级太多。请直接放在更高一级的企业之下。")),
        merging.TwoFirms: (
            CONFLICT,
            "two_firms",
            _("两张卡的统一社会信用代码不同，是两个法人，不能合并。请先核对代码。"),
        ),
        merging.KeepTheCoded: (CONFLICT, "keep_the_coded", _("请保留有统一社会信用代码的那张卡。")),
        merging.MergeReasonMissing: (INVALID, "reason_missing", _("请写明理由。")),
        merging.NotMerged: (CONFLICT, "not_merged", _("这两张卡已经分开。请刷新查看。")),
        contacts.IsErased: (CONFLICT, "is_erased", _("这个联系人已删除，没有留下资料。")),
        notes.TextMissing: (INVALID, "text_missing", _("请把内容和依据写全。")),
        notes.NotYet: (INVALID, "not_yet", _("日期晚于今天；还没有发生的不能登记。")),
        notes.NoteClosed: (CONFLICT, "note_closed", _("这条风险提示已经了结，不能再答复。")),
        notes.NotTheirs: (FORBIDDEN, "not_theirs", _("风险提示由提出的人或市局了结。")),
        touches.IsWithdrawn: (CONFLICT, "is_withdrawn", _("这条会面记录已经撤回。")),
        touches.BadRelation: (CONFLICT, "bad_relation", _("已由这个单位联系，或日期不晚于现在的联系单位开始的日子。")),
        touches.RuleTaken: (CONFLICT, "rule_taken", _("这一天起的提醒天数已经设定，请另选日期。")),
        rosters.DatedAlready: (CONFLICT, "dated_already", _("这一天的名录已经登记。")),
        rosters.TooManyNames: (INVALID, "too_many_names", _("录入后的户数多于公布的户数。请核对。")),
        origins.AreaTaken: (CONFLICT, "area_taken", _("这个代码的区域正在使用。请先停用它，再按新文件划定。")),
        origins.BadArea: (INVALID, "bad_area", _("请写明依据和省市代码；停用日不能早于开始日，停用过的不能再停。")),
        figure_overview.NoIndicators: (ABSENT, "no_indicators", _("还没有定义指标。")),
    }


def install(api: NinjaAPI) -> None:
    """Teach the API every refusal; the sentence is made in the caller's language."""
    for kind in sentences():
        api.add_exception_handler(kind, _handler(api))
    api.add_exception_handler(HttpError, _unheard(api))


def _handler(api: NinjaAPI) -> Any:
    def handle(request: HttpRequest, error: Exception) -> HttpResponse:
        status, said = told(error)
        if isinstance(error, access.NotAllowed | gate.OutOfScope):
            gate.write_down(request, error)
        response = api.create_response(request, said, status=status)
        if isinstance(error, answers.InFlight | OperationalError | ScannerAway):
            response["Retry-After"] = "1"
        if isinstance(error, OverQuota):
            response["Retry-After"] = str(error.seconds)
        return response

    return handle


def told(error: Exception) -> tuple[int, dict[str, Any]]:
    """The status, and what is said of the refusal: its code, a sentence in the caller's language, the particulars."""
    known = sentences()
    status, code, sentence = next(known[kind] for kind in type(error).__mro__ if kind in known)
    sentence = sentence.replace("{what}", particulars(error)[:120])
    said: dict[str, Any] = {"code": code, "message": sentence, "detail": particulars(error)[:300]}
    if isinstance(error, seen.Stale):
        said["current"] = error.current
    return status, said


def _unheard(api: NinjaAPI) -> Any:
    """For what is refused before it is understood: a session's request without its token, a body that cannot be read."""

    def handle(request: HttpRequest, error: HttpError) -> HttpResponse:
        code, sentence = "unreadable", _("内容不符合要求。")
        if error.status_code == FORBIDDEN:
            code, sentence = "no_csrf_token", _("页面已过期或来源不明，没有保存。请返回、刷新后再提交一次。")
        told = {"code": code, "message": sentence, "detail": str(error)[:300]}
        return api.create_response(request, told, status=error.status_code)

    return handle
