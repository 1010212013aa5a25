"""What was said of a pair is never rewritten; a decision is taken back by the next one. Findings are kept."""

from zhaoshang.tenancy.guards import Guard, append_only

GUARDS = append_only("review_pairdecision")
FINDING_GUARDS = [Guard("review_finding", "DELETE", "1=1", "findings are kept", "kept")]
