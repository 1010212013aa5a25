"""A lead becomes a project: registered past the question whether the city has it already, and linked, or neither."""

from datetime import datetime

from django.db import transaction

from zhaoshang.leads.actions import link_project
from zhaoshang.leads.models import Lead
from zhaoshang.people.models import User
from zhaoshang.projects.actions import NewProject
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.registering import Firm, register_unlike


@transaction.atomic
def register_from_lead(
    *, lead: Lead, unit: ReportingUnit, firm: Firm, new: NewProject, nevertheless: str = "", by: User, at: datetime
) -> Project:
    """Register the project that a lead became, and link the two.

    Raises as :func:`review.registering.register_unlike` and :func:`leads.actions.link_project`.
    """
    project = register_unlike(unit=unit, firm=firm, new=new, nevertheless=nevertheless, by=by, at=at)
    link_project(lead=lead, project=project, by=by, at=at)
    return project
