"""Django's hook for the room."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.projects"
    label = "projects"
