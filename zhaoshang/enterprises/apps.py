"""Django's hook for the room."""

from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.enterprises"
    label = "enterprises"
