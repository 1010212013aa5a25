"""Django's hook for the room."""

from django.apps import AppConfig


class RulesetsConfig(AppConfig):
    """Above people and regions, below every room that has local rules."""

    name = "zhaoshang.rulesets"
    label = "rulesets"
    default_auto_field = "django.db.models.UUIDField"
