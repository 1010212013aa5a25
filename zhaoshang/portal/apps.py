"""Django's hook for the room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.portal"
    label = "portal"
