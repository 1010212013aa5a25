"""Django's hook for the room."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.bulletins"
    label = "bulletins"
