"""Django's hook for the room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.people"
    label = "people"

    def ready(self) -> None:
        """No process begins with a safety policy that cannot be used. Raises ``ValueError``, as a wrong setting does."""
        from zhaoshang.people.safety import policy_on

        policy_on()
