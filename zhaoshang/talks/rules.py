"""States, terms and the renewal test of first talks; shares. Pure: no Django, no clock. The terms are data (``sample.toml``, TalkRules)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.common.workdays import WorkDays

WAN_FEN = 1_000_000
PARTS = 10


class Ended(StrEnum):
    """How a claim ended; NOT while it stands. That its days have run out is computed, and written down when another takes its place."""

    NOT = ""
    LAPSED = "lapsed"
    RELEASED = "released"
    TRANSFERRED = "transferred"
    RULED = "ruled"


class Origin(StrEnum):
    """How a claim began."""

    REGISTERED = "registered"
    TRANSFERRED = "transferred"
    RULED = "ruled"


ORIGIN_LABELS = {
    Origin.REGISTERED: N_("登记为首谈"),
    Origin.TRANSFERRED: N_("流转受让"),
    Origin.RULED: N_("争议裁定归入"),
}


class State(StrEnum):
    """Where a claim stands on a day."""

    PROTECTED = "protected"
    DISPUTED = "disputed"
    LAPSED = "lapsed"
    RELEASED = "released"
    TRANSFERRED = "transferred"
    RULED = "ruled"


STATE_LABELS = {
    State.PROTECTED: N_("保护中"),
    State.DISPUTED: N_("有争议"),
    State.LAPSED: N_("已失效"),
    State.RELEASED: N_("已放弃"),
    State.TRANSFERRED: N_("已流转"),
    State.RULED: N_("裁定归他方"),
}


def state_on(today: date, ended: str, protected_until: date, disputed: bool) -> State:
    """The last protected day is still protected."""
    if ended:
        return State(ended)
    if protected_until < today:
        return State.LAPSED
    return State.DISPUTED if disputed else State.PROTECTED


class NoteKind(StrEnum):
    """A line about a talk: how it goes, a visit, or that another unit registered the project nevertheless."""

    NOTE = "note"
    VISIT = "visit"
    PASSED_OVER = "passed_over"


NOTE_LABELS = {
    NoteKind.NOTE: N_("洽谈进展"),
    NoteKind.VISIT: N_("走访或接待"),
    NoteKind.PASSED_OVER: N_("他区写明理由后仍登记了项目"),
}
WRITTEN = (NoteKind.NOTE, NoteKind.VISIT)

EVIDENCE_LABELS = {
    "minutes": N_("会谈纪要"),
    "letter": N_("往来函件"),
    "visit_record": N_("走访或接待记录"),
    "intent": N_("投资意向书"),
    "ruling": N_("争议裁定"),
    "transfer": N_("流转协议"),
}


class Outcome(StrEnum):
    """What became of a dispute."""

    OPEN = "open"
    UPHELD = "upheld"
    GIVEN = "given"
    SHARED = "shared"
    DISMISSED = "dismissed"


OUTCOME_LABELS = {
    Outcome.OPEN: N_("待裁定"),
    Outcome.UPHELD: N_("维持首谈方"),
    Outcome.GIVEN: N_("改归提出方"),
    Outcome.SHARED: N_("双方共享"),
    Outcome.DISMISSED: N_("不予受理"),
}


class Offer(StrEnum):
    """Where a transfer stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OFFER_LABELS = {
    Offer.OFFERED: N_("待对方答复"),
    Offer.ACCEPTED: N_("已接受"),
    Offer.REFUSED: N_("未接受"),
    Offer.WITHDRAWN: N_("已撤回"),
    Offer.EXPIRED: N_("过期未答复"),
}


def offer_on(today: date, state: str, expires_on: date) -> Offer:
    """The last day is still a day to answer."""
    return Offer.EXPIRED if state == Offer.OFFERED and expires_on < today else Offer(state)


class Days(StrEnum):
    """What the days of a time limit are."""

    CALENDAR = "calendar"
    WORKING = "working"


def due_after(day: date, days: int, unit: Days, calendar: WorkDays) -> date:
    """The last day of a limit that begins after ``day``."""
    return calendar.after(day, days)[0] if unit == Days.WORKING else day + timedelta(days=days)


class BadTerms(ValueError):
    """The rules cannot be read; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Test:
    """A renewal needs a line of this kind in the last ``within_days`` days."""

    __test__ = False  # not one of pytest's

    kind: NoteKind
    within_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The rules as issued. ``at_least_fen``: the smallest investment that is protected; ``shares``: as ``7:3``, first : second."""

    at_least_fen: int
    evidence: tuple[str, ...]
    protected_days: int
    renewal_days: int
    most_renewals: int
    renewal_opens_days: int
    tests: tuple[Test, ...]
    answer_days: int
    decide_days: int
    offer_days: int
    dispute_unit: Days
    offer_unit: Days
    shares: tuple[str, ...]


def parts(shares: str) -> tuple[int, int]:
    """``7:3`` in tenths. Raises :class:`BadTerms`."""
    first, _colon, second = shares.partition(":")
    if not (first.isdecimal() and second.isdecimal()) or int(first) + int(second) != PARTS:
        raise BadTerms(shares)
    return int(first), int(second)


def terms_in(content: Mapping[str, Any]) -> Terms:
    """The terms of a rule set's content. Raises :class:`BadTerms` naming the first entry that cannot be read."""
    renewal, dispute, transfer = (_table(content, name) for name in ("renewal", "dispute", "transfer"))
    evidence, shares = content.get("evidence"), _table(content, "shares").get("offered")
    if not isinstance(evidence, list) or not evidence or not set(evidence) <= set(EVIDENCE_LABELS):
        raise BadTerms("evidence")
    if not isinstance(shares, list) or not shares:
        raise BadTerms("shares.offered")
    for one in shares:
        parts(str(one))
    return Terms(
        at_least_fen=_number(content, "at_least_wan", least=0) * WAN_FEN,
        evidence=tuple(evidence),
        protected_days=_number(content, "protected_days"),
        renewal_days=_number(renewal, "days"),
        most_renewals=_number(renewal, "most", least=0),
        renewal_opens_days=_number(renewal, "opens_days"),
        tests=tuple(_test(one) for one in renewal.get("test", [])),
        answer_days=_number(dispute, "answer_days"),
        decide_days=_number(dispute, "decide_days"),
        offer_days=_number(transfer, "offer_days"),
        dispute_unit=_unit(dispute),
        offer_unit=_unit(transfer),
        shares=tuple(map(str, shares)),
    )


def _table(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name)
    if not isinstance(found, dict):
        raise BadTerms(name)
    return found


def _number(table: Mapping[str, Any], name: str, least: int = 1) -> int:
    value = table.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 1_000_000:
        raise BadTerms(name)
    return value


def _unit(table: Mapping[str, Any]) -> Days:
    """Days of the calendar where the rule does not say."""
    if table.get("unit", Days.CALENDAR) not in list(Days):
        raise BadTerms("unit")
    return Days(table.get("unit", Days.CALENDAR))


def _test(row: Mapping[str, Any]) -> Test:
    if row.get("kind") not in WRITTEN:
        raise BadTerms("renewal.test")
    return Test(NoteKind(row["kind"]), _number(row, "within_days"))


def sample_set() -> dict[str, Any]:
    """The rules that come with the system, labelled a sample: used where a city has issued none."""
    return tomllib.loads((Path(__file__).parent / "sample.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the renewal test looked at; ``template`` with ``params`` is its sentence."""

    met: bool
    template: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def to_json(self) -> dict[str, Any]:
        """As it is kept with the renewal."""
        return {"met": self.met, "template": self.template, "params": dict(self.params)}


def renewal_findings(
    terms: Terms, today: date, protected_until: date, renewals: int, lines: Sequence[tuple[str, date]]
) -> list[Finding]:
    """What stands for and against a renewal, the conditions first, then each test; of the tests one is enough (:func:`may_renew`).

    ``lines``: kind and day of what was written about the talk.
    """
    opens = protected_until - timedelta(days=terms.renewal_opens_days)
    found = [
        Finding(today <= protected_until, N_("仍在保护期内，至 {day}"), {"day": protected_until.isoformat()}),
        Finding(today >= opens, N_("{day} 起可以续期"), {"day": opens.isoformat()}),
        Finding(
            renewals < terms.most_renewals,
            N_("已续期 {done} 次，最多 {most} 次"),
            {"done": renewals, "most": terms.most_renewals},
        ),
    ]
    return found + [_tested(one, today, lines) for one in terms.tests]


def _tested(test: Test, today: date, lines: Sequence[tuple[str, date]]) -> Finding:
    since = today - timedelta(days=test.within_days)
    days = [day for kind, day in lines if kind == test.kind and since <= day <= today]
    last = max(days).isoformat() if days else "—"
    words = {
        NoteKind.VISIT: N_("近 {days} 天内有走访或接待（最近一次：{last}）"),
        NoteKind.NOTE: N_("近 {days} 天内有洽谈进展（最近一次：{last}）"),
    }
    return Finding(bool(days), words[test.kind], {"days": test.within_days, "last": last})


CONDITIONS = 3


def may_renew(findings: Sequence[Finding]) -> bool:
    """All conditions, and one of the tests where there are any."""
    tests = findings[CONDITIONS:]
    return all(one.met for one in findings[:CONDITIONS]) and (not tests or any(one.met for one in tests))


SAME = frozenset({"same_uscc", "same_investor"})
AKIN = SAME | {"akin_investor", "enterprise"}
