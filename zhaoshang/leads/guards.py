"""What the database refuses of leads: a changed receipt, text or time of receipt, a rewritten step, a lead taken away."""

from zhaoshang.tenancy.guards import Guard, append_only

_AS_RECEIVED = ("receipt", "came_by", "origin_ref", "received_text", "text_digest", "registered_at")

GUARDS = [
    *append_only("leads_leadstep"),
    Guard(
        "leads_lead",
        "UPDATE",
        " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _AS_RECEIVED),
        "what was received, from whom and when does not change",
        "as_received",
    ),
    Guard("leads_lead", "DELETE", "1=1", "leads are never deleted", "kept"),
]
