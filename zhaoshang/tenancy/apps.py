"""Django's hook for the room."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """The lowest Django app: it knows no noun but the city."""

    name = "zhaoshang.tenancy"
    label = "tenancy"
    default_auto_field = "django.db.models.UUIDField"
