"""Two databases side by side: rows of any table read in key order, written as they are, compared value by value."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, models
from django.db.migrations.loader import MigrationLoader
from django.db.models.functions import Cast, Collate
from django.db.utils import ConnectionHandler

from zhaoshang.command.ground import unknown_migrations
from zhaoshang.command.parts import WRONG_USE, Stop
from zhaoshang.common.money import yuan_text
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.schema import is_tenant

SOURCE = "source"
_BY_MIGRATE = frozenset({"auth", "contenttypes"})
_AT_ONCE = 500
_READ_AT_ONCE = 2_000
_BYTEWISE = {"sqlite": "BINARY", "postgresql": "C"}


class Differs(Exception):
    """A table is not the same on both sides; the message names it and the first key that differs."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is the same on both sides: its rows, the SHA-256 of them in key order, the sum of its money (None: it has none)."""

    name: str
    rows: int
    digest: str
    fen: int | None

    def to_json(self) -> dict[str, Any]:
        """The line of the report; money in yuan."""
        money = None if self.fen is None else yuan_text(self.fen)
        return {"table": self.name, "rows": self.rows, "sha256": self.digest, "money": money}


@contextmanager
def opened(source: dict[str, Any], target: dict[str, Any]) -> Iterator[None]:
    """For the block ``default`` is the target, so that migrations, guards and the ledger's own checks speak to it and to nothing else."""
    both = ConnectionHandler({"default": target, SOURCE: _reading_only(source)})
    kept = connections["default"]
    connections["default"], connections[SOURCE] = both["default"], both[SOURCE]
    try:
        yield
    finally:
        both["default"].close()
        both[SOURCE].close()
        connections["default"] = kept
        del connections[SOURCE]


@contextmanager
def standing_in(place: dict[str, Any]) -> Iterator[None]:
    """For the block ``default`` is another database of ours, say a copy that is looked through before it is believed."""
    other = ConnectionHandler({"default": {**place, "OPTIONS": dict(place.get("OPTIONS", {}))}})
    kept = connections["default"]
    connections["default"] = other["default"]
    try:
        yield
    finally:
        other["default"].close()
        connections["default"] = kept


def _reading_only(place: dict[str, Any]) -> dict[str, Any]:
    """The address with writing forbidden, and every read of one transaction as of one moment."""
    if "sqlite" not in place["ENGINE"]:
        # Imported here: an installation on SQLite has no driver of PostgreSQL's.
        from django.db.backends.postgresql.psycopg_any import IsolationLevel

        options = {
            "isolation_level": IsolationLevel.REPEATABLE_READ,
            "options": "-c default_transaction_read_only=on",
        }
        return {**place, "OPTIONS": options}
    file = Path(place["NAME"]).absolute()
    if not file.is_file():
        raise Stop(WRONG_USE, f"原库没有文件 {file}")
    return {**place, "NAME": f"{file.as_uri()}?mode=ro", "OPTIONS": {"timeout": 20}}


def refuse_source() -> None:
    """Raise :class:`Stop` unless the source stands exactly at this program's migrations and holds a city."""
    loader = MigrationLoader(connections[SOURCE])
    if unknown := unknown_migrations(loader):
        raise Stop(WRONG_USE, f"原库比程序新(有未知的迁移 {'.'.join(unknown[0])})。请先升级程序")
    if missing := sorted(set(loader.graph.nodes) - set(loader.applied_migrations)):
        raise Stop(WRONG_USE, f"原库比程序旧(缺迁移 {'.'.join(missing[0])})。先用本程序 serve 一次,使它更新")
    if not City._base_manager.using(SOURCE).exists():
        raise Stop(WRONG_USE, "原库里没有城市,没有可搬的")


def refuse_target() -> None:
    """Raise :class:`Stop` when the target is not ours or holds a row."""
    tables = set(connection.introspection.table_names())
    if tables and "django_migrations" not in tables:
        raise Stop(WRONG_USE, f"目标库不是空库:有表 {min(tables)}。请另建空库")
    for model in moved_models():
        if model._meta.db_table in tables and model._base_manager.exists():
            raise Stop(WRONG_USE, f"目标库不是空库:{model._meta.db_table} 已有数据。请另建空库")


def moved_models() -> list[type[models.Model]]:
    """Every table that moves, those between two others too. In any order: references are checked at the end."""
    found = apps.get_models(include_auto_created=True)
    return [
        one for one in found if one._meta.managed and not one._meta.proxy and one._meta.app_label not in _BY_MIGRATE
    ]


def copy(model: type[models.Model]) -> None:
    """Write the source's rows of the table, as they are: no default, no ``auto_now``, no signal."""
    fields: Sequence[Any] = model._meta.local_concrete_fields
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    most = min(_AT_ONCE, (connection.features.max_query_params or 65_000) // len(fields))
    line = f"({', '.join(['%s'] * len(fields))})"
    rows = _rows(model, SOURCE)
    with connection.cursor() as cursor:
        while some := list(islice(rows, most)):
            values = [_written(field, value) for row in some for field, value in zip(fields, row, strict=True)]
            cursor.execute(
                f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES {', '.join([line] * len(some))}",  # noqa: S608 - our own names  # nosec B608
                values,
            )


def _written(field: Any, value: Any) -> Any:
    """The value for the database; JSON is text on the way, so that its null and the absent value stay two things."""
    return value if _is_json(field) else field.get_db_prep_save(value, connection)


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField)


def defer_references() -> None:
    """Let a row be written before the one that it points to; SQLite's references wait by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def check_references() -> None:
    """Raise ``IntegrityError`` for a row that points to none."""
    connection.check_constraints()


def set_sequences(moved: list[type[models.Model]]) -> None:
    """Numbers given by the database go on after the highest that was moved."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), moved):
            cursor.execute(sql)


def compare(model: type[models.Model]) -> Table:
    """Go through the table on both sides at once. Raises :class:`Differs` at the first row that is missing, added or not the same."""
    name, key = model._meta.db_table, model._meta.local_concrete_fields.index(model._meta.pk)
    jsons = [place for place, field in enumerate(model._meta.local_concrete_fields) if _is_json(field)]
    digest, count = hashlib.sha256(), 0
    for old, new in zip_longest(_rows(model, SOURCE), _rows(model, "default")):
        before, after = _canonical(old, jsons), _canonical(new, jsons)
        if before != after:
            raise Differs(f"{name} 键 {min(row[key] for row in (old, new) if row)}")
        digest.update(after)
        count += 1
    sums = [_money(model, alias) for alias in (SOURCE, "default")]
    counts = [model._base_manager.using(alias).count() for alias in (SOURCE, "default")]
    if sums[0] != sums[1] or counts != [count, count]:
        raise Differs(f"{name} 行数 {counts[0]} 与 {counts[1]},金额合计 {sums[0]} 与 {sums[1]} 分")
    return Table(name, count, digest.hexdigest(), sums[1])


def described(model: type[models.Model]) -> Table:
    """A table of ``default``: rows, digest in key order, money; as :func:`compare` counts them.

    Of a store that a new program is about to bring up to date, what is there: columns and tables to come are left out.
    """
    fields = _present(model)
    jsons = [place for place, field in enumerate(fields) if _is_json(field)]
    digest, count = hashlib.sha256(), 0
    for row in _rows(model, "default", fields) if fields else ():
        digest.update(_canonical(row, jsons))
        count += 1
    return Table(model._meta.db_table, count, digest.hexdigest(), _money(model, "default", fields))


def _present(model: type[models.Model]) -> list[Any]:
    """The fields of which ``default`` has the column; none without the table."""
    asked = {
        "sqlite": "SELECT name FROM pragma_table_info(%s)",
        "postgresql": "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND table_schema = current_schema()",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [model._meta.db_table])
        there = {name for (name,) in cursor.fetchall()}
    return [field for field in model._meta.local_concrete_fields if field.column in there]


def _rows(model: type[models.Model], alias: str, fields: Sequence[Any] | None = None) -> Iterator[Any]:
    """All rows in key order, bytes for letters, a few at a time."""
    wanted = [
        Cast(field.attname, models.TextField()) if _is_json(field) else field.attname
        for field in fields or model._meta.local_concrete_fields
    ]
    key: Any = model._meta.pk.attname
    if isinstance(model._meta.pk, models.CharField):
        key = Collate(key, _BYTEWISE[connections[alias].vendor])
    order = ("city_id", key) if is_tenant(model) else (key,)
    rows = model._base_manager.using(alias).order_by(*order).values_list(*wanted)
    return rows.iterator(chunk_size=_READ_AT_ONCE)


def _money(model: type[models.Model], alias: str, fields: Sequence[Any] | None = None) -> int | None:
    """The sum of all the table's columns in fen, as the database adds them."""
    those = model._meta.local_concrete_fields if fields is None else fields
    columns = [field.attname for field in those if field.attname.endswith("_fen")]
    if not columns:
        return None
    found = model._base_manager.using(alias).aggregate(**{f"sum_{name}": models.Sum(name) for name in columns})
    return sum(int(value or 0) for value in found.values())


def _canonical(row: Sequence[Any] | None, jsons: Sequence[int]) -> bytes:
    """A row's bytes, the same from either database; ``jsons`` are the places of its JSON texts."""
    if row is None:
        return b""
    values = list(row)
    for place in jsons:
        if values[place] is not None:
            values[place] = [_told_alike(json.loads(values[place], parse_float=Decimal, parse_int=Decimal))]
    return f"{json.dumps(values, default=_plain, sort_keys=True)}\n".encode()


def _told_alike(value: Any) -> Any:
    """JSON with its numbers written one way: PostgreSQL makes 100 of 1e2."""
    if isinstance(value, dict):
        return {name: _told_alike(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_told_alike(one) for one in value]
    if isinstance(value, Decimal):
        return f"number {value or Decimal():f}"
    return f"text {value}" if isinstance(value, str) else value


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
