"""The special campaigns that the project was put into."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.story.line import Line
from zhaoshang.plans.models import CampaignProject
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """One line a tag that stands."""
    rows = CampaignProject.objects.of(project.city_id).filter(project=project)
    for one in rows.select_related("campaign", "tagged_by"):
        text = _("归入%(year)s年%(name)s") % {"year": one.campaign.year, "name": one.campaign.name}
        href = reverse("desk:campaign", args=[one.campaign.code])
        yield Line(timezone.localdate(one.tagged_at), _("专项行动"), text, called(one.tagged_by), href)
