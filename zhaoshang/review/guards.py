"""What was said of a pair is never rewritten; a decision is taken back by the next one."""

from zhaoshang.tenancy.guards import append_only

GUARDS = append_only("review_pairdecision")
