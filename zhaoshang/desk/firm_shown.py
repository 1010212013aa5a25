"""The parts of an enterprise's card, read through its whole family: what points at a merged card shows on the one it stands for."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital.queries import verified_by_project
from zhaoshang.common.industries import INDUSTRIES
from zhaoshang.common.problems import N_
from zhaoshang.common.uscc import FAULT_LABELS
from zhaoshang.desk.context import named
from zhaoshang.desk.diary_words import WORDS
from zhaoshang.desk.firm_story import story_of
from zhaoshang.desk.payment_story import source_name
from zhaoshang.desk.touches_shown import warnings
from zhaoshang.enterprises.contacts import masked
from zhaoshang.enterprises.groups import Node, group_of
from zhaoshang.enterprises.models import Enterprise, Merger, NoteReply, Relation, RiskNote, RosterEntry
from zhaoshang.enterprises.rules import (
    LEVEL_LABELS,
    OWNERSHIP_LABELS,
    REPLY_LABELS,
    Level,
    Ownership,
    Reply,
    verdict,
)
from zhaoshang.enterprises.touches import met_recently
from zhaoshang.people.models import Event
from zhaoshang.people.rules import Can
from zhaoshang.projects.firms import is_own_card, visible_contacts, visible_enterprises
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called, date_, moment, named_short, wan

SHOWN_PROJECTS, SHOWN_EVENTS = 100, 40
LEVEL_PILLS = {Level.HINT: "todo", Level.WATCH: "wait", Level.GRAVE: "warn"}
FIELDS = {
    "name": N_("企业名称"),
    "uscc": N_("统一社会信用代码"),
    "region_code": N_("所在地"),
    "ownership": N_("企业性质"),
    "industry": N_("行业门类"),
}


def code_shown(uscc: str) -> dict[str, str]:
    """The code's verdict as a pill (GB 32100-2015)."""
    if not uscc:
        return {"text": _("代码未登记"), "pill": "off"}
    fault = verdict(uscc)
    return (
        {"text": _("校验位正确"), "pill": "ok"} if fault is None else {"text": _(FAULT_LABELS[fault]), "pill": "warn"}
    )


def facts(enterprise: Enterprise, family: Sequence[UUID]) -> list[tuple[str, str]]:
    """What the card says, without what is unknown."""
    kept = Relation.objects.of(enterprise.city_id).filter(enterprise_id__in=list(family), valid_to__isnull=True)
    keepers = [
        _("%(unit)s（自 %(day)s，%(document)s）")
        % {"unit": named(one.unit) if one.unit else _("市局"), "day": date_(one.valid_from), "document": one.document}
        for one in kept.select_related("unit")
    ]
    listed = RosterEntry.objects.of(enterprise.city_id).filter(enterprise_id__in=list(family))
    rows = [
        (_("企业性质"), _(OWNERSHIP_LABELS[Ownership(enterprise.ownership)]) if enterprise.ownership else ""),
        (_("行业门类"), f"{enterprise.industry} {_(INDUSTRIES[enterprise.industry])}" if enterprise.industry else ""),
        (_("成立日期"), date_(enterprise.established_on) if enterprise.established_on else ""),
        (_("所在地"), source_name(f"{enterprise.region_code[:4]}00") if enterprise.region_code else ""),
        (_("建卡单位"), named(enterprise.unit) if enterprise.unit else ""),
        (_("联系单位"), _("；").join(keepers)),
        (_("列入名录"), _("；").join(one.roster.title for one in listed.select_related("roster"))),
    ]
    return [(name, text) for name, text in rows if text]


def projects_shown(viewer: Viewer, family: Sequence[UUID]) -> dict[str, Any]:
    """The projects of the family that the viewer may see, with the money that arrived in them."""
    rows = Project.objects.visible_to(viewer).select_related("unit").filter(enterprise_id__in=list(family))
    projects = list(rows.order_by("-id")[:SHOWN_PROJECTS])
    arrived = verified_by_project(viewer.city, projects)
    shown = []
    for one in projects:
        href = reverse("desk:project", args=[one.code])
        shown.append(
            {
                "_href": href,
                "name": {"text": one.name, "href": href, "note": one.code},
                "unit": named_short(one.unit),
                "contract": wan(one.contract_fen),
                "arrived": wan(arrived.get(one.pk, 0)),
            }
        )
    return {"project_rows": shown, "arrived_fen": sum(arrived.values())}


def group_shown(viewer: Viewer, enterprise: Enterprise) -> list[dict[str, Any]]:
    """The group as a table in the order of a tree; empty for a firm on its own. Of a card that is not the viewer's to see, the name."""
    nodes = group_of(enterprise)
    if len(nodes) < 2:
        return []
    seen = {one.pk for one in visible_enterprises(viewer, [node.enterprise.pk for node in nodes])}
    return [_node(node, node.enterprise.pk in seen, own=node.enterprise.pk == enterprise.pk) for node in nodes]


def _node(node: Node, seen: bool, *, own: bool) -> dict[str, Any]:
    firm = node.enterprise
    name = "　" * node.level + ("└ " if node.level else "") + firm.name
    href = reverse("desk:enterprise", args=[firm.pk]) if seen else None
    return {
        "name": {"text": name, "href": href, "note": _("示例") if firm.is_sample else None},
        "uscc": firm.uscc if seen else "",
        "_kind": "own" if own else "",
    }


def contacts_shown(viewer: Viewer, firms: Sequence[UUID], shown: UUID | None = None) -> list[dict[str, Any]]:
    """The people of these firms that the viewer may know of, masked but for the one who was just asked for."""
    rows = visible_contacts(viewer).filter(enterprise_id__in=list(firms), erased_at__isnull=True)
    found = []
    for one in rows.select_related("unit", "enterprise"):
        said = masked(one, viewer) if one.pk != shown else one
        name = said.name + (_("（关键人员）") if one.is_key else "")
        found.append(
            {
                "name": {"text": name, "note": _("示例") if one.is_sample else None},
                "post": said.post,
                "firm": one.enterprise.name,
                "phone": said.phone,
                "mail": said.mail,
                "unit": named_short(one.unit) if one.unit else _("市局"),
                "open": {"text": _("查看"), "href": reverse("desk:contact", args=[one.pk])},
            }
        )
    return found


def notes_shown(viewer: Viewer, family: Sequence[UUID]) -> list[dict[str, Any]]:
    """Notes of risk with what was answered, open ones first."""
    notes = list(RiskNote.objects.of(viewer.city).filter(enterprise_id__in=list(family)).select_related("by", "unit"))
    replies: dict[UUID, list[NoteReply]] = {}
    for reply in NoteReply.objects.of(viewer.city).filter(note_id__in=[one.pk for one in notes]).select_related("by"):
        replies.setdefault(reply.note_id, []).append(reply)
    shown = [_note(one, replies.get(one.pk, [])) for one in notes]
    return sorted(shown, key=lambda one: one["closed"])


def _note(note: RiskNote, replies: list[NoteReply]) -> dict[str, Any]:
    said = [
        {
            "at": moment(one.at),
            "what": f"{_(REPLY_LABELS[Reply(one.kind)])}{_('：')}{one.text}",
            "who": called(one.by),
            "kind": "ok" if one.kind == Reply.CLOSED else "todo",
        }
        for one in replies
    ]
    return {
        "pk": note.pk,
        "level": {"text": _(LEVEL_LABELS[Level(note.level)]), "pill": LEVEL_PILLS[Level(note.level)]},
        "text": note.text,
        "source": note.source,
        "on": note.noted_on,
        "who": called(note.by),
        "unit": named(note.unit) if note.unit else _("市局"),
        "sample": note.is_sample,
        "replies": said,
        "closed": any(one.kind == Reply.CLOSED for one in replies),
    }


def story_shown(viewer: Viewer, family: Sequence[UUID]) -> list[dict[str, Any]]:
    """What the rooms tell, as a timeline."""
    return [
        {
            "at": date_(line.on),
            "what": f"{line.kind}{_('：')}{line.text}",
            "who": line.who,
            "href": line.href or None,
            "kind": "wait" if line.promised else "todo",
        }
        for line in story_of(family, viewer)
    ]


def history_shown(viewer: Viewer, family: Sequence[UUID]) -> list[dict[str, Any]]:
    """The diary's lines about the card and those that stand for it, with what was changed."""
    rows = Event.objects.of(viewer.city).filter(
        about_id__in=[str(key) for key in family], verb__startswith="enterprises.enterprise.", refused=False
    )
    return [
        {
            "at": moment(event.at),
            "what": str(WORDS[event.verb]),
            "who": called(event.by) if event.by else "",
            "note": _told(event.detail),
            "kind": "todo",
        }
        for event in rows.select_related("by").order_by("-id")[:SHOWN_EVENTS]
        if event.verb in WORDS
    ]


def _told(detail: dict[str, Any]) -> str:
    said = [
        f"{_(FIELDS.get(name, name))}{_('：')}{before or '—'} → {after or '—'}"
        for name, (before, after) in detail.get("changes", {}).items()
    ]
    if "parent" in detail:
        before, after = detail["parent"]
        said.append(f"{_('上级企业')}{_('：')}{before or '—'} → {after or '—'}")
    if "kept" in detail:
        said.append(_("%(closed)s 并入 %(kept)s") % detail)
    return _("；").join([*said, *([detail["reason"]] if detail.get("reason") else [])])


def mergers_shown(viewer: Viewer, family: Sequence[UUID]) -> list[Merger]:
    """The mergers that stand, into the card."""
    rows = Merger.objects.of(viewer.city).filter(kept_id=family[0], parted_at__isnull=True)
    return list(rows.select_related("closed", "by"))


def warned(viewer: Viewer, firms: Sequence[UUID], day: date | None = None) -> list[str]:
    """Who else met these firms just before the day on which somebody means to go, today unless told."""
    today = day or timezone.localdate()
    own = (None,) if viewer.sees_all_units else tuple(viewer.unit_ids)
    return warnings(met_recently(viewer.city, firms, today, but=own), today)


def rights(viewer: Viewer, enterprise: Enterprise) -> dict[str, bool]:
    """What the viewer may do on a card."""
    return {
        "may_change": viewer.can(Can.KEEP_ENTERPRISES) and is_own_card(viewer, enterprise),
        "may_keep": viewer.can(Can.KEEP_ENTERPRISES),
        "may_merge": viewer.can(Can.MERGE_ENTERPRISES),
        "may_see": viewer.can(Can.SEE_CONTACTS),
    }
