"""Django's hook for the room."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.partners"
    label = "partners"
