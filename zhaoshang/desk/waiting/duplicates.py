"""Pairs of projects that may be one and are not decided."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.review.models import DuplicatePair
from zhaoshang.review.rules import PairState


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """For who decides."""
    if not viewer.can(Can.DECIDE_DUPLICATES):
        return
    if found := DuplicatePair.objects.visible_to(viewer).filter(state=PairState.OPEN).order_by().count():
        yield Task(_("疑似重复"), _("可能是同一个项目，等你判定"), reverse("desk:duplicate_list"), found)
