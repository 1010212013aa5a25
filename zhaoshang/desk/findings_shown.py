"""Findings in words: the sentence with its amounts, the button, the pill."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.rules import Proof
from zhaoshang.desk.duties_shown import days_pill, kind_name, target_href
from zhaoshang.desk.refusals import groups_text
from zhaoshang.duties.rules import MATTER_KIND_LABELS, SUPERIOR_LABELS, MatterKind, Rules, Superior
from zhaoshang.review.findings.amounts import THAN
from zhaoshang.review.findings.inflation import EDGES
from zhaoshang.review.findings.kinds import BY_CODE
from zhaoshang.review.findings.models import Finding
from zhaoshang.review.findings.summary import Pile
from zhaoshang.review.rules import FINDING_STATE_LABELS, FindingState
from zhaoshang.ui.filters import called, moment, named_short, number, wan

PILLS = {
    FindingState.OPEN: "warn",
    FindingState.EXPLAINED: "wait",
    FindingState.FIXED: "ok",
    FindingState.CLOSED: "off",
}


def label_of(code: str) -> str:
    """The kind's name; a kind that is no more by its code."""
    return _(BY_CODE[code].label) if code in BY_CODE else code


def sentence(one: Finding, rules: Rules) -> str:
    """What is wrong, in the language of the page."""
    if one.kind not in BY_CODE:
        return one.subject
    words: dict[str, Any] = {}
    for name, value in one.facts.items():
        if name.endswith("_fen"):
            words[name.removesuffix("_fen")] = wan(value)
        elif name == "than":
            words[name] = _(THAN[value])
        elif name == "edge":
            words[name] = _(EDGES[value])
        elif name == "lacks":
            words[name] = groups_text([[Proof(kind) for kind in group] for group in value])
        elif name == "clock":
            words[name] = kind_name(rules.clocks, value)
        elif name == "matter":
            words[name] = _(MATTER_KIND_LABELS[MatterKind(value)])
        else:
            words[name] = value
    return _(BY_CODE[one.kind].text).format(**words)


def state_pill(one: Finding) -> dict[str, str]:
    """How it stands; fixed by itself says since when."""
    state = FindingState(one.state)
    text = _(FINDING_STATE_LABELS[state])
    if state == FindingState.FIXED and one.settled_at:
        text = _("于 %(day)s 自行消除") % {"day": f"{timezone.localtime(one.settled_at):%Y-%m-%d}"}
    return {"text": text, "pill": PILLS[state]}


def finding_row(one: Finding, rules: Rules) -> dict[str, Any]:
    """A finding in a list."""
    href, settled = reverse("desk:finding", args=[one.pk]), one.state in (FindingState.FIXED, FindingState.CLOSED)
    superior = _("告知%(who)s") % {"who": _(SUPERIOR_LABELS[Superior(one.superior)])} if one.superior else ""
    return {
        "_href": href,
        "kind": {"text": label_of(one.kind), "href": href, "note": superior},
        "what": {"text": one.subject, "note": sentence(one, rules)},
        "stake": wan(one.at_stake_fen, 0) if one.at_stake_fen else None,
        "unit": named_short(one.unit) if one.unit else _("全市"),
        "owner": called(one.owner) if one.owner else None,
        "seen": {"text": f"{timezone.localtime(one.first_seen_at):%Y-%m-%d}", "note": again(one)},
        "due": days_pill(one.due_on, timezone.localdate(), settled),
        "state": state_pill(one),
        "fix": {
            "text": _(BY_CODE[one.kind].fix) if one.kind in BY_CODE else _("打开"),
            "href": target_href(one.href_name, one.href_id),
        },
    }


def pile_shown(one: Pile) -> dict[str, Any]:
    """The findings of one kind as a line that leads to them."""
    told = _("其中 %(count)s 条须领导知道") % {"count": number(one.for_leaders)} if one.for_leaders else ""
    href = f"{reverse('desk:finding_list')}?kind={one.kind}"
    return {"label": label_of(one.kind), "text": told, "href": href, "count": number(one.count)}


def again(one: Finding) -> str:
    """How often it came back."""
    return _("第 %(times)s 次出现") % {"times": one.times} if one.times > 1 else ""


def story(one: Finding) -> list[dict[str, Any]]:
    """What happened to a finding, first things first."""
    lines = [{"at": moment(one.first_seen_at), "what": _("首次发现"), "kind": "warn"}]
    if one.times > 1:
        lines.append({"at": moment(one.seen_at), "what": again(one), "kind": "warn"})
    if one.explained_by:
        lines.append(
            {
                "at": moment(one.explained_at),
                "what": _("说明"),
                "who": called(one.explained_by),
                "note": one.explanation,
                "kind": "todo",
            }
        )
    if one.settled_at:
        who = called(one.accepted_by) if one.accepted_by else ""
        lines.append({"at": moment(one.settled_at), "what": state_pill(one)["text"], "who": who, "kind": "ok"})
    return lines
