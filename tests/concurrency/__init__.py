"""Many at once, on SQLite and on PostgreSQL: threads with their own connections, real commits."""
