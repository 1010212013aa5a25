"""What the database refuses of contracts: rewritten sheets, reviews and logs, the same person on both sides of a review,
evidence of a review that there was not."""

from zhaoshang.tenancy.guards import Guard, append_only

_SAME_DRAFTER = (
    "SELECT 1 FROM contracts_contracttext t WHERE t.city_id = NEW.city_id AND t.id = NEW.text_id AND t.drafted_by_id = "
)
_ENTRY = (
    "FROM contracts_promiseentry e WHERE e.city_id = NEW.city_id AND e.promise_id = NEW.id AND e.number = NEW.revision"
)
_TERMS = ("text", "amount_fen", "quantity", "due_on", "responsible", "document")


def _changed(columns: tuple[str, ...]) -> str:
    texts = [f"COALESCE(CAST({{row}}.{one} AS TEXT), '')" for one in columns]
    pairs = [f"{one.format(row='OLD')} <> {one.format(row='NEW')}" for one in texts]
    return f"({' OR '.join(pairs)})"


GUARDS = [
    *(
        guard
        for table in ("standard", "appraisal", "decision", "contracttext", "review", "promiseentry", "actual")
        for guard in append_only(f"contracts_{table}")
    ),
    Guard(
        "contracts_decision",
        "INSERT",
        "EXISTS (SELECT 1 FROM contracts_appraisal a WHERE a.city_id = NEW.city_id AND a.id = NEW.appraisal_id "
        "AND (a.drafted_by_id = NEW.recorded_by_id OR (a.reply = 'ruled_out' AND NEW.outcome <> 'defer') "
        "OR (a.reply = 'open' AND NEW.outcome = 'pass')))",
        "another than the drafter records the outcome, and no veto is passed over",
        "four_eyes",
    ),
    Guard(
        "contracts_review",
        "INSERT",
        f"EXISTS ({_SAME_DRAFTER}NEW.reviewed_by_id)",
        "another than the drafter reviews",
        "four_eyes",
    ),
    Guard(
        "contracts_review",
        "INSERT",
        "NEW.text_id IS NOT NULL AND NEW.finding <> 'refused' AND EXISTS (SELECT 1 FROM contracts_flag f WHERE "
        "f.city_id = NEW.city_id AND f.text_id = NEW.text_id AND f.handled NOT IN ('justified', 'no_hit', 'read'))",
        "every flagged passage is dealt with before the review",
        "cleared",
    ),
    Guard("contracts_flag", "UPDATE", "OLD.handled <> ''", "a flag is dealt with once", "once"),
    Guard(
        "contracts_flag",
        "UPDATE",
        f"EXISTS ({_SAME_DRAFTER}NEW.handled_by_id)",
        "another than the drafter deals with a flag",
        "four_eyes",
    ),
    Guard(
        "contracts_flag",
        "UPDATE",
        _changed(("text_id", "number", "code", "paragraph", "start", '"end"', "passage")),
        "a flag keeps its place",
        "fixed",
    ),
    Guard("contracts_flag", "DELETE", "1=1", "flags are kept", "kept"),
    Guard(
        "projects_stageproof",
        "INSERT",
        "NEW.kind IN ('due_diligence', 'legal_review', 'fair_competition') AND NOT EXISTS "
        "(SELECT 1 FROM contracts_review r WHERE r.city_id = NEW.city_id "
        "AND r.project_id = NEW.project_id AND r.kind = NEW.kind AND r.digest = NEW.digest AND r.finding <> 'refused')",
        "this evidence comes out of a recorded review",
        "reviewed",
    ),
    Guard(
        "contracts_promise",
        "UPDATE",
        f"NOT EXISTS (SELECT 1 {_ENTRY} AND e.status = NEW.status) OR NEW.revision <> OLD.revision + 1 "
        f"OR OLD.status <> 'open' OR {_changed(('project_id', 'number', 'side', 'measure'))} "
        f"OR ({_changed(_TERMS)} AND NOT EXISTS (SELECT 1 {_ENTRY} AND e.kind = 'amended'))",
        "a promise changes by a line of its log only",
        "as_logged",
    ),
    Guard("contracts_promise", "DELETE", "1=1", "promises are kept", "kept"),
]
