"""Django's hook for the room."""

from django.apps import AppConfig


class LookupConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.lookup"
    label = "lookup"
