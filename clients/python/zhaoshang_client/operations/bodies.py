"""What bodies of several nouns are made of. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict


CapitalProof = Literal[
    "bank_receipt",
    "capital_verification",
    "invoice",
    "equipment_list",
    "land_receipt",
    "progress_sheet",
    "split_certificate",
    "other",
]
CapitalStanding = Literal["declared", "returned", "withdrawn", "verified"]
ClockAnswer = TypedDict("ClockAnswer", {"text": str})
EnterprisesOwnership = Literal["private", "central", "local_state", "foreign", "mixed", "other"]
EvidenceIn = TypedDict("EvidenceIn", {"kind": str, "document": str})
Head = TypedDict(
    "Head",
    {
        "id": str,
        "title": str,
        "regulation": str,
        "period": str,
        "state": str,
        "objections_from": str | None,
        "objections_until": str | None,
        "final_at": str | None,
        "digest": str,
        "is_sample": bool,
    },
)
ImageIn = TypedDict("ImageIn", {"alt": str, "alt_en": str})
LeadFields = TypedDict(
    "LeadFields",
    {
        "investor": str,
        "subject": NotRequired[str],
        "industry": NotRequired[str],
        "amount": NotRequired[str | None],
        "land_mu": NotRequired[float | str | None],
        "source_code": NotRequired[str | Literal[""]],
        "contact": NotRequired[str],
        "phone": NotRequired[str],
    },
)
NewExternals = TypedDict(
    "NewExternals",
    {
        "indicator": str,
        "period": NotRequired[str],
        "source": NotRequired[str],
        "dated": NotRequired[str | None],
        "is_official": NotRequired[bool],
        "dry_run": NotRequired[bool],
    },
)
NewImport = TypedDict(
    "NewImport",
    {
        "unit": str,
        "month": str,
        "dry_run": NotRequired[bool],
        "amount_unit": NotRequired[Literal["", "元", "千元", "万元", "百万元", "千万元", "亿元"]],
        "header_row": NotRequired[int],
        "confirmed": NotRequired[bool],
    },
)
Opinion = TypedDict(
    "Opinion",
    {
        "kind": Literal["due_diligence", "legal_review", "fair_competition"],
        "finding": Literal["passed", "exception", "refused"],
        "conclusion": str,
        "done_on": str,
    },
)
Outcomes = TypedDict("Outcomes", {"done": int, "rows": list["Row"]})
Outdated = TypedDict("Outdated", {"code": str, "message": str, "detail": NotRequired[str], "current": dict[str, Any]})
OutreachToDo = Literal["move", "link", "repeat"]
Page = TypedDict("Page", {"rows": list[dict[str, Any]], "next": str | None})
PaperIn = TypedDict("PaperIn", {"kind": str, "document": str})
PartnersStanding = Literal["to_come", "standing", "expired", "ended"]
PhotoIn = TypedDict("PhotoIn", {"alt": str, "alt_en": str, "title": NotRequired[str]})
ProjectsCause = Literal["policy", "land", "supply", "cost", "market", "funds", "review", "other"]
ProofIn = TypedDict("ProofIn", {"stage": str, "kind": str})
ReasonIn = TypedDict("ReasonIn", {"reason": str})
Refused = TypedDict("Refused", {"code": str, "message": str, "detail": NotRequired[str]})
RegionsShared = Literal["", "unit", "city"]
Row = TypedDict("Row", {"project": str, "done": bool, "refused": NotRequired[Any]})
Settlement = TypedDict(
    "Settlement", {"status": Literal["kept", "broken", "waived"], "on": str, "reason": NotRequired[str]}
)
TalksOutcome = Literal["open", "upheld", "given", "shared", "dismissed"]
TalksState = Literal["protected", "disputed", "lapsed", "released", "transferred", "ruled"]
Why = TypedDict("Why", {"reason": str})
