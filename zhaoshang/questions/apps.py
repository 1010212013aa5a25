"""Django's hook for the room."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.questions"
    label = "questions"
