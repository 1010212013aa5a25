"""Sectors, milestones and payment schedules of a project. Pure: no Django, no clock."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from zhaoshang.common.industries import INDUSTRIES as INDUSTRIES
from zhaoshang.common.problems import N_

SHORTEST_ALIAS = 2  # signs
# What stands in an investor's place without naming one: to hide it would black out half the pages and tell nothing.
_GENERIC = (
    "个人 自然人 本人 民营 民企 国企 央企 外企 国有 国资 集体 政府 企业 公司 集团 股东",
    "外商 港商 台商 侨商 内资 外资 自筹 待定 未定 保密 不详 其他",
)
GENERIC_NAMES = frozenset(name for line in _GENERIC for name in line.split())


def aliases_of(text: str) -> list[str]:
    """The other names in a text that separates them by commas, semicolons or lines; each once, without spaces around."""
    return list(dict.fromkeys(one for part in re.split(r"[,，、;；\n]", text) if (one := " ".join(part.split()))))


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
