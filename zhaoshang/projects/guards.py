"""A schedule is revised by a new one, never rewritten; older books are copied once."""

from zhaoshang.tenancy.guards import append_only

GUARDS = [*append_only("projects_instalment"), *append_only("projects_earlierarrival")]
