"""Refusals of whoever may not, of the account and of its figures, as statuses and sentences."""

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError
from ninja.errors import ValidationError as NotAsDescribed

from zhaoshang.api import gate, own_doors
from zhaoshang.api.statuses import ABSENT, CONFLICT, FORBIDDEN, INVALID, STRANGER, Told
from zhaoshang.capital import actions as capital
from zhaoshang.capital import counting, exchange, rules, wording
from zhaoshang.common import files, money, periods, uscc
from zhaoshang.common.problems import Held
from zhaoshang.figures import actions as figure_actions
from zhaoshang.figures import queries as figures
from zhaoshang.figures import rate_rules
from zhaoshang.people import holds
from zhaoshang.questions import actions as questions
from zhaoshang.questions.rules import Unanswerable
from zhaoshang.regions import access, saved_views
from zhaoshang.regions import actions as regions
from zhaoshang.regions import rules as region_rules
from zhaoshang.review import actions as review
from zhaoshang.review import closing, holding, intake, project_changes


def of_access() -> Told:
    """Who may, what is held, saved views, what nobody foresaw."""
    return {
        AuthenticationError: (STRANGER, "not_logged_in", _("请先登录，或附上有效的接口密钥。")),
        NotAsDescribed: (INVALID, "invalid", _("内容不符合要求。")),
        gate.NotProven: (FORBIDDEN, "prove_again", _("请先在页面上再次确认身份（/desk/prove/），或改用接口密钥。")),
        own_doors.LastFactor: (
            CONFLICT,
            "last_factor",
            _("你的岗位必须有第二验证，最后一个不能停用。可先添加另一个。"),
        ),
        access.NotAllowed: (FORBIDDEN, "not_allowed", _("您的角色不能做这件事。")),
        access.NotAllThere: (
            ABSENT,
            "not_all_there",
            _("其中有的没有这一条，或不归您办理，所以一个也没有办：{what}。请去掉后重新提交。"),
        ),
        Held: (CONFLICT, "held", _("这里面有保全中的材料，不能删去；解除保全由安全管理员办理。")),
        holds.ReasonMissing: (INVALID, "reason_missing", _("请写明理由。")),
        holds.HeldAlready: (CONFLICT, "held_already", _("已经在保全中。")),
        holds.LiftedAlready: (CONFLICT, "lifted_already", _("已经解除。")),
        holds.SamePerson: (FORBIDDEN, "same_person", _("保全由你作出，须由另一位安全管理员解除。")),
        holding.Absent: (ABSENT, "absent", _("没有这个编号。核对后再填；不填编号就是这一类全部。")),
        ObjectDoesNotExist: (ABSENT, "absent", _("没有这一条记录,或您无权查看。")),
        saved_views.UnknownList: (ABSENT, "unknown_list", _("没有这张列表，或它的条件不能存为视图。")),
        saved_views.TitleMissing: (INVALID, "title_missing", _("请给视图起一个名字，最多60个字。")),
        saved_views.TitleTaken: (CONFLICT, "title_taken", _("这张列表里您已有一个同名的视图。请换一个名字。")),
        saved_views.TooMany: (CONFLICT, "too_many", _("一张列表最多存30个视图。请先删去不用的。")),
        DataError: (INVALID, "invalid", _("内容不符合要求。")),
        OperationalError: (503, "busy", _("数据库正忙，请稍后再试。")),
        IntegrityError: (CONFLICT, "conflict", _("与已有记录冲突。")),
        ValidationError: (INVALID, "invalid", _("内容不符合要求。")),
        RequestDataTooBig: (413, "too_big", _("请求过大。")),
    }


def of_the_account() -> Told:
    """Payments, evidence, rules, months."""
    return {
        figures.UnknownIndicator: (ABSENT, "unknown_indicator", _("没有这个指标。")),
        figures.NoVersion: (INVALID, "no_version", _("这个指标在该时期没有唯一的口径。")),
        periods.NotAPeriod: (INVALID, "not_a_period", _("时期的写法不对,例如 2023-03、2023Q1、2023。")),
        money.NotWholeFen: (INVALID, "not_whole_fen", _("金额最多两位小数。")),
        capital.PeriodClosed: (CONFLICT, "month_closed", _("该报告月已关账或尚未开放。")),
        capital.ProjectClosed: (CONFLICT, "project_closed", _("该项目已并入另一个项目，请在那个项目上申报。")),
        capital.ProofInUse: (CONFLICT, "proof_in_use", _("同一凭证或同一笔银行流水已用于另一笔到位资金。")),
        capital.RowKeyTaken: (CONFLICT, "row_key_taken", _("该行号在本单位本月已有到位资金。")),
        exchange.BadRate: (INVALID, "bad_rate", _("汇率不能这样录入，见 detail。")),
        exchange.RateMissing: (CONFLICT, "rate_missing", _("到账那天没有在册的汇率，请统计员先录入。")),
        wording.NotInPlace: (
            INVALID,
            "told_not_in_place",
            _("这一笔写着合同、认缴、贷款、保证金一类的字样，见 detail；确已到位的请写明 counts_because。"),
        ),
        exchange.NotConverted: (CONFLICT, "not_converted", _("折算与在册的汇率不符，请重新核对。")),
        capital.NotDeclared: (CONFLICT, "decided", _("这一笔已经审核或撤回,不能再改。")),
        capital.Changed: (CONFLICT, "changed", _("这一笔在您查看之后有改动,请重新查看。")),
        capital.ReasonMissing: (INVALID, "reason_missing", _("请写明理由。")),
        capital.MoreThanLeft: (CONFLICT, "more_than_left", _("冲减金额超过原笔余额。")),
        rules.BadRule: (INVALID, "bad_rule", _("规则内容读不懂。")),
        counting.AlreadyIssued: (CONFLICT, "already_issued", _("该规则集已发布,不能再改。")),
        counting.OverlapsIssued: (CONFLICT, "overlaps_issued", _("同月或更晚已有发布的规则集。")),
        files.Refused: (INVALID, "file_refused", _("文件不被接受。")),
        uscc.BadCode: (INVALID, "bad_uscc", _("统一社会信用代码不对。")),
        region_rules.NotASource: (INVALID, "bad_source", _("资金来源地应为六位行政区划代码。")),
        regions.AlreadyClosed: (CONFLICT, "already_closed", _("该月已关账。")),
        closing.MonthTold: (CONFLICT, "month_told", _("已公布的通报用了这个月的数，不能重开；请在开放的月份更正。")),
        regions.NotClosed: (CONFLICT, "not_closed", _("该月未关账。")),
        regions.SamePerson: (CONFLICT, "same_person", _("提出重开的人不能自己批准。")),
        regions.AlreadyDecided: (CONFLICT, "already_decided", _("该申请已由他人决定。")),
        regions.ReasonMissing: (INVALID, "reason_missing", _("请写明理由。")),
        review.OwnPayment: (FORBIDDEN, "own_payment", _("自己申报的到位资金不能由自己审核。")),
        review.EvidenceMissing: (INVALID, "evidence_missing", _("凭证不全。")),
        intake.Faulty: (INVALID, "faulty", _("表里有要先改正的地方，整份没有采纳。")),
        project_changes.NothingChanged: (CONFLICT, "nothing_changed", _("表里的内容与在册的完全相同，没有改动。")),
        intake.NotReady: (CONFLICT, "not_ready", _("这份表格正在读取,或已有定论。")),
        intake.AccountChanged: (CONFLICT, "account_changed", _("账上有了变化,没有导入,请再试一次。")),
        review.NoRule: (CONFLICT, "no_rule", _("该月没有已发布的统计规则。")),
    }


def of_figures() -> Told:
    """Indicators, rates, questions."""
    return {
        figure_actions.SourceMissing: (INVALID, "source_missing", _("请填写来源。")),
        figure_actions.RateCodeTaken: (CONFLICT, "code_taken", _("口径代码已被使用。")),
        rate_rules.BadFormula: (INVALID, "bad_formula", _("比率公式读不懂。")),
        figure_actions.SaysNothing: (INVALID, "says_nothing", _("请填写数值或位次。")),
        Unanswerable: (INVALID, "unanswerable", _("这个问题没有答案。")),
        questions.TitleMissing: (INVALID, "title_missing", _("请给问题起一个名字,最多80个字。")),
        questions.TitleTaken: (CONFLICT, "title_taken", _("您已有一个同名的问题。")),
    }
