"""Django's hook for the room."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.duties"
    label = "duties"
