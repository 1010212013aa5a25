"""Tables of one migration made at once: what Django does for each operation it then does once.

For every operation Django makes all model classes that refer to the city anew, which is nearly all of them: a fresh installation then
costs with the square of its tables. ``Together([…])`` keeps the operations that ``makemigrations`` wrote, and their state.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


class Together(Operation):
    """New tables with their fields, constraints and indexes. Raises ``TypeError`` for an operation on any other table."""

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)
        self.names = [one.name_lower for one in self.operations if isinstance(one, CreateModel)]
        for one in self.operations:
            adds = isinstance(one, AddConstraint | AddIndex | AddField) and one.model_name_lower in self.names
            if not adds and not isinstance(one, CreateModel):
                raise TypeError(f"not part of a new table: {one.describe()}")

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The state after all of them; its classes are made when somebody asks."""
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables, each after those of them that it refers to."""
        for model in self._in_order(app_label, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop them, the other way round."""
        for model in reversed(self._in_order(app_label, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """For ``migrate``'s plan."""
        return f"Create {', '.join(self.names)}"

    def _in_order(self, app_label: str, state: Any) -> list[Any]:
        waiting = [state.apps.get_model(app_label, name) for name in self.names]
        made: list[Any] = []
        while waiting:
            ready = [model for model in waiting if not self._referred(model) & {*waiting} - {model}]
            if not ready:
                raise TypeError(f"tables that refer to each other in a ring: {waiting}")
            made += ready
            waiting = [model for model in waiting if model not in ready]
        return made

    @staticmethod
    def _referred(model: Any) -> set[Any]:
        return {field.remote_field.model for field in model._meta.local_fields if field.remote_field}
