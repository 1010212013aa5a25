"""What the database refuses: a kept check never changes; a published bulletin can only be withdrawn, all else as it was."""

from zhaoshang.tenancy.guards import Guard, append_only

_KEPT = (
    "id",
    "city_id",
    "title",
    "number",
    "issuer",
    "recipients",
    "dated",
    "first_month",
    "last_month",
    "revision",
    "blocks",
    "waived",
    "drafted_by_id",
    "drafted_at",
    "revised_by_id",
    "revised_at",
    "published_by_id",
    "published_at",
    "printed",
    "text",
    "figures",
    "snapshot",
    "checkpoint_id",
    "ledger_seq",
    "ledger_digest",
    "digest",
    "is_sample",
)
_TOUCHED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _KEPT)

TOLD_GUARDS = [
    Guard(
        "regions_reportmonth",
        "UPDATE",
        "OLD.state = 'closed' AND NEW.state = 'open' AND EXISTS (SELECT 1 FROM bulletins_bulletin b WHERE b.city_id = NEW.city_id "
        "AND b.state = 'published' AND b.first_month <= NEW.number AND b.last_month >= NEW.number)",
        "a published bulletin tells this month",
        "told",
    )
]
GUARDS = [
    *append_only("bulletins_textcheck"),
    Guard(
        "bulletins_bulletin",
        "UPDATE",
        f"OLD.state <> 'draft' AND (OLD.state <> 'published' OR NEW.state <> 'withdrawn' OR {_TOUCHED})",
        "a published bulletin never changes",
        "published",
    ),
    Guard("bulletins_bulletin", "DELETE", "OLD.state <> 'draft'", "a published bulletin is kept", "published"),
]
