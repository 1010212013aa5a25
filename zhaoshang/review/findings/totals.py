"""Totals that are not what the payments give: a fault of the program or a hand in the database. No local rule turns this off."""

from collections import Counter
from collections.abc import Iterator

from zhaoshang.capital.rollup import drift
from zhaoshang.common.periods import month_text
from zhaoshang.common.problems import N_
from zhaoshang.review.findings.candidate import Candidate, Kind, Look


def drifted(look: Look) -> Iterator[Candidate]:
    """A finding for each month with cells that differ. Reads the whole account once, as the nightly comparison does."""
    cells: Counter[int] = Counter()
    stored: Counter[int] = Counter()
    true: Counter[int] = Counter()
    for (_rules, facet, month, *_rest), kept, counted in drift(look.city):
        cells[month] += 1
        if not facet:
            stored[month] += kept[0]
            true[month] += counted[0]
    for month in sorted(cells):
        yield Candidate(
            key=month_text(month),
            subject=month_text(month),
            facts={"count": cells[month], "stored_fen": stored[month], "true_fen": true[month]},
            basis=f"{stored[month]}:{true[month]}",
            href_name="desk:payment_list",
            href_id=f"month={month_text(month)}",
        )


KIND = Kind(
    code="totals",
    label=N_("汇总与明细不符"),
    text=N_(
        "{count} 个汇总数与明细账重算的不同；不同的各项，汇总存有 {stored}万元，明细为 {true}万元。请运维人员查明后重建汇总。"
    ),
    fix=N_("看这个月的到账"),
    about_figures=True,
    always=True,
    candidates=drifted,
)
