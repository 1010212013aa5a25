"""What other programs may be let into. Plain Python."""

from zhaoshang.common.problems import N_

# Tags of the API's description, as a key may be held to them.
AREAS = {
    "payments": N_("到位资金"),
    "imports": N_("导入"),
    "months and rules": N_("报告月与统计规则"),
    "ledger": N_("账链与日志"),
    "figures": N_("指标"),
    "forecast": N_("预测"),
    "questions": N_("问数"),
    "plans": N_("计划与任务"),
    "assessments": N_("考核"),
    "projects": N_("项目"),
    "duplicates": N_("疑似重复"),
    "findings": N_("异常"),
    "duties": N_("责任与督办"),
    "contracts": N_("合同与承诺"),
    "talks": N_("首谈与流转"),
    "enterprises": N_("企业"),
    "central SOEs and origins": N_("央企与来源地"),
    "leads": N_("线索"),
    "partners": N_("招商合伙人"),
    "outreach": N_("走出去"),
    "matchmaking": N_("对接"),
    "opportunities": N_("招商清单"),
    "publishing": N_("网站文章"),
    "texts": N_("核对文稿"),
    "local rules": N_("本地规则"),
    "views": N_("已存视图"),
    "search": N_("搜索"),
}
