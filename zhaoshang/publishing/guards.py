"""What the database refuses: changed words of a version under review or approved, a withdrawal taken back, an answer written twice."""

from zhaoshang.tenancy.guards import Guard, append_only

_WORDS = (
    "id",
    "city_id",
    "article_id",
    "number",
    "title",
    "title_en",
    "body",
    "body_en",
    "keywords",
    "source_name",
    "source_url",
    "document",
    "valid_from",
    "valid_until",
    "correction",
    "written_by_id",
    "written_at",
)
_ASKED = (
    "id",
    "city_id",
    "number",
    "receipt_digest",
    "asked",
    "article_id",
    "bulletin_id",
    "text",
    "received_at",
    "due_on",
)
_ANSWER = ("outcome", "reply", "public_reply", "answered_by_id", "answered_at", "erase_on")


def _differ(names: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in names)


ADDED = [
    *append_only("publishing_articleimage"),
    Guard(
        "publishing_announcement",
        "UPDATE",
        f"OLD.taken_back_at IS NOT NULL OR {_differ(('id', 'city_id', 'activity_id', 'visible_from', 'announced_by_id', 'announced_at'))}",
        "an announcement is only ever taken back, once",
        "taken_back_once",
    ),
    Guard("publishing_announcement", "DELETE", "1=1", "announcements are kept", "kept"),
]
GUARDS = [
    *append_only("publishing_siteterms"),
    Guard(
        "publishing_articleversion",
        "UPDATE",
        f"(OLD.state IN ('submitted', 'approved') AND ({_differ(_WORDS)})) OR "
        f"(OLD.state = 'approved' AND ({_differ(('state', 'visible_from', 'decided_by_id', 'decided_at'))}))",
        "what two people agreed on never changes",
        "agreed",
    ),
    Guard(
        "publishing_articleversion",
        "INSERT",
        "NEW.state <> 'draft'",
        "a version begins as a draft",
        "begins_as_draft",
    ),
    Guard("publishing_articleversion", "DELETE", "1=1", "versions are kept", "kept"),
    Guard(
        "publishing_article",
        "UPDATE",
        f"OLD.withdrawn_at IS NOT NULL OR {_differ(('id', 'city_id', 'code', 'kind', 'begun_by_id', 'begun_at'))}",
        "an article is only ever withdrawn, once",
        "withdrawn_once",
    ),
    Guard("publishing_article", "DELETE", "1=1", "articles are kept", "kept"),
    Guard(
        "publishing_publicrequest",
        "UPDATE",
        f"{_differ(_ASKED)} OR (OLD.outcome <> '' AND ({_differ(_ANSWER)}))"
        " OR (OLD.erased_at IS NOT NULL AND (NEW.name <> '' OR NEW.contact <> '' OR NEW.erased_at IS DISTINCT FROM OLD.erased_at))",
        "a request and its answer never change",
        "answered",
    ),
    Guard("publishing_publicrequest", "DELETE", "1=1", "requests are kept", "kept"),
]
_PASSED = "SELECT 1 FROM publishing_identitycheck c WHERE c.city_id = NEW.city_id AND c.request_id = NEW.id AND c.proven_at IS NOT NULL"
IDENTITY_GUARDS = [
    Guard(
        "publishing_publicrequest",
        "UPDATE",
        f"NEW.asked = 'privacy' AND NEW.outcome = 'accepted' AND OLD.outcome = '' AND NOT EXISTS ({_PASSED})",
        "who asks about personal information is known before it is granted",
        "identity",
    ),
    Guard("publishing_identitycheck", "UPDATE", "OLD.proven_at IS NOT NULL", "a check that was passed stays", "passed"),
    Guard("publishing_identitycheck", "DELETE", "1=1", "checks of identity are kept", "kept"),
]
