"""Two versions serve one store side by side only while migrations add: a new one that takes away or demands is flagged here."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, AlterField, DeleteModel, RemoveField, RenameField, RenameModel
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, CharField, IntegerField

pytestmark = pytest.mark.one_database

# Written before anybody served two versions at once. A new one is split into steps (docs/how-to/upgrade.md), not added here.
BEFORE_THE_RULE = {
    "duties.0003_rules_issued",
    "enterprises.0002_cards",
    "outreach.0003_rules_issued",
    "partners.0003_papers_and_objections",
    "people.0003_temporary_password_and_diary_by_day",
    "people.0006_key_areas",
    "plans.0002_plan_tree_and_campaigns",
    "projects.0004_stages",
    "projects.0014_aliases",
    "publishing.0003_terms_as_local_rules",
    "review.0004_findings",
    "tenancy.0002_keeps_secrets",
    "tenancy.0003_days_behind",
    "tenancy.0004_restored",
}


def risks(operation: Operation) -> Iterator[str]:
    """Why the version before could no longer serve the store."""
    if isinstance(operation, RemoveField | RenameField | RenameModel | DeleteModel | AlterField):
        yield f"{type(operation).__name__} {operation.describe()}"
    if isinstance(operation, AddField):
        field = operation.field
        if not field.null and not field.many_to_many and field.db_default is NOT_PROVIDED:
            yield f"the version before cannot write a row without {operation.name}"


def test_new_migrations_only_add_what_the_version_before_need_not_know() -> None:
    flagged = {
        f"{app}.{name}": [why for operation in migration.operations for why in risks(operation)]
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in settings.NOUNS
    }
    told = {name: why for name, why in flagged.items() if why}
    assert {name: why for name, why in told.items() if name not in BEFORE_THE_RULE} == {}
    assert set(told) >= BEFORE_THE_RULE


@pytest.mark.case("H12")
def test_a_migration_is_recorded_in_the_transaction_that_makes_it_whatever_it_leaves_to_its_end() -> None:
    """Django asks whether anything is left, and else records it afterwards: a kill in between could never be got over."""
    for atomic in (True, False):
        editor = connection.SchemaEditorClass(connection, atomic=atomic)
        editor.deferred_sql = ["CREATE INDEX"]
        assert (bool(editor.deferred_sql), list(editor.deferred_sql)) == (not atomic, ["CREATE INDEX"])


@pytest.mark.parametrize(
    ("operation", "flagged"),
    [
        (RemoveField("city", "name"), True),
        (RenameField("city", "name", "title"), True),
        (AlterField("city", "name", CharField(max_length=10)), True),
        (AddField("city", "rank", IntegerField(default=0)), True),
        (AddField("city", "rank", IntegerField(db_default=0)), False),
        (AddField("city", "rank", IntegerField(null=True)), False),
    ],
)
def test_the_rule_tells_what_takes_away_from_what_adds(operation: Operation, flagged: bool) -> None:
    assert bool(list(risks(operation))) is flagged
