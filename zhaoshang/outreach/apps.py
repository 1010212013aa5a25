"""Django's hook for the room."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.outreach"
    label = "outreach"
