"""What the database refuses of plans: changed targets, reports and histories, and a task under anything but a measure of its year."""

from zhaoshang.tenancy.guards import Guard, append_only

_NO_MEASURE = (
    "NEW.above_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM plans_workitem m WHERE m.city_id = NEW.city_id "
    "AND m.id = NEW.above_id AND m.above_id IS NULL AND m.year_plan_id = NEW.year_plan_id)"
)

GUARDS = [
    *append_only("plans_target"),
    *append_only("plans_progressreport"),
    *append_only("plans_itemchange"),
    *(
        Guard("plans_workitem", verb, _NO_MEASURE, "a task belongs to a measure of its year", "under_measure")
        for verb in ("INSERT", "UPDATE")
    ),
    Guard("plans_workitem", "DELETE", "1=1", "measures and tasks are never deleted", "kept"),
]
