"""Django's hook for the room."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.regions"
    label = "regions"
