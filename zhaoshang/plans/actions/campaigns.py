"""The only writer of campaigns and of their tags."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.plans.actions.targets import DocumentMissing
from zhaoshang.plans.models import Campaign, CampaignProject
from zhaoshang.projects.models import Project
from zhaoshang.tenancy.models import City


class CampaignCodeTaken(Exception):
    """Another campaign of the city has this code."""


@transaction.atomic
def add_campaign(*, city: City, code: str, year: int, by: User, at: datetime, **fields: Any) -> Campaign:
    """Lay down a campaign: ``name industry lead_unit lead_department starts_on ends_on target_fen target_signed document is_sample``.

    Raises :class:`DocumentMissing`, :class:`CampaignCodeTaken`.
    """
    if not str(fields.get("document", "")).strip():
        raise DocumentMissing
    City.objects.select_for_update(no_key=True).get(pk=city.pk)  # of two with one code, the second is told
    if Campaign.objects.of(city).filter(code=code).exists():
        raise CampaignCodeTaken(code)
    rows = Campaign.objects.of(city).filter(year=year)
    last = rows.order_by("-position").values_list("position", flat=True).first()
    campaign: Campaign = Campaign.objects.create(
        city=city, code=code, year=year, position=(last or 0) + 1, entered_by=by, entered_at=at, **fields
    )
    record("plans.campaign.added", city=city, by=by, at=at, about=campaign, year=year, document=campaign.document)
    return campaign


@transaction.atomic
def amend_campaign(*, campaign: Campaign, by: User, at: datetime, **fields: Any) -> Campaign:
    """Change a campaign, by a document; what it said before stays in the diary. Raises :class:`DocumentMissing`."""
    if not str(fields.get("document", campaign.document)).strip():
        raise DocumentMissing
    held: Campaign = Campaign.objects.of(campaign.city_id).select_for_update().get(pk=campaign.pk)
    changes = {
        name: [_told(getattr(held, name)), _told(value)]
        for name, value in fields.items()
        if getattr(held, name) != value
    }
    for name, value in fields.items():
        setattr(held, name, value)
    if changes:
        held.save(update_fields=list(changes))
        record("plans.campaign.amended", city=held.city, by=by, at=at, about=held, changes=changes)
    return held


def _told(value: object) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def tag_projects(*, campaign: Campaign, projects: Iterable[Project], by: User, at: datetime) -> int:
    """Tag projects; those that carry the tag already stay as they are. Returns how many are new; one line in the diary."""
    wanted = {project.pk: project for project in projects}
    # Held, so that a tag set by two is set once.
    Campaign.objects.of(campaign.city_id).select_for_update(no_key=True).get(pk=campaign.pk)
    rows = CampaignProject.objects.of(campaign.city_id).filter(campaign=campaign, project_id__in=list(wanted))
    held = set(rows.values_list("project_id", flat=True))
    new = [project for key, project in wanted.items() if key not in held]
    CampaignProject.objects.bulk_create(
        [
            CampaignProject(city=campaign.city, campaign=campaign, project=project, tagged_by=by, tagged_at=at)
            for project in new
        ],
        batch_size=500,
    )
    if new:
        codes = sorted(project.code for project in new)
        record(
            "plans.campaign.tagged",
            city=campaign.city,
            by=by,
            at=at,
            about=campaign,
            projects=codes[:500],
            new=len(new),
        )
    return len(new)


@transaction.atomic
def untag_project(*, campaign: Campaign, project: Project, by: User, at: datetime) -> bool:
    """Take the tag off again; the diary keeps that it was there. Returns whether it was."""
    rows = CampaignProject.objects.of(campaign.city_id).filter(campaign=campaign, project=project)
    gone, _by_table = rows.delete()
    if gone:
        record("plans.campaign.untagged", city=campaign.city, by=by, at=at, about=campaign, project=project.code)
    return bool(gone)


@transaction.atomic
def tag_list(*, tags: Mapping[Campaign, Iterable[Project]], by: User, at: datetime) -> int:
    """A list of tags of several campaigns, all or none. Returns how many are new."""
    ordered = sorted(tags.items(), key=lambda one: one[0].pk)  # each is held: two lists take them in one order
    return sum(tag_projects(campaign=campaign, projects=projects, by=by, at=at) for campaign, projects in ordered)
