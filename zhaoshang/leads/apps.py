"""Django's hook for the room."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.leads"
    label = "leads"
