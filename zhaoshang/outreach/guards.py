"""What the database refuses of outreach: rewritten rules and minutes, a trip changed after it was approved, a record that disappears."""

from zhaoshang.tenancy.guards import Guard, append_only


def _differs(*columns: str) -> str:
    pairs = (f"COALESCE(CAST(OLD.{one} AS TEXT), '') <> COALESCE(CAST(NEW.{one} AS TEXT), '')" for one in columns)
    return " OR ".join(pairs)


def _of_approved(table: str, row: str, verb: str, when: str = "1=1") -> Guard:
    trip = f"FROM outreach_trip t WHERE t.city_id = {row}.city_id AND t.id = {row}.trip_id"
    approved = f"SELECT 1 {trip} AND t.state = 'approved'"
    return Guard(
        table, verb, f"({when}) AND EXISTS ({approved})", "an approved trip stays as it was approved", "approved"
    )


_DAYS = _differs("first_day", "last_day", "unit_id", "planned_by_id")
_PERSON = _differs("name", "post", "rank", "leads", "unit_id", "trip_id")

GUARDS = [
    *append_only("outreach_outreachset"),
    *append_only("outreach_minutes"),
    Guard("outreach_trip", "DELETE", "1=1", "trips are cancelled, never deleted", "kept"),
    Guard(
        "outreach_trip",
        "UPDATE",
        f"OLD.state = 'approved' AND NEW.state = 'approved' AND ({_DAYS})",
        "an approved trip stays as it was approved",
        "approved",
    ),
    Guard(
        "outreach_trip",
        "UPDATE",
        "NEW.state = 'approved' AND OLD.state NOT IN ('planned', 'approved')",
        "a trip is approved as it was planned",
        "planned_first",
    ),
    _of_approved("outreach_member", "NEW", "INSERT"),
    _of_approved("outreach_member", "OLD", "DELETE"),
    _of_approved("outreach_member", "OLD", "UPDATE", _PERSON),
    _of_approved("outreach_destination", "NEW", "INSERT"),
    _of_approved("outreach_destination", "OLD", "DELETE"),
    _of_approved("outreach_destination", "OLD", "UPDATE"),
    Guard(
        "outreach_followup",
        "UPDATE",
        "OLD.done_on IS NOT NULL",
        "a follow-up that is done stays as it was told",
        "done",
    ),
    Guard(
        "outreach_demand",
        "UPDATE",
        f"OLD.answered_on IS NOT NULL AND ({_differs('answer', 'answered_on', 'text', 'department', 'due_on')})",
        "an answer that was given stays as it was given",
        "answered",
    ),
    Guard("outreach_demand", "DELETE", "1=1", "demands are answered, never deleted", "kept"),
]

GUEST_GUARDS = [
    Guard(
        "outreach_guest",
        "UPDATE",
        "OLD.erased_at IS NOT NULL AND (NEW.name <> '' OR NEW.post <> '' OR NEW.phone <> ''"
        " OR NEW.erased_at IS DISTINCT FROM OLD.erased_at)",
        "who was erased does not come back",
        "erased",
    ),
]
