"""Django's hook for the room."""

from django.apps import AppConfig


class CapitalConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.capital"
    label = "capital"
