"""Django's hook for the room."""

from django.apps import AppConfig


class SearchesConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.searches"
    label = "searches"
