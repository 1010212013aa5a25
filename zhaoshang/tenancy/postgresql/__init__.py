"""PostgreSQL with the tenant's keys."""
