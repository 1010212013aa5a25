"""States, terms and the renewal test of first talks; shares. Pure: no Django, no clock. The terms are data (``sample.toml``, TalkRules)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.common.workdays import WorkDays
from zhaoshang.rulesets.rules import Part

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
    """``7:3`` in tenths. Raises ``ValueError``."""
    first, _colon, second = shares.partition(":")
    if not (first.isdecimal() and second.isdecimal()) or int(first) + int(second) != PARTS:
        raise ValueError(shares)
    return int(first), int(second)


def terms_in(content: Part) -> Terms:
    """The terms of a rule set's content. Raises ``rulesets.rules.BadRules`` naming the first entry that cannot be read."""
    renewal, dispute, transfer, shares = (content.part(name) for name in ("renewal", "dispute", "transfer", "shares"))
    offered = shares.words("offered", least=1)
    try:
        [parts(one) for one in offered]
    except ValueError as fault:
        raise shares.bad("offered", N_("“{share}”不是两个合计为 10 的数，如 7:3。"), share=str(fault)) from None
    return Terms(
        at_least_fen=content.whole("at_least_wan", least=0) * WAN_FEN,
        evidence=content.words("evidence", EVIDENCE_LABELS, least=1),
        protected_days=content.whole("protected_days"),
        renewal_days=renewal.whole("days"),
        most_renewals=renewal.whole("most", least=0),
        renewal_opens_days=renewal.whole("opens_days"),
        tests=tuple(
            Test(NoteKind(row.choice("kind", WRITTEN)), row.whole("within_days"))
            for row in renewal.parts("test", least=0)
        ),
        answer_days=dispute.whole("answer_days"),
        decide_days=dispute.whole("decide_days"),
        offer_days=transfer.whole("offer_days"),
        dispute_unit=_unit(dispute),
        offer_unit=_unit(transfer),
        shares=offered,
    )


def _unit(part: Part) -> Days:
    """Days of the calendar where the rule does not say."""
    return Days(part.choice("unit", list(Days))) if "unit" in part else Days.CALENDAR


SET_LABELS = {
    "at_least_wan": N_("拟投资额门槛（万元）"),
    "evidence": N_("登记凭据，至少一项"),
    "protected_days": N_("保护期（天）"),
    "renewal": N_("续期"),
    "renewal.days": N_("每次续期（天）"),
    "renewal.most": N_("最多续期次数"),
    "renewal.opens_days": N_("到期前多少天内可以续"),
    "renewal.test": N_("续期须近期有其中一项"),
    "renewal.test.kind": N_("须有的一项"),
    "within_days": N_("近多少天内"),
    "dispute": N_("争议"),
    "unit": N_("期限按什么天算"),
    "answer_days": N_("答复期限（天）"),
    "decide_days": N_("裁定期限（天）"),
    "transfer": N_("流转"),
    "offer_days": N_("受让地区答复期限（天）"),
    "shares": N_("分享"),
    "offered": N_("可选的分享比例，先谈方 : 后者"),
}
SET_WORDS = {
    "calendar": N_("日历天"),
    "working": N_("工作日"),
    **EVIDENCE_LABELS,
    **{str(kind): NOTE_LABELS[kind] for kind in WRITTEN},
}


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
