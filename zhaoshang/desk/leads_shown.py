"""Leads as the desk's pages write them: rows, facts, what is alike, what happened."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.payment_story import source_name
from zhaoshang.leads.likeness import Likely
from zhaoshang.leads.models import Lead, LeadStep
from zhaoshang.leads.rules import (
    CAME_BY_LABELS,
    FIELD_LABELS,
    PUBLIC_LABELS,
    STATE_LABELS,
    STEP_LABELS,
    WHY_LABELS,
    CameBy,
    State,
    StepKind,
    masked,
    mu_of_m2,
)
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.ui.filters import called, moment, named, named_short, number, wan

PILLS = {
    State.UNVERIFIED: "wait",
    State.KEPT: "todo",
    State.ASSIGNED: "todo",
    State.PROJECT: "ok",
    State.DUPLICATE: "off",
    State.REJECTED: "off",
    State.CLOSED: "off",
}
_STEP_PILLS = {
    StepKind.PROJECT: "ok",
    StepKind.ANSWERED: "ok",
    StepKind.REJECTED: "off",
    StepKind.CLOSED: "off",
    StepKind.DUPLICATE: "off",
}


def state_pill(lead: Lead) -> dict[str, str]:
    """The inner state in words."""
    return {"text": _(STATE_LABELS[State(lead.state)]), "pill": PILLS[State(lead.state)]}


def columns() -> list[dict[str, Any]]:
    """The head of the list."""
    return [
        {"key": "investor", "label": _("投资方"), "kind": "link", "head": True},
        {"key": "came_by", "label": _("来自")},
        {"key": "amount", "label": _("意向投资额"), "unit": _("万元"), "kind": "number"},
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "who", "label": _("跟进")},
        {"key": "answer", "label": _("答复推荐人"), "kind": "pill"},
        {"key": "registered", "label": _("收到"), "kind": "date"},
    ]


def row(lead: Lead, today: date) -> dict[str, Any]:
    """One lead of the list."""
    href = reverse("desk:lead", args=[lead.pk])
    return {
        "_href": href,
        "investor": {"text": lead.investor, "href": href, "note": lead.subject or None},
        "came_by": {"text": _(CAME_BY_LABELS[CameBy(lead.came_by)]), "note": lead.origin_label or None},
        "amount": wan(lead.amount_fen) if lead.amount_fen is not None else None,
        "state": state_pill(lead),
        "who": {"text": named_short(lead.unit), "note": called(lead.handler) if lead.handler else None}
        if lead.unit
        else None,
        "answer": answer_pill(lead, today),
        "registered": moment(lead.registered_at),
    }


def answer_pill(lead: Lead, today: date) -> dict[str, str]:
    """Whether the referrer was answered, or by when they are to be."""
    if lead.answered_at:
        return {"text": _("已答复"), "pill": "ok"}
    due = f"{lead.answer_due_on:%Y-%m-%d}"
    if lead.answer_due_on < today:
        return {"text": _("已过 %(day)s") % {"day": due}, "pill": "warn"}
    return {"text": _("至 %(day)s") % {"day": due}, "pill": "wait"}


def facts(lead: Lead) -> list[tuple[str, str]]:
    """What is known of the lead; the telephone masked."""
    rows = [
        (_("投资方"), lead.investor),
        (_("想做什么"), lead.subject),
        (_("行业门类"), f"{lead.industry} {_(INDUSTRIES[lead.industry])}" if lead.industry else ""),
        (_("意向投资额"), f"{wan(lead.amount_fen)} " + _("万元") if lead.amount_fen is not None else ""),
        (_("用地"), f"{number(mu_of_m2(lead.land_m2))} " + _("亩") if lead.land_m2 is not None else ""),
        (_("来源地"), source_name(lead.source_code) if lead.source_code else ""),
        (_("联系人"), lead.contact),
        (_("电话"), masked(lead.phone)),
        (_("来自"), _("：").join(filter(None, [_(CAME_BY_LABELS[CameBy(lead.came_by)]), lead.origin_label]))),
        (_("收到"), moment(lead.registered_at)),
        (_("跟进"), f"{named(lead.unit)} {called(lead.handler)}" if lead.unit and lead.handler else ""),
        (_("对外状态"), _(PUBLIC_LABELS[lead.public_state])),
    ]
    return [(name, text) for name, text in rows if text]


def like_columns() -> list[dict[str, Any]]:
    """The head of what is alike."""
    return [
        {"key": "name", "label": _("已有的"), "kind": "link", "head": True},
        {"key": "what", "label": _("是什么")},
        {"key": "unit", "label": _("地区")},
        {"key": "why", "label": _("为什么像")},
    ]


def like_row(one: Likely) -> dict[str, Any]:
    """A lead or project that may be the same; of a hidden one nothing but that it is there."""
    why = _("、").join(_(WHY_LABELS[code]) for code in one.why)
    if one.project:
        href = reverse("desk:project", args=[one.project.code])
        return {
            "name": {"text": one.project.name, "href": href, "note": one.project.code},
            "what": _("项目"),
            "unit": named_short(one.project.unit),
            "why": why,
        }
    if one.lead:
        href = reverse("desk:lead", args=[one.lead.pk])
        unit = named_short(one.lead.unit) if one.lead.unit else "—"
        name = {"text": one.lead.investor, "href": href, "note": moment(one.lead.registered_at)}
        return {"name": name, "what": _("线索"), "unit": unit, "why": why}
    return {"name": _("另一地区已有相似的线索或项目"), "what": "—", "unit": _("其他地区"), "why": why}


def like_choices(likes: Sequence[Likely]) -> list[tuple[str, str]]:
    """What a lead may be found a duplicate of: value and label."""
    found = [(f"lead:{one.lead.pk}", f"{_('线索')} {one.lead}") for one in likes if one.lead]
    return [*found, *((f"project:{one.project.pk}", f"{_('项目')} {one.project}") for one in likes if one.project)]


def step_line(step: LeadStep) -> dict[str, Any]:
    """One thing that happened, for the timeline."""
    kind = StepKind(step.kind)
    text = f"{named(step.unit)} {step.text}" if step.unit else step.text
    return {
        "at": moment(step.at),
        "what": _(STEP_LABELS[kind]),
        "who": called(step.by) if step.by else "",
        "note": text,
        "kind": _STEP_PILLS.get(kind, "todo"),
    }


def field_name(name: str) -> str:
    """A field of a lead in words."""
    return _(FIELD_LABELS[name])
