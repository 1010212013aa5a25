"""Django's hook for the room."""

from django.apps import AppConfig


class MachinesConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.machines"
    label = "machines"
