"""What counts, which evidence is needed, and how a verified payment is hashed. Pure: no Django, no clock.

A rule set is a list of numbered rules, each with its text, applied in order to a payment's facts. Its answer (:class:`Ruling`)
carries every step, so that a person can read why an amount counts in full, in part or not at all.
"""

import json
import unicodedata
from base64 import b85encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhaoshang.common.digests import SHA256, fits, stated
from zhaoshang.common.problems import N_
from zhaoshang.regions.rules import SourceClass

YI_FEN = 10_000_000_000


class Standing(StrEnum):
    """Where a payment stands. DECLARED may become any other; none of the others changes again."""

    DECLARED = "declared"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    VERIFIED = "verified"


STANDING_LABELS = {
    Standing.DECLARED: N_("待审核"),
    Standing.RETURNED: N_("已退回"),
    Standing.WITHDRAWN: N_("已撤回"),
    Standing.VERIFIED: N_("已核定"),
}


class Kind(StrEnum):
    """What the money was for."""

    FIXED_ASSETS = "fixed_assets"
    EQUIPMENT = "equipment"
    LAND = "land"
    EQUITY = "equity"
    WORKING_CAPITAL = "working_capital"
    OTHER = "other"


KIND_LABELS = {
    Kind.FIXED_ASSETS: N_("固定资产投资"),
    Kind.EQUIPMENT: N_("设备购置"),
    Kind.LAND: N_("土地价款"),
    Kind.EQUITY: N_("股权出资"),
    Kind.WORKING_CAPITAL: N_("流动资金"),
    Kind.OTHER: N_("其他"),
}


class Origin(StrEnum):
    """Money of a project that began this year (新建), or of an older one (续建)."""

    NEW = "new"
    CONTINUED = "continued"


ORIGIN_LABELS = {Origin.NEW: N_("新建"), Origin.CONTINUED: N_("续建")}


class Proof(StrEnum):
    """Kinds of evidence."""

    BANK_RECEIPT = "bank_receipt"
    CAPITAL_VERIFICATION = "capital_verification"
    INVOICE = "invoice"
    EQUIPMENT_LIST = "equipment_list"
    LAND_RECEIPT = "land_receipt"
    PROGRESS_SHEET = "progress_sheet"
    SPLIT_CERTIFICATE = "split_certificate"
    OTHER = "other"


PROOF_LABELS = {
    Proof.BANK_RECEIPT: N_("银行进账单"),
    Proof.CAPITAL_VERIFICATION: N_("验资报告"),
    Proof.INVOICE: N_("发票"),
    Proof.EQUIPMENT_LIST: N_("设备清单"),
    Proof.LAND_RECEIPT: N_("土地出让金票据"),
    Proof.PROGRESS_SHEET: N_("三方盖章进度表"),
    Proof.SPLIT_CERTIFICATE: N_("到位资金分割证明"),
    Proof.OTHER: N_("其他材料"),
}


class BadRule(ValueError):
    """The rule set's content cannot be read; the message names the rule and the key."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may look at: the payment's own columns, copied from the project when it was declared."""

    amount_fen: int
    source_class: SourceClass
    kind: Kind
    origin: Origin
    industry: str
    contract_fen: int
    outside_share_bp: int


@dataclass(frozen=True, slots=True)
class Step:
    """One rule's effect on a payment: the amount before and after, in fen."""

    number: str
    text: str
    before_fen: int
    after_fen: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """What counts of a payment, and by which rules. ``steps`` holds only rules that changed the amount."""

    counted_fen: int
    steps: tuple[Step, ...]

    @property
    def counts(self) -> bool:
        """Whether anything counts."""
        return self.counted_fen != 0


def portion(amount_fen: int, numerator: int, denominator: int) -> int:
    """``amount * numerator / denominator`` in whole fen, half to even; the same for an entry and its opposite."""
    sign = -1 if amount_fen < 0 else 1
    whole, rest = divmod(abs(amount_fen) * numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2):
        whole += 1
    return sign * whole


def _after(rule: Mapping[str, Any], facts: Facts, amount_fen: int) -> int:
    """What is left of the amount after one rule."""
    match rule["kind"]:
        case "source":
            return amount_fen if facts.source_class in rule["counts"] else 0
        case "threshold":
            return amount_fen if facts.contract_fen >= rule["minimum_contract_fen"] else 0
        case "industry":
            return 0 if facts.industry in rule["excluded"] else amount_fen
        case "payment_kind":
            return portion(amount_fen, int(rule["percent"].get(facts.kind, 100)), 100)
        case "pro_rata":
            return portion(amount_fen, facts.outside_share_bp, 10_000)
        case other:
            raise BadRule(f"规则 {rule.get('no', '?')}:未知类型 {other}")


def judge(content: Mapping[str, Any], facts: Facts) -> Ruling:
    """Apply a rule set's content to a payment. Raises :class:`BadRule` for content that was never checked."""
    amount, steps = facts.amount_fen, []
    for rule in content["rules"]:
        after = _after(rule, facts, amount)
        if after != amount:
            steps.append(Step(str(rule["no"]), str(rule["text"]), amount, after))
        amount = after
        if not amount:
            break
    return Ruling(amount, tuple(steps))


_SHAPES: dict[str, tuple[str, type]] = {
    "source": ("counts", list),
    "threshold": ("minimum_contract_fen", int),
    "industry": ("excluded", list),
    "payment_kind": ("percent", dict),
    "pro_rata": ("no", str),
}


def check_content(content: Any) -> None:
    """Refuse content that :func:`judge` could not apply. Raises :class:`BadRule` naming rule and key."""
    if not isinstance(content, dict) or not isinstance(content.get("rules"), list):
        raise BadRule("规则集缺少 rules 列表")
    for rule in content["rules"]:
        number = rule.get("no", "?") if isinstance(rule, dict) else "?"
        if not isinstance(rule, dict) or rule.get("kind") not in _SHAPES:
            raise BadRule(f"规则 {number}:kind 须为 {'、'.join(_SHAPES)} 之一")
        if not isinstance(rule.get("no"), str) or not isinstance(rule.get("text"), str):
            raise BadRule(f"规则 {number}:须有编号 no 与条文 text")
        key, shape = _SHAPES[rule["kind"]]
        if not isinstance(rule.get(key), shape) or isinstance(rule.get(key), bool):
            raise BadRule(f"规则 {number}:{key} 的格式不对")
        if rule["kind"] == "payment_kind" and not all(
            kind in set(Kind) and isinstance(percent, int) and 0 <= percent <= 100
            for kind, percent in rule["percent"].items()
        ):
            raise BadRule(f"规则 {number}:percent 须为资金类型到 0-100 整数的对应")
    for kind, alternatives in content.get("evidence", {}).items():
        if kind not in set(Kind) or not all(set(group) <= set(Proof) for group in alternatives):
            raise BadRule(f"凭证要求 {kind}:含未知的资金类型或凭证种类")


def missing_evidence(content: Mapping[str, Any], facts: Facts, held: Sequence[str]) -> list[list[Proof]]:
    """Groups of evidence of which none is held: for each group, any one kind suffices.

    ``content["evidence"]`` maps a kind of payment to groups. A joint venture (share below 100 %) also needs the split
    certificate where the set counts pro rata.
    """
    groups = [list(group) for group in content.get("evidence", {}).get(facts.kind, [])]
    if facts.outside_share_bp < 10_000 and any(rule["kind"] == "pro_rata" for rule in content["rules"]):
        groups.append([Proof.SPLIT_CERTIFICATE])
    return [[Proof(kind) for kind in group] for group in groups if not set(group) & set(held)]


def sizes(contract_fen: int) -> list[str]:
    """Size marks computed from the contract, never ticked: 亿元以上, 10亿元以上."""
    return [mark for mark, floor in (("yi", YI_FEN), ("ten_yi", 10 * YI_FEN)) if contract_fen >= floor]


def project_mark(project_id: UUID) -> str:
    """A project's id in the twenty characters that a roll-up cell has for a value."""
    return b85encode(project_id.bytes).decode()


GENESIS = "0" * 64


def canonical(columns: Mapping[str, Any], evidence: Sequence[Sequence[str]]) -> bytes:
    """The bytes that are hashed: JSON with sorted keys, NFC text, every value a string or null, so no two rows can share them."""
    body = {
        "columns": {
            key: None if value is None else unicodedata.normalize("NFC", str(value)) for key, value in columns.items()
        }
    }
    body["evidence"] = sorted([list(item) for item in evidence])  # type: ignore[assignment]
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(columns: Mapping[str, Any], evidence: Sequence[Sequence[str]], algorithm: str = SHA256) -> str:
    """The digest of :func:`canonical`, as ``common.digests`` writes it. ``columns`` includes the previous digest, so each entry seals all
    before it, whatever algorithm that one was made with."""
    return stated(canonical(columns, evidence), algorithm)


def is_digest_of(kept: str, columns: Mapping[str, Any], evidence: Sequence[Sequence[str]]) -> bool:
    """Whether the kept digest is that of the entry, by the algorithm that it names."""
    return fits(canonical(columns, evidence), kept)
