"""The diary is appended only; a hold stays as it was placed, is lifted once and never deleted."""

from zhaoshang.tenancy.guards import Guard, append_only

GUARDS = append_only("people_event")
_PLACED = ("table", "object_id", "called", "reason", "placed_by_id", "placed_at")
_CHANGED = " OR ".join(f'NEW."{name}" <> OLD."{name}"' for name in _PLACED)
HOLD_GUARDS = [
    Guard("people_hold", "DELETE", "1=1", "people_hold is never deleted", "stays"),
    Guard("people_hold", "UPDATE", f"OLD.lifted_at IS NOT NULL OR {_CHANGED}", "people_hold is lifted once", "once"),
]
