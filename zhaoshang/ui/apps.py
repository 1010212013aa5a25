"""Django's hook for the room: makes its static files found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.ui"
    label = "ui"
