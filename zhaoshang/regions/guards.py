"""Closings and reopenings stay on record."""

from zhaoshang.tenancy.guards import Guard

GUARDS = [
    Guard("regions_monthchange", "DELETE", "1=1", "changes of a month are kept", "kept"),
    Guard("regions_monthchange", "UPDATE", "OLD.decided_at IS NOT NULL", "a decided change is final", "decided"),
    Guard("regions_reportmonth", "DELETE", "1=1", "report months are kept", "kept"),
]
