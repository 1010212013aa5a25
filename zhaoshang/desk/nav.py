"""What stands in the desk's navigation, in order; a person sees what their role allows."""

from typing import NotRequired, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhaoshang.people.rules import OUTSIDE, Can, Role, may


class Entry(TypedDict):
    """One entry; ``url`` is an address name without arguments, ``key`` the letter after ``g``, ``phone`` puts it in the phone's bar."""

    label: str | Promise
    url: str
    capability: Can | None
    icon: str
    group: str | Promise
    key: NotRequired[str]
    phone: NotRequired[bool]


# Where a role's day goes on, one tap from what waits for it.
MAIN_PAGE: dict[Role | None, tuple[str | Promise, str]] = {
    Role.OFFICER: (_("项目看板"), "desk:project_board"),
    Role.VERIFIER: (_("审核"), "desk:queue_list"),
    Role.STATISTICIAN: (_("总览"), "desk:overview"),
    Role.LEADER: (_("总览"), "desk:overview"),
    Role.SYSTEM: (_("人员与岗位"), "desk:people"),
    Role.SECURITY: (_("人员与岗位"), "desk:people"),
    Role.AUDITOR: (_("工作日志"), "desk:diary"),
    Role.PARTNER: (_("我的线索"), "desk:own_home"),
}

FIGURES, PLANNING, WORK = _("看数"), _("计划与考核"), _("办理")
PIPELINE, OUTREACH, LISTS = _("项目推进"), _("走出去与合作"), _("招商清单")
RULES, SYSTEM = _("口径"), _("系统")

ENTRIES: list[Entry] = [
    {
        "label": _("我的工作"),
        "url": "desk:home",
        "capability": None,
        "icon": "home",
        "group": "",
        "key": "h",
        "phone": True,
    },
    {
        "label": _("总览"),
        "url": "desk:overview",
        "capability": Can.READ_FIGURES,
        "icon": "chart",
        "group": FIGURES,
        "key": "o",
        "phone": True,
    },
    {
        "label": _("驾驶舱"),
        "url": "desk:cockpit",
        "capability": Can.READ_FIGURES,
        "icon": "map",
        "group": FIGURES,
    },
    {
        "label": _("排名"),
        "url": "desk:league",
        "capability": Can.READ_FIGURES,
        "icon": "table",
        "group": FIGURES,
        "key": "l",
        "phone": True,
    },
    {
        "label": _("问数"),
        "url": "desk:questions",
        "capability": Can.READ_PAYMENTS,
        "icon": "search",
        "group": FIGURES,
        "key": "q",
    },
    {
        "label": _("年末预测"),
        "url": "desk:forecast",
        "capability": Can.READ_FIGURES,
        "icon": "chart",
        "group": FIGURES,
        "key": "f",
    },
    {
        "label": _("项目比率"),
        "url": "desk:rates",
        "capability": Can.READ_FIGURES,
        "icon": "table",
        "group": FIGURES,
    },
    {
        "label": _("外部数据"),
        "url": "desk:external",
        "capability": Can.READ_FIGURES,
        "icon": "info",
        "group": FIGURES,
    },
    {
        "label": _("三年行动"),
        "url": "desk:plans",
        "capability": Can.READ_FIGURES,
        "icon": "calendar",
        "group": PLANNING,
    },
    {
        "label": _("专项行动"),
        "url": "desk:campaigns",
        "capability": Can.READ_FIGURES,
        "icon": "dot",
        "group": PLANNING,
    },
    {
        "label": _("目标"),
        "url": "desk:targets",
        "capability": Can.READ_FIGURES,
        "icon": "check",
        "group": PLANNING,
    },
    {
        "label": _("考核"),
        "url": "desk:assessment_list",
        "capability": Can.READ_FIGURES,
        "icon": "table",
        "group": PLANNING,
        "key": "a",
    },
    {
        "label": _("红黄绿灯"),
        "url": "desk:light_table",
        "capability": Can.READ_FIGURES,
        "icon": "dot",
        "group": PLANNING,
        "key": "r",
    },
    {
        "label": _("考核与亮灯办法"),
        "url": "desk:regulation_list",
        "capability": Can.READ_RULES,
        "icon": "text",
        "group": PLANNING,
    },
    {
        "label": _("考核登记数据"),
        "url": "desk:entered",
        "capability": Can.ASSESS,
        "icon": "plus",
        "group": PLANNING,
    },
    {
        "label": _("填报"),
        "url": "desk:payment_new",
        "capability": Can.DECLARE,
        "icon": "plus",
        "group": WORK,
        "key": "n",
        "phone": True,
    },
    {
        "label": _("导入表格"),
        "url": "desk:import_list",
        "capability": Can.DECLARE,
        "icon": "upload",
        "group": WORK,
        "key": "i",
        "phone": True,
    },
    {
        "label": _("审核"),
        "url": "desk:queue_list",
        "capability": Can.VERIFY,
        "icon": "check",
        "group": WORK,
        "key": "v",
        "phone": True,
    },
    {
        "label": _("到账"),
        "url": "desk:payment_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "ledger",
        "group": WORK,
        "key": "p",
    },
    {
        "label": _("月份"),
        "url": "desk:month_list",
        "capability": Can.READ_FIGURES,
        "icon": "calendar",
        "group": WORK,
    },
    {
        "label": _("与统计局核对"),
        "url": "desk:bureau",
        "capability": Can.RECONCILE,
        "icon": "copy",
        "group": WORK,
    },
    {
        "label": _("通报"),
        "url": "desk:bulletin_list",
        "capability": Can.READ_FIGURES,
        "icon": "text",
        "group": WORK,
        "key": "b",
    },
    {
        "label": _("核对文稿"),
        "url": "desk:text_list",
        "capability": Can.CHECK_TEXTS,
        "icon": "doc",
        "group": WORK,
        "key": "t",
    },
    {
        "label": _("线索"),
        "url": "desk:lead_list",
        "capability": Can.READ_LEADS,
        "icon": "plus",
        "group": PIPELINE,
    },
    {
        "label": _("项目"),
        "url": "desk:project_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "dot",
        "group": PIPELINE,
    },
    {
        "label": _("企业"),
        "url": "desk:enterprise_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "people",
        "group": PIPELINE,
    },
    {
        "label": _("疑似重复"),
        "url": "desk:duplicate_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "copy",
        "group": PIPELINE,
    },
    {
        "label": _("首谈与流转"),
        "url": "desk:talk_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "warn",
        "group": PIPELINE,
    },
    {
        "label": _("异常清单"),
        "url": "desk:finding_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "warn",
        "group": PIPELINE,
        "key": "x",
    },
    {
        "label": _("责任与时限"),
        "url": "desk:duty_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "clock",
        "group": PIPELINE,
    },
    {
        "label": _("项目研判"),
        "url": "desk:appraisal_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "check",
        "group": PIPELINE,
    },
    {
        "label": _("双兑现"),
        "url": "desk:promise_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "calendar",
        "group": PIPELINE,
    },
    {
        "label": _("督办"),
        "url": "desk:order_list",
        "icon": "text",
        "key": "d",
        "capability": Can.READ_PAYMENTS,
        "group": PIPELINE,
    },
    {
        "label": _("付款计划"),
        "url": "desk:schedule_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "calendar",
        "group": PIPELINE,
    },
    {
        "label": _("同步开工"),
        "url": "desk:start_list",
        "capability": Can.READ_FIGURES,
        "icon": "dot",
        "group": PIPELINE,
    },
    {
        "label": _("外出招商"),
        "url": "desk:trips",
        "capability": Can.READ_PAYMENTS,
        "icon": "people",
        "group": OUTREACH,
    },
    {
        "label": _("央企名录"),
        "url": "desk:soe_list",
        "icon": "people",
        "group": OUTREACH,
        "capability": Can.READ_PAYMENTS,
    },
    {
        "label": _("来源区域"),
        "url": "desk:origin_list",
        "capability": Can.READ_FIGURES,
        "icon": "map",
        "group": OUTREACH,
    },
    {
        "label": _("招商活动"),
        "url": "desk:activities",
        "capability": Can.READ_PAYMENTS,
        "icon": "calendar",
        "group": OUTREACH,
    },
    {
        "label": _("企业回访"),
        "url": "desk:visits",
        "capability": Can.READ_PAYMENTS,
        "icon": "people",
        "group": OUTREACH,
    },
    {
        "label": _("招商合伙人"),
        "url": "desk:partner_list",
        "capability": Can.READ_PARTNERS,
        "icon": "people",
        "group": OUTREACH,
    },
    {
        "label": _("我的线索"),
        "url": "desk:own_home",
        "capability": Can.BE_PARTNER,
        "icon": "home",
        "group": "",
        "phone": True,
    },
    {
        "label": _("提交线索"),
        "url": "desk:own_lead_new",
        "capability": Can.BE_PARTNER,
        "icon": "plus",
        "group": "",
        "phone": True,
    },
    {
        "label": _("招商条目"),
        "url": "desk:opportunity_list",
        "capability": Can.READ_OPPORTUNITIES,
        "icon": "table",
        "group": LISTS,
        "key": "e",
    },
    {
        "label": _("招商地图"),
        "url": "desk:opportunity_map",
        "capability": Can.READ_OPPORTUNITIES,
        "icon": "map",
        "group": LISTS,
    },
    {
        "label": _("一指南两清单"),
        "url": "desk:edition_list",
        "capability": Can.READ_OPPORTUNITIES,
        "icon": "doc",
        "group": LISTS,
    },
    {
        "label": _("网站文章"),
        "url": "desk:article_list",
        "capability": Can.PUBLISH_SITE,
        "icon": "text",
        "group": LISTS,
    },
    {
        "label": _("公众申请"),
        "url": "desk:request_list",
        "capability": Can.ANSWER_PUBLIC,
        "icon": "people",
        "group": LISTS,
    },
    {
        "label": _("指标字典"),
        "url": "desk:indicators",
        "capability": Can.READ_FIGURES,
        "icon": "text",
        "group": RULES,
    },
    {
        "label": _("统计规则"),
        "url": "desk:rule_list",
        "capability": Can.READ_RULES,
        "icon": "gear",
        "group": RULES,
    },
    {
        "label": _("本地规则"),
        "url": "desk:local_rules",
        "capability": Can.READ_RULES,
        "icon": "text",
        "group": RULES,
    },
    {
        "label": _("填报地区"),
        "url": "desk:units",
        "capability": Can.READ_RULES,
        "icon": "map",
        "group": RULES,
    },
    {
        "label": _("人员与岗位"),
        "url": "desk:people",
        "capability": Can.SEE_ACCOUNTS,
        "icon": "people",
        "group": SYSTEM,
        "phone": True,
    },
    {
        "label": _("保全"),
        "url": "desk:hold_list",
        "capability": Can.SEE_HOLDS,
        "icon": "warn",
        "group": SYSTEM,
    },
    {
        "label": _("事件推送"),
        "url": "desk:webhooks",
        "capability": Can.GRANT,
        "icon": "upload",
        "group": SYSTEM,
    },
    {
        "label": _("工作日志"),
        "url": "desk:diary",
        "capability": Can.READ_DIARY,
        "icon": "text",
        "group": SYSTEM,
        "phone": True,
    },
    {
        "label": _("异常审计报告"),
        "url": "desk:audit_findings",
        "capability": Can.READ_DIARY,
        "icon": "text",
        "group": SYSTEM,
    },
    {
        "label": _("账链"),
        "url": "desk:ledger",
        "capability": Can.EXPORT_CHECKPOINT,
        "icon": "ledger",
        "group": SYSTEM,
    },
    {
        "label": _("运行维护"),
        "url": "desk:housekeeping",
        "capability": Can.WATCH_SYSTEM,
        "icon": "gear",
        "group": SYSTEM,
    },
    {
        "label": _("接口密钥"),
        "url": "desk:token_list",
        "capability": Can.READ_PAYMENTS,
        "icon": "gear",
        "group": SYSTEM,
    },
]


def entries_of(role: Role | None) -> list[Entry]:
    """What the role's people see. Who is not of the bureau begins at a page of their own, not at what waits in it."""
    open_to_all = role not in OUTSIDE
    return [one for one in ENTRIES if (open_to_all if one["capability"] is None else may(role, one["capability"]))]
