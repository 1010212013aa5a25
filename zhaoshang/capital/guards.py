"""What the database refuses of the ledger, whoever asks: form, API, import, shell or another program."""

from zhaoshang.tenancy.guards import Guard, append_only

_MONTH_SHUT = (
    "NOT EXISTS (SELECT 1 FROM regions_reportmonth m "
    "WHERE m.city_id = {row}.city_id AND m.number = {row}.report_month AND m.state = 'open')"
)
_PAYMENT_DECIDED = (
    "EXISTS (SELECT 1 FROM capital_payment p "
    "WHERE p.city_id = {row}.city_id AND p.id = {row}.payment_id AND p.standing <> 'declared')"
)

GUARDS = [
    Guard("capital_payment", "INSERT", _MONTH_SHUT.format(row="NEW"), "the report month is closed", "month_closed"),
    Guard(
        "capital_payment",
        "UPDATE",
        f"{_MONTH_SHUT.format(row='NEW')} OR {_MONTH_SHUT.format(row='OLD')}",
        "the report month is closed",
        "month_closed",
    ),
    Guard("capital_payment", "UPDATE", "OLD.standing <> 'declared'", "a decided payment never changes", "decided"),
    Guard(
        "capital_payment",
        "UPDATE",
        "OLD.city_id <> NEW.city_id OR OLD.id <> NEW.id OR OLD.project_id <> NEW.project_id OR OLD.unit_id <> NEW.unit_id "
        "OR OLD.report_month <> NEW.report_month",
        "a payment keeps its project, unit and month",
        "moved",
    ),
    Guard("capital_payment", "DELETE", "1=1", "payments are never deleted", "kept"),
    Guard("capital_evidence", "INSERT", _PAYMENT_DECIDED.format(row="NEW"), "the payment is decided", "decided"),
    Guard("capital_evidence", "UPDATE", "1=1", "evidence never changes", "fixed"),
    Guard("capital_evidence", "DELETE", _PAYMENT_DECIDED.format(row="OLD"), "the payment is decided", "decided"),
    *append_only("capital_evidencefile"),
    *append_only("capital_checkpoint"),
    Guard(
        "capital_ruleset",
        "UPDATE",
        "OLD.issued_at IS NOT NULL AND (OLD.content <> NEW.content OR OLD.valid_from <> NEW.valid_from "
        "OR OLD.computed_from <> NEW.computed_from OR NEW.issued_at IS NULL)",
        "an issued rule set never changes",
        "issued",
    ),
    Guard("capital_ruleset", "DELETE", "OLD.issued_at IS NOT NULL", "an issued rule set is kept", "issued"),
]

# An account says whose it is only since people.0011; payments decided before that stay as they are, since a decided one never changes.
_ONE_PERSON = (
    "NEW.decided_by_id IS NOT NULL AND NEW.standing <> 'withdrawn' AND EXISTS (SELECT 1 FROM people_user a, people_user b "
    "WHERE a.id = NEW.declared_by_id AND b.id = NEW.decided_by_id AND a.person <> '' AND a.person = b.person)"
)
PERSON_GUARDS = [
    Guard("capital_payment", verb, _ONE_PERSON, "one person does not declare and decide by two accounts", "one_person")
    for verb in ("INSERT", "UPDATE")
]

BUREAU_GUARDS = append_only("capital_differencenote")

RATE_GUARDS = append_only("capital_exchangerate")
