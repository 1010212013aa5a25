"""The appraisal of a project (研判): what its land and money come to, held against thresholds, and what alone rules it out.

Everything is exact: 1 mu = 10000/15 m² (国发〔1984〕28号: 15 mu a hectare), so that a rented plant's virtual mu = building area ÷
(floor-area ratio × 10000/15). Practitioners write 666.67, which differs by 5 in a million. Values are compared exact, and rounded
half to even (GB/T 8170-2008, 3.2) only where they are shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Any

from zhaoshang.common.money import WAN
from zhaoshang.common.problems import N_
from zhaoshang.common.rounding import round_half_even
from zhaoshang.rulesets.rules import Part

M2_PER_MU = Fraction(10_000, 15)
PLACES = 2
LARGEST = Decimal(10) ** 9


class Site(StrEnum):
    """How a project comes to its place."""

    LAND = "land"
    RENTED = "rented"


SITE_LABELS = {Site.LAND: N_("供地"), Site.RENTED: N_("租赁厂房")}

# What is filled in: key → (label, unit); amounts in 万元.
INPUTS = {
    "total": (N_("总投资"), N_("万元")),
    "fixed": (N_("固定资产投资"), N_("万元")),
    "registered": (N_("注册资本"), N_("万元")),
    "land_mu": (N_("用地"), N_("亩")),
    "building_m2": (N_("建筑面积"), N_("平方米")),
    "footprint_m2": (N_("建筑占地"), N_("平方米")),
    "zone_ratio": (N_("折算容积率"), ""),
    "tax": (N_("年税收"), N_("万元")),
    "output": (N_("年产值"), N_("万元")),
    "energy_tce": (N_("年综合能耗"), N_("吨标准煤")),
    "jobs": (N_("就业"), N_("人")),
}
ASKED = {
    Site.LAND: tuple(key for key in INPUTS if key != "zone_ratio"),
    Site.RENTED: tuple(key for key in INPUTS if key not in ("land_mu", "footprint_m2")),
}

# What is computed: key → (label, unit, formula). The formula is filled with inputs as given and the value as shown.
MEASURES = {
    "mu": (N_("折合亩数"), N_("亩"), ""),
    "fixed_per_mu": (
        N_("固定资产投资强度"),
        N_("万元/亩"),
        N_("固定资产投资 {fixed} 万元 ÷ {mu} 亩 = {value} 万元/亩"),
    ),
    "tax_per_mu": (N_("亩均税收"), N_("万元/亩·年"), N_("年税收 {tax} 万元 ÷ {mu} 亩 = {value} 万元/亩·年")),
    "output_per_mu": (N_("亩均产值"), N_("万元/亩·年"), N_("年产值 {output} 万元 ÷ {mu} 亩 = {value} 万元/亩·年")),
    "plot_ratio": (
        N_("容积率"),
        "",
        N_("建筑面积 {building_m2} 平方米 ÷（用地 {land_mu} 亩 × 10000/15）= {value}"),
    ),
    "coverage": (
        N_("建筑系数"),
        "%",
        N_("建筑占地 {footprint_m2} 平方米 ÷（用地 {land_mu} 亩 × 10000/15）= {value}%"),
    ),
    "registered_share": (N_("注册资本占比"), "%", N_("注册资本 {registered} 万元 ÷ 总投资 {total} 万元 = {value}%")),
    "energy_per_output": (
        N_("单位产值能耗"),
        N_("吨标准煤/万元"),
        N_("年综合能耗 {energy_tce} 吨标准煤 ÷ 年产值 {output} 万元 = {value} 吨标准煤/万元"),
    ),
}
MU_FORMULAS = {
    Site.LAND: N_("用地 {land_mu} 亩"),
    Site.RENTED: N_("建筑面积 {building_m2} 平方米 ÷（容积率 {zone_ratio} × 10000/15）= {value} 亩（虚拟用地）"),
}
_LAND_ONLY = ("plot_ratio", "coverage")


class Verdict(StrEnum):
    """How a line stands to its threshold."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SHOWN = "shown"


VERDICT_LABELS = {
    Verdict.PASSED: N_("达标"),
    Verdict.FAILED: N_("不达标"),
    Verdict.UNKNOWN: N_("缺数"),
    Verdict.SHOWN: N_("不设门槛"),
}


class Answer(StrEnum):
    """Whether something that rules a project out is so."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


ANSWER_LABELS = {Answer.YES: N_("有"), Answer.NO: N_("没有"), Answer.UNKNOWN: N_("未查明")}


class Outcome(StrEnum):
    """What the committee decided."""

    PASS = "pass"  # noqa: S105 - a verdict
    CONDITIONAL = "conditional"
    DEFER = "defer"


OUTCOME_LABELS = {Outcome.PASS: N_("通过"), Outcome.CONDITIONAL: N_("附条件通过"), Outcome.DEFER: N_("暂缓")}


class BadInput(ValueError):
    """A number that is none, below nought, too large or too fine; ``key`` names it."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)

    @property
    def label(self) -> str:
        """The input's name, to be translated."""
        return INPUTS[self.key][0] if self.key in INPUTS else self.key


@dataclass(frozen=True, slots=True)
class Line:
    """One computed measure; ``filled`` fills its formula, ``limit`` is as issued (``>=300``), ``lacks`` the inputs not given."""

    measure: str
    value: str | None
    verdict: str
    limit: str = ""
    article: str = ""
    source: str = ""
    filled: Mapping[str, str] | None = None
    lacks: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As kept with the sheet."""
        return asdict(self) | {"lacks": list(self.lacks)}


def standard_in(content: Part) -> Part:
    """Thresholds and vetoes that can be measured by. Raises ``rulesets.rules.BadRules``."""
    for row in content.parts("threshold"):
        row.choice("measure", MEASURES)
        if ("at_least" in row) == ("at_most" in row):
            raise row.bad("at_least", N_("每条门槛写 at_least（不低于）或 at_most（不高于），只写一个。"))
        row.number("at_least" if "at_least" in row else "at_most")
        row.texts("article", "source")
        row.words("industries")
    for row in content.coded("veto", least=0):
        row.texts("name", "question", "article", "source")
    return content


SET_LABELS = {
    "threshold": N_("门槛"),
    "measure": N_("指标"),
    "at_least": N_("不低于"),
    "at_most": N_("不高于"),
    "industries": N_("适用行业门类"),
    "veto": N_("否决项"),
    "question": N_("要回答的问题"),
    "question_en": N_("问题的英文"),
}
SET_WORDS = {measure: said[0] for measure, said in MEASURES.items()}


def read_inputs(given: Mapping[str, str]) -> dict[str, str]:
    """The inputs that are filled in, as plain decimals. Raises :class:`BadInput`. Up to four decimals, below a thousand million."""
    read = {}
    for key in INPUTS:
        text = str(given.get(key) or "").replace(",", "").replace("，", "").strip()
        if text:
            read[key] = _number(key, text)
    return read


def _number(key: str, text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadInput(key) from None
    if not value.is_finite() or not 0 <= value < LARGEST or value != round(value, 4):
        raise BadInput(key)
    return f"{value.normalize():f}"


def compute(content: Mapping[str, Any], site: Site, industry: str, inputs: Mapping[str, str]) -> list[Line]:
    """Every measure that suits the site, each with its threshold in the industry; the first line is the mu that they rest on."""
    had = {key: Fraction(text) for key, text in inputs.items() if key in ASKED[site]}
    mu = mu_in(site, had)
    lines = [_mu_line(site, inputs, mu)]
    for measure in MEASURES:
        if measure != "mu" and not (site == Site.RENTED and measure in _LAND_ONLY):
            limit = _limit(content, measure, industry)
            lines.append(_line(measure, _value(measure, had, mu), limit, inputs, mu, site))
    return lines


def mu_in(site: Site, had: Mapping[str, Fraction]) -> Fraction | None:
    """The land in mu, or the virtual land of a rented plant, exact; None while an input lacks."""
    if site == Site.LAND:
        return had.get("land_mu") or None
    ratio, area = had.get("zone_ratio"), had.get("building_m2")
    return area / (ratio * M2_PER_MU) if ratio and area else None


# measure → its two inputs; the second stands below the line.
_PARTS = {
    "fixed_per_mu": ("fixed", "mu"),
    "tax_per_mu": ("tax", "mu"),
    "output_per_mu": ("output", "mu"),
    "plot_ratio": ("building_m2", "mu"),
    "coverage": ("footprint_m2", "mu"),
    "registered_share": ("registered", "total"),
    "energy_per_output": ("energy_tce", "output"),
}
_FACTORS = {"plot_ratio": 1 / M2_PER_MU, "coverage": 100 / M2_PER_MU, "registered_share": Fraction(100)}


def _value(measure: str, had: Mapping[str, Fraction], mu: Fraction | None) -> Fraction | None:
    above, below = _PARTS[measure]
    divisor = mu if below == "mu" else had.get(below)
    if above not in had or not divisor:
        return None
    return had[above] / divisor * _FACTORS.get(measure, Fraction(1))


def _lacks(measure: str, site: Site, inputs: Mapping[str, str]) -> tuple[str, ...]:
    of_mu = ("land_mu",) if site == Site.LAND else ("building_m2", "zone_ratio")
    wanted = [key for part in _PARTS[measure] for key in (of_mu if part == "mu" else (part,))]
    return tuple(key for key in wanted if not Fraction(inputs.get(key, "0")))


def _mu_line(site: Site, inputs: Mapping[str, str], mu: Fraction | None) -> Line:
    wanted = ("land_mu",) if site == Site.LAND else ("building_m2", "zone_ratio")
    if mu is None:
        return Line(
            "mu", None, Verdict.UNKNOWN, lacks=tuple(key for key in wanted if not Fraction(inputs.get(key, "0")))
        )
    value = rounded(mu)
    return Line("mu", value, Verdict.SHOWN, filled={key: inputs[key] for key in wanted} | {"value": value})


def _line(
    measure: str,
    value: Fraction | None,
    limit: Mapping[str, Any] | None,
    inputs: Mapping[str, str],
    mu: Fraction | None,
    site: Site,
) -> Line:
    said: dict[str, Any] = {
        "limit": _limit_text(limit),
        "article": str(limit["article"]) if limit else "",
        "source": str(limit["source"]) if limit else "",
    }
    if value is None:
        lacks = _lacks(measure, site, inputs)
        return Line(measure, None, Verdict.UNKNOWN if limit else Verdict.SHOWN, **said, lacks=lacks)
    shown = rounded(value, 4 if measure == "energy_per_output" else PLACES)
    filled = {**inputs, "mu": rounded(mu) if mu else "", "value": shown}
    return Line(measure, shown, _verdict(value, limit), **said, filled=filled)


def _limit(content: Mapping[str, Any], measure: str, industry: str) -> Mapping[str, Any] | None:
    """The industry's own threshold, else the general one."""
    rows = [row for row in content.get("threshold", []) if row["measure"] == measure]
    own = [row for row in rows if industry in row.get("industries", ())]
    general = [row for row in rows if not row.get("industries")]
    return next(iter([*own, *general]), None)


def _limit_text(limit: Mapping[str, Any] | None) -> str:
    if limit is None:
        return ""
    return f"≥{limit['at_least']}" if "at_least" in limit else f"≤{limit['at_most']}"


def _verdict(value: Fraction, limit: Mapping[str, Any] | None) -> Verdict:
    if limit is None:
        return Verdict.SHOWN
    holds = value >= Fraction(limit["at_least"]) if "at_least" in limit else value <= Fraction(limit["at_most"])
    return Verdict.PASSED if holds else Verdict.FAILED


def rounded(value: Fraction, places: int = PLACES) -> str:
    """The exact value as shown, half to even."""
    step = 10**places
    return f"{round_half_even(Decimal(round(value * step)) / step, places):f}"


def wan_as_fen(text: str) -> int:
    """An amount among the inputs in fen; finer than a fen is rounded."""
    return round(Fraction(text) * WAN)


class Reply(StrEnum):
    """What the sheet itself says, before the committee: never a decision."""

    RULED_OUT = "ruled_out"
    OPEN = "open"
    BELOW = "below"
    MEETS = "meets"


REPLY_LABELS = {
    Reply.RULED_OUT: N_("有否决项，不能通过"),
    Reply.OPEN: N_("有否决项未查明，查明前只能附条件或暂缓"),
    Reply.BELOW: N_("没有否决项，有指标不达标或缺数"),
    Reply.MEETS: N_("没有否决项，各项达标"),
}


def reply(lines: Sequence[Mapping[str, Any]], vetoes: Sequence[Mapping[str, Any]]) -> Reply:
    """What the lines and vetoes (as kept) come to."""
    answers = {one["answer"] for one in vetoes}
    if Answer.YES in answers:
        return Reply.RULED_OUT
    if Answer.UNKNOWN in answers:
        return Reply.OPEN
    verdicts = {one["verdict"] for one in lines}
    return Reply.BELOW if verdicts & {Verdict.FAILED, Verdict.UNKNOWN} else Reply.MEETS


def may_decide(said: Reply, outcome: Outcome) -> bool:
    """A veto that stands leaves only deferral, one not looked into no clean pass; thresholds are the committee's to weigh."""
    if said == Reply.RULED_OUT:
        return outcome == Outcome.DEFER
    return said != Reply.OPEN or outcome != Outcome.PASS
