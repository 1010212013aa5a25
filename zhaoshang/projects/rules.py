"""Sectors, milestones and payment schedules of a project. Pure: no Django, no clock."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from zhaoshang.common.problems import N_

# GB/T 4754-2017: the 20 sections (门类).
INDUSTRIES = {
    "A": N_("农、林、牧、渔业"),
    "B": N_("采矿业"),
    "C": N_("制造业"),
    "D": N_("电力、热力、燃气及水生产和供应业"),
    "E": N_("建筑业"),
    "F": N_("批发和零售业"),
    "G": N_("交通运输、仓储和邮政业"),
    "H": N_("住宿和餐饮业"),
    "I": N_("信息传输、软件和信息技术服务业"),
    "J": N_("金融业"),
    "K": N_("房地产业"),
    "L": N_("租赁和商务服务业"),
    "M": N_("科学研究和技术服务业"),
    "N": N_("水利、环境和公共设施管理业"),
    "O": N_("居民服务、修理和其他服务业"),
    "P": N_("教育"),
    "Q": N_("卫生和社会工作"),
    "R": N_("文化、体育和娱乐业"),
    "S": N_("公共管理、社会保障和社会组织"),
    "T": N_("国际组织"),
}


class Milestone(StrEnum):
    """An event of a project that is counted on its day. The value is the model's date field."""

    RESERVED = "reserved_on"
    SIGNED = "signed_on"
    LANDED = "landed_on"


MILESTONE_LABELS = {Milestone.RESERVED: N_("储备"), Milestone.SIGNED: N_("签约"), Milestone.LANDED: N_("落地")}


class ScheduleFault(StrEnum):
    """Why a payment schedule cannot stand."""

    EMPTY = "empty"
    NO_DOCUMENT = "no_document"
    NOT_POSITIVE = "not_positive"
    MORE_THAN_CONTRACT = "more_than_contract"
    OLDER_DOCUMENT = "older_document"


SCHEDULE_FAULT_LABELS = {
    ScheduleFault.EMPTY: N_("计划里没有一期。请至少填一个月份和金额。"),
    ScheduleFault.NO_DOCUMENT: N_("请填写依据文件，例如合同编号或补充协议。"),
    ScheduleFault.NOT_POSITIVE: N_("每期金额须大于零。"),
    ScheduleFault.MORE_THAN_CONTRACT: N_("各期合计超过合同额。请核对金额单位，或先更正合同额。"),
    ScheduleFault.OLDER_DOCUMENT: N_("依据文件的日期早于现行计划。旧文件不能替换新计划。"),
}


def schedule_fault(
    months: Mapping[int, int], document: str, agreed_on: date, contract_fen: int, held_since: date | None
) -> ScheduleFault | None:
    """What is wrong with a schedule (month number → fen) agreed on a day; ``held_since``: the day of the one in force."""
    if not months:
        return ScheduleFault.EMPTY
    if not document.strip():
        return ScheduleFault.NO_DOCUMENT
    if min(months.values()) <= 0:
        return ScheduleFault.NOT_POSITIVE
    if sum(months.values()) > contract_fen:
        return ScheduleFault.MORE_THAN_CONTRACT
    if held_since is not None and agreed_on < held_since:
        return ScheduleFault.OLDER_DOCUMENT
    return None
