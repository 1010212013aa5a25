"""What the database refuses of local rules: an issued set that is changed or taken away."""

from zhaoshang.tenancy.guards import append_only

GUARDS = append_only("rulesets_cityrules")
