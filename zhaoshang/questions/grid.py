"""From the database's groups to a table with totals, shares and an order. Pure: no Django, no clock.

Totals are made of the groups and not of the cells shown, so that they stay whole when rows are left out, and so that a project which
stands in two columns counts once in its row.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhaoshang.common.rounding import round_half_even
from zhaoshang.questions.rules import EMPTY, OTHER, Dimension, Key, Measure, Question, Share, Takes

Place = tuple[Key | None, Key | None]  # row and column; None: their total
Order = Callable[[Dimension, str], Any]


@dataclass(frozen=True, slots=True)
class Group:
    """What the database gave for one combination of values; ``member`` is what is counted once however often it comes."""

    row: Key
    column: Key
    fen: int = 0
    count: int = 0
    member: object = None


@dataclass(slots=True)
class Sum:
    """Groups together."""

    fen: int = 0
    count: int = 0
    members: set[object] = field(default_factory=set)

    def add(self, group: Group) -> None:
        """One more."""
        self.fen += group.fen
        self.count += group.count
        if group.member is not None:
            self.members.add(group.member)

    def value(self, measure: Measure) -> int | None:
        """Fen or a plain number; an average in fen, half to even; None for an average of nothing."""
        match measure.takes:
            case Takes.FEN:
                return self.fen
            case Takes.COUNT:
                return self.count
            case Takes.MEMBERS:
                return len(self.members)
        return int(round_half_even(Decimal(self.fen) / self.count, 0)) if self.count else None


@dataclass(frozen=True, slots=True)
class Grid:
    """The table: keys in order, values by place, and how many rows and columns there are beyond those in order."""

    question: Question
    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    values: Mapping[Place, int | None]
    more_rows: int = 0
    more_columns: int = 0

    @property
    def total(self) -> int | None:
        """Of everything, shown or not."""
        return self.values.get((None, None))

    def share(self, row: Key | None, column: Key | None, of: Share) -> Decimal | None:
        """A cell in percent of the total, of its row's or of its column's; None where there is nothing to divide by."""
        places = {Share.ROW: (row, None), Share.COLUMN: (None, column)}
        part, whole = self.values.get((row, column)), self.values.get(places.get(of, (None, None)))
        return Decimal(part) * 100 / whole if part is not None and whole else None


def lay_out(question: Question, groups: Sequence[Group], order: Order, most_rows: int, most_columns: int) -> Grid:
    """The answer's table. ``order`` gives the natural place of a value; at most so many rows and columns are put in order."""
    groups = _named(question, groups)
    sums: dict[Place, Sum] = {}
    for group in groups:
        for place in _places(group):
            sums.setdefault(place, Sum()).add(group)
    values = {place: found.value(question.measure) for place, found in sums.items()}
    values.setdefault((None, None), Sum().value(question.measure))
    rows = _rows(question, values, order)
    columns = _columns(question, values, order)
    kept = _kept_columns(question, columns, values, most_columns)
    return Grid(question, rows[:most_rows], kept, values, max(len(rows) - most_rows, 0), len(columns) - len(kept))


def _places(group: Group) -> Iterable[Place]:
    return (group.row, group.column), (group.row, None), (None, group.column), (None, None)


def _named(question: Question, groups: Sequence[Group]) -> Sequence[Group]:
    """With ``top``, the smaller values of the first dimension of the rows as one."""
    if not question.top or not question.rows:
        return groups
    kept = largest(question, groups)
    return [
        group
        if group.row[0] in kept
        else Group((OTHER, *group.row[1:]), group.column, group.fen, group.count, group.member)
        for group in groups
    ]


def largest(question: Question, groups: Iterable[Group]) -> Collection[str]:
    """The values of the rows' first dimension that ``top`` names: the largest by the measure."""
    sums: dict[str, Sum] = {}
    for group in groups:
        sums.setdefault(group.row[0], Sum()).add(group)
    ordered = sorted(sums, key=lambda value: (-(sums[value].value(question.measure) or 0), value))
    return ordered[: question.top]


def sort_of(question: Question) -> str:
    """How the rows are in order: as asked, else time in its order and all else largest first."""
    by_size = f"-{question.period}" if question.compare else "-total"
    return question.sort or ("head" if question.rows and question.rows[0].span else by_size)


def _rows(question: Question, values: Mapping[Place, int | None], order: Order) -> tuple[Key, ...]:
    """By ``head``, ``total`` or a column's key, with ``-`` largest first; what is left of the largest stands last."""
    sort = sort_of(question)
    natural = _natural(question.rows, order)
    rows = sorted((row for row, column in values if row is not None and column is None), key=natural)
    name = sort.removeprefix("-")
    if name != "head":
        column = None if name == "total" else tuple(name.split("|"))
        sign = -1 if sort.startswith("-") else 1
        rows.sort(key=lambda row: sign * (values.get((row, column)) or 0))
        if len(question.rows) > 1:
            rows = _together(rows, values, column, sign)
    elif sort.startswith("-"):
        rows.reverse()
    return tuple(sorted(rows, key=lambda row: bool(row) and row[0] == OTHER))


def _together(rows: list[Key], values: Mapping[Place, int | None], column: Key | None, sign: int) -> list[Key]:
    """Rows of one outer value beside each other, the outer values in the order of their sums."""
    whole: dict[str, int] = {}
    for row in rows:
        whole[row[0]] = whole.get(row[0], 0) + (values.get((row, column)) or 0)
    return sorted(rows, key=lambda row: (sign * whole[row[0]], row[0]))


def _natural(dimensions: Sequence[Dimension], order: Order) -> Callable[[Key], Any]:
    def place(key: Key) -> Any:
        return [(value == OTHER, value == EMPTY, order(one, value)) for one, value in zip(dimensions, key, strict=True)]

    return place


def _columns(question: Question, values: Mapping[Place, int | None], order: Order) -> tuple[Key, ...]:
    """Time and fixed values in their order, open values largest first; of two periods the later stands first."""
    found = [column for row, column in values if row is None and column is not None]
    if question.compare is not None:
        return ((str(question.period),), (str(question.compare),))
    if not question.columns:
        return ()
    if question.columns[0].span or question.columns[0].values:
        return tuple(sorted(found, key=_natural(question.columns, order)))
    return tuple(sorted(found, key=lambda column: (-(values[None, column] or 0), column)))


def _kept_columns(
    question: Question, columns: tuple[Key, ...], values: Mapping[Place, int | None], most: int
) -> tuple[Key, ...]:
    """The latest where columns are time, else the largest, in the columns' order."""
    if len(columns) <= most:
        return columns
    if question.columns[0].span:
        return columns[-most:]
    kept = set(sorted(columns, key=lambda column: -(values[None, column] or 0))[:most])
    return tuple(column for column in columns if column in kept)
