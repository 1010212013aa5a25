"""What a database's planner goes by: how many rows a table has, and which values."""

from django.db import connection


def tell_planner(*tables: str) -> None:
    """Let PostgreSQL look at these tables now, at all when none is named. It plans by what it last counted, and counts by itself only
    a minute after a commit: until then a million rows just loaded are planned for as if there were none.

    SQLite plans by the indexes alone, and nothing is done there.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
