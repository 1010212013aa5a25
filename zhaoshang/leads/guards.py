"""What the database refuses of leads: a changed receipt, text or time of receipt, people put back, a rewritten step, a lead taken away."""

from zhaoshang.tenancy.guards import Guard, append_only

_AS_RECEIVED = ("receipt", "came_by", "origin_ref", "text_digest", "registered_at")
# The text received goes when people do, and nothing comes back.
_TEXT = "(NEW.received_text <> OLD.received_text AND (NEW.received_text <> '' OR NEW.erased_at IS NULL))"
_ERASED = (
    "(OLD.erased_at IS NOT NULL AND (NEW.contact <> '' OR NEW.phone <> '' OR NEW.received_text <> ''"
    " OR NEW.erased_at IS DISTINCT FROM OLD.erased_at))"
)

GUARDS = [
    *append_only("leads_leadstep"),
    Guard(
        "leads_lead",
        "UPDATE",
        " OR ".join([*(f"NEW.{name} <> OLD.{name}" for name in _AS_RECEIVED), _TEXT, _ERASED]),
        "what was received, from whom and when does not change",
        "as_received",
    ),
    Guard("leads_lead", "DELETE", "1=1", "leads are never deleted", "kept"),
]
