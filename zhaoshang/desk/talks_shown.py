"""First talks, disputes and transfers in words: states, rows, who holds what, and one talk's timeline."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.likes import points_text
from zhaoshang.people.rules import Can
from zhaoshang.projects.confidence import hidden_from
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.talks.finding import Holding
from zhaoshang.talks.models import Claim, Dispute, Transfer
from zhaoshang.talks.queries import Story, talks_of, transfers_of
from zhaoshang.talks.rules import (
    EVIDENCE_LABELS,
    NOTE_LABELS,
    OFFER_LABELS,
    ORIGIN_LABELS,
    OUTCOME_LABELS,
    STATE_LABELS,
    Finding,
    NoteKind,
    Offer,
    Origin,
    Outcome,
    State,
    offer_on,
    state_on,
)
from zhaoshang.talks.sharing import Shared, sharing_of
from zhaoshang.ui.filters import called, moment, named, named_short, wan

STATE_PILLS = {
    State.PROTECTED: "ok",
    State.DISPUTED: "warn",
    State.LAPSED: "off",
    State.RELEASED: "off",
    State.TRANSFERRED: "off",
    State.RULED: "off",
}
OUTCOME_PILLS = {Outcome.OPEN: "wait", Outcome.DISMISSED: "off"}
OFFER_PILLS = {Offer.OFFERED: "wait", Offer.ACCEPTED: "ok", Offer.REFUSED: "stop"}


def state_of(claim: Claim, today: date, disputed: bool) -> dict[str, str]:
    """A claim's state as a pill."""
    state = state_on(today, claim.ended, claim.protected_until, disputed)
    return {"text": _(STATE_LABELS[state]), "pill": STATE_PILLS[state]}


def until_words(claim: Claim, today: date) -> str:
    """Protected until when, or since when no more."""
    if claim.ended_at and claim.ended != State.LAPSED:
        return _("%(day)s 结束") % {"day": f"{timezone.localdate(claim.ended_at):%Y-%m-%d}"}
    day = {"day": claim.protected_until.isoformat(), "left": (claim.protected_until - today).days}
    return _("%(day)s 失效") % day if claim.protected_until < today else _("保护至 %(day)s，还有 %(left)s 天") % day


def claim_row(claim: Claim, today: date, viewer: Viewer) -> dict[str, Any]:
    """A line of the list."""
    talk, href = claim.talk, reverse("desk:talk", args=[claim.talk_id])
    return {
        "_href": href,
        "_kind": "own" if claim.unit_id in viewer.unit_ids else "",
        "investor": {"text": talk.investor, "href": href, "note": talk.title},
        "unit": named_short(claim.unit),
        "amount": wan(talk.amount_fen, 0),
        "since": moment(claim.claimed_at),
        "until": claim.protected_until.isoformat(),
        "state": state_of(claim, today, getattr(claim, "disputed", False)),
    }


def claim_columns() -> list[dict[str, Any]]:
    """The head of the list."""
    return [
        {"key": "investor", "label": _("投资方"), "kind": "link", "head": True},
        {"key": "unit", "label": _("持有地区")},
        {"key": "amount", "label": _("拟投资"), "unit": _("万元"), "kind": "number"},
        {"key": "since", "label": _("登记时间")},
        {"key": "until", "label": _("保护至"), "kind": "date"},
        {"key": "state", "label": _("状态"), "kind": "pill"},
    ]


def holding_rows(viewer: Viewer, held: Sequence[Holding]) -> list[dict[str, Any]]:
    """Who holds it and since when; names and likenesses only of what the viewer may see."""
    rows = []
    secret = set(hidden_from(viewer).values_list("project_id", flat=True))
    for one in held:
        sees = viewer.sees_unit(one.unit.pk) and one.claim.talk.project_id not in secret
        told = _("同一投资方、同一行业，或同一项目") if one.same else _("相似")
        why = points_text([point.to_json() for point in one.points]) if sees else ""
        rows.append(
            {
                "unit": {"text": named(one.unit), "note": str(one.claim.talk) if sees else ""},
                "since": moment(one.claim.claimed_at),
                "until": one.claim.protected_until.isoformat(),
                "why": {"text": told, "note": why},
                "act": {
                    "text": _("提出争议"),
                    "href": f"{reverse('desk:talk_dispute_new')}?claim={one.claim.pk}",
                },
            }
        )
    return rows


def holding_columns() -> list[dict[str, Any]]:
    """The head of that table."""
    return [
        {"key": "unit", "label": _("持有地区"), "kind": "text", "head": True},
        {"key": "since", "label": _("登记时间")},
        {"key": "until", "label": _("保护至"), "kind": "date"},
        {"key": "why", "label": _("为什么提示")},
        {"key": "act", "label": _("不服的"), "kind": "link"},
    ]


def finding_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The renewal test, one line each."""
    return [
        {
            "what": _(one.template).format(**one.params),
            "met": {"text": _("满足"), "pill": "ok"} if one.met else {"text": _("不满足"), "pill": "wait"},
        }
        for one in findings
    ]


def outcome_pill(dispute: Dispute) -> dict[str, str]:
    """What became of it; a sharing with its shares."""
    outcome = Outcome(dispute.outcome)
    text = _(OUTCOME_LABELS[outcome]) + (f" {dispute.shares}" if dispute.shares else "")
    return {"text": text, "pill": OUTCOME_PILLS.get(outcome, "ok")}


def offer_pill(offer: Transfer, today: date) -> dict[str, str]:
    """Where an offer stands."""
    state = offer_on(today, offer.state, offer.expires_on)
    return {"text": _(OFFER_LABELS[state]), "pill": OFFER_PILLS.get(state, "off")}


def offer_words(offer: Transfer) -> str:
    """From whom to whom, with which shares."""
    told = {"giver": named(offer.from_unit), "taker": named(offer.to_unit), "shares": offer.shares}
    return _("%(giver)s → %(taker)s，分享 %(shares)s") % told


def story_lines(story: Story) -> list[dict[str, Any]]:
    """A talk's timeline, the latest first."""
    found = [*_claim_lines(story), *_paper_lines(story), *_dispute_lines(story), *_transfer_lines(story)]
    ordered = sorted(found, key=lambda pair: pair[0], reverse=True)
    return [{"at": moment(at), **line} for at, line in ordered]


def _line(at: datetime, what: str, who: Any = None, note: str = "", kind: str = "ok", href: str = "") -> Any:
    line = {"what": what, "who": called(who) if who else "", "note": note, "kind": kind}
    return at, line | ({"href": href} if href else {})


def _claim_lines(story: Story) -> Iterable[Any]:
    for one in story.claims:
        told = {"unit": named(one.unit), "how": _(ORIGIN_LABELS[Origin(one.origin)])}
        note = _("仍要登记的理由：%(why)s") % {"why": one.nevertheless} if one.nevertheless else ""
        yield _line(one.claimed_at, _("%(unit)s：%(how)s") % told, one.claimed_by, note)
        if one.ended_at:
            how = _(STATE_LABELS[State(one.ended)])
            yield _line(one.ended_at, _("%(unit)s：%(how)s") % {**told, "how": how}, None, one.reason, "off")


def _paper_lines(story: Story) -> Iterable[Any]:
    for paper in story.evidence:
        what = _("凭据：%(kind)s") % {"kind": _(EVIDENCE_LABELS[paper.kind])}
        href = reverse("desk:talk_evidence", args=[paper.pk]) if paper.digest else ""
        yield _line(paper.stored_at, what, None, paper.document, "todo", href)
    for note in story.notes:
        passed = note.kind == NoteKind.PASSED_OVER
        what = f"{_(NOTE_LABELS[NoteKind(note.kind)])} {note.day:%Y-%m-%d}"
        yield _line(note.written_at, what, None if passed else note.written_by, note.text, "warn" if passed else "todo")
    for one in story.renewals:
        said = _("；").join(row["what"] for row in finding_rows(_findings(one.findings)))
        told = {"number": one.number, "day": one.until.isoformat()}
        yield _line(one.renewed_at, _("第 %(number)s 次续期，保护至 %(day)s") % told, one.renewed_by, said)


def _findings(kept: Sequence[dict[str, Any]]) -> list[Finding]:
    return [Finding(one["met"], one["template"], one["params"]) for one in kept if one["met"]]


def _dispute_lines(story: Story) -> Iterable[Any]:
    for one in story.disputes:
        unit, href = {"unit": named(one.unit)}, reverse("desk:talk_dispute", args=[one.pk])
        yield _line(one.opened_at, _("%(unit)s提出争议") % unit, one.opened_by, one.grounds, "warn", href)
        if one.answered_at:
            yield _line(one.answered_at, _("首谈方答复"), one.answered_by, one.answer, "todo", href)
        if one.decided_at:
            what = _("裁定：%(outcome)s") % {"outcome": outcome_pill(one)["text"]}
            yield _line(one.decided_at, what, one.decided_by, one.ruling, "ok", href)


def _transfer_lines(story: Story) -> Iterable[Any]:
    for one in story.transfers:
        href = reverse("desk:transfer", args=[one.pk])
        yield _line(one.offered_at, _("提出流转：") + offer_words(one), one.offered_by, one.reason, "todo", href)
        if one.decided_at:
            what = _("流转：%(state)s") % {"state": _(OFFER_LABELS[Offer(one.state)])}
            yield _line(one.decided_at, what, one.decided_by, one.answer, "ok", href)


def _shared_words(shared: Shared | None) -> str:
    if shared is None:
        return ""
    told = {
        "first": named(shared.first),
        "second": named(shared.second),
        "shares": shared.shares,
        "since": shared.since,
    }
    if shared.ruled:
        return _("考核得分由%(first)s与%(second)s按 %(shares)s 分享，%(since)s 裁定；统计仍按落地地区。") % told
    return _("考核得分由%(first)s与%(second)s按 %(shares)s 分享，%(since)s 流转；统计仍按落地地区。") % told


def talks_on_project(viewer: Viewer, project: Project) -> dict[str, Any]:
    """What a project's page says of its first talk, its transfers and who shares its score. Four queries."""
    today, held, moved = timezone.localdate(), talks_of(project, viewer), transfers_of(project, viewer)
    holder = project.follower_id or project.unit_id
    works = viewer.can(Can.TALK) and holder in viewer.unit_ids
    protected = any(not one.ended and one.protected_until >= today for one in held)
    waiting = any(offer_on(today, one.state, one.expires_on) == Offer.OFFERED for one in moved)
    return {
        "follower": named(project.follower) if project.follower else "",
        "claims": [
            {
                "state": state_of(one, today, one.disputed),
                "href": reverse("desk:talk", args=[one.talk_id]),
                "text": _("%(unit)s %(at)s 登记首谈") % {"unit": named(one.unit), "at": moment(one.claimed_at)},
                "until": until_words(one, today),
            }
            for one in held
        ],
        "transfers": [
            {
                "state": offer_pill(one, today),
                "href": reverse("desk:transfer", args=[one.pk]),
                "text": offer_words(one),
            }
            for one in moved
        ],
        "shared": _shared_words(sharing_of(project, today)),
        "may_claim": works and not protected,
        "may_offer": works and not waiting,
    }
