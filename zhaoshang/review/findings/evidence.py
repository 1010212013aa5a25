"""Declared money without the evidence that the rules ask for."""

from collections.abc import Iterator

from zhaoshang.common.problems import N_
from zhaoshang.review.findings.candidate import Candidate, Kind, Look
from zhaoshang.review.queries import looked_through, undecided

_AT_ONCE = 1_000


def without_evidence(look: Look) -> Iterator[Candidate]:
    """Undecided payments of open months, a thousand at once."""
    rows = list(undecided(look.everything))
    for start in range(0, len(rows), _AT_ONCE):
        for one in looked_through(look.city, rows[start : start + _AT_ONCE]):
            if one.missing:
                payment, lacks = one.payment, [[str(kind) for kind in group] for group in one.missing]
                yield Candidate.of(
                    payment,
                    key=str(payment.pk),
                    facts={"amount_fen": payment.amount_fen, "lacks": lacks},
                    basis=str(lacks)[:200],
                )


KIND = Kind(
    code="missing_evidence",
    label=N_("缺凭证"),
    text=N_("待审核的 {amount}万元还缺：{lacks}。"),
    fix=N_("补凭证"),
    about_figures=True,
    candidates=without_evidence,
)
