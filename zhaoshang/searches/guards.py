"""What the database refuses: an address put back after it was erased, a mail sent again, an entry told of and forgotten."""

from zhaoshang.tenancy.guards import Guard, append_only

GUARDS = [
    Guard(
        "searches_savedsearch",
        "UPDATE",
        "OLD.erased_at IS NOT NULL OR OLD.link_digest IS DISTINCT FROM NEW.link_digest"
        " OR (NEW.mail <> '' AND OLD.mail IS DISTINCT FROM NEW.mail)",
        "an erased address does not come back, and another is another search",
        "erased",
    ),
    Guard("searches_savedsearch", "DELETE", "1=1", "searches are erased, never deleted", "kept"),
    Guard("searches_notice", "UPDATE", "OLD.state <> 'waiting'", "a mail ends once", "ended"),
    Guard("searches_notice", "DELETE", "1=1", "what was sent is kept", "kept"),
    *append_only("searches_toldentry"),
]
