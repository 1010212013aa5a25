"""All kinds of findings, in the order in which they are looked for and listed."""

from zhaoshang.review.findings import (
    accounts,
    amounts,
    duties,
    evidence,
    expired,
    inflation,
    moves,
    round_trips,
    stalls,
    starts,
    surges,
    totals,
)
from zhaoshang.review.findings.candidate import Kind

KINDS: tuple[Kind, ...] = (
    totals.KIND,
    accounts.KIND,
    amounts.SLIPS,
    amounts.OVER,
    surges.KIND,
    inflation.BEFORE_FIRM,
    inflation.FEW_DAYS,
    inflation.ROUND,
    inflation.EDGE,
    round_trips.TRIPS,
    round_trips.SAME,
    moves.MOVED,
    moves.KIN,
    evidence.KIND,
    stalls.NOTES,
    stalls.MONEY,
    duties.ORPHANS,
    duties.UNASSIGNED,
    duties.CLOCKS,
    duties.MATTERS,
    starts.KIND,
    expired.KIND,
)
BY_CODE = {one.code: one for one in KINDS}
