"""Django's hook for the room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package's docstring."""

    name = "zhaoshang.people"
    label = "people"

    def ready(self) -> None:
        """What is held stays. No process begins with a safety policy that cannot be used: raises ``ValueError``, as a wrong setting."""
        from zhaoshang.people.holds import refuse_what_is_held
        from zhaoshang.people.safety import policy_on
        from zhaoshang.tenancy.going import ask

        ask(refuse_what_is_held)
        policy_on()
