"""States and words of partners, reviews and claims; credit; the reward by a dated formula, step by step. Pure: no Django, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.rules import Part

YUAN = 100  # fen
WHOLE_BP = 10_000


class Nature(StrEnum):
    """What a partner is. Whether that nature may be one is for the rules of eligibility to say."""

    CHAMBER = "chamber"
    COMPANY = "company"
    AGENCY = "agency"
    PERSON = "person"
    STATE_BODY = "state_body"
    SOE = "soe"


NATURE_LABELS = {
    Nature.CHAMBER: N_("商会、协会"),
    Nature.COMPANY: N_("企业"),
    Nature.AGENCY: N_("中介机构"),
    Nature.PERSON: N_("个人"),
    Nature.STATE_BODY: N_("国家机关、事业单位"),
    Nature.SOE: N_("国有企业"),
}
DECLARATIONS = {
    "no_official": N_("本人及单位负责人不是公职人员，近三年未担任过本市招商职务"),
    "no_relation": N_("与所引荐的投资方没有控股、参股或近亲属关系；有的事先报告，不领取奖励"),
}


class Standing(StrEnum):
    """Where a partner stands on a day; computed from dates, never kept."""

    TO_COME = "to_come"
    STANDING = "standing"
    EXPIRED = "expired"
    ENDED = "ended"


STANDING_LABELS = {
    Standing.TO_COME: N_("未到聘期"),
    Standing.STANDING: N_("聘期内"),
    Standing.EXPIRED: N_("聘期已满"),
    Standing.ENDED: N_("已解聘"),
}


def standing_on(day: date, term_from: date, term_to: date, ended_on: date | None) -> Standing:
    """By dates alone: an expired partner earns nothing, whatever anybody has entered."""
    if ended_on is not None and ended_on <= day:
        return Standing.ENDED
    if day < term_from:
        return Standing.TO_COME
    return Standing.STANDING if day <= term_to else Standing.EXPIRED


class Outcome(StrEnum):
    """What a yearly review comes to."""

    CONTINUE = "continue"
    WARN = "warn"
    END = "end"


OUTCOME_LABELS = {Outcome.CONTINUE: N_("续聘"), Outcome.WARN: N_("提醒"), Outcome.END: N_("解聘")}


class ClaimState(StrEnum):
    """How far a claim is."""

    CLAIMED = "claimed"
    APPROVED = "approved"
    REFUSED = "refused"
    PUBLISHED = "published"
    FINAL = "final"


CLAIM_LABELS = {
    ClaimState.CLAIMED: N_("已申领，待决定"),
    ClaimState.APPROVED: N_("已同意，待公示"),
    ClaimState.REFUSED: N_("不予奖励"),
    ClaimState.PUBLISHED: N_("公示中"),
    ClaimState.FINAL: N_("已确定"),
}
NOTICE_OVER = N_("公示期满，待确定")


def claim_label(state: ClaimState, notice_until: date | None, today: date) -> str:
    """The state in words, to be translated: a notice whose last day has passed is on notice no more, and nothing yet."""
    over = state == ClaimState.PUBLISHED and notice_until is not None and notice_until < today
    return NOTICE_OVER if over else CLAIM_LABELS[state]


PAPER_LABELS = {
    "filing": N_("引荐备案（线索回执）"),
    "investor": N_("投资方确认函"),
    "contract": N_("投资合同或协议"),
    "identity": N_("合伙人身份或登记证明"),
}
BASIS_LABELS = {
    "fixed_assets": N_("已核定到位的固定资产与设备资金"),
    "in_place": N_("已核定到位的全部资金"),
}


@dataclass(frozen=True, slots=True)
class Credit:
    """Whether a lead earns credit, and why (a code of :data:`CREDIT_LABELS` with what its sentence needs)."""

    given: bool
    code: str
    params: Mapping[str, Any]


CREDIT_LABELS = {
    "before_talk": N_("线索 {registered} 登记，早于首次洽谈（{talk}，依据：{source}）"),
    "no_talk": N_("线索 {registered} 登记，此前没有洽谈记录"),
    "after_talk": N_("线索 {registered} 登记，晚于首次洽谈（{talk}，依据：{source}），不计引荐"),
    "not_standing": N_("线索登记之日合伙人不在聘期内，不计引荐"),
    "not_its_lead": N_("这条线索不是该合伙人提交的"),
    "no_project": N_("线索没有成为项目"),
    "itself": N_("投资方就是合伙人自己，属关联方，不计引荐"),
}


@dataclass(frozen=True, slots=True)
class Reward:
    """A reward in fen, and every step to it: {code, params, fen}."""

    fen: int
    steps: tuple[dict[str, Any], ...]


STEP_LABELS = {
    "basis": N_("基数：{what}"),
    "below_minimum": N_("基数不足 {yuan} 元，不奖"),
    "tier": N_("{low} 元至 {high} 元的部分，按万分之 {rate}"),
    "tier_open": N_("{low} 元以上的部分，按万分之 {rate}"),
    "project_cap": N_("每个项目合计封顶 {yuan} 元"),
    "share": N_("{claimants} 方申领，本方份额 {percent}%（{how}）"),
    "year_cap": N_("本年度已得 {had} 元，每年封顶 {yuan} 元，余额为限"),
    "rounded": N_("不足一元的舍去"),
}
SHARE_WORDS = {"agreed": N_("各方约定"), "equal": N_("没有约定，平均分配")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula as issued; amounts in yuan, ``tiers`` as (up to, rate in ten-thousandths), progressive, 0 for no end."""

    basis: str
    minimum_yuan: int
    tiers: tuple[tuple[int, int], ...]
    project_cap_yuan: int
    partner_year_cap_yuan: int
    claim_within_days: int
    notice_working_days: int
    objection_working_days: int
    papers: tuple[str, ...]


def formula_in(content: Part) -> Formula:
    """The formula of a set. Raises ``rulesets.rules.BadRules``."""
    return Formula(
        basis=content.choice("basis", BASIS_LABELS),
        tiers=_tiers_in(content),
        papers=content.words("papers", PAPER_LABELS),
        minimum_yuan=content.whole("minimum_yuan", least=0, most=_MOST_YUAN),
        project_cap_yuan=content.whole("project_cap_yuan", most=_MOST_YUAN),
        partner_year_cap_yuan=content.whole("partner_year_cap_yuan", most=_MOST_YUAN),
        claim_within_days=content.whole("claim_within_days", most=3_650),
        notice_working_days=content.whole("notice_working_days", most=365),
        objection_working_days=content.whole("objection_working_days", most=365),
    )


def _tiers_in(content: Part) -> tuple[tuple[int, int], ...]:
    found: Any = content.get("tiers")
    whole = isinstance(found, list) and all(
        isinstance(one, list) and len(one) == 2 and all(isinstance(part, int) and part >= 0 for part in one)
        for one in found
    )
    ends = [end for end, _rate in found] if whole else []
    if not ends or ends[-1] != 0 or ends[:-1] != sorted({*ends[:-1]} - {0}):
        raise content.bad("tiers", N_("每档写成 [到多少元, 万分之几]，从小到大，最后一档的止点写 0。"))
    return tuple((end, rate) for end, rate in found)


_MOST_YUAN = 10**12
SET_LABELS = {
    "basis": N_("基数"),
    "minimum_yuan": N_("基数不足此数不奖（元）"),
    "tiers": N_("分档：到多少元（0 为不封顶）、万分之几"),
    "project_cap_yuan": N_("每个项目合计封顶（元）"),
    "partner_year_cap_yuan": N_("每名合伙人每年封顶（元）"),
    "claim_within_days": N_("落地后多少天内申领"),
    "notice_working_days": N_("公示期（工作日）"),
    "objection_working_days": N_("异议收到后多少个工作日内答复"),
    "papers": N_("申领材料"),
}
SET_WORDS = {**BASIS_LABELS, **PAPER_LABELS}


def reward(
    formula: Formula, base_fen: int, *, share_bp: int, claimants: int, agreed: bool, had_this_year_fen: int
) -> Reward:
    """What one claimant gets. Tiers are progressive, sums stay whole in fen until the end, where parts of a yuan are dropped.

    The project's cap is held before it is shared, the partner's cap of the year after.
    """
    steps: list[dict[str, Any]] = [_step("basis", base_fen, what=formula.basis)]
    if base_fen < formula.minimum_yuan * YUAN:
        return Reward(0, (*steps, _step("below_minimum", 0, yuan=formula.minimum_yuan)))
    tenthousandths = 0
    for low, high, rate in _tiers(formula.tiers):
        part = (min(base_fen, high * YUAN) if high else base_fen) - low * YUAN
        if part > 0:
            tenthousandths += part * rate
            code = "tier" if high else "tier_open"
            steps.append(_step(code, part * rate // WHOLE_BP, low=low, high=high, rate=rate))
    cap = formula.project_cap_yuan * YUAN
    if tenthousandths > cap * WHOLE_BP:
        tenthousandths = cap * WHOLE_BP
        steps.append(_step("project_cap", cap, yuan=formula.project_cap_yuan))
    if claimants > 1:
        tenthousandths = tenthousandths * share_bp // WHOLE_BP
        how = "agreed" if agreed else "equal"
        steps.append(
            _step("share", tenthousandths // WHOLE_BP, claimants=claimants, percent=f"{share_bp / 100:g}", how=how)
        )
    fen = tenthousandths // WHOLE_BP
    left = max(0, formula.partner_year_cap_yuan * YUAN - had_this_year_fen)
    if fen > left:
        fen = left
        steps.append(_step("year_cap", fen, had=had_this_year_fen // YUAN, yuan=formula.partner_year_cap_yuan))
    whole = fen - fen % YUAN
    return Reward(whole, (*steps, _step("rounded", whole)))


def _tiers(tiers: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    ends = [end for end, _rate in tiers]
    return [(low, end, rate) for low, (end, rate) in zip([0, *ends], tiers, strict=False)]


def _step(code: str, fen: int, **params: Any) -> dict[str, Any]:
    return {"code": code, "params": params, "fen": fen}


def equal_shares(claimants: int) -> list[int]:
    """Basis points for each of so many, together 10000; the earlier ones have what cannot be divided."""
    each, over = divmod(WHOLE_BP, claimants)
    return [each + (place < over) for place in range(claimants)]


def credit(*, registered_on: date, standing: bool, before: bool, talk_on: date | None, talk_source: str) -> Credit:
    """Credit is for who told of the investor before the city talked to them (F53: only pre-registered leads count). Days are the city's."""
    said = {"registered": f"{registered_on}", "talk": str(talk_on or ""), "source": talk_source}
    if not standing:
        return Credit(False, "not_standing", said)
    if talk_on is None:
        return Credit(True, "no_talk", said)
    return Credit(before, "before_talk" if before else "after_talk", said)
