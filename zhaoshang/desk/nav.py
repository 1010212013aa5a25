"""What stands in the desk's navigation, in order; a person sees what their role allows."""

from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhaoshang.people.rules import Can


class Entry(TypedDict):
    """One entry; ``url`` is an address name without arguments."""

    label: str | Promise
    url: str
    capability: Can | None
    icon: str
    group: str | Promise


ENTRIES: list[Entry] = [
    {"label": _("总览"), "url": "desk:overview", "capability": Can.READ_FIGURES, "icon": "overview", "group": _("看数")},
    {"label": _("排名"), "url": "desk:league", "capability": Can.READ_FIGURES, "icon": "league", "group": _("看数")},
]
