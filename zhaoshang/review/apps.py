"""Django's hook for the room."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.review"
    label = "review"
