"""What other programs may be let into, and what they are told. Plain Python."""

import hashlib
import hmac
from enum import StrEnum

from zhaoshang.common.problems import N_

# Tags of the API's description, as a key may be held to them.
AREAS = {
    "payments": N_("到位资金"),
    "imports": N_("导入"),
    "jobs": N_("后台任务"),
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
    "holds": N_("保全"),
    "contracts": N_("合同与承诺"),
    "talks": N_("首谈与流转"),
    "enterprises": N_("企业"),
    "central SOEs and origins": N_("央企与来源地"),
    "leads": N_("线索"),
    "partners": N_("招商合伙人"),
    "outreach": N_("走出去与合作"),
    "matchmaking": N_("对接"),
    "opportunities": N_("招商清单"),
    "publishing": N_("网站文章"),
    "texts": N_("核对文稿"),
    "local rules": N_("本地规则"),
    "views": N_("已存视图"),
    "webhooks": N_("事件推送"),
    "search": N_("搜索"),
}


class Sending(StrEnum):
    """How a delivery stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


SENDING_LABELS = {Sending.WAITING: N_("待送"), Sending.SENT: N_("已送达"), Sending.FAILED: N_("未送达")}

# Lines of the diary that other programs may be told of. A name stays what it is; new ones are added.
EVENTS = (
    "capital.payment.declared",
    "capital.payment.amended",
    "capital.payment.verified",
    "capital.payment.returned",
    "capital.payment.opposite_declared",
    "regions.month.opened",
    "regions.month.closed",
    "regions.month.reopened",
    "projects.project.registered",
    "projects.project.closed",
    "projects.stage.entered",
    "leads.lead.taken_in",
    "leads.lead.assigned",
    "leads.lead.became_project",
    "opportunities.entry.published",
    "opportunities.entry.taken",
    "opportunities.entry.closed",
    "opportunities.edition.approved",
    "bulletins.bulletin.published",
    "bulletins.bulletin.withdrawn",
)
MOST_TRIES = 10
LATEST_AGAIN_S = 6 * 3600


def again_after_s(tries: int) -> int:
    """Seconds until the next try after so many: one minute, then twice as long each time, at most six hours."""
    return min(60 << min(max(tries - 1, 0), 16), LATEST_AGAIN_S)


def signature(secret: str, sent_at: int, body: bytes) -> str:
    """What stands in ``Zhaoshang-Signature``: HMAC-SHA256 over ``<seconds>.<body>``, so that neither can be exchanged."""
    told = hmac.new(secret.encode(), b"%d." % sent_at + body, hashlib.sha256).hexdigest()
    return f"t={sent_at},v1={told}"
