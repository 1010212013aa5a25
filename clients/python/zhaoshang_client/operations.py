"""Every operation of the API. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files


Act = Literal["promotion", "construction", "paused", "open"]
ActivityBody = TypedDict(
    "ActivityBody",
    {
        "code": str,
        "title": str,
        "kind": Literal["conference", "reception", "matchmaking", "ceremony", "chamber"],
        "unit": NotRequired[str | None],
        "place": str,
        "begins_at": str,
        "ends_at": str,
        "about": NotRequired[str],
        "seats": NotRequired[int | None],
    },
)
ActivityChange = TypedDict(
    "ActivityChange",
    {
        "title": NotRequired[str | None],
        "kind": NotRequired[Literal["conference", "reception", "matchmaking", "ceremony", "chamber"] | None],
        "place": NotRequired[str | None],
        "begins_at": NotRequired[str | None],
        "ends_at": NotRequired[str | None],
        "about": NotRequired[str | None],
        "seats": NotRequired[int | None],
    },
)
ActualIn = TypedDict("ActualIn", {"year": int, "measure": Literal["tax", "output"], "amount": str, "document": str})
AgendaBody = TypedDict("AgendaBody", {"items": list["AgendaPoint"]})
AgendaPoint = TypedDict(
    "AgendaPoint", {"begins_at": str, "ends_at": NotRequired[str | None], "title": str, "speaker": NotRequired[str]}
)
Aliases = TypedDict("Aliases", {"also": str})
AmendIn = TypedDict(
    "AmendIn",
    {
        "kind": "Kind",
        "title": str,
        "title_en": NotRequired[str],
        "code": NotRequired[str],
        "unit": NotRequired[str],
        "steward": NotRequired[str],
        "expires_on": str,
        "industry": NotRequired[str],
        "amount": NotRequired[str | None],
        "area_m2": NotRequired[str | None],
        "summary": NotRequired[str],
        "summary_en": NotRequired[str],
        "fields": NotRequired[dict[str, Any]],
        "fields_en": NotRequired[dict[str, str] | None],
        "revision": NotRequired[int | None],
    },
)
Amendment = TypedDict(
    "Amendment",
    {
        "document": str,
        "agreed_on": str,
        "reason": NotRequired[str],
        "text": NotRequired[str | None],
        "amount": NotRequired[str | None],
        "quantity": NotRequired[str | None],
        "due_on": NotRequired[str | None],
        "responsible": NotRequired[str | None],
    },
)
Announced = TypedDict(
    "Announced", {"visible_from": NotRequired[str | None], "take_back": NotRequired[bool], "reason": NotRequired[str]}
)
Answer = TypedDict("Answer", {"outcome": "Outcome", "reply": str, "public_reply": str})
AnswerIn = TypedDict("AnswerIn", {"answer": str, "document": NotRequired[str]})
ApproveIn = TypedDict("ApproveIn", {"revision": NotRequired[int | None], "published_at": NotRequired[str | None]})
AreaIn = TypedDict(
    "AreaIn", {"code": str, "name": str, "name_en": str, "source": str, "valid_from": str, "parts": list[str]}
)
Assignment = TypedDict("Assignment", {"unit": str, "handler": str})
Assignments = TypedDict(
    "Assignments",
    {
        "projects": list[str],
        "handler": NotRequired[str],
        "leader": NotRequired[str],
        "leader_name": NotRequired[str],
        "reason": str,
    },
)
AwayBody = TypedDict("AwayBody", {"slots": list[int], "enterprise": NotRequired[str | None], "side": NotRequired[str]})
Becoming = TypedDict("Becoming", {"project": str})
CardChange = TypedDict(
    "CardChange",
    {
        "name": str,
        "uscc": NotRequired[str],
        "region_code": NotRequired[str],
        "ownership": NotRequired[Any],
        "industry": NotRequired[str],
        "established_on": NotRequired[str | None],
        "revision": NotRequired[int | None],
    },
)
CardIn = TypedDict(
    "CardIn",
    {
        "name": str,
        "uscc": NotRequired[str],
        "region_code": NotRequired[str],
        "ownership": NotRequired[Any],
        "industry": NotRequired[str],
        "established_on": NotRequired[str | None],
    },
)
Cause = Literal["policy", "land", "supply", "cost", "market", "funds", "review", "other"]
CheckIn = TypedDict("CheckIn", {"expires_on": NotRequired[str | None], "note": NotRequired[str]})
ChoiceIn = TypedDict(
    "ChoiceIn", {"act": NotRequired[Literal["add", "leave"]], "into": NotRequired[str], "entries": list[str]}
)
ClaimIn = TypedDict("ClaimIn", {"partner": str, "lead": str})
Closing = TypedDict(
    "Closing", {"standing": Literal["paused", "lost", "withdrawn"], "reason": str, "lost_to": NotRequired[str]}
)
Condition = TypedDict("Condition", {"text": str, "owner": str, "due_on": str})
Correction = TypedDict(
    "Correction",
    {
        "field": Literal["contract_fen", "outside_share_bp", "industry", "source_code"],
        "old": int | str,
        "new": int | str,
        "reason": str,
    },
)
DayCorrection = TypedDict("DayCorrection", {"reason": str, "stage": str, "on": NotRequired[str | None]})
DayIn = TypedDict("DayIn", {"day": str, "works": bool | None, "document": str})
Decided = TypedDict(
    "Decided",
    {
        "outcome": Literal["pass", "conditional", "defer"],
        "met_on": str,
        "members": list[str],
        "conditions": NotRequired[list["Condition"]],
        "remarks": NotRequired[str],
    },
)
DemandBody = TypedDict("DemandBody", {"text": str, "department": str, "due_on": NotRequired[str | None]})
DisputeIn = TypedDict("DisputeIn", {"claim": str, "unit": str, "grounds": str, "document": str})
Document = TypedDict("Document", {"document": str})
Draft = TypedDict(
    "Draft",
    {
        "site": Literal["land", "rented"],
        "inputs": dict[str, str],
        "vetoes": NotRequired[dict[str, "Looked"]],
        "summary": NotRequired[str],
    },
)
Earlier = TypedDict("Earlier", {"source": str, "lines": list["EarlierLine"]})
EarlierLine = TypedDict("EarlierLine", {"project": str, "month": str, "amount": str})
EditionIn = TypedDict("EditionIn", {"title": str, "title_en": NotRequired[str], "issuer": str, "dated": str})
EndIn = TypedDict("EndIn", {"on": str, "reason": str})
EntryIn = TypedDict(
    "EntryIn",
    {
        "kind": "Kind",
        "title": str,
        "title_en": NotRequired[str],
        "code": NotRequired[str],
        "unit": NotRequired[str],
        "steward": NotRequired[str],
        "expires_on": str,
        "industry": NotRequired[str],
        "amount": NotRequired[str | None],
        "area_m2": NotRequired[str | None],
        "summary": NotRequired[str],
        "summary_en": NotRequired[str],
        "fields": NotRequired[dict[str, Any]],
        "fields_en": NotRequired[dict[str, str] | None],
    },
)
FindingVerdict = TypedDict("FindingVerdict", {"verdict": Literal["accept", "refuse"], "text": NotRequired[str]})
FollowUpDone = TypedDict("FollowUpDone", {"on": str, "note": str})
FollowUpOwner = TypedDict("FollowUpOwner", {"owner": str})
GuestBody = TypedDict(
    "GuestBody",
    {
        "organisation": str,
        "name": str,
        "post": NotRequired[str],
        "phone": NotRequired[str],
        "unit": NotRequired[str | None],
    },
)
GuestNote = TypedDict("GuestNote", {"reply": Literal["waiting", "coming", "not_coming", "came"]})
GuestsBody = TypedDict("GuestsBody", {"guests": list["GuestBody"]})
HandedOver = TypedDict("HandedOver", {"confirmer": str, "reason": str})
Handover = TypedDict(
    "Handover", {"person": str, "to": str, "leader": NotRequired[str], "leader_name": NotRequired[str], "reason": str}
)
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
HeardBody = TypedDict("HeardBody", {"investor": str, "text": str})
Hide = TypedDict("Hide", {"code_name": str, "reason": str, "also": NotRequired[str]})
Issue = TypedDict(
    "Issue", {"text": str, "code": str, "title": str, "title_en": NotRequired[str], "document": str, "valid_from": str}
)
Judgement = TypedDict("Judgement", {"verdict": Literal["accept", "send_back", "reopen"], "text": str})
Kind = Literal["zone", "key_region", "parcel", "planned_project", "soe_cooperation", "government_project"]
LeadBody = TypedDict("LeadBody", {"investor": str, "subject": NotRequired[str], "text": str})
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
LeadIn = TypedDict(
    "LeadIn",
    {
        "investor": str,
        "subject": NotRequired[str],
        "industry": NotRequired[str],
        "amount": NotRequired[str | None],
        "land_mu": NotRequired[float | str | None],
        "source_code": NotRequired[str | Literal[""]],
        "contact": NotRequired[str],
        "phone": NotRequired[str],
        "text": NotRequired[str],
    },
)
Level = Literal["hint", "watch", "grave"]
LinkBody = TypedDict("LinkBody", {"project": str, "note": NotRequired[str]})
LinkIn = TypedDict("LinkIn", {"enterprise": NotRequired[str | None]})
Listed = TypedDict("Listed", {"projects": list[str]})
LoginIn = TypedDict("LoginIn", {"username": str})
Looked = TypedDict("Looked", {"answer": Literal["yes", "no", "unknown"], "evidence": NotRequired[str]})
MeetingBody = TypedDict(
    "MeetingBody",
    {
        "day": str,
        "begins": NotRequired[str | None],
        "ends": NotRequired[str | None],
        "party": str,
        "people": NotRequired[str],
        "place": NotRequired[str],
        "purpose": NotRequired[str],
        "again": NotRequired[bool],
    },
)
MemberBody = TypedDict("MemberBody", {"name": str, "post": str, "rank": str, "leads": NotRequired[bool]})
MergeIn = TypedDict("MergeIn", {"closed": str, "reason": str})
MinutesBody = TypedDict(
    "MinutesBody", {"key": str, "text": str, "met": NotRequired[str], "next_step": NotRequired[str]}
)
Move = TypedDict("Move", {"stage": str, "on": str, "evidence": NotRequired[str]})
MoveIn = TypedDict(
    "MoveIn",
    {
        "to": Literal["talks", "take", "close", "available", "release"],
        "project": NotRequired[str],
        "text": NotRequired[str],
    },
)
Moves = TypedDict(
    "Moves", {"projects": list[str], "act": "Act", "on": NotRequired[str | None], "why": NotRequired[str]}
)
NamesIn = TypedDict("NamesIn", {"names": list[str]})
Nature = Literal["chamber", "company", "agency", "person", "state_body", "soe"]
NewArticle = TypedDict(
    "NewArticle",
    {
        "title": str,
        "body": str,
        "title_en": NotRequired[str],
        "body_en": NotRequired[str],
        "keywords": NotRequired[str],
        "source_name": NotRequired[str],
        "source_url": NotRequired[str],
        "document": NotRequired[str],
        "valid_from": NotRequired[str | None],
        "valid_until": NotRequired[str | None],
        "code": str,
        "kind": "Kind",
    },
)
NewClock = TypedDict("NewClock", {"project": str, "kind": str, "subject": str})
NewDecision = TypedDict(
    "NewDecision",
    {"verdict": Literal["verify", "return"], "revision": NotRequired[int | None], "reason": NotRequired[str]},
)
NewExternal = TypedDict(
    "NewExternal",
    {
        "indicator": str,
        "period": str,
        "place_code": str,
        "place_name": str,
        "value": NotRequired[str | None],
        "rank": NotRequired[int | None],
        "scope": NotRequired[str],
        "source": str,
        "dated": str,
        "is_official": NotRequired[bool],
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
NewFile = TypedDict("NewFile", {"path": str})
NewHold = TypedDict(
    "NewHold",
    {
        "kind": Literal[
            "project",
            "enterprise",
            "payment",
            "lead",
            "partner",
            "opportunity",
            "activity",
            "trip",
            "bulletin",
            "request",
            "evidence",
            "contact",
            "talk",
            "guest",
            "claim",
            "file",
            "search",
            "diary",
        ],
        "number": NotRequired[str],
        "reason": str,
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
NewObjection = TypedDict("NewObjection", {"unit": str, "article": str, "reason": str})
NewOpposite = TypedDict("NewOpposite", {"month": str, "amount": str, "reason": str})
NewPayment = TypedDict(
    "NewPayment",
    {
        "project": str,
        "month": str,
        "paid_on": str,
        "amount": NotRequired[str | None],
        "currency": NotRequired[str | None],
        "foreign_amount": NotRequired[str | None],
        "source_code": str,
        "kind": "Kind",
        "origin": "Origin",
        "payer": NotRequired[str],
        "bank_serial": NotRequired[str],
        "row_key": NotRequired[str],
        "note": NotRequired[str],
        "counts_because": NotRequired[str],
    },
)
NewRate = TypedDict(
    "NewRate",
    {
        "code": str,
        "word": str,
        "word_en": str,
        "title": str,
        "title_en": NotRequired[str],
        "formula": dict[str, Any],
        "source": str,
        "dated": str,
    },
)
NewRates = TypedDict("NewRates", {"rates": list["PublishedRate"]})
NewReopening = TypedDict("NewReopening", {"reason": str})
NewReport = TypedDict(
    "NewReport",
    {
        "standing": Literal["waiting", "underway", "done", "stopped"],
        "percent": NotRequired[int | None],
        "text": str,
        "reported_on": str,
    },
)
NewSaved = TypedDict("NewSaved", {"title": str, "question": list[list[Any]], "shared": NotRequired[bool]})
NewSchedule = TypedDict("NewSchedule", {"document": str, "agreed_on": str, "instalments": dict[str, Any]})
NewStart = TypedDict(
    "NewStart", {"code": str, "day": str, "title": str, "document": str, "beside": NotRequired[list[str]]}
)
NewTags = TypedDict("NewTags", {"projects": list[str]})
NewTarget = TypedDict(
    "NewTarget",
    {
        "indicator": str,
        "year": int,
        "unit": NotRequired[str | None],
        "amount": str,
        "phases": NotRequired[list[Any] | None],
        "document": str,
        "issued_on": str,
    },
)
NewTitle = TypedDict("NewTitle", {"title": str})
NewView = TypedDict(
    "NewView",
    {
        "shared": NotRequired[Any],
        "unit": NotRequired[str],
        "page": str,
        "title": str,
        "query": list[list[Any]],
        "default": NotRequired[bool],
    },
)
NewWebhook = TypedDict("NewWebhook", {"name": str, "url": str, "events": list[str]})
Note = TypedDict("Note", {"on": str, "text": str})
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
OrderIn = TypedDict("OrderIn", {"unit": str, "text": str, "due_on": str, "project": NotRequired[str]})
Origin = Literal["new", "continued"]
Outcome = Literal["continue", "warn", "end"]
Outcomes = TypedDict("Outcomes", {"done": int, "rows": list["Row"]})
Outdated = TypedDict("Outdated", {"code": str, "message": str, "detail": NotRequired[str], "current": dict[str, Any]})
OutlineIn = TypedDict("OutlineIn", {"revision": NotRequired[int | None], "geojson": dict[str, Any]})
OwnClaimIn = TypedDict("OwnClaimIn", {"lead": str})
Ownership = Literal["private", "central", "local_state", "foreign", "mixed", "other"]
Page = TypedDict("Page", {"rows": list[dict[str, Any]], "next": str | None})
PairBody = TypedDict("PairBody", {"enterprise": str, "opportunity": str})
PairVerdict = TypedDict("PairVerdict", {"verdict": Literal["same", "related", "different", "open"], "reason": str})
PaperIn = TypedDict("PaperIn", {"kind": str, "document": str})
ParentIn = TypedDict("ParentIn", {"parent": NotRequired[str | None]})
PartnerIn = TypedDict(
    "PartnerIn",
    {
        "nature": "Nature",
        "name": str,
        "document": str,
        "term_from": str,
        "term_to": str,
        "duties": str,
        "leads_a_year": NotRequired[int],
        "territory": NotRequired[list[str]],
        "uscc": NotRequired[str],
        "head": NotRequired[str],
        "post": NotRequired[str],
        "phone": NotRequired[str],
        "declared": NotRequired[list[Literal["no_official", "no_relation"]]],
    },
)
Pausing = TypedDict("Pausing", {"paused": bool})
PersonIn = TypedDict(
    "PersonIn",
    {
        "name": str,
        "post": NotRequired[str],
        "phone": NotRequired[str],
        "mail": NotRequired[str],
        "is_key": NotRequired[bool],
        "source": str,
    },
)
PlaceBody = TypedDict("PlaceBody", {"code": str, "name": str})
Preference = TypedDict("Preference", {"default": bool})
ProblemIn = TypedDict(
    "ProblemIn",
    {
        "text": str,
        "level": str,
        "department": NotRequired[str],
        "for_firm": NotRequired[str],
        "due_on": NotRequired[str | None],
    },
)
ProjectIn = TypedDict(
    "ProjectIn",
    {
        "unit": str,
        "name": str,
        "code": NotRequired[str],
        "enterprise": str,
        "uscc": NotRequired[str],
        "investor": NotRequired[str],
        "source_code": str,
        "industry": str,
        "contract": str,
        "outside_share_bp": NotRequired[int],
        "signed_on": NotRequired[str | None],
        "source": NotRequired[str],
        "site": NotRequired[str],
        "nevertheless": NotRequired[str],
    },
)
PromiseIn = TypedDict(
    "PromiseIn",
    {
        "side": Literal["enterprise", "government"],
        "text": str,
        "due_on": str,
        "responsible": str,
        "document": str,
        "agreed_on": str,
        "measure": NotRequired[Literal["", "investment", "tax", "output"]],
        "amount": NotRequired[str | None],
        "quantity": NotRequired[str],
    },
)
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
PublishedRate = TypedDict("PublishedRate", {"currency": str, "on": str, "rate": str, "source": str})
Rating = TypedDict("Rating", {"satisfaction": Literal["content", "partly", "not_content"]})
Reason = TypedDict("Reason", {"reason": str})
ReasonIn = TypedDict("ReasonIn", {"reason": str})
Reassignment = TypedDict(
    "Reassignment",
    {
        "projects": list[str],
        "handler": NotRequired[str],
        "leader": NotRequired[str],
        "leader_name": NotRequired[str],
        "reason": str,
    },
)
Refused = TypedDict("Refused", {"code": str, "message": str, "detail": NotRequired[str]})
RegistrationBody = TypedDict("RegistrationBody", {"consent": NotRequired[str]})
RelationIn = TypedDict("RelationIn", {"unit": NotRequired[str], "document": str, "valid_from": str})
ReopeningDecision = TypedDict("ReopeningDecision", {"approved": bool})
Reply = Literal["answered", "closed"]
ReplyIn = TypedDict("ReplyIn", {"kind": "Reply", "text": str})
ReserveIn = TypedDict("ReserveIn", {"project": str, "until_on": str, "document": str})
ReviewIn = TypedDict(
    "ReviewIn", {"year": int, "outcome": "Outcome", "note": NotRequired[str], "term_to": NotRequired[str | None]}
)
Rewritten = TypedDict(
    "Rewritten",
    {
        "title": str,
        "body": str,
        "title_en": NotRequired[str],
        "body_en": NotRequired[str],
        "keywords": NotRequired[str],
        "source_name": NotRequired[str],
        "source_url": NotRequired[str],
        "document": NotRequired[str],
        "valid_from": NotRequired[str | None],
        "valid_until": NotRequired[str | None],
        "revision": NotRequired[int | None],
    },
)
RosterIn = TypedDict("RosterIn", {"title": str, "source": str, "dated": str, "published": int})
Row = TypedDict("Row", {"project": str, "done": bool, "refused": NotRequired[Any]})
RuleIn = TypedDict("RuleIn", {"days": int, "valid_from": str, "source": str})
RuleTrial = TypedDict("RuleTrial", {"period": str, "content": dict[str, Any]})
RulingIn = TypedDict(
    "RulingIn",
    {
        "act": Literal["approve", "refuse", "finish", "answer"],
        "text": NotRequired[str],
        "objection": NotRequired[str | None],
    },
)
Said = TypedDict("Said", {"text": str})
Schedules = TypedDict(
    "Schedules",
    {
        "projects": list[str],
        "document": str,
        "agreed_on": str,
        "month": NotRequired[str | None],
        "later": NotRequired[int | None],
    },
)
SeatBody = TypedDict("SeatBody", {"slot": NotRequired[int], "table": NotRequired[int], "free": NotRequired[bool]})
Section = TypedDict(
    "Section",
    {"title": NotRequired[str], "title_en": NotRequired[str], "text": NotRequired[str], "text_en": NotRequired[str]},
)
SessionBody = TypedDict("SessionBody", {"begins_at": str, "minutes": int, "slots": int, "tables": list[str]})
Settlement = TypedDict(
    "Settlement", {"status": Literal["kept", "broken", "waived"], "on": str, "reason": NotRequired[str]}
)
Shared = Literal["", "unit", "city"]
SharesIn = TypedDict("SharesIn", {"shares": dict[str, int], "document": str})
Sharing = TypedDict("Sharing", {"shared": NotRequired[Any], "unit": NotRequired[str]})
SignedBody = TypedDict("SignedBody", {"project": str, "evidence": NotRequired[str]})
SigningBody = TypedDict(
    "SigningBody",
    {
        "project": NotRequired[str | None],
        "name": NotRequired[str],
        "investor": NotRequired[str],
        "amount": NotRequired[str],
        "unit": NotRequired[str | None],
    },
)
SigningLink = TypedDict("SigningLink", {"project": str})
SigningsBody = TypedDict("SigningsBody", {"signings": list["SigningBody"]})
Skip = TypedDict("Skip", {"stage": str, "on": str, "evidence": NotRequired[str], "skip_reason": str})
Standing = Literal["to_come", "standing", "expired", "ended"]
StandingChange = TypedDict(
    "StandingChange", {"standing": "Standing", "reason": str, "cause": NotRequired[Any], "lost_to": NotRequired[str]}
)
State = Literal["protected", "disputed", "lapsed", "released", "transferred", "ruled"]
Step = TypedDict(
    "Step",
    {
        "step": Literal["submit", "return", "approve", "call_back", "correct", "withdraw"],
        "reason": NotRequired[str],
        "visible_from": NotRequired[str | None],
    },
)
StepBody = TypedDict(
    "StepBody",
    {
        "state": Literal["invited", "met", "interested", "in_talks", "project", "declined"],
        "on": str,
        "note": NotRequired[str],
        "project": NotRequired[str | None],
    },
)
StepIn = TypedDict(
    "StepIn", {"act": Literal["confirm", "publish", "object"], "text": NotRequired[str], "told_by": NotRequired[str]}
)
TeamChange = TypedDict("TeamChange", {"reason": str, "person": str, "belongs": bool})
Text = TypedDict("Text", {"text": str})
TextsIn = TypedDict(
    "TextsIn",
    {
        "revision": NotRequired[int | None],
        "title": str,
        "title_en": NotRequired[str],
        "issuer": str,
        "dated": str,
        "sections": list["Section"],
    },
)
ToDo = Literal["move", "link", "repeat"]
Told = TypedDict("Told", {"on": str, "told": str})
TouchIn = TypedDict(
    "TouchIn",
    {
        "on": str,
        "kind": "TouchKind",
        "who": str,
        "whom": NotRequired[str],
        "contact": NotRequired[str | None],
        "said": str,
        "next_step": NotRequired[str],
        "next_on": NotRequired[str | None],
        "key": NotRequired[str],
    },
)
TouchKind = Literal["visit", "reception", "meeting", "call", "letter"]
TransferIn = TypedDict(
    "TransferIn",
    {
        "talk": NotRequired[str | None],
        "project": NotRequired[str],
        "to_unit": str,
        "shares": str,
        "reason": str,
        "terms": NotRequired[str],
    },
)
Triage = TypedDict(
    "Triage",
    {
        "verdict": Literal["keep", "reject", "duplicate", "reopen"],
        "reason": NotRequired[str],
        "lead": NotRequired[str | None],
        "project": NotRequired[str],
    },
)
Trial = TypedDict("Trial", {"site": Literal["land", "rented"], "inputs": dict[str, str], "industry": str})
TripBody = TypedDict(
    "TripBody",
    {
        "code": str,
        "title": str,
        "purpose": str,
        "first_day": str,
        "last_day": str,
        "unit": NotRequired[str | None],
        "members": list["MemberBody"],
        "destinations": list["PlaceBody"],
        "cost": NotRequired[str | None],
    },
)
TripOff = TypedDict("TripOff", {"what": Literal["postpone", "cancel"], "reason": str})
TripReport = TypedDict("TripReport", {"text": str, "absent": NotRequired[list[str]], "cost": NotRequired[str | None]})
TripVerdict = TypedDict("TripVerdict", {"verdict": Literal["approve", "return"], "reason": NotRequired[str]})
VisitBody = TypedDict(
    "VisitBody",
    {
        "firm": str,
        "unit": NotRequired[str | None],
        "project": NotRequired[str | None],
        "planned_on": str,
        "place": NotRequired[str],
        "visitors": str,
        "purpose": NotRequired[str],
    },
)
Why = TypedDict("Why", {"reason": str})
Word = TypedDict("Word", {"handled": Literal["remove", "justified", "no_hit", "read"], "reason": NotRequired[str]})
Written = TypedDict("Written", {"text": str})


class Operations(Caller):
    """A method for each operation of the API."""

    def activities_activities(self, *, kind: str | None = None, after: str | None | None = None) -> Any:
        """Activities."""
        return self.call("GET", "/api/activities", {}, query={"kind": kind, "after": after})

    def activities_new_activity(self, *, body: "ActivityBody", idempotency_key: str | None = None) -> Any:
        """Lay down an activity."""
        return self.call("POST", "/api/activities", {}, body=body, idempotency_key=idempotency_key)

    def activities_agenda(self, code: str | int, *, body: "AgendaBody", idempotency_key: str | None = None) -> Any:
        """Set an activity's agenda."""
        return self.call(
            "POST", "/api/activities/{code}/agenda", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def publishing_announcement(self, code: str | int, *, body: "Announced", idempotency_key: str | None = None) -> Any:
        """Announce an activity on the site, or take it back."""
        return self.call(
            "POST", "/api/activities/{code}/announcement", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matchmaking_arranged(self, code: str | int, *, idempotency_key: str | None = None) -> Any:
        """Plan the meetings anew."""
        return self.call("POST", "/api/activities/{code}/arrange", {"code": code}, idempotency_key=idempotency_key)

    def matchmaking_away(self, code: str | int, *, body: "AwayBody", idempotency_key: str | None = None) -> Any:
        """Say who is not there when."""
        return self.call(
            "POST", "/api/activities/{code}/away", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_cancelled_activity(
        self, code: str | int, *, body: "Reason", idempotency_key: str | None = None
    ) -> Any:
        """Cancel an activity."""
        return self.call(
            "POST", "/api/activities/{code}/cancel", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_changed_activity(
        self, code: str | int, *, body: "ActivityChange", idempotency_key: str | None = None
    ) -> Any:
        """Change an activity."""
        return self.call(
            "POST", "/api/activities/{code}/change", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_activity_guests(self, code: str | int, *, after: str | None | None = None) -> Any:
        """An activity's guests."""
        return self.call("GET", "/api/activities/{code}/guests", {"code": code}, query={"after": after})

    def activities_new_guests(self, code: str | int, *, body: "GuestsBody", idempotency_key: str | None = None) -> Any:
        """Invite guests."""
        return self.call(
            "POST", "/api/activities/{code}/guests", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_activity_lead(
        self, code: str | int, *, body: "HeardBody", idempotency_key: str | None = None
    ) -> Any:
        """Hand on what was heard of an investor."""
        return self.call(
            "POST", "/api/activities/{code}/leads", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matchmaking_pairs(self, code: str | int, *, state: str | None = None) -> Any:
        """An activity's pairs."""
        return self.call("GET", "/api/activities/{code}/pairs", {"code": code}, query={"state": state})

    def matchmaking_new_pair(self, code: str | int, *, body: "PairBody", idempotency_key: str | None = None) -> Any:
        """Put a pair on the board."""
        return self.call(
            "POST", "/api/activities/{code}/pairs", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matchmaking_suggested(self, code: str | int, *, unit: str | None = None, limit: int | None = None) -> Any:
        """Suggested pairs, with every point explained."""
        return self.call(
            "GET", "/api/activities/{code}/pairs/suggested", {"code": code}, query={"unit": unit, "limit": limit}
        )

    def matchmaking_plan(self, code: str | int) -> Any:
        """The plan of meetings."""
        return self.call("GET", "/api/activities/{code}/plan", {"code": code})

    def activities_registration(
        self, code: str | int, *, body: "RegistrationBody", idempotency_key: str | None = None
    ) -> Any:
        """Open or close registration."""
        return self.call(
            "POST", "/api/activities/{code}/registration", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matchmaking_session_set(
        self, code: str | int, *, body: "SessionBody", idempotency_key: str | None = None
    ) -> Any:
        """Set hours and tables."""
        return self.call(
            "POST", "/api/activities/{code}/session", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_project_signed(
        self, code: str | int, *, body: "SignedBody", idempotency_key: str | None = None
    ) -> Any:
        """Move a project through the gate of signing by an activity."""
        return self.call(
            "POST", "/api/activities/{code}/signed", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def activities_activity_signings(self, code: str | int) -> Any:
        """What was signed."""
        return self.call("GET", "/api/activities/{code}/signings", {"code": code})

    def activities_new_signings(
        self, code: str | int, *, body: "SigningsBody", idempotency_key: str | None = None
    ) -> Any:
        """Enter what was signed."""
        return self.call(
            "POST", "/api/activities/{code}/signings", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def appraisals_appraisals(
        self,
        *,
        unit: str | None = None,
        outcome: Literal["", "pass", "conditional", "defer", "none"] | None = None,
        q: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Appraisals, newest first."""
        return self.call("GET", "/api/appraisals", {}, query={"unit": unit, "outcome": outcome, "q": q, "after": after})

    def appraisals_calculate(self, *, body: "Trial", idempotency_key: str | None = None) -> Any:
        """Compute a sheet without keeping it."""
        return self.call("POST", "/api/appraisals/calculate", {}, body=body, idempotency_key=idempotency_key)

    def appraisals_decide_appraisal(
        self, key: str | int, *, body: "Decided", idempotency_key: str | None = None
    ) -> Any:
        """Record the committee's decision."""
        return self.call(
            "POST", "/api/appraisals/{key}/decision", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def publishing_articles(
        self, *, kind: Any | None = None, state: str | None | None = None, after: str | None | None = None
    ) -> Any:
        """Versions of articles, newest first."""
        return self.call("GET", "/api/articles", {}, query={"kind": kind, "state": state, "after": after})

    def publishing_new_article(self, *, body: "NewArticle", idempotency_key: str | None = None) -> Any:
        """Begin an article."""
        return self.call("POST", "/api/articles", {}, body=body, idempotency_key=idempotency_key)

    def publishing_rewrite_article(
        self, key: str | int, *, body: "Rewritten", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Save other words of a draft."""
        return self.call(
            "PUT", "/api/articles/{key}", {"key": key}, body=body, if_match=if_match, idempotency_key=idempotency_key
        )

    def publishing_new_image(
        self,
        key: str | int,
        *,
        alt: str | None = None,
        alt_en: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Add a picture to an article."""
        return self.call(
            "POST",
            "/api/articles/{key}/images",
            {"key": key},
            query={"alt": alt, "alt_en": alt_en},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def publishing_article_step(self, key: str | int, *, body: "Step", idempotency_key: str | None = None) -> Any:
        """One step of a version."""
        return self.call("POST", "/api/articles/{key}/steps", {"key": key}, body=body, idempotency_key=idempotency_key)

    def assessments_assessments(
        self,
    ) -> Any:
        """Assessments."""
        return self.call("GET", "/api/assessments", {})

    def assessments_one_assessment(self, key: str | int) -> Any:
        """An assessment's scores, each point with its formula and inputs."""
        return self.call("GET", "/api/assessments/{key}", {"key": key})

    def assessments_new_objection(
        self, key: str | int, *, body: "NewObjection", idempotency_key: str | None = None
    ) -> Any:
        """Object to a line while the assessment is shown."""
        return self.call(
            "POST", "/api/assessments/{key}/objections", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def findings_audit_findings(
        self, *, kind: str | None = None, unit: str | None = None, after: str | None | None = None
    ) -> Any:
        """The auditor's report: findings without what they are about."""
        return self.call("GET", "/api/audit/findings", {}, query={"kind": kind, "unit": unit, "after": after})

    def bulk_bulk_assignments(self, *, body: "Assignments", idempotency_key: str | None = None) -> Any:
        """Hand many projects over, each for itself."""
        return self.call("POST", "/api/bulk/assignments", {}, body=body, idempotency_key=idempotency_key)

    def bulk_bulk_moves(self, *, body: "Moves", idempotency_key: str | None = None) -> Any:
        """Move, pause or take back many projects, each for itself."""
        return self.call("POST", "/api/bulk/moves", {}, body=body, idempotency_key=idempotency_key)

    def bulk_bulk_schedules(self, *, body: "Schedules", idempotency_key: str | None = None) -> Any:
        """Give many projects a payment schedule, or put theirs off."""
        return self.call("POST", "/api/bulk/schedules", {}, body=body, idempotency_key=idempotency_key)

    def plans_campaigns(self, *, period: str | None = None, indicator: str | None = None) -> Any:
        """What special campaigns have brought."""
        return self.call("GET", "/api/campaigns", {}, query={"period": period, "indicator": indicator})

    def plans_campaign_projects(self, code: str | int) -> Any:
        """The projects of a campaign."""
        return self.call("GET", "/api/campaigns/{code}/projects", {"code": code})

    def plans_new_tags(self, code: str | int, *, body: "NewTags", idempotency_key: str | None = None) -> Any:
        """Tag projects with a campaign."""
        return self.call(
            "POST", "/api/campaigns/{code}/projects", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def ledger_checkpoints(
        self,
    ) -> Any:
        """Signed checkpoints."""
        return self.call("GET", "/api/checkpoints", {})

    def ledger_new_checkpoint(self, *, idempotency_key: str | None = None) -> Any:
        """Sign the chain as it stands."""
        return self.call("POST", "/api/checkpoints", {}, idempotency_key=idempotency_key)

    def figures_cities_table(self, indicator: str | int, *, period: str | None = None) -> Any:
        """Cities side by side, from roll-ups."""
        return self.call("GET", "/api/cities/{indicator}", {"indicator": indicator}, query={"period": period})

    def partners_claims(self, *, state: str | None | None = None, after: str | None | None = None) -> Any:
        """Claims, newest first."""
        return self.call("GET", "/api/claims", {}, query={"state": state, "after": after})

    def partners_file_partners_claim(self, *, body: "ClaimIn", idempotency_key: str | None = None) -> Any:
        """File a claim for a partner."""
        return self.call("POST", "/api/claims", {}, body=body, idempotency_key=idempotency_key)

    def partners_one_claim(self, key: str | int) -> Any:
        """One claim, explained."""
        return self.call("GET", "/api/claims/{key}", {"key": key})

    def partners_claim_paper(
        self,
        key: str | int,
        *,
        kind: str | None = None,
        document: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Put a paper into a claim's file."""
        return self.call(
            "POST",
            "/api/claims/{key}/papers",
            {"key": key},
            query={"kind": kind, "document": document},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def partners_claim_ruling(self, key: str | int, *, body: "RulingIn", idempotency_key: str | None = None) -> Any:
        """Decide about a claim."""
        return self.call("POST", "/api/claims/{key}/ruling", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_claim_shares(self, key: str | int, *, body: "SharesIn", idempotency_key: str | None = None) -> Any:
        """Keep agreed shares."""
        return self.call("POST", "/api/claims/{key}/shares", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_claim_step(self, key: str | int, *, body: "StepIn", idempotency_key: str | None = None) -> Any:
        """Prepare or publish a claim."""
        return self.call("POST", "/api/claims/{key}/steps", {"key": key}, body=body, idempotency_key=idempotency_key)

    def duties_clocks(
        self,
        *,
        state: Literal["", "running", "late", "answered"] | None = None,
        unit: str | None = None,
        kind: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Clocks, newest first."""
        return self.call("GET", "/api/clocks", {}, query={"state": state, "unit": unit, "kind": kind, "after": after})

    def duties_new_clock(self, *, body: "NewClock", idempotency_key: str | None = None) -> Any:
        """Start a clock."""
        return self.call("POST", "/api/clocks", {}, body=body, idempotency_key=idempotency_key)

    def duties_clock_answer(self, key: str | int, *, body: "Answer", idempotency_key: str | None = None) -> Any:
        """Stop a clock."""
        return self.call("POST", "/api/clocks/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key)

    def enterprises_change_person(self, key: str | int, *, body: "PersonIn", idempotency_key: str | None = None) -> Any:
        """Change a person."""
        return self.call("PUT", "/api/contacts/{key}", {"key": key}, body=body, idempotency_key=idempotency_key)

    def enterprises_erase(self, key: str | int, *, body: "ReasonIn", idempotency_key: str | None = None) -> Any:
        """Erase a person."""
        return self.call(
            "POST", "/api/contacts/{key}/erasure", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_show(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """A person unmasked."""
        return self.call("POST", "/api/contacts/{key}/showing", {"key": key}, idempotency_key=idempotency_key)

    def contracts_deal_with_flag(self, key: str | int, *, body: "Word", idempotency_key: str | None = None) -> Any:
        """A reviewer's word on a flagged passage."""
        return self.call("POST", "/api/contract-flags/{key}", {"key": key}, body=body, idempotency_key=idempotency_key)

    def contracts_contract_text(self, key: str | int) -> Any:
        """One version with its paragraphs and flags."""
        return self.call("GET", "/api/contract-texts/{key}", {"key": key})

    def visits_demands(self, *, answered: bool | None = None, after: str | None | None = None) -> Any:
        """Demands."""
        return self.call("GET", "/api/demands", {}, query={"answered": answered, "after": after})

    def visits_answered_demand(self, key: str | int, *, body: "Answer", idempotency_key: str | None = None) -> Any:
        """Answer a demand."""
        return self.call("POST", "/api/demands/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key)

    def visits_demand_link(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Make a link by which the firm sees its demand."""
        return self.call("POST", "/api/demands/{key}/link", {"key": key}, idempotency_key=idempotency_key)

    def visits_rated_demand(self, key: str | int, *, body: "Rating", idempotency_key: str | None = None) -> Any:
        """Note what the firm thinks."""
        return self.call("POST", "/api/demands/{key}/rating", {"key": key}, body=body, idempotency_key=idempotency_key)

    def ledger_diary(self, *, after: str | None | None = None, verb: str | None | None = None) -> Any:
        """The diary, newest first."""
        return self.call("GET", "/api/diary", {}, query={"after": after, "verb": verb})

    def duplicates_sweep(self, *, idempotency_key: str | None = None) -> Any:
        """Have all projects compared."""
        return self.call("POST", "/api/duplicate-sweeps", {}, idempotency_key=idempotency_key)

    def duplicates_pairs(
        self, *, state: Literal["open", "same", "related", "different"] | None = None, after: str | None | None = None
    ) -> Any:
        """Pairs of projects that may be one, newest first."""
        return self.call("GET", "/api/duplicates", {}, query={"state": state, "after": after})

    def duplicates_one_pair(self, key: str | int) -> Any:
        """One pair with the points of its score."""
        return self.call("GET", "/api/duplicates/{key}", {"key": key})

    def duplicates_decide(self, key: str | int, *, body: "PairVerdict", idempotency_key: str | None = None) -> Any:
        """Decide about a pair."""
        return self.call(
            "POST", "/api/duplicates/{key}/decision", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def duties_duty_rules(
        self,
    ) -> Any:
        """The duty rules in force."""
        return self.call("GET", "/api/duty-rules", {})

    def forecast_earlier(self, *, body: "Earlier", idempotency_key: str | None = None) -> Any:
        """Copy arrivals from before the ledger."""
        return self.call("POST", "/api/earlier-arrivals", {}, body=body, idempotency_key=idempotency_key)

    def opportunities_editions(
        self,
    ) -> Any:
        """Editions."""
        return self.call("GET", "/api/editions", {})

    def opportunities_new_edition(self, *, body: "EditionIn", idempotency_key: str | None = None) -> Any:
        """Begin an edition."""
        return self.call("POST", "/api/editions", {}, body=body, idempotency_key=idempotency_key)

    def opportunities_edition(self, number: str | int) -> Any:
        """One edition."""
        return self.call("GET", "/api/editions/{number}", {"number": number})

    def opportunities_approve(
        self, number: str | int, *, body: "ApproveIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Freeze it."""
        return self.call(
            "POST",
            "/api/editions/{number}/approve",
            {"number": number},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def opportunities_ask(
        self, number: str | int, *, body: "ApproveIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Ask another person to approve it."""
        return self.call(
            "POST",
            "/api/editions/{number}/ask",
            {"number": number},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def editions_discard_edition(self, number: str | int, *, idempotency_key: str | None = None) -> Any:
        """Throw a draft away."""
        return self.call("POST", "/api/editions/{number}/discard", {"number": number}, idempotency_key=idempotency_key)

    def opportunities_choose(self, number: str | int, *, body: "ChoiceIn", idempotency_key: str | None = None) -> Any:
        """Choose entries for a list, or take them out."""
        return self.call(
            "POST", "/api/editions/{number}/entries", {"number": number}, body=body, idempotency_key=idempotency_key
        )

    def editions_edition_file(self, number: str | int, ext: str | int, *, lang: str | None = None) -> Any:
        """A frozen edition as Word, PDF/A or workbook."""
        return self.call(
            "GET", "/api/editions/{number}/files/{ext}", {"number": number, "ext": ext}, query={"lang": lang}
        )

    def editions_edition_texts(self, number: str | int) -> Any:
        """The guide's texts."""
        return self.call("GET", "/api/editions/{number}/texts", {"number": number})

    def editions_revise_edition(
        self, number: str | int, *, body: "TextsIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Write the guide's texts and the head."""
        return self.call(
            "PUT",
            "/api/editions/{number}/texts",
            {"number": number},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def enterprises_new_list(
        self, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Take in a file of enterprises."""
        return self.call("POST", "/api/enterprise-lists", {}, files=files, form=form, idempotency_key=idempotency_key)

    def enterprises_enterprises(
        self,
        *,
        q: str | None = None,
        ownership: Any | None = None,
        industry: str | None = None,
        region: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Enterprises, newest first."""
        return self.call(
            "GET",
            "/api/enterprises",
            {},
            query={"q": q, "ownership": ownership, "industry": industry, "region": region, "after": after},
        )

    def enterprises_new_enterprise(self, *, body: "CardIn", idempotency_key: str | None = None) -> Any:
        """Register an enterprise."""
        return self.call("POST", "/api/enterprises", {}, body=body, idempotency_key=idempotency_key)

    def enterprises_enterprise(self, key: str | int) -> Any:
        """A card."""
        return self.call("GET", "/api/enterprises/{key}", {"key": key})

    def enterprises_change(
        self, key: str | int, *, body: "CardChange", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Change a card."""
        return self.call(
            "PATCH",
            "/api/enterprises/{key}",
            {"key": key},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def enterprises_people(self, key: str | int) -> Any:
        """People of an enterprise, masked."""
        return self.call("GET", "/api/enterprises/{key}/contacts", {"key": key})

    def enterprises_new_contact(self, key: str | int, *, body: "PersonIn", idempotency_key: str | None = None) -> Any:
        """Enter a person."""
        return self.call(
            "POST", "/api/enterprises/{key}/contacts", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def soe_meetings(self, key: str | int, *, after: str | None | None = None) -> Any:
        """Meetings with an enterprise."""
        return self.call("GET", "/api/enterprises/{key}/meetings", {"key": key}, query={"after": after})

    def soe_new_touch(self, key: str | int, *, body: "TouchIn", idempotency_key: str | None = None) -> Any:
        """Log a meeting."""
        return self.call(
            "POST", "/api/enterprises/{key}/meetings", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_new_merger(self, key: str | int, *, body: "MergeIn", idempotency_key: str | None = None) -> Any:
        """Merge another card into this one."""
        return self.call(
            "POST", "/api/enterprises/{key}/mergers", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_new_parent(self, key: str | int, *, body: "ParentIn", idempotency_key: str | None = None) -> Any:
        """Put a firm under another one."""
        return self.call(
            "POST", "/api/enterprises/{key}/parent", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def soe_new_relation(self, key: str | int, *, body: "RelationIn", idempotency_key: str | None = None) -> Any:
        """Say who keeps a relation."""
        return self.call(
            "POST", "/api/enterprises/{key}/relation", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_risks(self, key: str | int) -> Any:
        """Notes of risk with their replies."""
        return self.call("GET", "/api/enterprises/{key}/risks", {"key": key})

    def enterprises_new_risk(self, key: str | int, *, body: "NoteIn", idempotency_key: str | None = None) -> Any:
        """Write a note of risk."""
        return self.call(
            "POST", "/api/enterprises/{key}/risks", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def payments_evidence_content(self, key: str | int) -> Any:
        """Download a piece of evidence."""
        return self.call("GET", "/api/evidence/{key}", {"key": key})

    def exchange_exchange_rates(
        self, *, currency: str | None | None = None, on: str | None | None = None, limit: int | None = None
    ) -> Any:
        """Exchange rates, last entered first."""
        return self.call("GET", "/api/exchange-rates", {}, query={"currency": currency, "on": on, "limit": limit})

    def exchange_new_rates(self, *, body: "NewRates", idempotency_key: str | None = None) -> Any:
        """Put exchange rates on record."""
        return self.call("POST", "/api/exchange-rates", {}, body=body, idempotency_key=idempotency_key)

    def figures_external(self, *, indicator: str | None = None, period: str | None = None) -> Any:
        """External figures."""
        return self.call("GET", "/api/external-figures", {}, query={"indicator": indicator, "period": period})

    def figures_new_external(self, *, body: "NewExternal", idempotency_key: str | None = None) -> Any:
        """Enter an external figure."""
        return self.call("POST", "/api/external-figures", {}, body=body, idempotency_key=idempotency_key)

    def figures_import_externals(
        self, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Import a list of external figures."""
        return self.call(
            "POST", "/api/external-figures/import", {}, files=files, form=form, idempotency_key=idempotency_key
        )

    def figures_one_figure(
        self,
        indicator: str | int,
        *,
        period: str | None = None,
        unit: str | None | None = None,
        version: str | None | None = None,
    ) -> Any:
        """One figure with growth, progress and parts."""
        return self.call(
            "GET",
            "/api/figures/{indicator}",
            {"indicator": indicator},
            query={"period": period, "unit": unit, "version": version},
        )

    def findings_sweep(self, *, idempotency_key: str | None = None) -> Any:
        """Have everything looked through."""
        return self.call("POST", "/api/finding-sweeps", {}, idempotency_key=idempotency_key)

    def findings_findings(
        self,
        *,
        state: Literal["", "open", "explained", "fixed", "closed", "all"] | None = None,
        kind: str | None = None,
        unit: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Findings, newest first."""
        return self.call("GET", "/api/findings", {}, query={"state": state, "kind": kind, "unit": unit, "after": after})

    def findings_finding(self, key: str | int) -> Any:
        """One finding."""
        return self.call("GET", "/api/findings/{key}", {"key": key})

    def findings_explain(self, key: str | int, *, body: "Answer", idempotency_key: str | None = None) -> Any:
        """Explain a finding."""
        return self.call(
            "POST", "/api/findings/{key}/explanation", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def findings_judge(self, key: str | int, *, body: "FindingVerdict", idempotency_key: str | None = None) -> Any:
        """Judge an explanation."""
        return self.call(
            "POST", "/api/findings/{key}/judgement", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def follow_ups_follow_ups(self, *, done: bool | None = None, due_before: str | None | None = None) -> Any:
        """Follow-ups."""
        return self.call("GET", "/api/follow-ups", {}, query={"done": done, "due_before": due_before})

    def follow_ups_done_follow_up(
        self, key: str | int, *, body: "FollowUpDone", idempotency_key: str | None = None
    ) -> Any:
        """Finish a follow-up."""
        return self.call("POST", "/api/follow-ups/{key}/done", {"key": key}, body=body, idempotency_key=idempotency_key)

    def follow_ups_owner_of_follow_up(
        self, key: str | int, *, body: "FollowUpOwner", idempotency_key: str | None = None
    ) -> Any:
        """Hand a follow-up over."""
        return self.call(
            "POST", "/api/follow-ups/{key}/owner", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def forecast_year_end(self, *, indicator: str | None = None, month: str | None = None) -> Any:
        """Where the year will end."""
        return self.call("GET", "/api/forecast", {}, query={"indicator": indicator, "month": month})

    def activities_guest_note(self, key: str | int, *, body: "GuestNote", idempotency_key: str | None = None) -> Any:
        """Note a guest's reply or arrival."""
        return self.call("POST", "/api/guests/{key}/note", {"key": key}, body=body, idempotency_key=idempotency_key)

    def activities_guest_phone(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """See a guest's telephone number."""
        return self.call("POST", "/api/guests/{key}/phone", {"key": key}, idempotency_key=idempotency_key)

    def activities_guest_seat(self, key: str | int, *, body: "SeatBody", idempotency_key: str | None = None) -> Any:
        """Seat a guest."""
        return self.call("POST", "/api/guests/{key}/seat", {"key": key}, body=body, idempotency_key=idempotency_key)

    def duties_new_handover(self, *, body: "Handover", idempotency_key: str | None = None) -> Any:
        """Give all that a person holds to another, all or nothing."""
        return self.call("POST", "/api/handovers", {}, body=body, idempotency_key=idempotency_key)

    def duties_held(self, *, person: str | None = None) -> Any:
        """What a person holds; without one, who has left with things in their name."""
        return self.call("GET", "/api/holdings", {}, query={"person": person})

    def holds_holds(self, *, standing: bool | None = None, after: str | None | None = None) -> Any:
        """Holds, newest first."""
        return self.call("GET", "/api/holds", {}, query={"standing": standing, "after": after})

    def holds_new_hold(self, *, body: "NewHold", idempotency_key: str | None = None) -> Any:
        """Hold what is in dispute."""
        return self.call("POST", "/api/holds", {}, body=body, idempotency_key=idempotency_key)

    def holds_lifted_hold(self, key: str | int, *, body: "Why", idempotency_key: str | None = None) -> Any:
        """Lift a hold."""
        return self.call("POST", "/api/holds/{key}/lift", {"key": key}, body=body, idempotency_key=idempotency_key)

    def imports_new_import(
        self, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Import a unit's workbook."""
        return self.call("POST", "/api/imports", {}, files=files, form=form, idempotency_key=idempotency_key)

    def imports_one_import(self, key: str | int) -> Any:
        """What became of a workbook."""
        return self.call("GET", "/api/imports/{key}", {"key": key})

    def figures_indicators(
        self,
    ) -> Any:
        """The indicator dictionary with its versions."""
        return self.call("GET", "/api/indicators", {})

    def jobs_jobs(
        self,
        *,
        state: Literal["", "waiting", "running", "done", "failed", "cancelled"] | None = None,
        after: str | None | None = None,
    ) -> Any:
        """One's own jobs, newest first."""
        return self.call("GET", "/api/jobs", {}, query={"state": state, "after": after})

    def jobs_new_file(self, *, body: "NewFile", idempotency_key: str | None = None) -> Any:
        """Leave a file to the workers."""
        return self.call("POST", "/api/jobs", {}, body=body, idempotency_key=idempotency_key)

    def jobs_one_job(self, key: str | int) -> Any:
        """How far a job is."""
        return self.call("GET", "/api/jobs/{key}", {"key": key})

    def jobs_repeat_job(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Begin it again."""
        return self.call("POST", "/api/jobs/{key}/again", {"key": key}, idempotency_key=idempotency_key)

    def jobs_cancel_job(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Cancel a job."""
        return self.call("POST", "/api/jobs/{key}/cancel", {"key": key}, idempotency_key=idempotency_key)

    def jobs_job_file(self, key: str | int) -> Any:
        """The file that a job made."""
        return self.call("GET", "/api/jobs/{key}/file", {"key": key})

    def leads_leads(
        self,
        *,
        state: str | None | None = None,
        came_by: str | None | None = None,
        unit: str | None | None = None,
        late: bool | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Leads, newest first."""
        return self.call(
            "GET",
            "/api/leads",
            {},
            query={"state": state, "came_by": came_by, "unit": unit, "late": late, "after": after},
        )

    def leads_new_lead(self, *, body: "LeadIn", idempotency_key: str | None = None) -> Any:
        """Take a lead in."""
        return self.call("POST", "/api/leads", {}, body=body, idempotency_key=idempotency_key)

    def leads_one_lead(self, key: str | int) -> Any:
        """One lead, and what happened to it."""
        return self.call("GET", "/api/leads/{key}", {"key": key})

    def leads_amend_lead(self, key: str | int, *, body: "LeadFields", idempotency_key: str | None = None) -> Any:
        """Put a lead's fields right."""
        return self.call("PUT", "/api/leads/{key}", {"key": key}, body=body, idempotency_key=idempotency_key)

    def leads_new_answer(self, key: str | int, *, body: "Said", idempotency_key: str | None = None) -> Any:
        """Keep what the referrer was answered."""
        return self.call("POST", "/api/leads/{key}/answers", {"key": key}, body=body, idempotency_key=idempotency_key)

    def leads_assign(self, key: str | int, *, body: "Assignment", idempotency_key: str | None = None) -> Any:
        """Assign a lead."""
        return self.call(
            "POST", "/api/leads/{key}/assignment", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def leads_close_lead(self, key: str | int, *, body: "Said", idempotency_key: str | None = None) -> Any:
        """Stop following a lead."""
        return self.call("POST", "/api/leads/{key}/closing", {"key": key}, body=body, idempotency_key=idempotency_key)

    def leads_phone(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """See a lead's telephone number."""
        return self.call("POST", "/api/leads/{key}/phone", {"key": key}, idempotency_key=idempotency_key)

    def leads_link(self, key: str | int, *, body: "Becoming", idempotency_key: str | None = None) -> Any:
        """Link the project that a lead became."""
        return self.call("POST", "/api/leads/{key}/project", {"key": key}, body=body, idempotency_key=idempotency_key)

    def leads_triage(self, key: str | int, *, body: "Triage", idempotency_key: str | None = None) -> Any:
        """Triage a lead."""
        return self.call("POST", "/api/leads/{key}/triage", {"key": key}, body=body, idempotency_key=idempotency_key)

    def figures_league_table(
        self, indicator: str | int, *, period: str | None = None, version: str | None | None = None
    ) -> Any:
        """The league table of the units."""
        return self.call(
            "GET", "/api/league/{indicator}", {"indicator": indicator}, query={"period": period, "version": version}
        )

    def ledger_export(
        self,
    ) -> Any:
        """The whole chain, a JSON line an entry."""
        return self.call("GET", "/api/ledger/export", {})

    def assessments_lights(self, regulation: str | int, *, month: str | None = None) -> Any:
        """A month's lights with inputs and comparison."""
        return self.call("GET", "/api/lights/{regulation}", {"regulation": regulation}, query={"month": month})

    def local_rules_local_rules(self, *, on: str | None | None = None) -> Any:
        """All kinds, each with the set in force."""
        return self.call("GET", "/api/local-rules", {}, query={"on": on})

    def local_rules_local_kind(self, kind: str | int, *, on: str | None | None = None, code: str | None = None) -> Any:
        """The set of a kind in force, and those that were issued."""
        return self.call("GET", "/api/local-rules/{kind}", {"kind": kind}, query={"on": on, "code": code})

    def local_rules_issue_local(self, kind: str | int, *, body: "Issue", idempotency_key: str | None = None) -> Any:
        """Issue a set."""
        return self.call("POST", "/api/local-rules/{kind}", {"kind": kind}, body=body, idempotency_key=idempotency_key)

    def local_rules_try_local(self, kind: str | int, *, body: "Written", idempotency_key: str | None = None) -> Any:
        """What a set would change; nothing is written."""
        return self.call(
            "POST", "/api/local-rules/{kind}/try", {"kind": kind}, body=body, idempotency_key=idempotency_key
        )

    def duties_loss_list(self, *, period: str | None = None) -> Any:
        """Losses."""
        return self.call("GET", "/api/losses", {}, query={"period": period})

    def urls_me(
        self,
    ) -> Any:
        """Who I am and what I may do."""
        return self.call("GET", "/api/me", {})

    def own_doors_own_passkeys(
        self,
    ) -> Any:
        """My passkeys."""
        return self.call("GET", "/api/me/passkeys", {})

    def own_doors_own_passkey_off(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Take one of my passkeys off."""
        return self.call("DELETE", "/api/me/passkeys/{key}", {"key": key}, idempotency_key=idempotency_key)

    def own_doors_own_sign_on(
        self,
    ) -> Any:
        """My identity at the provider."""
        return self.call("GET", "/api/me/sign-on", {})

    def waiting_waiting(
        self,
    ) -> Any:
        """What waits for me today."""
        return self.call("GET", "/api/me/waiting", {})

    def soe_new_rule(self, *, body: "RuleIn", idempotency_key: str | None = None) -> Any:
        """Set the days of the warning."""
        return self.call("POST", "/api/meeting-rules", {}, body=body, idempotency_key=idempotency_key)

    def outreach_dropped_meeting(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Drop a meeting."""
        return self.call("POST", "/api/meetings/{key}/drop", {"key": key}, idempotency_key=idempotency_key)

    def outreach_meeting_lead(self, key: str | int, *, body: "LeadBody", idempotency_key: str | None = None) -> Any:
        """A lead from a meeting."""
        return self.call("POST", "/api/meetings/{key}/leads", {"key": key}, body=body, idempotency_key=idempotency_key)

    def outreach_new_minutes(self, key: str | int, *, body: "MinutesBody", idempotency_key: str | None = None) -> Any:
        """Send minutes."""
        return self.call(
            "POST", "/api/meetings/{key}/minutes", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def enterprises_new_parting(self, key: str | int, *, body: "ReasonIn", idempotency_key: str | None = None) -> Any:
        """Take a merger back."""
        return self.call("POST", "/api/mergers/{key}/parting", {"key": key}, body=body, idempotency_key=idempotency_key)

    def months_months(
        self,
    ) -> Any:
        """Report months and their state."""
        return self.call("GET", "/api/months", {})

    def months_close(self, month: str | int, *, idempotency_key: str | None = None) -> Any:
        """Close a month."""
        return self.call("POST", "/api/months/{month}/close", {"month": month}, idempotency_key=idempotency_key)

    def months_ask(self, month: str | int, *, body: "NewReopening", idempotency_key: str | None = None) -> Any:
        """Ask that a closed month be reopened."""
        return self.call(
            "POST", "/api/months/{month}/reopenings", {"month": month}, body=body, idempotency_key=idempotency_key
        )

    def opportunities_opportunities(
        self,
        *,
        kind: Any | None = None,
        unit: str | None = None,
        listed: bool | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Entries, newest first."""
        return self.call(
            "GET", "/api/opportunities", {}, query={"kind": kind, "unit": unit, "listed": listed, "after": after}
        )

    def opportunities_new_opportunity(self, *, body: "EntryIn", idempotency_key: str | None = None) -> Any:
        """Register an entry."""
        return self.call("POST", "/api/opportunities", {}, body=body, idempotency_key=idempotency_key)

    def opportunities_opportunity(self, code: str | int) -> Any:
        """One entry."""
        return self.call("GET", "/api/opportunities/{code}", {"code": code})

    def opportunities_amend_opportunity(
        self, code: str | int, *, body: "AmendIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Change what an entry says."""
        return self.call(
            "PUT",
            "/api/opportunities/{code}",
            {"code": code},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def opportunities_check_opportunity(
        self, code: str | int, *, body: "CheckIn", idempotency_key: str | None = None
    ) -> Any:
        """Confirm that an entry is still true."""
        return self.call(
            "POST", "/api/opportunities/{code}/check", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def opportunities_move_opportunity(
        self, code: str | int, *, body: "MoveIn", idempotency_key: str | None = None
    ) -> Any:
        """Say how an entry stands."""
        return self.call(
            "POST", "/api/opportunities/{code}/move", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def opportunities_outline_opportunity(
        self, code: str | int, *, body: "OutlineIn", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Say where an entry lies."""
        return self.call(
            "POST",
            "/api/opportunities/{code}/outline",
            {"code": code},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def opportunities_new_photo(
        self,
        code: str | int,
        *,
        alt: str | None = None,
        alt_en: str | None = None,
        title: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Add a photo."""
        return self.call(
            "POST",
            "/api/opportunities/{code}/photos",
            {"code": code},
            query={"alt": alt, "alt_en": alt_en, "title": title},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def opportunities_publish_opportunity(self, code: str | int, *, idempotency_key: str | None = None) -> Any:
        """Put a complete entry into the lists."""
        return self.call("POST", "/api/opportunities/{code}/publish", {"code": code}, idempotency_key=idempotency_key)

    def opportunities_reserve_opportunity(
        self, code: str | int, *, body: "ReserveIn", idempotency_key: str | None = None
    ) -> Any:
        """Keep an entry for a project until a day."""
        return self.call(
            "POST", "/api/opportunities/{code}/reserve", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matters_orders(
        self,
        *,
        state: Literal["", "open", "answered", "closed", "late"] | None = None,
        unit: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Orders, newest first."""
        return self.call("GET", "/api/orders", {}, query={"state": state, "unit": unit, "after": after})

    def matters_new_order(self, *, body: "OrderIn", idempotency_key: str | None = None) -> Any:
        """Write an order."""
        return self.call("POST", "/api/orders", {}, body=body, idempotency_key=idempotency_key)

    def matters_order(self, key: str | int) -> Any:
        """One order."""
        return self.call("GET", "/api/orders/{key}", {"key": key})

    def matters_order_answer(self, key: str | int, *, body: "Answer", idempotency_key: str | None = None) -> Any:
        """Answer an order."""
        return self.call("POST", "/api/orders/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key)

    def matters_order_judgement(self, key: str | int, *, body: "Judgement", idempotency_key: str | None = None) -> Any:
        """Accept an order's answer, or send it back."""
        return self.call(
            "POST", "/api/orders/{key}/judgement", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def soe_origin_rows(self, *, period: str | None = None) -> Any:
        """Regions of origin with their money."""
        return self.call("GET", "/api/origins", {}, query={"period": period})

    def soe_new_origin(self, *, body: "AreaIn", idempotency_key: str | None = None) -> Any:
        """Draw a region of origin."""
        return self.call("POST", "/api/origins", {}, body=body, idempotency_key=idempotency_key)

    def soe_end_origin(self, code: str | int, *, body: "EndIn", idempotency_key: str | None = None) -> Any:
        """End a region of origin."""
        return self.call("POST", "/api/origins/{code}/end", {"code": code}, body=body, idempotency_key=idempotency_key)

    def partners_own_new_claim(self, *, body: "OwnClaimIn", idempotency_key: str | None = None) -> Any:
        """Claim for one's own lead."""
        return self.call("POST", "/api/own/claims", {}, body=body, idempotency_key=idempotency_key)

    def partners_own_claim(self, key: str | int) -> Any:
        """One's own claim, and which papers its file lacks."""
        return self.call("GET", "/api/own/claims/{key}", {"key": key})

    def partners_own_claim_paper(
        self,
        key: str | int,
        *,
        kind: str | None = None,
        document: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Put a paper of one's own into the file of one's own claim."""
        return self.call(
            "POST",
            "/api/own/claims/{key}/papers",
            {"key": key},
            query={"kind": kind, "document": document},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def partners_own_leads(self, *, after: str | None | None = None) -> Any:
        """A partner's own leads."""
        return self.call("GET", "/api/own/leads", {}, query={"after": after})

    def partners_own_new_lead(self, *, body: "LeadFields", idempotency_key: str | None = None) -> Any:
        """A partner tells of an investor."""
        return self.call("POST", "/api/own/leads", {}, body=body, idempotency_key=idempotency_key)

    def matchmaking_seat(self, key: str | int, *, body: "SeatBody", idempotency_key: str | None = None) -> Any:
        """Fix a meeting, or let it move."""
        return self.call("POST", "/api/pairs/{key}/seat", {"key": key}, body=body, idempotency_key=idempotency_key)

    def matchmaking_new_step(self, key: str | int, *, body: "StepBody", idempotency_key: str | None = None) -> Any:
        """Say how far a pair has come."""
        return self.call("POST", "/api/pairs/{key}/steps", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_partners(self, *, standing: Any | None = None, after: str | None | None = None) -> Any:
        """Partners, newest first."""
        return self.call("GET", "/api/partners", {}, query={"standing": standing, "after": after})

    def partners_new_partner(self, *, body: "PartnerIn", idempotency_key: str | None = None) -> Any:
        """Appoint a partner."""
        return self.call("POST", "/api/partners", {}, body=body, idempotency_key=idempotency_key)

    def partners_end_partner(self, key: str | int, *, body: "EndIn", idempotency_key: str | None = None) -> Any:
        """End an appointment."""
        return self.call("POST", "/api/partners/{key}/end", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_partner_login(self, key: str | int, *, body: "LoginIn", idempotency_key: str | None = None) -> Any:
        """Say whose login this is."""
        return self.call("POST", "/api/partners/{key}/login", {"key": key}, body=body, idempotency_key=idempotency_key)

    def partners_new_partner_review(
        self, key: str | int, *, body: "ReviewIn", idempotency_key: str | None = None
    ) -> Any:
        """Review a partner's year."""
        return self.call(
            "POST", "/api/partners/{key}/reviews", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def payments_payments(
        self,
        *,
        month: str | None | None = None,
        unit: str | None | None = None,
        standing: Any | None = None,
        after: str | None | None = None,
        limit: int | None = None,
    ) -> Any:
        """Payments, newest first."""
        return self.call(
            "GET",
            "/api/payments",
            {},
            query={"month": month, "unit": unit, "standing": standing, "after": after, "limit": limit},
        )

    def payments_new_payment(self, *, body: "NewPayment", idempotency_key: str | None = None) -> Any:
        """Declare a payment."""
        return self.call("POST", "/api/payments", {}, body=body, idempotency_key=idempotency_key)

    def payments_one_payment(self, key: str | int) -> Any:
        """One payment with rulings and evidence."""
        return self.call("GET", "/api/payments/{key}", {"key": key})

    def payments_decision(
        self, key: str | int, *, body: "NewDecision", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Verify or return a payment."""
        return self.call(
            "POST",
            "/api/payments/{key}/decision",
            {"key": key},
            body=body,
            if_match=if_match,
            idempotency_key=idempotency_key,
        )

    def payments_new_evidence(
        self,
        key: str | int,
        *,
        kind: Literal[
            "bank_receipt",
            "capital_verification",
            "invoice",
            "equipment_list",
            "land_receipt",
            "progress_sheet",
            "split_certificate",
            "other",
        ]
        | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Attach a file as evidence."""
        return self.call(
            "POST",
            "/api/payments/{key}/evidence",
            {"key": key},
            query={"kind": kind},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def payments_opposite(self, key: str | int, *, body: "NewOpposite", idempotency_key: str | None = None) -> Any:
        """Declare an opposite entry."""
        return self.call(
            "POST", "/api/payments/{key}/opposite", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def plans_new_report(self, key: str | int, *, body: "NewReport", idempotency_key: str | None = None) -> Any:
        """Report on a measure or task."""
        return self.call(
            "POST", "/api/plan-items/{key}/reports", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def plans_plans(
        self,
    ) -> Any:
        """Plans and years."""
        return self.call("GET", "/api/plans", {})

    def plans_year_items(
        self, code: str | int, year: str | int, *, period: str | None = None, on: str | None | None = None
    ) -> Any:
        """A year's measures and tasks as they stand."""
        return self.call(
            "GET", "/api/plans/{code}/{year}", {"code": code, "year": year}, query={"period": period, "on": on}
        )

    def matters_problems(
        self,
        *,
        state: Literal["", "open", "answered", "closed", "late"] | None = None,
        unit: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Problems, newest first."""
        return self.call("GET", "/api/problems", {}, query={"state": state, "unit": unit, "after": after})

    def matters_problem(self, key: str | int) -> Any:
        """One problem."""
        return self.call("GET", "/api/problems/{key}", {"key": key})

    def matters_problem_answer(self, key: str | int, *, body: "Answer", idempotency_key: str | None = None) -> Any:
        """Answer a problem."""
        return self.call("POST", "/api/problems/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key)

    def matters_problem_confirmer(
        self, key: str | int, *, body: "HandedOver", idempotency_key: str | None = None
    ) -> Any:
        """Let another person confirm a problem."""
        return self.call(
            "POST", "/api/problems/{key}/confirmer", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def matters_problem_judgement(
        self, key: str | int, *, body: "Judgement", idempotency_key: str | None = None
    ) -> Any:
        """Close a problem, or send its answer back."""
        return self.call(
            "POST", "/api/problems/{key}/judgement", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def project_changes_new_changes(
        self, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Send a changed workbook."""
        return self.call("POST", "/api/project-changes", {}, files=files, form=form, idempotency_key=idempotency_key)

    def project_changes_changes_workbook(self, *, unit: str | None = None, industry: str | None = None) -> Any:
        """A workbook of the caller's projects that may come back changed."""
        return self.call("GET", "/api/project-changes/workbook", {}, query={"unit": unit, "industry": industry})

    def project_changes_seen_changes(self, key: str | int) -> Any:
        """What a changed workbook changes."""
        return self.call("GET", "/api/project-changes/{key}", {"key": key})

    def project_changes_accepted_changes(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Accept it: all or nothing."""
        return self.call("POST", "/api/project-changes/{key}/accept", {"key": key}, idempotency_key=idempotency_key)

    def projects_new_project(self, *, body: "ProjectIn", idempotency_key: str | None = None) -> Any:
        """Register a project."""
        return self.call("POST", "/api/projects", {}, body=body, idempotency_key=idempotency_key)

    def projects_alike(self, *, body: "ProjectIn", idempotency_key: str | None = None) -> Any:
        """What the city has that may be this project."""
        return self.call("POST", "/api/projects/alike", {}, body=body, idempotency_key=idempotency_key)

    def promises_new_actual(self, code: str | int, *, body: "ActualIn", idempotency_key: str | None = None) -> Any:
        """Enter what a year really came to."""
        return self.call(
            "POST", "/api/projects/{code}/actuals", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def stages_move(self, code: str | int, *, body: "Move", idempotency_key: str | None = None) -> Any:
        """Move a project into a stage."""
        return self.call(
            "POST", "/api/projects/{code}/advance", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def confidence_aliases(self, code: str | int, *, body: "Aliases", idempotency_key: str | None = None) -> Any:
        """What else a confidential project is called, to be hidden too."""
        return self.call(
            "POST", "/api/projects/{code}/aliases", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def appraisals_project_appraisals(self, code: str | int) -> Any:
        """A project's appraisals."""
        return self.call("GET", "/api/projects/{code}/appraisals", {"code": code})

    def appraisals_new_appraisal(self, code: str | int, *, body: "Draft", idempotency_key: str | None = None) -> Any:
        """Keep a revision of a project's appraisal."""
        return self.call(
            "POST", "/api/projects/{code}/appraisals", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def standing_close(self, code: str | int, *, body: "Closing", idempotency_key: str | None = None) -> Any:
        """Pause, lose or withdraw a project."""
        return self.call(
            "POST", "/api/projects/{code}/close", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def confidence_confidence(self, code: str | int) -> Any:
        """Whether a project is confidential, and its names for its team."""
        return self.call("GET", "/api/projects/{code}/confidence", {"code": code})

    def contracts_contract(self, code: str | int) -> Any:
        """A project's contract: versions, flags of the newest, reviews."""
        return self.call("GET", "/api/projects/{code}/contract", {"code": code})

    def contracts_new_contract_text(
        self, code: str | int, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Take in the next version of a contract."""
        return self.call(
            "POST",
            "/api/projects/{code}/contract-texts",
            {"code": code},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def stages_new_correction(self, code: str | int, *, body: "Correction", idempotency_key: str | None = None) -> Any:
        """Correct what a signing rests on."""
        return self.call(
            "POST", "/api/projects/{code}/corrections", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def standing_put_right(self, code: str | int, *, body: "DayCorrection", idempotency_key: str | None = None) -> Any:
        """Put the day of a stage right."""
        return self.call(
            "POST", "/api/projects/{code}/days", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def confidence_disclose(self, code: str | int, *, body: "Why", idempotency_key: str | None = None) -> Any:
        """Give a project its names back."""
        return self.call(
            "POST", "/api/projects/{code}/disclose", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def confidence_hide(self, code: str | int, *, body: "Hide", idempotency_key: str | None = None) -> Any:
        """Show a project by a code name."""
        return self.call(
            "POST", "/api/projects/{code}/hide", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def duties_new_note(self, code: str | int, *, body: "Note", idempotency_key: str | None = None) -> Any:
        """Note a project's progress."""
        return self.call(
            "POST", "/api/projects/{code}/notes", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def matters_new_problem(self, code: str | int, *, body: "ProblemIn", idempotency_key: str | None = None) -> Any:
        """Raise a problem."""
        return self.call(
            "POST", "/api/projects/{code}/problems", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def promises_project_promises(self, code: str | int) -> Any:
        """A project's promises, and promised against real."""
        return self.call("GET", "/api/projects/{code}/promises", {"code": code})

    def promises_new_promise(self, code: str | int, *, body: "PromiseIn", idempotency_key: str | None = None) -> Any:
        """Register a promise."""
        return self.call(
            "POST", "/api/projects/{code}/promises", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def stages_new_proof(
        self,
        code: str | int,
        *,
        stage: str | None = None,
        kind: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Attach a file to a stage."""
        return self.call(
            "POST",
            "/api/projects/{code}/proofs",
            {"code": code},
            query={"stage": stage, "kind": kind},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def standing_reopen(self, code: str | int, *, body: "Why", idempotency_key: str | None = None) -> Any:
        """Take a project back to the pool."""
        return self.call(
            "POST", "/api/projects/{code}/reopen", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def contracts_new_review(
        self,
        code: str | int,
        *,
        kind: Literal["due_diligence", "legal_review", "fair_competition"] | None = None,
        finding: Literal["passed", "exception", "refused"] | None = None,
        conclusion: str | None = None,
        done_on: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Record due diligence, legal or fair-competition review."""
        return self.call(
            "POST",
            "/api/projects/{code}/reviews",
            {"code": code},
            query={"kind": kind, "finding": finding, "conclusion": conclusion, "done_on": done_on},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def forecast_schedule(self, code: str | int) -> Any:
        """A project's payment schedule."""
        return self.call("GET", "/api/projects/{code}/schedule", {"code": code})

    def forecast_new_schedule(self, code: str | int, *, body: "NewSchedule", idempotency_key: str | None = None) -> Any:
        """Set a payment schedule."""
        return self.call(
            "POST", "/api/projects/{code}/schedule", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def stages_skip(self, code: str | int, *, body: "Skip", idempotency_key: str | None = None) -> Any:
        """Move a project past a gate."""
        return self.call(
            "POST", "/api/projects/{code}/skip", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def stages_project_stages(self, code: str | int) -> Any:
        """Where a project stands, and what its next gates want."""
        return self.call("GET", "/api/projects/{code}/stages", {"code": code})

    def duties_new_standing(
        self, code: str | int, *, body: "StandingChange", idempotency_key: str | None = None
    ) -> Any:
        """Pause, lose, withdraw or take back a project."""
        return self.call(
            "POST", "/api/projects/{code}/standing", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def waiting_story(self, code: str | int) -> Any:
        """What happened to a project and what was promised."""
        return self.call("GET", "/api/projects/{code}/story", {"code": code})

    def confidence_team(self, code: str | int, *, body: "TeamChange", idempotency_key: str | None = None) -> Any:
        """Take a person into a confidential project's team, or out."""
        return self.call(
            "POST", "/api/projects/{code}/team", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def promises_promises(
        self,
        *,
        side: Literal["", "enterprise", "government"] | None = None,
        status: Literal["", "overdue", "met", "open", "kept", "late", "broken", "waived"] | None = None,
        unit: str | None = None,
        q: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Promises, newest first."""
        return self.call(
            "GET", "/api/promises", {}, query={"side": side, "status": status, "unit": unit, "q": q, "after": after}
        )

    def promises_amend(self, key: str | int, *, body: "Amendment", idempotency_key: str | None = None) -> Any:
        """Change a promise by a supplement."""
        return self.call(
            "POST", "/api/promises/{key}/amendment", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def promises_settle(
        self,
        key: str | int,
        *,
        status: Literal["kept", "broken", "waived"] | None = None,
        on: str | None = None,
        reason: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Settle a promise."""
        return self.call(
            "POST",
            "/api/promises/{key}/settlement",
            {"key": key},
            query={"status": status, "on": on, "reason": reason},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def publishing_public_requests(self, *, answered: bool | None = None, after: str | None | None = None) -> Any:
        """What the public asked."""
        return self.call("GET", "/api/public-requests", {}, query={"answered": answered, "after": after})

    def publishing_answer_request(
        self, number: str | int, *, body: "Answer", idempotency_key: str | None = None
    ) -> Any:
        """Answer a request of the public."""
        return self.call(
            "POST",
            "/api/public-requests/{number}/answer",
            {"number": number},
            body=body,
            idempotency_key=idempotency_key,
        )

    def publishing_note_identity(
        self, number: str | int, *, body: "Document", idempotency_key: str | None = None
    ) -> Any:
        """Note that the asker's document was seen."""
        return self.call(
            "POST",
            "/api/public-requests/{number}/identity",
            {"number": number},
            body=body,
            idempotency_key=idempotency_key,
        )

    def duties_punctual(self, *, since: str | None | None = None) -> Any:
        """How punctual units answer."""
        return self.call("GET", "/api/punctuality", {}, query={"since": since})

    def questions_saved_questions(
        self,
    ) -> Any:
        """Saved questions: one's own and the shared ones."""
        return self.call("GET", "/api/questions", {})

    def questions_new_saved(self, *, body: "NewSaved", idempotency_key: str | None = None) -> Any:
        """Save a question."""
        return self.call("POST", "/api/questions", {}, body=body, idempotency_key=idempotency_key)

    def questions_answered(
        self,
    ) -> Any:
        """The answer to a question."""
        return self.call("GET", "/api/questions/answer", {})

    def questions_question_records(self, *, after: str | None | None = None) -> Any:
        """The records that a question is answered from."""
        return self.call("GET", "/api/questions/records", {}, query={"after": after})

    def questions_vocabulary(
        self,
    ) -> Any:
        """What can be asked: subjects, dimensions with their values, measures."""
        return self.call("GET", "/api/questions/vocabulary", {})

    def questions_no_longer_saved(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Delete one of one's own saved questions."""
        return self.call("DELETE", "/api/questions/{key}", {"key": key}, idempotency_key=idempotency_key)

    def forecast_rates(self, *, month: str | None = None, word: str | None = None) -> Any:
        """Rates of projects."""
        return self.call("GET", "/api/rates", {}, query={"month": month, "word": word})

    def forecast_new_rate(self, *, body: "NewRate", idempotency_key: str | None = None) -> Any:
        """Define a rate."""
        return self.call("POST", "/api/rates/definitions", {}, body=body, idempotency_key=idempotency_key)

    def duties_new_reassignment(self, *, body: "Reassignment", idempotency_key: str | None = None) -> Any:
        """Give projects to other people."""
        return self.call("POST", "/api/reassignments", {}, body=body, idempotency_key=idempotency_key)

    def assessments_regulations(
        self,
    ) -> Any:
        """Regulations of scores and lights with their text."""
        return self.call("GET", "/api/regulations", {})

    def months_decide(self, key: str | int, *, body: "ReopeningDecision", idempotency_key: str | None = None) -> Any:
        """Decide on a reopening."""
        return self.call(
            "POST", "/api/reopenings/{key}/decision", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def duties_responsibilities(
        self, *, unit: str | None = None, who: Literal["", "me", "left"] | None = None, after: str | None | None = None
    ) -> Any:
        """Who answers for which project."""
        return self.call("GET", "/api/responsibilities", {}, query={"unit": unit, "who": who, "after": after})

    def enterprises_new_reply(self, key: str | int, *, body: "ReplyIn", idempotency_key: str | None = None) -> Any:
        """Answer a note of risk, or close it."""
        return self.call("POST", "/api/risks/{key}/replies", {"key": key}, body=body, idempotency_key=idempotency_key)

    def months_rule_sets(
        self,
    ) -> Any:
        """What counts: rule sets with their text."""
        return self.call("GET", "/api/rule-sets", {})

    def months_trial(self, *, body: "RuleTrial", idempotency_key: str | None = None) -> Any:
        """Try a rule on past months; nothing is written."""
        return self.call("POST", "/api/rule-sets/trial", {}, body=body, idempotency_key=idempotency_key)

    def publishing_saved_searches(
        self,
    ) -> Any:
        """How many searches investors have saved."""
        return self.call("GET", "/api/saved-searches", {})

    def search_search(self, *, q: str | None = None) -> Any:
        """Find by a piece of a name, pinyin initials, code or number."""
        return self.call("GET", "/api/search", {}, query={"q": q})

    def activities_all_signings(self, *, todo: Any | None = None, after: str | None | None = None) -> Any:
        """Signings of all activities."""
        return self.call("GET", "/api/signings", {}, query={"todo": todo, "after": after})

    def activities_linked_signing(
        self, key: str | int, *, body: "SigningLink", idempotency_key: str | None = None
    ) -> Any:
        """Say which project it is."""
        return self.call("POST", "/api/signings/{key}/link", {"key": key}, body=body, idempotency_key=idempotency_key)

    def soe_lists(
        self,
    ) -> Any:
        """Lists of central SOEs."""
        return self.call("GET", "/api/soe-lists", {})

    def soe_new_roster(self, *, body: "RosterIn", idempotency_key: str | None = None) -> Any:
        """Enter a list."""
        return self.call("POST", "/api/soe-lists", {}, body=body, idempotency_key=idempotency_key)

    def soe_entries(self, dated: str | int) -> Any:
        """Names of a list."""
        return self.call("GET", "/api/soe-lists/{dated}", {"dated": dated})

    def soe_new_names(self, dated: str | int, *, body: "NamesIn", idempotency_key: str | None = None) -> Any:
        """Complete a list."""
        return self.call(
            "POST", "/api/soe-lists/{dated}/names", {"dated": dated}, body=body, idempotency_key=idempotency_key
        )

    def soe_new_link(self, key: str | int, *, body: "LinkIn", idempotency_key: str | None = None) -> Any:
        """Say which card a name is."""
        return self.call("POST", "/api/soe-names/{key}/card", {"key": key}, body=body, idempotency_key=idempotency_key)

    def stages_stages(self, *, on: str | None | None = None) -> Any:
        """The stages as defined."""
        return self.call("GET", "/api/stages", {}, query={"on": on})

    def appraisals_standards(self, *, on: str | None | None = None) -> Any:
        """Thresholds and risky clauses in force."""
        return self.call("GET", "/api/standards", {}, query={"on": on})

    def stages_starts(
        self,
    ) -> Any:
        """Simultaneous starts."""
        return self.call("GET", "/api/starts", {})

    def stages_new_start(self, *, body: "NewStart", idempotency_key: str | None = None) -> Any:
        """Call a simultaneous start."""
        return self.call("POST", "/api/starts", {}, body=body, idempotency_key=idempotency_key)

    def stages_start(self, code: str | int) -> Any:
        """A start's projects with evidence and checks."""
        return self.call("GET", "/api/starts/{code}", {"code": code})

    def standing_fill_start(self, code: str | int, *, body: "Listed", idempotency_key: str | None = None) -> Any:
        """List projects in a start."""
        return self.call(
            "POST", "/api/starts/{code}/projects", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def talks_dispute_rows(self, *, outcome: Any | None = None, after: str | None | None = None) -> Any:
        """The dispute docket."""
        return self.call("GET", "/api/talk-disputes", {}, query={"outcome": outcome, "after": after})

    def talks_new_dispute(self, *, body: "DisputeIn", idempotency_key: str | None = None) -> Any:
        """Dispute another unit's first talk."""
        return self.call("POST", "/api/talk-disputes", {}, body=body, idempotency_key=idempotency_key)

    def talks_dispute_answer(self, key: str | int, *, body: "AnswerIn", idempotency_key: str | None = None) -> Any:
        """Answer a dispute."""
        return self.call(
            "POST", "/api/talk-disputes/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def talks_dispute_ruling(self, key: str | int, *, body: "RulingIn", idempotency_key: str | None = None) -> Any:
        """Rule on a dispute."""
        return self.call(
            "POST", "/api/talk-disputes/{key}/ruling", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def talks_talk_rules(self, *, on: str | None | None = None) -> Any:
        """The rules in force."""
        return self.call("GET", "/api/talk-rules", {}, query={"on": on})

    def talks_talk_rows(
        self,
        *,
        unit: str | None = None,
        state: Any | None = None,
        lapsing_days: int | None | None = None,
        after: str | None | None = None,
    ) -> Any:
        """First talks, newest first."""
        return self.call(
            "GET", "/api/talks", {}, query={"unit": unit, "state": state, "lapsing_days": lapsing_days, "after": after}
        )

    def talks_new_claim(self, *, body: "ClaimIn", idempotency_key: str | None = None) -> Any:
        """Claim a first talk."""
        return self.call("POST", "/api/talks", {}, body=body, idempotency_key=idempotency_key)

    def talks_one_talk(self, key: str | int) -> Any:
        """One first talk."""
        return self.call("GET", "/api/talks/{key}", {"key": key})

    def talks_new_talk_evidence(
        self,
        key: str | int,
        *,
        kind: str | None = None,
        document: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Attach a file to a first talk."""
        return self.call(
            "POST",
            "/api/talks/{key}/evidence",
            {"key": key},
            query={"kind": kind, "document": document},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def talks_new_talk_note(self, key: str | int, *, body: "NoteIn", idempotency_key: str | None = None) -> Any:
        """Write about a first talk."""
        return self.call("POST", "/api/talks/{key}/notes", {"key": key}, body=body, idempotency_key=idempotency_key)

    def talks_release_talk(self, key: str | int, *, body: "ReasonIn", idempotency_key: str | None = None) -> Any:
        """Give a talk up."""
        return self.call("POST", "/api/talks/{key}/release", {"key": key}, body=body, idempotency_key=idempotency_key)

    def talks_new_talk_renewal(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Renew a first talk."""
        return self.call("POST", "/api/talks/{key}/renewals", {"key": key}, idempotency_key=idempotency_key)

    def figures_targets(self, *, indicator: str | None = None, year: int | None = None) -> Any:
        """Targets in force in a year."""
        return self.call("GET", "/api/targets", {}, query={"indicator": indicator, "year": year})

    def figures_new_target(self, *, body: "NewTarget", idempotency_key: str | None = None) -> Any:
        """Record a target."""
        return self.call("POST", "/api/targets", {}, body=body, idempotency_key=idempotency_key)

    def texts_check(self, *, body: "Text", idempotency_key: str | None = None) -> Any:
        """Hold a text's claims against the account."""
        return self.call("POST", "/api/texts/check", {}, body=body, idempotency_key=idempotency_key)

    def texts_read_text(self, *, body: "Text", idempotency_key: str | None = None) -> Any:
        """Restore a text and list its claims."""
        return self.call("POST", "/api/texts/read", {}, body=body, idempotency_key=idempotency_key)

    def soe_new_withdrawal(self, key: str | int, *, body: "ReasonIn", idempotency_key: str | None = None) -> Any:
        """Withdraw a meeting."""
        return self.call(
            "POST", "/api/touches/{key}/withdrawal", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def talks_transfer_rows(
        self, *, way: Literal["in", "out"] | None | None = None, after: str | None | None = None
    ) -> Any:
        """Transfers."""
        return self.call("GET", "/api/transfers", {}, query={"way": way, "after": after})

    def talks_new_transfer(self, *, body: "TransferIn", idempotency_key: str | None = None) -> Any:
        """Offer a transfer."""
        return self.call("POST", "/api/transfers", {}, body=body, idempotency_key=idempotency_key)

    def talks_transfer_reply(self, key: str | int, *, body: "ReplyIn", idempotency_key: str | None = None) -> Any:
        """Answer a transfer."""
        return self.call(
            "POST", "/api/transfers/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def talks_transfer_withdraw(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Withdraw a transfer."""
        return self.call("POST", "/api/transfers/{key}/withdraw", {"key": key}, idempotency_key=idempotency_key)

    def outreach_trip_counts(self, *, period: str | None = None) -> Any:
        """How often leaders went out."""
        return self.call("GET", "/api/trip-counts", {}, query={"period": period})

    def follow_ups_dropped_link(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Take a project's link to a trip back."""
        return self.call("POST", "/api/trip-projects/{key}/drop", {"key": key}, idempotency_key=idempotency_key)

    def outreach_trips(
        self,
        *,
        unit: str | None = None,
        state: str | None = None,
        year: int | None | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Trips."""
        return self.call("GET", "/api/trips", {}, query={"unit": unit, "state": state, "year": year, "after": after})

    def outreach_new_trip(self, *, body: "TripBody", idempotency_key: str | None = None) -> Any:
        """Plan a trip."""
        return self.call("POST", "/api/trips", {}, body=body, idempotency_key=idempotency_key)

    def outreach_trip(self, code: str | int) -> Any:
        """A trip."""
        return self.call("GET", "/api/trips/{code}", {"code": code})

    def outreach_trip_decision(
        self, code: str | int, *, body: "TripVerdict", idempotency_key: str | None = None
    ) -> Any:
        """Approve or return a trip."""
        return self.call(
            "POST", "/api/trips/{code}/decision", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def outreach_new_meeting(self, code: str | int, *, body: "MeetingBody", idempotency_key: str | None = None) -> Any:
        """Add a meeting."""
        return self.call(
            "POST", "/api/trips/{code}/meetings", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def outreach_trip_off(self, code: str | int, *, body: "TripOff", idempotency_key: str | None = None) -> Any:
        """Postpone or cancel a trip."""
        return self.call("POST", "/api/trips/{code}/off", {"code": code}, body=body, idempotency_key=idempotency_key)

    def outreach_change_trip(self, code: str | int, *, body: "TripBody", idempotency_key: str | None = None) -> Any:
        """Change a trip's plan."""
        return self.call("POST", "/api/trips/{code}/plan", {"code": code}, body=body, idempotency_key=idempotency_key)

    def follow_ups_new_link(self, code: str | int, *, body: "LinkBody", idempotency_key: str | None = None) -> Any:
        """Link a project to a trip."""
        return self.call(
            "POST", "/api/trips/{code}/projects", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def outreach_trip_report(self, code: str | int, *, body: "TripReport", idempotency_key: str | None = None) -> Any:
        """Report on a trip."""
        return self.call("POST", "/api/trips/{code}/report", {"code": code}, body=body, idempotency_key=idempotency_key)

    def months_units(
        self,
    ) -> Any:
        """Reporting units."""
        return self.call("GET", "/api/units", {})

    def views_views(self, *, page: str | None = None) -> Any:
        """Saved views: one's own and the shared ones."""
        return self.call("GET", "/api/views", {}, query={"page": page})

    def views_new_view(self, *, body: "NewView", idempotency_key: str | None = None) -> Any:
        """Keep a list's filters."""
        return self.call("POST", "/api/views", {}, body=body, idempotency_key=idempotency_key)

    def views_no_longer_kept(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Delete one of one's own views."""
        return self.call("DELETE", "/api/views/{key}", {"key": key}, idempotency_key=idempotency_key)

    def views_preferred_view(self, key: str | int, *, body: "Preference", idempotency_key: str | None = None) -> Any:
        """Let one's list open with a view, or plainly again."""
        return self.call("POST", "/api/views/{key}/default", {"key": key}, body=body, idempotency_key=idempotency_key)

    def views_shared_view(self, key: str | int, *, body: "Sharing", idempotency_key: str | None = None) -> Any:
        """Share one of one's own views, or take it back."""
        return self.call("POST", "/api/views/{key}/sharing", {"key": key}, body=body, idempotency_key=idempotency_key)

    def views_renamed_view(self, key: str | int, *, body: "NewTitle", idempotency_key: str | None = None) -> Any:
        """Rename one of one's own views."""
        return self.call("POST", "/api/views/{key}/title", {"key": key}, body=body, idempotency_key=idempotency_key)

    def visits_visits(
        self, *, unit: str | None = None, state: str | None = None, after: str | None | None = None
    ) -> Any:
        """Follow-up visits."""
        return self.call("GET", "/api/visits", {}, query={"unit": unit, "state": state, "after": after})

    def visits_new_visit(self, *, body: "VisitBody", idempotency_key: str | None = None) -> Any:
        """Plan a visit."""
        return self.call("POST", "/api/visits", {}, body=body, idempotency_key=idempotency_key)

    def visits_cancelled_visit(self, key: str | int, *, body: "Reason", idempotency_key: str | None = None) -> Any:
        """Cancel a visit."""
        return self.call("POST", "/api/visits/{key}/cancel", {"key": key}, body=body, idempotency_key=idempotency_key)

    def visits_new_demand(self, key: str | int, *, body: "DemandBody", idempotency_key: str | None = None) -> Any:
        """Take a demand."""
        return self.call("POST", "/api/visits/{key}/demands", {"key": key}, body=body, idempotency_key=idempotency_key)

    def visits_told_visit(self, key: str | int, *, body: "Told", idempotency_key: str | None = None) -> Any:
        """Tell of a visit."""
        return self.call("POST", "/api/visits/{key}/told", {"key": key}, body=body, idempotency_key=idempotency_key)

    def webhooks_deliveries(
        self,
        *,
        webhook: str | None | None = None,
        state: Literal["", "waiting", "sent", "failed"] | None = None,
        after: str | None | None = None,
    ) -> Any:
        """What was told to whom, and whether it arrived; newest first."""
        return self.call(
            "GET", "/api/webhook-deliveries", {}, query={"webhook": webhook, "state": state, "after": after}
        )

    def webhooks_again(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Send a delivery once more."""
        return self.call("POST", "/api/webhook-deliveries/{key}/again", {"key": key}, idempotency_key=idempotency_key)

    def webhooks_webhooks(self, *, after: str | None | None = None) -> Any:
        """Webhooks, newest first."""
        return self.call("GET", "/api/webhooks", {}, query={"after": after})

    def webhooks_new_webhook(self, *, body: "NewWebhook", idempotency_key: str | None = None) -> Any:
        """Make a webhook."""
        return self.call("POST", "/api/webhooks", {}, body=body, idempotency_key=idempotency_key)

    def webhooks_stop(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Stop a webhook."""
        return self.call("DELETE", "/api/webhooks/{key}", {"key": key}, idempotency_key=idempotency_key)

    def webhooks_pause(self, key: str | int, *, body: "Pausing", idempotency_key: str | None = None) -> Any:
        """Pause a webhook, or go on with it."""
        return self.call("POST", "/api/webhooks/{key}/pause", {"key": key}, body=body, idempotency_key=idempotency_key)

    def webhooks_try_it(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Send a webhook an event that says only that it was tried."""
        return self.call("POST", "/api/webhooks/{key}/try", {"key": key}, idempotency_key=idempotency_key)

    def duties_workdays(self, *, first: str | None = None, last: str | None = None) -> Any:
        """Working days."""
        return self.call("GET", "/api/workdays", {}, query={"first": first, "last": last})

    def duties_new_day(self, *, body: "DayIn", idempotency_key: str | None = None) -> Any:
        """Set a working day."""
        return self.call("POST", "/api/workdays", {}, body=body, idempotency_key=idempotency_key)
