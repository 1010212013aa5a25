"""Chains, stages and what a gate asks. Pure: no Django, no clock. What the stages mean is data (``sample.toml``, StageSet)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.rules import Part

FIRST_STAGE = "lead"
MOST_FOR_A_LEAD = 8


class Chain(StrEnum):
    """One of the two chains that every project is in at once."""

    PROMOTION = "promotion"
    CONSTRUCTION = "construction"


CHAIN_LABELS = {Chain.PROMOTION: N_("招商进程"), Chain.CONSTRUCTION: N_("建设进程")}

# The stage whose day a figure counts, and the column that keeps it.
COUNTED = {"reserve": "reserved_on", "signed": "signed_on", "landed": "landed_on"}


class Standing(StrEnum):
    """Whether a project is being worked on."""

    OPEN = "open"
    PAUSED = "paused"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


STANDING_LABELS = {
    Standing.OPEN: N_("推进中"),
    Standing.PAUSED: N_("暂停"),
    Standing.LOST: N_("流失"),
    Standing.WITHDRAWN: N_("已撤销"),
}


class Cause(StrEnum):
    """Why a project is not pursued, in the words that the loss report counts by (domain.md F37)."""

    POLICY = "policy"
    LAND = "land"
    SUPPLY = "supply"
    COST = "cost"
    MARKET = "market"
    FUNDS = "funds"
    REVIEW = "review"
    OTHER = "other"


CAUSE_LABELS = {
    Cause.POLICY: N_("政策条件"),
    Cause.LAND: N_("用地厂房"),
    Cause.SUPPLY: N_("能源与配套"),
    Cause.COST: N_("成本"),
    Cause.MARKET: N_("市场变化"),
    Cause.FUNDS: N_("企业资金"),
    Cause.REVIEW: N_("评审未过"),
    Cause.OTHER: N_("其他"),
}


class EntryKind(StrEnum):
    """What a line of the stage log tells."""

    REGISTERED = "registered"
    ADVANCED = "advanced"
    SKIPPED = "skipped"
    CORRECTED = "corrected"
    CLOSED = "closed"
    REOPENED = "reopened"
    NOTED = "noted"


ENTRY_KIND_LABELS = {
    EntryKind.REGISTERED: N_("登记时带入"),
    EntryKind.ADVANCED: N_("进入阶段"),
    EntryKind.SKIPPED: N_("跳级进入"),
    EntryKind.CORRECTED: N_("更正日期"),
    EntryKind.CLOSED: N_("停止推进"),
    EntryKind.REOPENED: N_("重回项目库"),
    EntryKind.NOTED: N_("进展"),
}

# What a gate may ask of the project itself; a project is registered with those marked so.
FIELD_LABELS = {
    "name": N_("项目名称"),
    "unit": N_("地区"),
    "enterprise": N_("落地企业"),
    "source_code": N_("资金来源地"),
    "industry": N_("行业门类"),
    "contract_fen": N_("合同额"),
    "investor": N_("投资方"),
    "site": N_("落地地点"),
}

# What a passed signing rests on (domain.md F35): changed by a recorded correction only.
FROZEN_ONCE_SIGNED = ("contract_fen", "outside_share_bp", "industry", "source_code", "enterprise")

# Entering these needs a file in the database's own eyes, whatever the definitions ask (domain.md F35).
NEEDS_PROOF = ("signed", "started", "production")

# The text that is to be signed, and what is said of it by another than who drew it up: kept by the room of contracts alone.
CONTRACT_TEXT = "contract_text"
REVIEWED = ("due_diligence", "legal_review", "fair_competition")

EVIDENCE_LABELS = {
    CONTRACT_TEXT: N_("合同文本"),
    "due_diligence": N_("尽职调查"),
    "legal_review": N_("合法性审查"),
    "fair_competition": N_("公平竞争审查"),
    "talk_record": N_("洽谈记录"),
    "contract": N_("签订的合同"),
    "licence": N_("营业执照"),
    "land_or_lease": N_("供地或租赁文件"),
    "filing": N_("立项备案"),
    "start_proof": N_("开工凭证"),
    "progress_sheet": N_("形象进度"),
    "completion": N_("竣工验收"),
    "capacity_report": N_("达产报告"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage as defined. ``rank``: its place in its chain from 1; ``fields`` and ``evidence``: what entering it asks for."""

    code: str
    chain: Chain
    rank: int
    name: str
    name_en: str
    definition: str
    source: str
    fields: tuple[str, ...]
    evidence: tuple[str, ...]


def stages_in(content: Part, day: date | None = None) -> list[Stage]:
    """The stages of a definition set, each chain in its order. Raises ``rulesets.rules.BadRules``.

    Evidence may be asked for from a day on, ``{ kind = "…", from = "2024-08-01" }``: an entry dated before ``day`` owes it not
    (no ``day``: whatever is ever asked).
    """
    places = dict.fromkeys(Chain, 0)
    found = []
    for row in content.coded("stage"):
        chain = Chain(row.choice("chain", list(Chain)))
        places[chain] += 1
        fields, evidence = row.words("fields", FIELD_LABELS), _asked(row, day)
        if row["code"] == FIRST_STAGE and len(fields) > MOST_FOR_A_LEAD:
            raise row.bad("fields", N_("线索最多要求 {most} 项，多了没人登记。"), most=MOST_FOR_A_LEAD)
        if row["code"] in NEEDS_PROOF and not row.get("evidence"):
            raise row.bad("evidence", N_("签约、开工、投产必须要求至少一种文件。"))
        said = row.texts("code", "name", "name_en", "definition", "source")
        found.append(Stage(chain=chain, rank=places[chain], fields=fields, evidence=evidence, **said))
    if lost := {FIRST_STAGE, *COUNTED} - {one.code for one in found}:
        raise content.bad("stage", N_("缺少阶段 {codes}：统计要用到，不能删。"), codes=" ".join(sorted(lost)))
    return found


def _asked(row: Part, day: date | None) -> tuple[str, ...]:
    """The kinds of evidence that the stage asks of an entry dated ``day``."""
    asked = []
    for one in row.get("evidence", ()):
        try:
            kind, since = (one, date.min) if isinstance(one, str) else (one["kind"], date.fromisoformat(one["from"]))
        except (KeyError, TypeError, ValueError):
            raise row.bad("evidence", N_('每种文件写成 "…" 或 {{ kind = "…", from = "2024-08-01" }}。')) from None
        if kind not in EVIDENCE_LABELS:
            raise row.bad(
                "evidence", N_("不认识“{word}”；可用的有：{among}。"), word=kind, among=" ".join(EVIDENCE_LABELS)
            )
        if day is None or day >= since:
            asked.append(str(kind))
    return tuple(asked)


def asked_from(content: Part, stage: str, kinds: Collection[str]) -> date | None:
    """The first day on which entering the stage asks for any of these kinds of evidence; None: it never does."""
    asked = next((row.get("evidence", ()) for row in content.coded("stage") if row["code"] == stage), ())
    told = [
        (one, date.min) if isinstance(one, str) else (one["kind"], date.fromisoformat(one["from"])) for one in asked
    ]
    return min((since for kind, since in told if kind in kinds), default=None)


SET_LABELS = {
    "stage": N_("阶段"),
    "chain": N_("哪条链"),
    "definition": N_("含义"),
    "fields": N_("进入时要填的"),
    "evidence": N_("进入时要附的"),
}
SET_WORDS = {**{str(chain): text for chain, text in CHAIN_LABELS.items()}, **FIELD_LABELS, **EVIDENCE_LABELS}


def asked_so_far(stages: Sequence[Stage], stage: Stage) -> tuple[str, ...]:
    """The fields that the stage and those before it in its chain ask for: they grow."""
    asked: dict[str, None] = {}
    for one in stages:
        if one.chain == stage.chain and one.rank <= stage.rank:
            asked.update(dict.fromkeys(one.fields))
    return tuple(asked)


def next_stage(stages: Sequence[Stage], chain: Chain, at_stage: str) -> Stage | None:
    """The stage that follows in the chain; None at its end. An empty ``at_stage`` stands before the first."""
    own = [one for one in stages if one.chain == chain]
    rank = next((one.rank for one in own if one.code == at_stage), 0)
    return next((one for one in own if one.rank == rank + 1), None)


def standing_kinds(files: Iterable[tuple[str, str, str | None]]) -> set[str]:
    """The kinds of evidence that still stand, of (kind, digest, digest of the text it is about), oldest first.

    What was said of a contract's text counts for that text: once a newer one is there, it has to be said again.
    """
    held = list(files)
    text = next((digest for kind, digest, _ in reversed(held) if kind == CONTRACT_TEXT), "")
    return {kind for kind, _, about in held if about in (None, text)}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a gate still wants: a field of the project or a kind of evidence."""

    kind: str
    code: str

    @property
    def label(self) -> str:
        """Its name, to be translated."""
        return FIELD_LABELS[self.code] if self.kind == "field" else EVIDENCE_LABELS[self.code]


def missing(stages: Sequence[Stage], stage: Stage, filled: Collection[str], proofs: Collection[str]) -> list[Missing]:
    """What entering the stage lacks, fields first. ``filled``: fields with a value; ``proofs``: evidence kinds held for the stage."""
    lacks = [Missing("field", name) for name in asked_so_far(stages, stage) if name not in filled]
    return lacks + [Missing("evidence", kind) for kind in stage.evidence if kind not in proofs]
