"""What makes a sharded installation of an ordinary PostgreSQL: which statements, in which order. Pure but for what it is told.

Tables with a city are distributed by it, all side by side, so that a city lies on one server with all its rows; the rest are copied to
every server. Citus takes no table with triggers and no reference from or to a table that it does not hold yet: guards and references go
first, references come back last. What triggers refused without condition the role's rights refuse; the rest only the actions do.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from zhaoshang.tenancy.guards import INSTALLED, Guard
from zhaoshang.tenancy.schema import is_tenant

FIRST = "enterprises_enterprise"
_NOT_A_MODEL = "django_migrations"


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key as the database holds it: its table, its name and its definition."""

    table: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Plan:
    """``steps`` in order; ``by_actions``: guards with a condition, which only the program's actions hold from then on."""

    steps: tuple[str, ...]
    distributed: tuple[str, ...]
    copied: tuple[str, ...]
    by_actions: tuple[Guard, ...]


def tables() -> tuple[list[str], list[str]]:
    """The distributed and the copied tables, each after those that it refers to; among equals by name, so the order never changes."""
    managed = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    ordered = _ordered({model._meta.db_table: _referred(model) for model in managed})
    tenants = {model._meta.db_table for model in managed if is_tenant(model)}
    distributed = [name for name in ordered if name in tenants]
    distributed.sort(key=lambda name: name != FIRST)  # stable: the first is what the others stand beside
    return distributed, [*(name for name in ordered if name not in tenants), _NOT_A_MODEL]


def _referred(model: type[models.Model]) -> set[str]:
    return {
        field.remote_field.model._meta.db_table
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.model is not model
    }


def _ordered(refers: Mapping[str, set[str]]) -> list[str]:
    done: list[str] = []
    waiting = sorted(refers)
    while waiting:
        ready = [name for name in waiting if refers[name] <= set(done)] or waiting[:1]  # a ring: its first by name
        done += ready
        waiting = [name for name in waiting if name not in ready]
    return done


def plan(references: Sequence[Reference], held: Collection[str], role: str, shards: int) -> Plan:
    """What is still to do where Citus already holds the tables ``held``. Nothing left: no steps but the rights, which may be given anew."""
    distributed, copied = tables()
    fresh = [name for name in distributed if name not in held]
    fresh_copies = [name for name in copied if name not in held]
    touched = {*fresh, *fresh_copies}
    moving = [
        one for one in references if one.table in touched or any(f"REFERENCES {t}(" in one.definition for t in touched)
    ]
    guards = sorted(INSTALLED.values(), key=lambda guard: guard.name)
    steps = [f"SET LOCAL citus.shard_count = {shards}", "SET LOCAL citus.multi_shard_modify_mode = 'sequential'"]
    steps += [sql for guard in guards if guard.table in touched for sql in guard.remove_sql("postgresql")]
    steps += [f'ALTER TABLE "{one.table}" DROP CONSTRAINT "{one.name}"' for one in moving]
    steps += [f"SELECT create_reference_table('{name}')" for name in fresh_copies]
    steps += [_distribute(name, held) for name in fresh]
    steps += [f'ALTER TABLE "{one.table}" ADD CONSTRAINT "{one.name}" {one.definition}' for one in moving]
    if not touched:
        steps = []
    return Plan(
        (*steps, *rights(guards, [*copied, *distributed], role)),
        tuple(distributed),
        tuple(copied),
        tuple(guard for guard in guards if guard.when != "1=1"),
    )


def _distribute(name: str, held: Collection[str]) -> str:
    beside = "none" if name == FIRST and FIRST not in held else FIRST
    return f"SELECT create_distributed_table('{name}', 'city_id', colocate_with => '{beside}')"


def rights(guards: Sequence[Guard], named: Sequence[str], role: str) -> list[str]:
    """The role may read and write, save what a guard refused always; it owns nothing, so it empties no table and lifts no guard."""
    given = [f'GRANT USAGE ON SCHEMA public TO "{role}"', f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"']
    given += [f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{name}" TO "{role}"' for name in named]
    never = sorted({(guard.table, guard.operation) for guard in guards if guard.when == "1=1"})
    return given + [f'REVOKE {operation} ON "{table}" FROM "{role}"' for table, operation in never]
