"""Django's hook for the room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.jobs"
    label = "jobs"
