"""Fails a test whose code asks a tenant table without naming the city: such a statement would visit every shard.

Queries over the whole nation opt out by name: ``with whole_nation(): …`` (``zhaoshang.tenancy.nation``).
"""

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings

from zhaoshang.tenancy.nation import visits_the_nation, whole_nation

__all__ = ["CityMissing", "check", "whole_nation", "wrapper"]

_VERB = re.compile(r"\s*(SELECT|UPDATE|DELETE|INSERT)\b", re.I)


class CityMissing(AssertionError):
    """The statement names a tenant table but not its city."""


def _tenant_tables() -> dict[str, Any]:
    found = {}
    for noun in settings.NOUNS:
        for model in apps.get_app_config(noun).get_models():
            if any(field.name == "city" for field in model._meta.local_fields):
                found[model._meta.db_table] = model
    return found


def _aliases(sql: str, tables: dict[str, Any]) -> set[str]:
    """Names under which tenant tables stand in the statement."""
    names = set()
    for table, alias in re.findall(r'(?:FROM|JOIN|UPDATE)\s+"(\w+)"(?:\s+(?:AS\s+)?("?[A-Z]+\d+"?))?', sql):
        if table in tables:
            names.add((alias or table).strip('"'))
    return names


def check(sql: str, tables: dict[str, Any]) -> None:
    """Raise :class:`CityMissing` when a tenant table in the statement is not held to a city."""
    if visits_the_nation() or not (verb := _VERB.match(sql)):
        return
    if verb[1].upper() == "INSERT":
        table = re.match(r'\s*INSERT\s+(?:OR\s+\w+\s+)?INTO\s+"?(\w+)', sql, re.I)
        if table and table[1] in tables and "city_id" not in sql:
            raise CityMissing(sql[:500])
        return
    conditions = " ".join(re.split(r"\b(?:WHERE|ON)\b", sql)[1:])
    for name in _aliases(sql, tables):
        if f'"{name}"."city_id"' not in conditions and f'{name}."city_id"' not in conditions:
            raise CityMissing(f"{name}: {sql[:800]}")


def wrapper(tables: dict[str, Any] | None = None) -> Callable[..., Any]:
    """For ``connection.execute_wrapper``."""
    known = _tenant_tables() if tables is None else tables

    def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        check(sql, known)
        return execute(sql, params, many, context)

    return guard
