"""Accounts that can do nothing yet."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.views.people import known_people
from zhaoshang.desk.waiting.task import Task
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Membership


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """For the security administrator: active accounts without a post anywhere."""
    if not viewer.can(Can.GRANT):
        return
    held = Membership.objects.of(viewer.city).filter(withdrawn_at__isnull=True).order_by().values("user_id")
    if found := known_people(viewer.city).filter(is_active=True).exclude(pk__in=held).count():
        yield Task(_("没有岗位的账号"), _("已开立、还没有授予岗位的账号"), reverse("desk:people"), found)
