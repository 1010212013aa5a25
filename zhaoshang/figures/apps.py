"""Django's hook for the room."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.figures"
    label = "figures"
