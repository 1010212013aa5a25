"""What happened to one project and what was promised: each room tells its lines in a module of its own here."""

from zhaoshang.desk.story import (
    campaigns,
    contracts,
    corrections,
    diary,
    duplicates,
    duties,
    evidence,
    leads,
    opportunities,
    outreach,
    payments,
    schedules,
    stages,
    starts,
    talks,
)
from zhaoshang.desk.story.line import Line, Teller
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer

TELLERS: tuple[Teller, ...] = (
    stages.lines,
    corrections.lines,
    payments.lines,
    evidence.lines,
    schedules.lines,
    campaigns.lines,
    starts.lines,
    duplicates.lines,
    diary.lines,
    contracts.lines,
    duties.lines,
    leads.lines,
    opportunities.lines,
    outreach.lines,
    talks.lines,
)


def story_of(project: Project, viewer: Viewer) -> list[Line]:
    """All lines, the latest first; those of one day in their rooms' order."""
    found = [line for teller in TELLERS for line in teller(project, viewer)]
    return sorted(found, key=lambda line: line.on, reverse=True)
