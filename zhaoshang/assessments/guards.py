"""What the database refuses: an issued regulation changes, an assessment goes back or past its state, a result or a colour is touched."""

from zhaoshang.tenancy.guards import Guard, append_only


def _touched(*names: str) -> str:
    return " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in names)


_STATE = (
    "EXISTS (SELECT 1 FROM assessments_assessment a WHERE a.city_id = {row}.city_id "
    "AND a.id = {row}.assessment_id AND a.state IN ({states}))"
)


def _state_is(row: str, *states: str) -> str:
    return _STATE.format(row=row, states=", ".join(f"'{state}'" for state in states))


_REGULATION = (
    *("code", "purpose", "title", "document", "source", "text", "valid_from", "replaces_id", "is_sample"),
    *("drafted_by_id", "drafted_at", "issued_by_id", "issued_at"),
)
_HEAD = ("title", "regulation_id", "first_month", "last_month", "drafted_by_id", "drafted_at", "is_sample")
_SHOWN = ("objections_from", "objections_until", "shown_by_id", "shown_at")
_RAISED = ("id", "assessment_id", "unit_id", "article", "reason", "file_id", "raised_by_id", "raised_at")

GUARDS = [
    Guard(
        "assessments_regulation",
        "UPDATE",
        f"OLD.issued_at IS NOT NULL AND ({_touched(*_REGULATION)} OR OLD.valid_to IS NOT NULL)",
        "an issued regulation never changes",
        "issued",
    ),
    Guard("assessments_regulation", "DELETE", "OLD.issued_at IS NOT NULL", "an issued regulation is kept", "issued"),
    *append_only("assessments_enteredinput"),
    Guard("assessments_assessment", "INSERT", "NEW.state <> 'draft'", "an assessment begins as a draft", "begins"),
    Guard(
        "assessments_assessment",
        "UPDATE",
        "OLD.state = 'final' OR (OLD.state = 'shown' AND NEW.state <> 'final') OR (OLD.state = 'draft' AND NEW.state = 'final')",
        "an assessment moves from draft to shown to final, one step at a time",
        "steps",
    ),
    Guard("assessments_assessment", "UPDATE", _touched(*_HEAD), "what is assessed never changes", "head"),
    Guard(
        "assessments_assessment",
        "UPDATE",
        f"OLD.state = 'shown' AND ({_touched(*_SHOWN)})",
        "the window for objections stays as it was shown",
        "window",
    ),
    Guard(
        "assessments_assessment",
        "UPDATE",
        "NEW.state = 'final' AND EXISTS (SELECT 1 FROM assessments_objection o WHERE o.city_id = NEW.city_id "
        "AND o.assessment_id = NEW.id AND o.verdict = 'open')",
        "an objection is not decided yet",
        "open_objection",
    ),
    Guard("assessments_assessment", "DELETE", "OLD.state <> 'draft'", "a shown assessment is kept", "kept"),
    Guard("assessments_computation", "UPDATE", "1=1", "a computation never changes", "fixed"),
    Guard(
        "assessments_computation",
        "INSERT",
        f"NOT ({_state_is('NEW', 'draft', 'shown')}) OR (NEW.occasion = 'draft' AND NOT ({_state_is('NEW', 'draft')}))",
        "this assessment is not computed any more",
        "settled",
    ),
    Guard("assessments_computation", "DELETE", f"NOT ({_state_is('OLD', 'draft')})", "a shown result is kept", "kept"),
    Guard(
        "assessments_objection",
        "INSERT",
        f"NOT ({_state_is('NEW', 'shown')}) OR NEW.verdict <> 'open'",
        "objections are raised while an assessment is shown, and decided later",
        "window",
    ),
    Guard(
        "assessments_objection",
        "UPDATE",
        f"OLD.verdict <> 'open' OR NOT ({_state_is('NEW', 'shown')}) OR {_touched(*_RAISED)}",
        "an objection is decided once, while the assessment is shown",
        "decided",
    ),
    Guard("assessments_objection", "DELETE", "1=1", "objections are kept", "kept"),
    *append_only("assessments_light"),
    *append_only("assessments_lightnote"),
]
