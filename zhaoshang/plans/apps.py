"""Django's hook for the room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.plans"
    label = "plans"
