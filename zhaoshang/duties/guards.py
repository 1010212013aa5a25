"""What the database refuses of duties: rewritten rules and histories, a stretch of service or an answer changed afterwards."""

from zhaoshang.tenancy.guards import Guard, append_only


def _changed(*columns: str) -> str:
    return "(" + " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns) + ")"


_ENDED = "OLD.until IS NOT NULL"
_ASSIGNED = _changed("project_id", "unit_id", "handler_id", "since", "leader_name")
_RAISED = _changed("kind", "text", "raised_by_id", "unit_id")
# A problem is reopened, never closed anew over a closing: from closed the only way is open.
_REWRITTEN = "OLD.state = 'closed' AND NEW.state <> 'open'"
_UNANSWERED = "NEW.state = 'closed' AND OLD.state <> 'closed' AND NEW.kind = 'order' AND NEW.answered_by_id IS NULL"

GUARDS = [
    *append_only("duties_dutyrules"),
    *append_only("duties_dayoverride"),
    *append_only("duties_matterentry"),
    Guard("duties_responsibility", "UPDATE", f"{_ENDED} OR {_ASSIGNED}", "what somebody answered for is kept", "kept"),
    Guard("duties_responsibility", "DELETE", "1=1", "what somebody answered for is kept", "kept"),
    Guard("duties_clock", "UPDATE", "OLD.answered_on IS NOT NULL", "an answered clock is final", "answered"),
    Guard("duties_clock", "DELETE", "1=1", "clocks are kept", "kept"),
    Guard("duties_matter", "UPDATE", _RAISED, "what was raised stays as it was raised", "raised"),
    Guard("duties_matter", "UPDATE", _REWRITTEN, "a closed matter can only be reopened", "closed"),
    Guard("duties_matter", "UPDATE", _UNANSWERED, "an order is closed after its answer", "answered_first"),
    Guard("duties_matter", "DELETE", "1=1", "matters are kept", "kept"),
]
