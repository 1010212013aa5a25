"""Django's hook for the room."""

from django.apps import AppConfig


class TalksConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.talks"
    label = "talks"
