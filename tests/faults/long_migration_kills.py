"""Kills a process that migrates on PostgreSQL, each time some statements later than the last: ``python -m faults.long_migration_kills 7``.

Ends with an exit code of 1 when the tables are not those of an installation that was left in peace.
"""

import os
import sys
from typing import Any

from with_postgres import cluster

_SHAPE = (
    "SELECT table_name, column_name, data_type, is_nullable, coalesce(character_maximum_length, 0)::text FROM"
    " information_schema.columns WHERE table_schema = 'public'",
    "SELECT indexname, indexdef, '', '', '' FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '' FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT app, name, '', '', '' FROM django_migrations",
)


def main(more: int) -> int:
    """Begin with ``more`` statements before the first kill, and allow as many more before each next."""
    with cluster() as server:
        os.environ["DATABASE_URL"] = server.address
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoshang.config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection, connections

        from faults.long_killed_migrations import migrate_until

        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE in_peace")
        kills, statements = 0, more
        while not migrate_until(statements):
            kills, statements = kills + 1, statements + more
        killed = shape(connection)
        connections.close_all()
        connection.settings_dict["NAME"] = "in_peace"
        call_command("migrate", verbosity=0)
        same = killed == shape(connection)
        connections.close_all()
    told = f"killed {kills} times, at the latest after {statements} statements; {len(killed)} columns, indexes, rules and migrations"
    print(told, "as in peace" if same else "differ from those made in peace")
    return 0 if same else 1


def shape(connection: Any) -> list[tuple[str, ...]]:
    """Every column, index, rule, trigger and migration."""
    with connection.cursor() as cursor:
        found = []
        for sql in _SHAPE:
            cursor.execute(sql)
            found += [tuple(map(str, row)) for row in cursor.fetchall()]
    return sorted(found)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
