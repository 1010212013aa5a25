"""Django's hook for the room."""

from django.apps import AppConfig


class MatchmakingConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.matchmaking"
    label = "matchmaking"
