"""What the database refuses of matchmaking: steps rewritten, a pair that disappears or turns into another one."""

from zhaoshang.tenancy.guards import Guard, append_only

_SAME = " OR ".join(
    f"OLD.{column} <> NEW.{column}" for column in ("activity_id", "enterprise_id", "opportunity_id", "points")
)

GUARDS = [
    *append_only("matchmaking_step"),
    Guard("matchmaking_pair", "DELETE", "1=1", "pairs are given up, never deleted", "kept"),
    Guard("matchmaking_pair", "UPDATE", _SAME, "a pair stays the pair that was proposed", "same"),
    Guard(
        "matchmaking_pair",
        "UPDATE",
        "OLD.state IN ('project', 'declined') AND OLD.state <> NEW.state",
        "what became a project or was given up stays so",
        "over",
    ),
]
