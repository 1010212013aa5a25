"""What a regulation may say: lines that give points, lights that give colours, and the inputs that both rest on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from zhaoshang.common.problems import N_

ENTERED = "entered"


class LineKind(StrEnum):
    """How a line turns its inputs into points."""

    RATIO = "ratio"
    EFFICACY = "efficacy"
    BANDS = "bands"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"


LINE_KIND_LABELS = {
    LineKind.RATIO: N_("按完成比例，封顶"),
    LineKind.EFFICACY: N_("功效系数"),
    LineKind.BANDS: N_("分档"),
    LineKind.BONUS: N_("加分，封顶"),
    LineKind.DEDUCTION: N_("扣分，封底"),
    LineKind.VETO: N_("一票否决"),
}


class Aspect(StrEnum):
    """Which number of an indicator is meant. VALUE: 亿元 or a count; SHARED: the same, credited as transfers and rulings share it between
    units (domain.md F40); the others percent, AHEAD percentage points."""

    VALUE = "value"
    SHARED = "shared"
    GROWTH = "growth"
    OF_YEAR = "of_year"
    AHEAD = "ahead"
    SHARE = "share"
    CITY_GROWTH = "city_growth"


ASPECT_LABELS = {
    Aspect.VALUE: N_("总量"),
    Aspect.SHARED: N_("按分享计入的总量"),
    Aspect.GROWTH: N_("同比"),
    Aspect.OF_YEAR: N_("完成年度目标"),
    Aspect.AHEAD: N_("超序时进度"),
    Aspect.SHARE: N_("占全市比重"),
    Aspect.CITY_GROWTH: N_("全市同比"),
}


class Span(StrEnum):
    """Which months an entered number is for: the assessed period, its last month, or its year."""

    PERIOD = "period"
    MONTH = "month"
    YEAR = "year"


class Missing(StrEnum):
    """What a line does without its input, when it does not give fixed points."""

    OPEN = "open"
    EXCLUDE = "exclude"


class Colour(StrEnum):
    """A light. NONE: it cannot be told, and the reason is kept."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


COLOUR_LABELS = {
    Colour.GREEN: N_("绿灯"),
    Colour.YELLOW: N_("黄灯"),
    Colour.RED: N_("红灯"),
    Colour.NONE: N_("无法判定"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for people: Chinese, marked for translation, with ``{name}`` places that ``params`` (plain JSON) fill."""

    template: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.template.format(**self.params)

    def to_json(self) -> dict[str, object]:
        """As it is kept."""
        return {"template": self.template, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Entered:
    """A number that the system does not hold. ``absent``: what counts when none is on file, None when that is a gap."""

    code: str
    name: str
    unit: str
    span: Span
    absent: Decimal | None


@dataclass(frozen=True, slots=True)
class Band:
    """Points for values from ``low`` (included) to ``high`` (not included); None: no bound."""

    low: Decimal | None
    high: Decimal | None
    points: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """``each`` points for every whole ``per`` above ``over``, at most ``most``."""

    name: str
    key: str
    each: Decimal
    per: Decimal
    over: Decimal
    most: Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """One article that gives points. What a kind does not use stays at its default.

    ``full``/``most``: the input that earns the whole weight, and the percentage of the weight at which it stops. ``base``/``span``/
    ``all_equal``: of the efficacy coefficient. ``missing``: what happens without the input, or the points then given.
    """

    no: str
    name: str
    text: str
    kind: LineKind
    weight: Decimal = Decimal(0)
    key: str = ""
    full: Decimal = Decimal(100)
    most: Decimal | None = None
    base: Decimal = Decimal(60)
    span: Decimal = Decimal(40)
    all_equal: Decimal = Decimal(100)
    among_all: bool = False
    bands: tuple[Band, ...] = ()
    items: tuple[Item, ...] = ()
    over: Decimal | None = None
    below: Decimal | None = None
    cap: Decimal | None = None
    unranked: bool = False
    missing: Missing | Decimal = Missing.OPEN

    @property
    def keys(self) -> tuple[str, ...]:
        """The inputs it rests on."""
        return (self.key,) if self.key else tuple(item.key for item in self.items)


@dataclass(frozen=True, slots=True)
class Condition:
    """``left`` compared with a number or another input."""

    left: str
    sign: str
    right: Decimal | str

    @property
    def keys(self) -> tuple[str, ...]:
        """The inputs it rests on."""
        return (self.left, self.right) if isinstance(self.right, str) else (self.left,)


@dataclass(frozen=True, slots=True)
class Case:
    """The colour when all conditions hold."""

    colour: Colour
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class LightRule:
    """One article that gives a colour: the first case that holds, else ``otherwise``."""

    no: str
    name: str
    text: str
    cases: tuple[Case, ...]
    otherwise: Colour

    @property
    def keys(self) -> tuple[str, ...]:
        """The inputs it rests on, each once."""
        return tuple(dict.fromkeys(key for case in self.cases for one in case.when for key in one.keys))


@dataclass(frozen=True, slots=True)
class Scheme:
    """A regulation as it is computed. ``places``: decimals of a published score; ``ties``: articles compared in turn when scores are equal;
    ``groups``: group → unit codes, or None for the units' own league groups, or empty for one group; ``least``/``most``: of a total."""

    lines: tuple[Line, ...] = ()
    lights: tuple[LightRule, ...] = ()
    entered: tuple[Entered, ...] = ()
    places: int = 2
    ties: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] | None = field(default_factory=dict, hash=False)
    least: Decimal | None = None
    most: Decimal | None = None

    def input_keys(self) -> tuple[str, ...]:
        """Every input, each once, in the order of the articles."""
        return tuple(dict.fromkeys(key for part in self._parts() for key in part.keys))

    def _parts(self) -> Iterator[Line | LightRule]:
        yield from self.lines
        yield from self.lights

    def entered_by(self, key: str) -> Entered | None:
        """What an ``entered.code`` key means; None for a figure's."""
        return next((one for one in self.entered if key == f"{ENTERED}.{one.code}"), None)

    def line(self, no: str) -> Line | None:
        """The line of an article."""
        return next((one for one in self.lines if one.no == no), None)

    def group_of(self, unit: str, league_group: str) -> str:
        """The group in which a unit is ranked; empty where all are one group."""
        if self.groups is None:
            return league_group
        return next((name for name, members in self.groups.items() if unit in members), "")


def indicator_and_aspect(key: str) -> tuple[str, Aspect]:
    """``capital_in_place.growth`` → the indicator's code and what of it is meant."""
    code, _dot, aspect = key.rpartition(".")
    return code, Aspect(aspect)
