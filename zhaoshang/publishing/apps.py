"""Django's hook for the room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.publishing"
    label = "publishing"
