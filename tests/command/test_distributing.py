"""A PostgreSQL store is spread over servers: every table once, in an order that Citus takes, again without harm."""

import json
import re
from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from zhaoshang.cli import main
from zhaoshang.command.distribution import FIRST, Plan, Reference, plan, tables
from zhaoshang.tenancy.guards import INSTALLED
from zhaoshang.tenancy.schema import is_tenant

KEYS = [
    Reference(
        "capital_payment", "to_project", "FOREIGN KEY (city_id, project_id) REFERENCES projects_project(city_id, id)"
    ),
    Reference("capital_payment", "to_city", "FOREIGN KEY (city_id) REFERENCES tenancy_city(id)"),
]


def planned(held: Any = ()) -> Plan:
    return plan(KEYS, held, "app", 32)


def made(found: Plan) -> list[tuple[str, str]]:
    """(how, table) of every table that the plan gives to Citus, in order."""
    return [pair for sql in found.steps for pair in re.findall(r"create_(reference|distributed)_table\('(\w+)'", sql)]


def test_every_table_is_named_once_by_city_or_copied() -> None:
    managed = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    counted = Counter(name for _, name in made(planned()))
    assert set(counted) == {one._meta.db_table for one in managed} | {"django_migrations"} and set(
        counted.values()
    ) == {1}
    by_city = {name for how, name in made(planned()) if how == "distributed"}
    assert by_city == {one._meta.db_table for one in managed if is_tenant(one)}


def test_copies_come_first_and_all_cities_rows_stand_beside_one_table() -> None:
    kinds = [how for how, _ in made(planned())]
    assert kinds == sorted(kinds, reverse=True)
    spread = [sql for sql in planned().steps if "create_distributed_table" in sql]
    assert f"'{FIRST}', 'city_id', colocate_with => 'none'" in spread[0]
    assert all(f"'city_id', colocate_with => '{FIRST}'" in sql for sql in spread[1:])


def test_guards_and_references_go_before_and_references_come_back_after() -> None:
    steps = list(planned().steps)
    first, last = (next(iter(found)) for found in (
        [place for place, sql in enumerate(steps) if "_table('" in sql],
        [place for place, sql in reversed(list(enumerate(steps))) if "_table('" in sql],
    ))  # fmt: skip
    for place, sql in enumerate(steps):
        if sql.startswith("DROP TRIGGER") or "DROP CONSTRAINT" in sql:
            assert place < first
        if "ADD CONSTRAINT" in sql:
            assert place > last
    assert sum("DROP CONSTRAINT" in sql for sql in steps) == sum("ADD CONSTRAINT" in sql for sql in steps) == 2
    assert sum("DROP TRIGGER" in sql for sql in steps) == len(INSTALLED)


def test_what_was_always_refused_is_no_right_of_the_role() -> None:
    steps = planned().steps
    assert (
        'REVOKE DELETE ON "capital_payment" FROM "app"' in steps
        and 'REVOKE UPDATE ON "people_event" FROM "app"' in steps
    )
    assert any(guard.code == "month_closed" for guard in planned().by_actions)


def test_the_plan_is_stable_and_empty_of_moves_once_all_is_held() -> None:
    assert planned() == planned()
    distributed, copied = tables()
    again = planned({*distributed, *copied})
    assert made(again) == [] and all(sql.startswith(("GRANT", "REVOKE")) for sql in again.steps)
    some = planned(set(copied))
    assert [name for _, name in made(some)] == distributed


def test_a_sqlite_store_is_told_to_move_first(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    if connection.vendor == "sqlite":
        assert main(["distribute"]) == 2
        assert "migrate-store" in capsys.readouterr().err


STAND_INS = """
CREATE TABLE citus_tables (table_name text PRIMARY KEY);
CREATE FUNCTION create_reference_table(name text) RETURNS void LANGUAGE sql AS $$ INSERT INTO citus_tables VALUES (name) $$;
CREATE FUNCTION create_distributed_table(name text, key text, colocate_with text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = name::regclass AND NOT tgisinternal)
    THEN RAISE EXCEPTION 'triggers on %', name; END IF;
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND (conrelid = name::regclass OR confrelid = name::regclass))
    THEN RAISE EXCEPTION 'references of %', name; END IF;
  IF EXISTS (SELECT 1 FROM pg_index WHERE indrelid = name::regclass AND indisunique AND NOT
    (SELECT attnum FROM pg_attribute WHERE attrelid = name::regclass AND attname = key) = ANY (indkey::int2[]))
    THEN RAISE EXCEPTION 'a key of % leaves out %', name, key; END IF;
  IF colocate_with <> 'none' AND NOT EXISTS (SELECT 1 FROM citus_tables WHERE table_name = colocate_with)
    THEN RAISE EXCEPTION 'no % to stand beside', colocate_with; END IF;
  INSERT INTO citus_tables VALUES (name); END $$;
"""


@pytest.mark.postgres
def test_a_run_against_stand_ins_for_citus_holds_all_tables_and_a_second_does_nothing(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "PARTITIONS", 0)
    monkeypatch.setattr("zhaoshang.command.distributing._has_citus", lambda: True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(STAND_INS)
        cursor.execute("CREATE ROLE zhaoshang_tried")
        keys = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"
        cursor.execute(keys)
        before = cursor.fetchone()
    for _ in range(2):
        assert main(["distribute", "--role", "zhaoshang_tried", "--json"]) == 0, capsys.readouterr().err
        said = json.loads(capsys.readouterr().out)
    assert said["done"] and not any("create_" in sql for sql in said["steps"])
    with connection.cursor() as cursor:
        cursor.execute(keys)
        assert cursor.fetchone() == before
        cursor.execute("SELECT count(*) FROM citus_tables")
        assert cursor.fetchone() == (len(said["distributed"]) + len(said["reference"]),)
        cursor.execute(
            "SELECT "
            + ", ".join(
                f"has_table_privilege('zhaoshang_tried', 'capital_payment', '{one}')" for one in ("DELETE", "INSERT")
            )
        )
        assert cursor.fetchone() == (False, True)
