"""Django's hook for the room."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.contracts"
    label = "contracts"
