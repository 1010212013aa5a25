"""Frozen figures and restatements are records: appended only."""

from zhaoshang.tenancy.guards import append_only

GUARDS = [*append_only("figures_frozenfigure"), *append_only("figures_restatement")]
