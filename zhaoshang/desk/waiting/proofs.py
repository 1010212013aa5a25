"""Signings that stand on a document's name alone, as older books told them: their files are still asked for."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.projects.stages.queries import signed_without_file
from zhaoshang.regions.access import Viewer


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """For who moves the projects of their own units."""
    if not viewer.can(Can.ADVANCE_STAGE) or not viewer.unit_ids:
        return
    if found := signed_without_file(viewer).count():
        href = reverse("desk:project_list") + "?lacks=contract"
        yield Task(_("待补合同"), _("登记时带入的签约还没有合同文件，请补上"), href, found)
