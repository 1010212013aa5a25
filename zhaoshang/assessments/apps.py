"""Django's hook for the room."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.assessments"
    label = "assessments"
