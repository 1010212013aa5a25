"""What the database refuses of opportunities: rewritten histories and reservations, deleted entries, and any change of a frozen edition."""

from zhaoshang.tenancy.guards import Guard, append_only

_FROZEN = "SELECT 1 FROM opportunities_edition e WHERE e.city_id = {row}.city_id AND e.id = {row}.edition_id AND e.digest <> ''"
_SAID = ("opportunity_id", "project_id", "from_on", "until_on", "document", "made_by_id", "made_at")
_REWRITTEN = " OR ".join(
    ["OLD.ended_on IS NOT NULL", *(f"NEW.{column} <> OLD.{column}" for column in _SAID)],
)

GUARDS = [
    *append_only("opportunities_entrychange"),
    Guard("opportunities_opportunity", "DELETE", "1=1", "entries are closed, never deleted", "kept"),
    Guard("opportunities_reservation", "DELETE", "1=1", "reservations are ended, never deleted", "kept"),
    Guard(
        "opportunities_reservation",
        "UPDATE",
        _REWRITTEN,
        "a reservation is ended once, and nothing else of it changes",
        "said",
    ),
    *(
        Guard("opportunities_edition", verb, "OLD.digest <> ''", "a frozen edition never changes", "frozen")
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        Guard(
            "opportunities_editionentry",
            verb,
            f"EXISTS ({_FROZEN.format(row='OLD' if verb == 'DELETE' else 'NEW')})",
            "a frozen edition never changes",
            "frozen",
        )
        for verb in ("INSERT", "UPDATE", "DELETE")
    ),
]
