"""How a lead came, where it stands, what may happen next, and what of it the referrer is told. Pure: no Django, no clock."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from zhaoshang.common.problems import N_


class CameBy(StrEnum):
    """Through whom or what a lead came."""

    PARTNER = "partner"
    TRIP = "trip"
    PORTAL = "portal"
    ACTIVITY = "activity"
    CHAT = "chat"
    OFFICER = "officer"


CAME_BY_LABELS = {
    CameBy.PARTNER: N_("招商合伙人"),
    CameBy.TRIP: N_("走出去"),
    CameBy.PORTAL: N_("网上咨询"),
    CameBy.ACTIVITY: N_("活动"),
    CameBy.CHAT: N_("聊天记录"),
    CameBy.OFFICER: N_("工作人员"),
}


class State(StrEnum):
    """Where a lead stands inside the house."""

    UNVERIFIED = "unverified"
    KEPT = "kept"
    ASSIGNED = "assigned"
    PROJECT = "project"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    CLOSED = "closed"


STATE_LABELS = {
    State.UNVERIFIED: N_("待研判"),
    State.KEPT: N_("已采纳，待派发"),
    State.ASSIGNED: N_("跟进中"),
    State.PROJECT: N_("已成为项目"),
    State.DUPLICATE: N_("重复"),
    State.REJECTED: N_("不采纳"),
    State.CLOSED: N_("已结束"),
}
OPEN = (State.UNVERIFIED, State.KEPT, State.ASSIGNED)
ENDED = (State.DUPLICATE, State.REJECTED, State.CLOSED)


class PublicState(StrEnum):
    """What whoever brought the lead is told; never more."""

    RECEIVED = "received"
    LOOKED_AT = "looked_at"
    ANSWERED = "answered"
    PROJECT = "project"
    CLOSED = "closed"


PUBLIC_LABELS = {
    PublicState.RECEIVED: N_("已收到"),
    PublicState.LOOKED_AT: N_("正在办理"),
    PublicState.ANSWERED: N_("已答复"),
    PublicState.PROJECT: N_("已成为项目"),
    PublicState.CLOSED: N_("已结束"),
}


def public_state(state: State, answered: bool) -> PublicState:
    """The public's word for a state: why a lead was not kept, and who works on it, stays inside."""
    if state == State.PROJECT:
        return PublicState.PROJECT
    if state in ENDED:
        return PublicState.CLOSED
    if answered:
        return PublicState.ANSWERED
    return PublicState.RECEIVED if state == State.UNVERIFIED else PublicState.LOOKED_AT


class StepKind(StrEnum):
    """What happened to a lead."""

    TAKEN_IN = "taken_in"
    KEPT = "kept"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    AMENDED = "amended"
    PROJECT = "project"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    CLOSED = "closed"
    REOPENED = "reopened"


STEP_LABELS = {
    StepKind.TAKEN_IN: N_("收到"),
    StepKind.KEPT: N_("采纳"),
    StepKind.ASSIGNED: N_("派发"),
    StepKind.ANSWERED: N_("答复推荐人"),
    StepKind.AMENDED: N_("补正"),
    StepKind.PROJECT: N_("成为项目"),
    StepKind.DUPLICATE: N_("判为重复"),
    StepKind.REJECTED: N_("不采纳"),
    StepKind.CLOSED: N_("结束跟进"),
    StepKind.REOPENED: N_("重新跟进"),
}

# From which states an act is possible, and where it leads; an answer and a correction leave the state as it is.
FROM: dict[StepKind, tuple[State, ...]] = {
    StepKind.KEPT: (State.UNVERIFIED,),
    StepKind.DUPLICATE: (State.UNVERIFIED, State.KEPT, State.ASSIGNED),
    StepKind.REJECTED: (State.UNVERIFIED, State.KEPT),
    StepKind.ASSIGNED: (State.UNVERIFIED, State.KEPT, State.ASSIGNED),
    StepKind.ANSWERED: (State.KEPT, State.ASSIGNED, State.PROJECT, *ENDED),
    StepKind.AMENDED: OPEN,
    StepKind.PROJECT: (State.KEPT, State.ASSIGNED),
    StepKind.CLOSED: (State.KEPT, State.ASSIGNED),
    StepKind.REOPENED: ENDED,
}

# What is asked for of a lead, eight fields and no more (domain.md 6.3: data are asked for once and few of them).
FIELDS = ("investor", "subject", "industry", "amount_fen", "land_m2", "source_code", "contact", "phone")
FIELD_LABELS = {
    "investor": N_("投资方"),
    "subject": N_("想做什么"),
    "industry": N_("行业门类"),
    "amount_fen": N_("意向投资额"),
    "land_m2": N_("用地"),
    "source_code": N_("来源地"),
    "contact": N_("联系人"),
    "phone": N_("电话"),
}
_M2_A_MU = Decimal(2000) / 3


def m2_of_mu(mu: Decimal) -> int:
    """亩 as whole square metres (1 亩 = 2000/3 m²), half up."""
    return int((mu * _M2_A_MU).quantize(Decimal(1), ROUND_HALF_UP))


def mu_of_m2(area_m2: int) -> Decimal:
    """The area in 亩 with one decimal, half up."""
    return (Decimal(area_m2) / _M2_A_MU).quantize(Decimal("0.1"), ROUND_HALF_UP)


def written_out(fields: Mapping[str, object]) -> str:
    """Fields that came without a text of their own, as the text that is kept of them; amounts in yuan, land in square metres."""
    units = {"amount_fen": "元", "land_m2": "平方米"}
    told = {name: value for name, value in fields.items() if value not in ("", None)}
    if isinstance(told.get("amount_fen"), int):
        told["amount_fen"] = f"{Decimal(str(told['amount_fen'])) / 100:.2f}"
    return "\n".join(f"{FIELD_LABELS[name]}：{value}{units.get(name, '')}" for name, value in told.items())


def masked(phone: str) -> str:
    """A telephone number as lists show it: 138****5678."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****" if phone else ""


_PHONE = re.compile(
    r"(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|400-?\d{3}-?\d{4}|(?<=电话[：: ])\d{7,8})(?!\d)"
)


def without_phones(text: str) -> str:
    """The text with its telephone numbers masked."""
    return _PHONE.sub(lambda found: masked(found[0]), text)


# Why a lead or a project may be the same as a lead.
WHY_LABELS = {
    "same_investor": N_("投资方相同"),
    "same_firm": N_("落地企业同名"),
    "same_phone": N_("电话相同"),
    "alike": N_("按项目查重的权重相像"),
}
