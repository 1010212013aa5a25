"""What the rooms below refuse, said in the bureau's words: what is in the way, and what to do next."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from zhaoshang.assessments import assessing, entering, lighting, objecting, regulating
from zhaoshang.capital import actions as capital
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import PROOF_LABELS, Proof
from zhaoshang.capital.wording import NotInPlace
from zhaoshang.common.problems import Refused
from zhaoshang.contracts.refusals import SAID as contract_refusals
from zhaoshang.contracts.rules.sheets import BadInput
from zhaoshang.duties.actions import refusals as duties
from zhaoshang.enterprises import actions as enterprises
from zhaoshang.enterprises import contacts, groups, merging, notes, rosters, touches
from zhaoshang.jobs import actions as jobs
from zhaoshang.leads import actions as leads
from zhaoshang.opportunities import actions as opportunities
from zhaoshang.partners import appointing, claiming
from zhaoshang.partners.rules import CREDIT_LABELS, PAPER_LABELS
from zhaoshang.people import actions as people
from zhaoshang.projects import confidence
from zhaoshang.projects.actions import CodeTaken
from zhaoshang.projects.firms import visible_enterprises
from zhaoshang.projects.stages import actions as stages
from zhaoshang.projects.stages.proofs import ByReviewOnly, UnknownEvidence
from zhaoshang.publishing import actions as publishing
from zhaoshang.publishing import asking, identity, imaging
from zhaoshang.regions import actions as regions
from zhaoshang.regions import origins, saved_views
from zhaoshang.regions.access import NotAllThere, Viewer
from zhaoshang.review import closing, intake
from zhaoshang.review.actions import EvidenceMissing, NoRule, OwnPayment
from zhaoshang.review.deciding import AlreadyMerged, PairReasonMissing
from zhaoshang.review.findings import keeping as findings
from zhaoshang.review.registering import LooksAlike, deciders, shown_to
from zhaoshang.review.sweeps import AlreadySweeping
from zhaoshang.ui.filters import called, moment, month, named, number, wan

Words = Callable[[Any, Viewer], str]


def say(refusal: Exception, viewer: Viewer) -> str:
    """The sentence for a refusal; links in it lead only to what the viewer may see. Unknown ones are raised again."""
    for kind, words in _WORDS.items():
        if isinstance(refusal, kind):
            return words(refusal, viewer)
    raise refusal


def groups_text(groups: Sequence[Sequence[Proof]]) -> str:
    """Missing evidence in words: 银行进账单或三方盖章进度表；土地出让金票据."""
    either, also = _("或"), _("；")
    return also.join(either.join(_(PROOF_LABELS[kind]) for kind in group) for group in groups)


def payment_name(payment: Payment) -> str:
    """A payment as people speak of it: 示例工厂 2023年3月 1,000.00 万元."""
    return f"{payment.project.name} {month(payment.report_month)} {wan(payment.amount_fen)} " + _("万元")


def _proof_in_use(refusal: capital.ProofInUse, viewer: Viewer) -> str:
    holder = refusal.holder
    if not viewer.sees_unit(holder.unit_id):
        return _("这份凭证已用于%(unit)s的另一笔到位，不能再用于%(wanted)s。请核对凭证，或与该地区联系。") % {
            "unit": named(holder.unit),
            "wanted": refusal.wanted,
        }
    link = format_html('<a href="{}">{}</a>', reverse("desk:payment", args=[holder.pk]), payment_name(holder))
    text = _("这份凭证已用于 {holder}，不能再用于{wanted}。同一份凭证只能支持一笔到位；若那一笔有误，请先撤回它。")
    return format_html(text, holder=link, wanted=refusal.wanted)


def _same_again(refusal: capital.SameAgain, viewer: Viewer) -> str:
    known = refusal.payment
    text = _(
        "同项目同日已有同额的一笔：{payment}，{who}于 {when} 申报。确是另一笔的，请勾选后再申报；有流水号的，请填上。"
    )
    link = format_html('<a href="{}">{}</a>', reverse("desk:payment", args=[known.pk]), payment_name(known))
    return format_html(text, payment=link, who=called(known.declared_by), when=moment(known.declared_at))


def _already_imported(refusal: intake.AlreadyImported, viewer: Viewer) -> str:
    earlier = refusal.workbook
    text = _("同一份表格已于 {when} 由{who}导入，没有重复导入。{link}")
    link = format_html('<a href="{}">{}</a>', reverse("desk:import", args=[earlier.pk]), _("看那一次导入"))
    who = called(earlier.decided_by) if earlier.decided_by else "—"
    return format_html(text, when=moment(earlier.decided_at), who=who, link=link)


def _file_incomplete(refusal: claiming.FileIncomplete) -> str:
    lacks = [_(PAPER_LABELS[kind]) for kind in refusal.kinds]
    lacks += [_("招商部门的引荐确认")] if "bureau" in refusal.confirmations else []
    return _("申领材料不全，还缺：%(what)s。") % {"what": _("、").join(lacks)}


def _looks_alike(refusal: LooksAlike, viewer: Viewer) -> str:
    """Names where the viewer may see them; of another unit's only that there is one, and whom to call."""
    shown = shown_to(viewer, refusal.likes)
    names = [one.project.name if one.project else _("另一地区的相似项目") for one in shown[:3]]
    names += [_("%(unit)s的首谈（保护期内）") % {"unit": named(one.unit)} for one in refusal.held[:3]]
    told = {"name": refusal, "names": _("、").join(names), "call": _("、").join(map(called, deciders(viewer.city)))}
    return (
        _(
            "“%(name)s”可能已经登记过，或别的地区正在谈：%(names)s。请核对；确是新项目的，写明理由再登记。有疑问请联系市局：%(call)s。"
        )
        % told
    )


def _of_contracts(refusal: Exception, viewer: Viewer) -> str:
    _code, _clashes, sentence = next(
        contract_refusals[kind] for kind in type(refusal).__mro__ if kind in contract_refusals
    )
    what = _(refusal.label) if isinstance(refusal, BadInput) else str(refusal)
    return _(sentence).replace("{what}", what)


def _code_held(refusal: enterprises.CodeHeld, viewer: Viewer) -> str:
    """Which card has the code, or the name, with a link where the viewer may follow it, and whose it is."""
    holder = refusal.holder
    name: Any = holder.name
    if visible_enterprises(viewer).filter(pk=holder.pk).exists():
        name = format_html('<a href="{}">{}</a>', reverse("desk:enterprise", args=[holder.pk]), holder.name)
    whose = named(holder.unit) if holder.unit else _("市局")
    if isinstance(refusal, enterprises.NameHeld):
        text = _("已有同名的企业“{name}”（{unit}）。请填上统一社会信用代码以示区别，或直接用那张卡。没有保存。")
    else:
        text = _("这个统一社会信用代码已由“{name}”（{unit}）使用。是同一家的请用那张卡；有疑问请与市局核对。没有保存。")
    return format_html(text, name=name, unit=whose)


def _already_reserved(refusal: opportunities.AlreadyReserved, viewer: Viewer) -> str:
    """Names the project only to who may see it."""
    held = refusal.reservation
    if held is None:
        return _("另一个项目刚刚预留了它。请刷新查看。")
    if not viewer.sees_unit(held.project.unit_id):
        return _("已为另一个项目预留至 %(day)s。") % {"day": held.until_on}
    return _("已为项目“%(name)s”预留至 %(day)s。请先解除预留。") % {"name": held.project, "day": held.until_on}


_WORDS: dict[type[Exception], Words] = {
    NotAllThere: lambda refusal, viewer: (
        _("所选的有 %(count)s 个不存在，或不归您办理，所以一个也没有办：%(what)s。请刷新列表，重新勾选。")
        % {"count": number(len(refusal.names)), "what": _("、").join(name[:60] for name in refusal.names[:5])}
    ),
    jobs.TooManyWaiting: lambda refusal, viewer: (
        _("你已有 %(count)s 件事在排队。等几件做完，或在“后台任务”里取消不要的，再来。") % {"count": refusal}
    ),
    jobs.NotOpen: lambda refusal, viewer: _("这件事已经结束，不用取消。"),
    jobs.NotEnded: lambda refusal, viewer: _("只有没有做成或已取消的才能再做一次。"),
    enterprises.CodeHeld: _code_held,
    enterprises.Changed: lambda refusal, viewer: _("你打开之后，这张卡又被改动过。没有保存；请重新打开再改。"),
    enterprises.IsMerged: lambda refusal, viewer: (
        _("“%(name)s”已与另一张卡合并，请在合并后的那张卡上办理；要再合并的，先分开。") % {"name": refusal}
    ),
    groups.NoSuchFirm: lambda refusal, viewer: (
        _("没有找到“%(name)s”。请写全称或统一社会信用代码；还没有卡的，请先登记。") % {"name": refusal}
    ),
    groups.GroupCircle: lambda refusal, viewer: (
        _("“%(name)s”是这家企业自己或它的下级，不能做它的上级。") % {"name": refusal}
    ),
    groups.GroupTooDeep: lambda refusal, viewer: _("集团层级太多。请直接放在更高一级的企业之下。"),
    merging.TwoFirms: lambda refusal, viewer: _("两张卡的统一社会信用代码不同，是两个法人，不能合并。请先核对代码。"),
    merging.KeepTheCoded: lambda refusal, viewer: (
        _("“%(name)s”有统一社会信用代码，请打开那张卡，把这一张并入它。") % {"name": refusal}
    ),
    merging.MergeReasonMissing: lambda refusal, viewer: _("请写明依据；以后有人问起，看得到为什么这样判。"),
    merging.NotMerged: lambda refusal, viewer: _("这两张卡已经分开。请刷新查看。"),
    contacts.IsErased: lambda refusal, viewer: _("这个联系人已删除，没有留下资料。"),
    notes.TextMissing: lambda refusal, viewer: _("请把内容和依据写全。"),
    notes.NotYet: lambda refusal, viewer: _("日期晚于今天；还没有发生的不能登记。"),
    notes.NoteClosed: lambda refusal, viewer: _("这条风险提示已经了结，不能再答复。"),
    notes.NotTheirs: lambda refusal, viewer: _("风险提示由提出的人或市局了结。"),
    touches.IsWithdrawn: lambda refusal, viewer: _("这条会面记录已经撤回。"),
    touches.BadRelation: lambda refusal, viewer: _("已由这个单位联系，或日期不晚于现在的联系单位开始的日子。"),
    touches.RuleTaken: lambda refusal, viewer: _("这一天起的提醒天数已经设定，请另选日期。"),
    origins.AreaTaken: lambda refusal, viewer: _("这个代码的区域正在使用。请先停用它，再按新文件划定。"),
    origins.BadArea: lambda refusal, viewer: _("请写明依据和省市代码；停用日不能早于开始日，停用过的不能再停。"),
    rosters.DatedAlready: lambda refusal, viewer: _("这一天的名录已经登记。"),
    rosters.TooManyNames: lambda refusal, viewer: (
        _("录入后共 %(count)s 户，多于公布的户数。请核对文件，或先改正公布户数。") % {"count": refusal}
    ),
    intake.AlreadyImported: _already_imported,
    intake.NotReady: lambda refusal, viewer: _("这份表格的状态已变，请看下面的最新情况。"),
    intake.Faulty: lambda refusal, viewer: _("还有须改正的问题；整份表格一起导入，或一行也不导入。"),
    intake.Unconfirmed: lambda refusal, viewer: _("请先核对须确认的提醒，并勾选“已核对”。"),
    intake.AccountChanged: lambda refusal, viewer: _(
        "你查看之后账上有了变化，没有导入。下面已按现在的账重新对照，请再核对一次。"
    ),
    LooksAlike: _looks_alike,
    PairReasonMissing: lambda refusal, viewer: _("请写明依据；以后有人问起，看得到为什么这样判。"),
    AlreadyMerged: lambda refusal, viewer: (
        _("项目 %(code)s 已与另一个项目合并。请先处理那一对，再判这一对。") % {"code": refusal.code}
    ),
    AlreadySweeping: lambda refusal, viewer: _("排查正在进行，请等它做完。"),
    CodeTaken: lambda refusal, viewer: _("项目编号 %(code)s 已被使用。请改编号，或在项目页登记。") % {"code": refusal},
    capital.ProjectClosed: lambda refusal, viewer: (
        _("项目“%(name)s”已判定与另一项目重复，并入了那个项目。请在那个项目上填报。") % {"name": refusal}
    ),
    capital.PeriodClosed: lambda refusal, viewer: _(
        "报告月已关账或尚未开放，任何人都不能写入。请报入开放的月份；确需改动，请统计员申请重开。"
    ),
    capital.ProofInUse: _proof_in_use,
    capital.SameAgain: _same_again,
    capital.RowKeyTaken: lambda refusal, viewer: (
        _("行号 %(key)s 在本月已有一笔到位。请核对是否重复。") % {"key": refusal}
    ),
    capital.NotDeclared: lambda refusal, viewer: _("这一笔已经核定、退回或撤回，不再变动。请刷新查看。"),
    capital.Changed: lambda refusal, viewer: _("你查看之后，这一笔又被改动过。请重新核对后再决定。"),
    capital.ReasonMissing: lambda refusal, viewer: _("请写明原因。"),
    capital.MoreThanLeft: lambda refusal, viewer: _("冲减的金额须大于零，且不能超过原笔尚未冲减的余额。"),
    OwnPayment: lambda refusal, viewer: _("这一笔由你（或标为同一人的账号）申报，须由另一人审核。"),
    EvidenceMissing: lambda refusal, viewer: _("缺少凭证：%(groups)s。") % {"groups": groups_text(refusal.groups)},
    NoRule: lambda refusal, viewer: _("这个月没有已发布的统计规则，无法判定是否计入。请统计员先发布规则。"),
    regions.AlreadyClosed: lambda refusal, viewer: _("这个月已经关账。"),
    regions.NotClosed: lambda refusal, viewer: _("这个月是开放的，不需要重开。"),
    closing.MonthTold: lambda refusal, viewer: (
        _("%(title)s已公布这个月的数，不能重开。请在开放的月份办理冲减或补报；通报有误的，先撤回通报。")
        % {"title": refusal.title}
    ),
    regions.SamePerson: lambda refusal, viewer: _("重开由你申请，须由另一人批准。"),
    regions.AlreadyDecided: lambda refusal, viewer: _("这项申请已由他人处理。请刷新查看。"),
    regions.ReasonMissing: lambda refusal, viewer: _("请写明原因。"),
    regions.OneRoleOnly: lambda refusal, viewer: _("此人在本市已有岗位。一人只担任一个岗位；请先收回原岗位。"),
    regions.RoleHeld: lambda refusal, viewer: _("此人在这个地区已有这个岗位，没有重复授予。"),
    regions.OwnRole: lambda refusal, viewer: _("自己的岗位不能由自己授予或收回；请另一位安全管理员办理。"),
    saved_views.TitleMissing: lambda refusal, viewer: _("请给视图起一个名字，最多60个字。"),
    saved_views.TitleTaken: lambda refusal, viewer: (
        _("这张列表里您已有一个叫“%(title)s”的视图。请换一个名字。") % {"title": refusal}
    ),
    saved_views.TooMany: lambda refusal, viewer: _("一张列表最多存30个视图。请先在“管理视图”里删去不用的。"),
    people.NameTaken: lambda refusal, viewer: _("这个用户名已有人使用。"),
    people.OwnAccount: lambda refusal, viewer: _("自己的账号不能由自己停用、重置或关联；请另一位管理员办理。"),
    regulating.AlreadyIssued: lambda refusal, viewer: _("这一版办法已经发布，不再改动。请另起一稿。"),
    regulating.CodeTaken: lambda refusal, viewer: _("这个代号已有办法使用。"),
    regulating.DocumentMissing: lambda refusal, viewer: _("请写文号；没有文件的办法不能发布。"),
    regulating.CannotReplace: lambda refusal, viewer: _(
        "被替代的办法须已发布、用途相同、开始得更早，且没有被别的办法替代。请改草稿。"
    ),
    entering.DocumentMissing: lambda refusal, viewer: _("请写这些数所在的文件。"),
    entering.BadNumber: lambda refusal, viewer: _("%(unit)s的数太大，或小数多于四位。") % {"unit": refusal},
    assessing.NotInForce: lambda refusal, viewer: _("所选办法在这个时期末不适用，或不是计分办法。请换一个。"),
    assessing.WrongState: lambda refusal, viewer: _("这次考核已进入下一步，请刷新查看。"),
    assessing.BadWindow: lambda refusal, viewer: _("异议期从今天或以后开始，到开始当天或以后为止。"),
    assessing.WindowOpen: lambda refusal, viewer: _("异议期到 %(day)s 为止，过后才能定稿。") % {"day": refusal},
    assessing.Undecided: lambda refusal, viewer: (
        _("还有 %(count)s 条异议没有处理，处理后才能定稿。") % {"count": refusal}
    ),
    assessing.Incomplete: lambda refusal, viewer: (
        _("%(units)s缺数、总分待定，不能公示。请下达目标、登记所缺的数，或在办法里写明缺数怎么算，再重算。")
        % {"units": refusal}
    ),
    objecting.WindowClosed: lambda refusal, viewer: _("异议期是 %(days)s，现在不收异议。") % {"days": refusal},
    objecting.ReasonMissing: lambda refusal, viewer: _("请写明理由。"),
    objecting.NoSuchLine: lambda refusal, viewer: _("办法里没有这一条，或这个地区不在这次考核之内。"),
    objecting.NotAnInput: lambda refusal, viewer: _("这一条不用这个数，不能更正它。"),
    objecting.OwnObjection: lambda refusal, viewer: _("这条异议由你提出，须由另一人处理。"),
    objecting.AlreadyDecided: lambda refusal, viewer: _("这条异议已由他人处理。请刷新查看。"),
    lighting.NotInForce: lambda refusal, viewer: _("这个办法在该月不适用，或不是亮灯办法。"),
    lighting.TextMissing: lambda refusal, viewer: _("请写说明。"),
    stages.GateNotMet: lambda refusal, viewer: (
        _("进入这一阶段还缺：%(what)s。请先补齐。") % {"what": _("、").join(_(one.label) for one in refusal.lacks)}
    ),
    stages.OutOfOrder: lambda refusal, viewer: _("阶段须依次进入，不能重复或越过；确需跳级，请有权限的人写明理由。"),
    stages.BadDay: lambda refusal, viewer: _("日期不对：不能晚于今天，也不能早于前一阶段或晚于后一阶段。"),
    stages.NotOpen: lambda refusal, viewer: _("项目已暂停、流失或撤销，不能推进。请先重回项目库。"),
    stages.AlreadySo: lambda refusal, viewer: _("项目已是这个状态。请刷新查看。"),
    stages.ReasonMissing: lambda refusal, viewer: _("请写明理由。"),
    stages.LostToMissing: lambda refusal, viewer: _("流失的项目请填写流向哪个城市。"),
    appointing.Forbidden: lambda refusal, viewer: (
        _("不能聘任：%(rules)s（%(title)s）。")
        % {"title": refusal.title, "rules": _("；").join(f"{one.no} {one.text}" for one in refusal.rules)}
    ),
    appointing.AlreadyPartner: lambda refusal, viewer: _("“%(name)s”在这段时间已是合伙人。") % {"name": refusal},
    appointing.BadTerm: lambda refusal, viewer: _("聘期的止日须晚于起日；续聘须选“续聘”，且晚于原来的止日。"),
    appointing.DocumentMissing: lambda refusal, viewer: _("请写聘任文件，或解聘的原因。"),
    appointing.NotAPartnersLogin: lambda refusal, viewer: (
        _("账号 %(name)s 没有“招商合伙人”岗位，或已对应别的合伙人。请先由系统管理员开立、安全管理员授予。")
        % {"name": refusal}
    ),
    appointing.AlreadyReviewed: lambda refusal, viewer: _("%(year)s 年已评定，或不在聘期之内。") % {"year": refusal},
    appointing.AlreadyEnded: lambda refusal, viewer: _("已经解聘。"),
    claiming.NoCredit: lambda refusal, viewer: _(CREDIT_LABELS[refusal.credit.code]).format(**refusal.credit.params),
    claiming.TooLate: lambda refusal, viewer: _("项目 %(day)s 落地，已过申领期限。") % {"day": refusal},
    claiming.AlreadyClaimed: lambda refusal, viewer: _("这条线索已经申领过。"),
    claiming.WrongState: lambda refusal, viewer: _("申领已进入别的状态，这一步现在不能做。请刷新查看。"),
    claiming.DocumentMissing: lambda refusal, viewer: _("请写文号、原因或内容。"),
    claiming.FileIncomplete: lambda refusal, viewer: _file_incomplete(refusal),
    claiming.SamePerson: lambda refusal, viewer: _("申领、确认或登记由你经手，须由另一人决定。"),
    claiming.BadShares: lambda refusal, viewer: _("各方份额须齐全，合计 100%%，都不为负。").replace("%%", "%"),
    claiming.TooManyPapers: lambda refusal, viewer: _("材料已有 40 份，不能再存。请把同类材料合并成一份。"),
    claiming.NoticeOpen: lambda refusal, viewer: (
        _("公示到 %(day)s 为止，且异议须全部答复，才能确定。") % {"day": refusal}
    ),
    ByReviewOnly: lambda refusal, viewer: _("合同文本和审查意见不在这里附。请到“合同审查”页上传合同，由另一人审查。"),
    **dict.fromkeys(contract_refusals, _of_contracts),
    duties.DocumentMissing: lambda refusal, viewer: _("请写明名称和依据文件。"),
    duties.ReasonMissing: lambda refusal, viewer: _("请写明理由或内容。"),
    duties.LeaderMissing: lambda refusal, viewer: (
        _("%(project)s 还没有包保领导：请选一位，或填姓名。") % {"project": refusal}
    ),
    duties.WrongHandler: lambda refusal, viewer: (
        _("%(project)s：经办人须在岗，且属于项目所在地区或市局。请另选。") % {"project": refusal}
    ),
    duties.NobodyNew: lambda refusal, viewer: _("没有要改的：请勾选项目，并选一位与现在不同的人。"),
    duties.UnknownKind: lambda refusal, viewer: _("现行规则里没有这一种，请从列出的里面选。"),
    duties.AlreadyRunning: lambda refusal, viewer: _("这件事已在计时，请先答复那一次。"),
    duties.AlreadyAnswered: lambda refusal, viewer: _("已经有人答复。请刷新查看。"),
    duties.NotAnswered: lambda refusal, viewer: _("还没有答复，或已经销号。请刷新查看。"),
    duties.OwnMatter: lambda refusal, viewer: _("自己提出的不能自己答复，自己答复的不能自己认可；须由另一人办理。"),
    duties.NotRaiser: lambda refusal, viewer: _("问题只能由提出人确认。"),
    duties.NotClosed: lambda refusal, viewer: _("还没有销号，不需要重新打开。"),
    duties.BadDue: lambda refusal, viewer: _("请填写正确的日期，不早于今天。"),
    duties.NotOurPage: lambda refusal, viewer: _("督办只能关联本系统的页面。"),
    findings.ExplanationMissing: lambda refusal, viewer: _("请写明理由。"),
    findings.NotWaiting: lambda refusal, viewer: _("这一条已经处理，或还没有说明。请刷新查看。"),
    findings.OwnExplanation: lambda refusal, viewer: _("说明由你作出，须由另一人复核。"),
    confidence.AlreadyHidden: lambda refusal, viewer: _("项目已是保密项目。请刷新查看。"),
    confidence.NotHidden: lambda refusal, viewer: _("项目不是保密项目。请刷新查看。"),
    confidence.BadCodeName: lambda refusal, viewer: _(
        "请填一个没有用过的代号，最多60个字，不要含项目、企业或投资方的名字。"
    ),
    confidence.BadAlias: lambda refusal, viewer: _("要遮住的叫法每个至少两个字，合计不超过200字。请改后再提交。"),
    confidence.NotOnTeam: lambda refusal, viewer: _("只有团队成员可以决定。请与团队成员联系。"),
    leads.InvestorMissing: lambda refusal, viewer: _("请写投资方；不知道全名的，写简称或“某新能源企业”。"),
    leads.WrongState: lambda refusal, viewer: _("这条线索已进入别的状态，这一步现在不能做。请刷新查看。"),
    leads.TextMissing: lambda refusal, viewer: _("请写明原因或答复的内容。"),
    leads.NothingAlike: lambda refusal, viewer: _("请选出与它重复的线索或项目。"),
    leads.NotOfUnit: lambda refusal, viewer: _("%(who)s不在这个地区任职，请另选经办人。") % {"who": refusal},
    UnknownEvidence: lambda refusal, viewer: _("没有这一类凭证。请从列出的项里附上。"),
    opportunities.Changed: lambda refusal, viewer: _("你查看之后，别人改过它。请刷新，核对后再改。"),
    opportunities.Incomplete: lambda refusal, viewer: (
        _("发布前还缺：%(what)s。请先补齐。") % {"what": _("、").join(map(_, refusal.names))}
    ),
    opportunities.NotSo: lambda refusal, viewer: _("条目的状态已变，不能这样处理。请刷新查看。"),
    opportunities.ReasonMissing: lambda refusal, viewer: _("请写明依据或原因。"),
    opportunities.BadDays: lambda refusal, viewer: _("预留的截止日须在今天以后，且不晚于条目的有效期。"),
    opportunities.AlreadyReserved: _already_reserved,
    opportunities.AlreadyFrozen: lambda refusal, viewer: _("这一期已批准冻结，不再改动。要更正，请出新的一期。"),
    opportunities.NotAsked: lambda refusal, viewer: _("这一期没有送审，或送审后又有改动。请先送审。"),
    opportunities.SamePerson: lambda refusal, viewer: _("这一期由你送审，须由另一人批准。"),
    opportunities.NotInList: lambda refusal, viewer: _("这类条目不在所选的清单里。"),
    opportunities.Unfit: lambda refusal, viewer: (
        _("这些条目已落定、过期、未发布或不完整，不能入清单：%(codes)s。请移出或处理后再试。") % {"codes": refusal}
    ),
    opportunities.AltMissing: lambda refusal, viewer: _(
        "请写照片的中文和英文替代文字：说明照片里是什么，看不见的人靠它。"
    ),
    imaging.AltMissing: lambda refusal, viewer: _("请写图片的中文和英文替代文字：说明图里是什么，看不见的人靠它。"),
    publishing.NotOpen: lambda refusal, viewer: _("这一版的状态已变，不能这样处理。请刷新查看。"),
    publishing.Changed: lambda refusal, viewer: _("你打开之后，别人保存过这一版。请复制你改的文字，刷新后再改。"),
    publishing.SamePerson: lambda refusal, viewer: _("这一版由你撰写或送审，须由另一人审定。"),
    publishing.TooEarly: lambda refusal, viewer: _("发布时刻不能早于现在：不倒填日期。"),
    publishing.AlreadySeen: lambda refusal, viewer: _("这一版已经可见，不能撤下。请用更正，或撤回文章。"),
    publishing.ReasonMissing: lambda refusal, viewer: _("请写明原因。"),
    publishing.AlreadyWithdrawn: lambda refusal, viewer: _("这篇文章已经撤回。"),
    publishing.HasOpenVersion: lambda refusal, viewer: _("已有一版正在撰写或待审，请先办完那一版。"),
    publishing.WordsMissing: lambda refusal, viewer: _("标题和正文都要写；转载的写明来源名称。"),
    asking.AnswerMissing: lambda refusal, viewer: _("请写给申请人的答复，和写进公开记录的说明。"),
    asking.IdentityUnproven: lambda refusal, viewer: _(
        "涉及个人信息的申请，核对身份后才能采纳：请申请人用验证码证明，或登记当面核对。"
    ),
    identity.NotAboutPeople: lambda refusal, viewer: _("只有未答复的个人信息申请需要核对身份。"),
    identity.DocumentMissing: lambda refusal, viewer: _("请写证件种类，例如“居民身份证”。"),
    identity.NumberWritten: lambda refusal, viewer: _("只写证件种类，不要写号码。"),
    asking.AlreadyAnswered: lambda refusal, viewer: _("这件申请已经答复过了。请刷新查看。"),
    NotInPlace: lambda refusal, viewer: _(refusal.template).format(
        **refusal.params | {"where": _(refusal.params["where"])}
    ),
    Refused: lambda refusal, viewer: _(refusal.template).format(**refusal.params),
}
