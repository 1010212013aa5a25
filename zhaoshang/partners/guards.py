"""What the database refuses of partners: rewritten reviews and papers, a changed appointment or decided claim, anything taken away."""

from zhaoshang.partners.rules import ClaimState
from zhaoshang.tenancy.guards import Guard, append_only

_DECIDED = ", ".join(f"'{one}'" for one in (ClaimState.APPROVED, ClaimState.PUBLISHED, ClaimState.FINAL))

GUARDS = [
    *append_only("partners_partnerreview"),
    *append_only("partners_claimpaper"),
    Guard("partners_partner", "DELETE", "1=1", "partners are never deleted", "kept"),
    Guard("partners_claim", "DELETE", "1=1", "claims are never deleted", "kept"),
    Guard(
        "partners_partner",
        "UPDATE",
        "NEW.number <> OLD.number OR NEW.name <> OLD.name OR NEW.term_from <> OLD.term_from OR NEW.document <> OLD.document",
        "an appointment stays as it was made",
        "as_appointed",
    ),
    Guard(
        "partners_claim",
        "UPDATE",
        f"OLD.state IN ({_DECIDED}) AND (NEW.reward_fen <> OLD.reward_fen OR NEW.base_fen <> OLD.base_fen)",
        "a decided reward does not change",
        "as_decided",
    ),
    Guard("partners_claim", "UPDATE", f"OLD.state = '{ClaimState.FINAL}'", "a final claim does not change", "final"),
]

_REWRITTEN = " OR ".join(
    [
        *(
            f"NEW.{name} IS DISTINCT FROM OLD.{name}"
            for name in ("claim_id", "text", "answer", "answered_by_id", "answered_at")
        ),
        "(NEW.erased_at IS NULL AND (NEW.told_by <> OLD.told_by OR NEW.contact <> OLD.contact))",
    ]
)
_CAME_BACK = "(OLD.erased_at IS NOT NULL AND (NEW.told_by <> '' OR NEW.contact <> '' OR NEW.erased_at IS DISTINCT FROM OLD.erased_at))"
HEAD_GUARDS = [
    Guard(
        "partners_partner",
        "UPDATE",
        "OLD.erased_at IS NOT NULL AND (NEW.head <> '' OR NEW.phone <> '' OR NEW.erased_at IS DISTINCT FROM OLD.erased_at)",
        "who was erased does not come back",
        "erased",
    ),
]

OBJECTION_GUARDS = [
    Guard("partners_claimobjection", "DELETE", "1=1", "objections are answered, never deleted", "kept"),
    Guard(
        "partners_claimobjection",
        "UPDATE",
        f"(OLD.answered_by_id IS NOT NULL AND ({_REWRITTEN})) OR {_CAME_BACK}",
        "an answer that was given stays as it was given",
        "answered",
    ),
]
