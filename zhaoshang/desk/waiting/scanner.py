"""A scanner that is absent or away."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.waiting.task import Task
from zhaoshang.machines import scanning
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer


def tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """For who watches the installation: files come in unseen, or none comes in."""
    if not viewer.can(Can.WATCH_SYSTEM):
        return
    match scanning.state():
        case "good":
            return
        case "absent":
            text = _("没有配置查毒服务：传入的文件只查格式和测试病毒")
        case _other:
            text = _("查毒服务没有应答：现在不收任何文件")
    yield Task(_("查毒服务"), text, reverse("desk:housekeeping"), 1)
