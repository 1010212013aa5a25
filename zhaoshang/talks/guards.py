"""What the database refuses of first talks: a shortened or rewritten claim, a rewritten ruling or transfer, a lost line."""

from zhaoshang.tenancy.guards import Guard, append_only


def _changed(*columns: str) -> str:
    return " OR ".join(
        f"COALESCE(CAST(NEW.{one} AS TEXT), '') <> COALESCE(CAST(OLD.{one} AS TEXT), '')" for one in columns
    )


_FIXED = _changed("talk_id", "number", "unit_id", "rules_id", "claimed_by_id", "claimed_at", "origin", "nevertheless")
_SUBJECT = _changed("investor", "uscc", "title", "industry", "amount_fen", "core", "begun_at")
_TERMS = _changed("talk_id", "project_id", "from_unit_id", "to_unit_id", "shares", "reason", "terms", "offered_by_id")
_OPENED = _changed("claim_id", "unit_id", "grounds", "document", "opened_by_id", "opened_at", "answer_due_on", "due_on")
_ANSWERED = _changed("answer", "answer_document", "answered_by_id", "answered_at")

GUARDS = [
    *append_only("talks_talkrules"),
    *append_only("talks_talkevidence"),
    *append_only("talks_talknote"),
    *append_only("talks_renewal"),
    Guard("talks_claim", "UPDATE", f"OLD.ended <> '' OR {_FIXED}", "a claim is not rewritten", "fixed"),
    Guard(
        "talks_claim",
        "UPDATE",
        "NEW.protected_until < OLD.protected_until",
        "a protection is not shortened",
        "not_shortened",
    ),
    Guard("talks_claim", "DELETE", "1=1", "a claim is kept", "kept"),
    Guard(
        "talks_talk",
        "UPDATE",
        f"{_SUBJECT} OR (OLD.project_id IS NOT NULL AND ({_changed('project_id')})) OR (NEW.is_open AND NOT OLD.is_open)",
        "what a talk is about is not rewritten",
        "fixed",
    ),
    Guard("talks_talk", "DELETE", "1=1", "a talk is kept", "kept"),
    Guard(
        "talks_dispute",
        "UPDATE",
        f"OLD.outcome <> 'open' OR {_OPENED} OR (OLD.answered_at IS NOT NULL AND ({_ANSWERED}))",
        "a dispute is not rewritten",
        "fixed",
    ),
    Guard("talks_dispute", "DELETE", "1=1", "a dispute is kept", "kept"),
    Guard("talks_transfer", "UPDATE", f"OLD.state <> 'offered' OR {_TERMS}", "a transfer is not rewritten", "fixed"),
    Guard("talks_transfer", "DELETE", "1=1", "a transfer is kept", "kept"),
]
