"""What the database refuses: a job that ended and begins or ends again."""

from zhaoshang.tenancy.guards import Guard

GUARDS = [
    Guard(
        "jobs_job",
        "UPDATE",
        "OLD.state NOT IN ('waiting', 'running') AND OLD.state <> NEW.state",
        "a job ends once",
        "ended",
    ),
]
