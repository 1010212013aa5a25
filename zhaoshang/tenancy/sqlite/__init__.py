"""SQLite with the tenant's keys."""
