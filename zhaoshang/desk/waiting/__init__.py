"""What waits for a person today: each room names its work in a module of its own here."""

from datetime import date

from zhaoshang.desk.waiting import (
    assessments,
    contracts,
    duplicates,
    duties,
    imports,
    leads,
    ledger,
    meetings,
    months,
    opportunities,
    outreach,
    people,
    plans,
    proofs,
    scanner,
    starts,
    talks,
)
from zhaoshang.desk.waiting.task import Source, Task
from zhaoshang.regions.access import Viewer

SOURCES: tuple[Source, ...] = (
    ledger.tasks,
    months.tasks,
    imports.tasks,
    proofs.tasks,
    starts.tasks,
    duplicates.tasks,
    plans.tasks,
    assessments.tasks,
    people.tasks,
    contracts.tasks,
    duties.tasks,
    leads.tasks,
    meetings.tasks,
    opportunities.tasks,
    outreach.tasks,
    talks.tasks,
    scanner.tasks,
)


def waiting_for(viewer: Viewer, today: date) -> list[Task]:
    """Everything that waits for the person, the earliest due day first and what has none last; in its rooms' order otherwise."""
    found = [task for source in SOURCES for task in source(viewer, today)]
    return sorted(found, key=lambda task: task.due_on or date.max)
