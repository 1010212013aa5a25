"""What bodies of several nouns are made of. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict


Answer = TypedDict("Answer", {"outcome": "Outcome", "reply": str, "public_reply": str})
Cause = Literal["policy", "land", "supply", "cost", "market", "funds", "review", "other"]
ClaimIn = TypedDict("ClaimIn", {"partner": str, "lead": str})
EndIn = TypedDict("EndIn", {"on": str, "reason": str})
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
Kind = Literal["zone", "key_region", "parcel", "planned_project", "soe_cooperation", "government_project"]
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
Level = Literal["hint", "watch", "grave"]
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
NoteIn = TypedDict("NoteIn", {"level": "Level", "text": str, "source": str, "noted_on": str})
Opinion = TypedDict(
    "Opinion",
    {
        "kind": Literal["due_diligence", "legal_review", "fair_competition"],
        "finding": Literal["passed", "exception", "refused"],
        "conclusion": str,
        "done_on": str,
    },
)
Outcome = Literal["continue", "warn", "end"]
Outcomes = TypedDict("Outcomes", {"done": int, "rows": list["Row"]})
Outdated = TypedDict("Outdated", {"code": str, "message": str, "detail": NotRequired[str], "current": dict[str, Any]})
Ownership = Literal["private", "central", "local_state", "foreign", "mixed", "other"]
Page = TypedDict("Page", {"rows": list[dict[str, Any]], "next": str | None})
PaperIn = TypedDict("PaperIn", {"kind": str, "document": str})
Proof = Literal[
    "bank_receipt",
    "capital_verification",
    "invoice",
    "equipment_list",
    "land_receipt",
    "progress_sheet",
    "split_certificate",
    "other",
]
ReasonIn = TypedDict("ReasonIn", {"reason": str})
Refused = TypedDict("Refused", {"code": str, "message": str, "detail": NotRequired[str]})
Reply = Literal["answered", "closed"]
ReplyIn = TypedDict("ReplyIn", {"kind": "Reply", "text": str})
Row = TypedDict("Row", {"project": str, "done": bool, "refused": NotRequired[Any]})
RulingIn = TypedDict(
    "RulingIn",
    {
        "act": Literal["approve", "refuse", "finish", "answer"],
        "text": NotRequired[str],
        "objection": NotRequired[str | None],
    },
)
SeatBody = TypedDict("SeatBody", {"slot": NotRequired[int], "table": NotRequired[int], "free": NotRequired[bool]})
Settlement = TypedDict(
    "Settlement", {"status": Literal["kept", "broken", "waived"], "on": str, "reason": NotRequired[str]}
)
Shared = Literal["", "unit", "city"]
State = Literal["protected", "disputed", "lapsed", "released", "transferred", "ruled"]
ToDo = Literal["move", "link", "repeat"]
Why = TypedDict("Why", {"reason": str})
