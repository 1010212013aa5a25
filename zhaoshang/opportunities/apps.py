"""Django's hook for the room."""

from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.opportunities"
    label = "opportunities"
