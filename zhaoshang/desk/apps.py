"""Django's hook for the room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.desk"
    label = "desk"
