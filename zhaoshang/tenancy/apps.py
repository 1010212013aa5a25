"""Django's hook for the room."""

from django.apps import AppConfig

from zhaoshang.tenancy.clock import install

install()


class TenancyConfig(AppConfig):
    """The lowest Django app: it knows no noun but the city."""

    name = "zhaoshang.tenancy"
    label = "tenancy"
    default_auto_field = "django.db.models.UUIDField"
