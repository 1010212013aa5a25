"""What can be asked, and how a question is read from an address. Pure: no Django, no clock.

An address holds one parameter for each part: ``about rows columns measure version period compare show sort top share money``; every
other parameter is a filter, named by a dimension and given as often as it has values. ``-`` is the value of what is empty, ``*`` of what
is left when only the largest are named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.common.problems import N_

EMPTY, OTHER = "-", "*"
MOST_DIMENSIONS, MOST_VALUES, LONGEST_VALUE, MOST_TOP = 2, 40, 120, 100
Given = Mapping[str, Sequence[str]]
Key = tuple[str, ...]
Choice = TypeVar("Choice", bound=StrEnum)


class Unanswerable(ValueError):
    """The question cannot be answered as it stands. ``template`` (Chinese, marked, with ``{name}`` places) says what to do;
    a parameter that is a label is itself marked for translation, others are periods, versions and tuples of codes."""

    def __init__(self, code: str, template: str, **params: object) -> None:
        self.code, self.template, self.params = code, template, params
        super().__init__(f"{code}: {self.said(str)}")

    def said(self, words: Callable[[object], str], template: str = "") -> str:
        """The sentence in a door's language: ``template`` translated, and ``words`` for each parameter."""
        return (template or self.template).format(**{name: words(value) for name, value in self.params.items()})


class Show(StrEnum):
    """As what the answer is shown."""

    TABLE = "table"
    BARS = "bars"
    LINES = "lines"
    MAP = "map"


class Share(StrEnum):
    """Of what each cell is given as a share."""

    NONE = ""
    TOTAL = "total"
    ROW = "row"
    COLUMN = "column"


class Money(StrEnum):
    """The unit in which money is shown."""

    WAN = "wan"
    YI = "yi"


SHOW_LABELS = {Show.TABLE: N_("表"), Show.BARS: N_("柱"), Show.LINES: N_("线"), Show.MAP: N_("地图")}
SHARE_LABELS = {
    Share.NONE: N_("数值"),
    Share.TOTAL: N_("占总计"),
    Share.ROW: N_("占行合计"),
    Share.COLUMN: N_("占列合计"),
}


class Takes(StrEnum):
    """What of the records behind a cell makes its value."""

    FEN = "fen"
    COUNT = "count"
    AVERAGE = "average"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to tell records apart. ``values``: all of them with their labels, in order, where they are fixed. ``span``: months in one
    value of time. ``names``: where the names of open values are looked up (``unit``, ``region``, ``project``; empty: the value itself)."""

    code: str
    label: str
    values: Mapping[Any, str] = field(default_factory=dict, hash=False)
    span: int = 0
    names: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted or summed. ``counted``: by a version of an indicator, from roll-ups."""

    code: str
    label: str
    takes: Takes
    counted: bool = False

    @property
    def is_money(self) -> bool:
        """Whether its values are fen."""
        return self.takes in (Takes.FEN, Takes.AVERAGE)

    @property
    def adds_up(self) -> bool:
        """Whether cells add up to their totals."""
        return self.takes in (Takes.FEN, Takes.COUNT)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about. ``period_label`` names the date or month that ``period`` speaks of."""

    code: str
    label: str
    period_label: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]

    def dimension(self, code: str) -> Dimension:
        """Raises :class:`Unanswerable`."""
        found = next((one for one in self.dimensions if one.code == code), None)
        if found is None:
            known = tuple(one.code for one in self.dimensions)
            raise Unanswerable(
                "unknown_dimension",
                N_("“{subject}”没有维度“{name}”。可以用：{known}。"),
                subject=self.label,
                name=code[:40],
                known=known,
            )
        return found

    def measure(self, code: str) -> Measure:
        """The first when none is named. Raises :class:`Unanswerable`."""
        if not code:
            return self.measures[0]
        found = next((one for one in self.measures if one.code == code), None)
        if found is None:
            known = tuple(one.code for one in self.measures)
            raise Unanswerable(
                "unknown_measure",
                N_("“{subject}”没有数值“{name}”。可以用：{known}。"),
                subject=self.label,
                name=code[:40],
                known=known,
            )
        return found


@dataclass(frozen=True, slots=True)
class Question:
    """A question as its address says it."""

    subject: Subject
    rows: tuple[Dimension, ...]
    columns: tuple[Dimension, ...]
    measure: Measure
    filters: tuple[tuple[Dimension, Key], ...] = ()
    version: str = ""
    period: Period | None = None
    compare: Period | None = None
    show: Show = Show.TABLE
    sort: str = ""
    top: int = 0
    share: Share = Share.NONE
    money: Money = Money.WAN

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Rows' and columns', in that order."""
        return (*self.rows, *self.columns)

    @property
    def shows_possible(self) -> list[Show]:
        """As what this question can be shown: bars and lines need one dimension in the rows, a map needs the units alone."""
        single = len(self.rows) == 1 and self.compare is None
        found = [Show.TABLE]
        if single and (self.measure.adds_up or not self.columns):
            found.append(Show.BARS)
        if single and self.rows[0].span:
            found.append(Show.LINES)
        if single and self.rows[0].names == "unit" and not self.columns:
            found.append(Show.MAP)
        return found

    def values(self, code: str) -> Key:
        """The values that a dimension is held to; empty when it is not."""
        return next((values for dimension, values in self.filters if dimension.code == code), ())

    def params(self) -> list[tuple[str, str]]:
        """The address's parameters, in one order and without what goes without saying."""
        plain = {
            "about": self.subject.code,
            "measure": "" if self.measure is self.subject.measures[0] else self.measure.code,
            "version": self.version,
            "period": str(self.period or ""),
            "compare": str(self.compare or ""),
            "show": "" if self.show == Show.TABLE else self.show,
            "sort": self.sort,
            "top": str(self.top or ""),
            "share": self.share,
            "money": "" if self.money == Money.WAN else self.money,
        }
        sides = [("rows", one.code) for one in self.rows] + [("columns", one.code) for one in self.columns]
        held = [(dimension.code, value) for dimension, values in self.filters for value in values]
        about, *rest = plain.items()
        return [about, *sides, *((name, text) for name, text in rest if text), *held]


WORDS = frozenset(
    ["about", "rows", "columns", "measure", "version", "period", "compare", "show", "sort", "top", "share", "money"]
)


def parse(given: Given, subjects: Mapping[str, Subject]) -> Question:
    """The question of an address's parameters. Raises :class:`Unanswerable`, which names the part that cannot be read."""
    single = {name: values[-1].strip() for name, values in given.items() if name in WORDS and values}
    subject = _subject(single.get("about", ""), subjects)
    rows, columns = (_side(subject, given.get(name, ())) for name in ("rows", "columns"))
    if doubled := {one.code for one in rows} & {one.code for one in columns}:
        label = subject.dimension(doubled.pop()).label
        raise Unanswerable("dimension_twice", N_("“{label}”不能既作行又作列。去掉其中一个。"), label=label)
    measure = subject.measure(single.get("measure", ""))
    question = Question(
        subject,
        rows,
        columns,
        measure,
        tuple(_filters(subject, given)),
        single.get("version", "")[:120] if measure.counted else "",
        _period(single.get("period", "")),
        _period(single.get("compare", "")),
        _choice(Show, "show", single.get("show", "") or Show.TABLE),
        _printable(single.get("sort", "")),
        _number(single.get("top", "")),
        _choice(Share, "share", single.get("share", "")),
        _choice(Money, "money", single.get("money", "") or Money.WAN),
    )
    _fits(question)
    return question


def _subject(code: str, subjects: Mapping[str, Subject]) -> Subject:
    found = subjects.get(code) if code else next(iter(subjects.values()))
    if found is None:
        known = tuple(subjects)
        raise Unanswerable("unknown_subject", N_("不能问“{name}”。可以问：{known}。"), name=code[:40], known=known)
    return found


def _side(subject: Subject, codes: Sequence[str]) -> tuple[Dimension, ...]:
    found = tuple(subject.dimension(code) for code in dict.fromkeys(code.strip() for code in codes) if code)
    if len(found) > MOST_DIMENSIONS:
        raise Unanswerable("too_many_dimensions", N_("行和列各最多两个维度。去掉一个再看。"))
    return found


def _filters(subject: Subject, given: Given) -> Iterable[tuple[Dimension, Key]]:
    for name, texts in given.items():
        if name in WORDS:
            continue
        dimension, values = subject.dimension(name), tuple(dict.fromkeys(text for text in texts if text))
        if len(values) > MOST_VALUES:
            raise Unanswerable(
                "too_many_values", N_("“{label}”一次最多选{most}个值。"), label=dimension.label, most=str(MOST_VALUES)
            )
        if values:
            yield dimension, tuple(checked(dimension, value) for value in values)


def checked(dimension: Dimension, value: str) -> str:
    """A value that the dimension may have. Raises :class:`Unanswerable`."""
    known = value == EMPTY or not dimension.values or value in dimension.values
    if dimension.span and value != EMPTY:
        try:
            known = span_text(span_number(value, dimension.span), dimension.span) == value
        except NotAPeriod:
            known = False
    if not known or len(value) > LONGEST_VALUE or not value.isprintable():
        raise Unanswerable(
            "unknown_value", N_("“{label}”没有“{value}”这个值。"), label=dimension.label, value=_printable(value)
        )
    return value


def span_number(text: str, span: int) -> int:
    """``2023Q1`` as the number of spans of ``span`` months since year 0. Raises ``NotAPeriod``."""
    period = Period.parse(text)
    if period.last - period.first + 1 != span:
        raise NotAPeriod(text)
    return period.first // span


def span_text(number: int, span: int) -> str:
    """The other way round."""
    return str(Period(number * span, number * span + span - 1))


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text.replace("_", "/")) if text else None
    except NotAPeriod as error:
        raise Unanswerable(
            "unknown_period",
            N_("时期“{text}”看不懂。写成 2023、2023Q1、2023-03 或 2023-01/2023-09。"),
            text=_printable(text),
        ) from error


def _choice(kind: type[Choice], name: str, text: str) -> Choice:
    try:
        return kind(text)
    except ValueError as error:
        known = tuple(filter(None, kind))
        raise Unanswerable(
            "unknown_choice",
            N_("“{part}”不能是“{text}”。可以是：{known}。"),
            part=name,
            text=_printable(text),
            known=known,
        ) from error


def _number(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= MOST_TOP):
        raise Unanswerable("bad_top", N_("前几名写成 1 到 {most} 的整数。"), most=str(MOST_TOP))
    return int(text)


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_VALUE]


def _fits(question: Question) -> None:
    """Refuse parts that contradict each other."""
    if question.compare is None:
        return
    if question.period is None:
        raise Unanswerable("compare_without_period", N_("先选时期，再选要比较的时期。"))
    if question.columns:
        raise Unanswerable("compare_with_columns", N_("比较两个时期时不能再有列。去掉列，或不作比较。"))
    if any(one.span for one in question.rows):
        raise Unanswerable("compare_over_time", N_("比较两个时期时，行不能是时间。换一个维度，或不作比较。"))
    overlap = question.compare.first <= question.period.last and question.period.first <= question.compare.last
    if overlap:
        raise Unanswerable("compare_overlaps", N_("要比较的两个时期不能重叠。"))
