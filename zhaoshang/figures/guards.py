"""Frozen figures, restatements and definitions of rates are records: appended only."""

from zhaoshang.tenancy.guards import append_only

GUARDS = [*append_only("figures_frozenfigure"), *append_only("figures_restatement")]
RATE_GUARDS = append_only("figures_ratedefinition")
