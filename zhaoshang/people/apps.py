"""Django's hook for the room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.people"
    label = "people"
