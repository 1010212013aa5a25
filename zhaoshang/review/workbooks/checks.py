"""Rows held against each other: stated totals, rows said twice, amounts that look like a slip of unit."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from statistics import median_low

from zhaoshang.common.money import FEN_PER, in_unit
from zhaoshang.common.problems import Problem
from zhaoshang.common.rounding import places_of, printed_interval
from zhaoshang.review.workbooks.messages import problem
from zhaoshang.review.workbooks.outcome import PaymentRow, TotalRow
from zhaoshang.review.workbooks.rows import DataRow, Sorted, Total

SLIP = 1_000
LEAST_ROWS_FOR_MEDIAN = 4


def totals_of(found: Sorted, amounts_fen: Mapping[int, int], sheet: str, unit: str | None) -> list[TotalRow]:
    """Each stated total against the sums it may stand for; ``amounts_fen`` is by row number, ``unit`` that of the column.

    A total may stand below its rows or above them, and cover all rows or those up to the total next to it. The first sum that the printed
    number can stand for wins; when none does, the natural one is shown: since the last subtotal for a 小计, everything for a 合计.
    """
    sums = _Sums(found.body, amounts_fen)
    totals = []
    for place, entry in enumerate(found.body):
        own_unit = entry.stated.unit or unit if isinstance(entry, Total) else None
        if isinstance(entry, Total) and own_unit:
            number, factor = entry.stated.number, FEN_PER[own_unit]
            interval = printed_interval(number, Decimal(1).scaleb(-places_of(f"{number:f}")))
            possible = sums.around(place, entry.is_part)
            agreed = next((fen for fen in possible if Decimal(fen) / factor in interval), None)
            summed = possible[0] if agreed is None else agreed
            totals.append(
                TotalRow(sheet, entry.row.number, entry.label, int(number * factor), summed, agreed is not None)
            )
    return totals


class _Sums:
    """Sums of runs of rows, from running totals."""

    def __init__(self, body: Sequence[DataRow | Total], amounts_fen: Mapping[int, int]) -> None:
        values = (0 if isinstance(entry, Total) else amounts_fen.get(entry.row.number, 0) for entry in body)
        self._running = list(accumulate(values, initial=0))
        self._marks = [-1, *(place for place, entry in enumerate(body) if isinstance(entry, Total)), len(body)]

    def around(self, place: int, is_part: bool) -> list[int]:
        """What a total at ``place`` may cover: since the total before, all before, until the next total, all after; and everything."""
        mark = bisect_left(self._marks, place)
        end = len(self._running) - 1
        runs = [(self._marks[mark - 1] + 1, place), (0, place), (place + 1, self._marks[mark + 1]), (place + 1, end)]
        parts = [self._running[last] - self._running[first] for first, last in runs]
        return [*parts, self._running[end]] if is_part else [self._running[end], *parts]


def total_problems(totals: Iterable[TotalRow], column: str) -> list[Problem]:
    """A problem for each total that differs."""
    return [
        problem(
            "total_differs", total.sheet, total.row, column, "", label=total.label, stated=_wan(total.stated_fen),
            summed=_wan(total.summed_fen), difference=_wan(total.stated_fen - total.summed_fen),
        )
        for total in totals
        if not total.agrees
    ]  # fmt: skip


def duplicates(rows: Sequence[PaymentRow], letters: Mapping[str, str]) -> list[Problem]:
    """Rows that say the same payment again, bank slips that support two, and keys used for two."""
    found = []
    slips: dict[tuple[object, ...], PaymentRow] = {}
    payments: dict[str, PaymentRow] = {}
    for row in rows:
        slip = (row.bank_serial, row.payer, row.arrived_on, row.foreign.minor if row.foreign else row.amount_fen)
        first = slips.setdefault(slip, row) if row.bank_serial else row
        same = payments.setdefault(row.identity, row)
        if first is row and same is row:
            continue
        other = first if first is not row else same
        reused = other is same and bool(row.row_key) and same.fingerprint != row.fingerprint
        code, key, value = (
            ("key_repeated", "row_key", row.row_key) if reused else ("duplicate", "amount", row.amount_text)
        )
        found.append(problem(code, row.sheet, row.row, letters.get(key, ""), value, other=_place(other, row)))
    return found


def _place(first: PaymentRow, row: PaymentRow) -> str:
    return str(first.row) if first.sheet == row.sheet else f"{first.sheet}!{first.row}"


def outliers(rows: Sequence[PaymentRow], column: str, usual_fen: int | None) -> list[Problem]:
    """Amounts a thousand times off the median of the column, or a column a thousand times off the period before."""
    if not rows:
        return []
    middle = median_low(row.amount_fen for row in rows)
    found = []
    if usual_fen and _is_slip(middle, usual_fen):
        found.append(problem("all_outliers", rows[0].sheet, 0, column, "", median=_wan(middle), usual=_wan(usual_fen)))
    if len(rows) >= LEAST_ROWS_FOR_MEDIAN:
        found += [
            problem(
                "outlier", row.sheet, row.row, column, row.amount_text, amount=_wan(row.amount_fen), median=_wan(middle)
            )
            for row in rows
            if _is_slip(row.amount_fen, middle)
        ]
    return found


def _is_slip(one_fen: int, other_fen: int) -> bool:
    return max(one_fen, other_fen) >= SLIP * min(one_fen, other_fen)


def _wan(fen: int) -> str:
    return f"{in_unit(fen, '万元').normalize():f}"
