"""The diary is appended only."""

from zhaoshang.tenancy.guards import append_only

GUARDS = append_only("people_event")
