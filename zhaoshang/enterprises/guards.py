"""What the database refuses of enterprises: a group in a circle, an erased person written again, rewritten notes, meetings and mergers."""

from collections.abc import Sequence

from zhaoshang.tenancy.guards import Guard, append_only


def only(table: str, columns: Sequence[str], once: str, message: str) -> list[Guard]:
    """Rows of ``table`` are never deleted, and change only by filling ``once``; all of ``columns`` stay for ever."""

    def text(row: str, column: str) -> str:
        return f"COALESCE(CAST({row}.\"{column}\" AS TEXT), '')"

    changed = " OR ".join(f"{text('NEW', one)} <> {text('OLD', one)}" for one in columns)
    return [
        Guard(table, "DELETE", "1=1", message, "kept"),
        Guard(table, "UPDATE", f"OLD.{once} IS NOT NULL OR {changed}", message, "kept"),
    ]


_ABOVE = "SELECT 1 FROM enterprises_enterprise a WHERE a.city_id = NEW.city_id"
_NOT_BELOW = f"NEW.parent_id IS NOT NULL AND EXISTS ({_ABOVE} AND a.id = NEW.parent_id AND a.depth >= NEW.depth)"
_NOT_ABOVE = f"EXISTS ({_ABOVE} AND a.parent_id = NEW.id AND a.depth <= NEW.depth)"
_CIRCLE = "a group cannot be its own ancestor"

GUARDS = [
    Guard("enterprises_enterprise", "INSERT", _NOT_BELOW, _CIRCLE, "no_circle"),
    Guard("enterprises_enterprise", "UPDATE", f"{_NOT_BELOW} OR {_NOT_ABOVE}", _CIRCLE, "no_circle"),
    Guard("enterprises_contact", "DELETE", "1=1", "a contact is erased, not deleted", "kept"),
    Guard("enterprises_contact", "UPDATE", "OLD.erased_at IS NOT NULL", "an erased contact stays erased", "erased"),
    *append_only("enterprises_risknote"),
    *append_only("enterprises_notereply"),
    Guard(
        "enterprises_notereply",
        "INSERT",
        "EXISTS (SELECT 1 FROM enterprises_notereply r WHERE r.city_id = NEW.city_id AND r.note_id = NEW.note_id "
        "AND r.kind = 'closed')",
        "nothing follows the closing of a note",
        "after_closing",
    ),
    *only(
        "enterprises_merger",
        ("kept_id", "closed_id", "reason", "moved", "by_id", "at"),
        "parted_at",
        "a merger is parted, not rewritten",
    ),
    *only(
        "enterprises_relation",
        ("enterprise_id", "unit_id", "document", "valid_from", "by_id", "at"),
        "valid_to",
        "a kept relation ends, it is not rewritten",
    ),
    *only(
        "enterprises_touch",
        [
            "enterprise_id",
            "unit_id",
            "on",
            "kind",
            "who",
            "whom",
            "contact_id",
            "said",
            "next_step",
            "next_on",
            "key",
            "by_id",
            "at",
        ],
        "withdrawn_at",
        "a meeting is withdrawn, not rewritten",
    ),
    *append_only("enterprises_touchrule"),
]
