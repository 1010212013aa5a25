"""Partners and claims as pages write them: rows, facts, the steps of a reward, the certificate."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.payment_story import source_name
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import PUBLIC_LABELS, PublicState, masked
from zhaoshang.partners.models import Claim, ClaimPaper, Partner
from zhaoshang.partners.rules import (
    BASIS_LABELS,
    CREDIT_LABELS,
    NATURE_LABELS,
    PAPER_LABELS,
    SHARE_WORDS,
    STANDING_LABELS,
    STEP_LABELS,
    ClaimState,
    Credit,
    Nature,
    Standing,
    claim_label,
)
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.documents.model import Document, Paragraph, Text
from zhaoshang.ui.filters import moment, named_short, number, yuan

STANDING_PILLS = {Standing.TO_COME: "todo", Standing.STANDING: "ok", Standing.EXPIRED: "off", Standing.ENDED: "off"}
CLAIM_PILLS = {
    ClaimState.CLAIMED: "wait",
    ClaimState.APPROVED: "todo",
    ClaimState.PUBLISHED: "todo",
    ClaimState.FINAL: "ok",
    ClaimState.REFUSED: "off",
}
PUBLIC_PILLS = {
    PublicState.RECEIVED: "wait",
    PublicState.LOOKED_AT: "todo",
    PublicState.ANSWERED: "todo",
    PublicState.PROJECT: "ok",
    PublicState.CLOSED: "off",
}


def standing_pill(partner: Partner, today: date) -> dict[str, str]:
    """By its dates, in words."""
    standing = partner.standing(today)
    return {"text": _(STANDING_LABELS[standing]), "pill": STANDING_PILLS[standing]}


def claim_words(claim: Claim) -> str:
    """A claim's state in words, as it is today."""
    return _(claim_label(ClaimState(claim.state), claim.notice_until, timezone.localdate()))


def claim_pill(claim: Claim) -> dict[str, str]:
    """A claim's state as a pill."""
    return {"text": claim_words(claim), "pill": CLAIM_PILLS[ClaimState(claim.state)]}


def term(partner: Partner) -> str:
    """2023-01-01 — 2024-12-31."""
    return f"{partner.term_from:%Y-%m-%d} — {partner.term_to:%Y-%m-%d}"


def columns() -> list[dict[str, Any]]:
    """The head of the list of partners."""
    return [
        {"key": "name", "label": _("合伙人"), "kind": "link", "head": True},
        {"key": "nature", "label": _("性质")},
        {"key": "term", "label": _("聘期")},
        {"key": "standing", "label": _("状态"), "kind": "pill"},
        {"key": "leads", "label": _("线索"), "unit": _("条"), "kind": "number"},
    ]


def row(partner: Partner, leads: int, today: date) -> dict[str, Any]:
    """One partner of the list."""
    href = reverse("desk:partner", args=[partner.pk])
    return {
        "_href": href,
        "name": {"text": partner.name, "href": href, "note": partner.number},
        "nature": _(NATURE_LABELS[Nature(partner.nature)]),
        "term": term(partner),
        "standing": standing_pill(partner, today),
        "leads": number(leads),
    }


def facts(partner: Partner) -> list[tuple[str, str]]:
    """What an appointment says; the telephone masked."""
    rows = [
        (_("证书编号"), partner.number),
        (_("性质"), _(NATURE_LABELS[Nature(partner.nature)])),
        (_("聘期"), term(partner)),
        (_("负责联络的地区"), _("、").join(source_name(code) for code in partner.territory)),
        (_("职责"), partner.duties),
        (_("每年推荐线索不少于"), f"{partner.leads_a_year} " + _("条")),
        (_("聘任文件"), partner.document),
        (_("负责人"), _("（已抹去）") if partner.erased_at else f"{partner.head} {partner.post}".strip()),
        (_("电话"), masked(partner.phone)),
        (_("统一社会信用代码"), partner.uscc),
        (_("登录账号"), partner.user.username if partner.user else ""),
        (_("解聘"), f"{partner.ended_on:%Y-%m-%d} {partner.end_reason}" if partner.ended_on else ""),
    ]
    return [(name, text) for name, text in rows if text]


def certificate(partner: Partner, city_name: str) -> Document:
    """The certificate of an appointment, as a document."""
    said = _("兹聘请 %(name)s 为%(city)s招商合伙人，聘期自 %(first)s 至 %(last)s。") % {
        "name": partner.name,
        "city": city_name,
        "first": f"{partner.term_from:%Y-%m-%d}",
        "last": f"{partner.term_to:%Y-%m-%d}",
    }
    blocks = [said, _("职责：%(duties)s。") % {"duties": partner.duties.rstrip("。")}]
    if partner.territory:
        places = _("、").join(source_name(code) for code in partner.territory)
        blocks.append(_("负责联络的地区：%(places)s。") % {"places": places})
    blocks.append(
        _("证书编号：%(number)s；聘任文件：%(document)s。") % {"number": partner.number, "document": partner.document}
    )
    blocks.append(_("合伙人不得以本市名义承诺政策，费用自理。"))
    return Document(
        title=_("招商合伙人聘书"),
        issuer=_("%(city)s招商主管部门") % {"city": city_name},
        date=partner.term_from,
        blocks=tuple(Paragraph((Text(text),)) for text in blocks),
        sample=partner.is_sample,
    )


def claim_columns(with_partner: bool = True) -> list[dict[str, Any]]:
    """The head of a list of claims."""
    own = [{"key": "partner", "label": _("合伙人")}] if with_partner else []
    return [
        {"key": "project", "label": _("项目"), "kind": "link", "head": True},
        *own,
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "reward", "label": _("奖励"), "unit": _("元"), "kind": "number"},
        {"key": "claimed", "label": _("申领"), "kind": "date"},
    ]


def claim_row(claim: Claim, address: str = "desk:claim") -> dict[str, Any]:
    """One claim of a list."""
    href = reverse(address, args=[claim.pk])
    return {
        "_href": href,
        "project": {"text": claim.project.name, "href": href},
        "partner": claim.partner.name,
        "state": claim_pill(claim),
        "reward": yuan(claim.reward_fen) if claim.reward_fen is not None else None,
        "claimed": moment(claim.claimed_at),
    }


def step_rows(steps: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """How a reward came about, step by step."""
    return [{"what": step_words(step), "amount": yuan(step["fen"])} for step in steps]


def step_columns() -> list[dict[str, Any]]:
    """The head of those steps."""
    return [
        {"key": "what", "label": _("怎么算"), "head": True},
        {"key": "amount", "label": _("金额"), "unit": _("元"), "kind": "number"},
    ]


def step_words(step: dict[str, Any]) -> str:
    """One step in the page's language."""
    params = {name: f"{value:,}" if isinstance(value, int) else value for name, value in step["params"].items()}
    if "what" in params:
        params["what"] = _(BASIS_LABELS[params["what"]])
    if "how" in params:
        params["how"] = _(SHARE_WORDS[params["how"]])
    return _(STEP_LABELS[step["code"]]).format(**params)


def credit_words(credit: Credit) -> str:
    """Why credit is given or not."""
    return _(CREDIT_LABELS[credit.code]).format(**credit.params)


def own_lead_columns() -> list[dict[str, Any]]:
    """The head of a partner's own leads: the public state and nothing else."""
    return [
        {"key": "investor", "label": _("投资方"), "head": True},
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "registered", "label": _("登记时间"), "kind": "date"},
        {"key": "receipt", "label": _("回执")},
    ]


def own_lead_row(lead: Lead) -> dict[str, Any]:
    """One of them."""
    return {
        "investor": {"text": lead.investor, "note": lead.subject or None},
        "state": public_pill(lead),
        "registered": moment(lead.registered_at),
        "receipt": lead.receipt,
    }


def public_pill(lead: Lead) -> dict[str, str]:
    """What whoever brought it is told."""
    return {"text": _(PUBLIC_LABELS[lead.public_state]), "pill": PUBLIC_PILLS[lead.public_state]}


def lead_columns() -> list[dict[str, Any]]:
    """The head of a partner's leads as the bureau sees them."""
    return [
        {"key": "investor", "label": _("投资方"), "kind": "link", "head": True},
        {"key": "state", "label": _("状态"), "kind": "pill"},
        {"key": "unit", "label": _("地区")},
        {"key": "registered", "label": _("登记时间"), "kind": "date"},
    ]


def lead_row(lead: Lead, state: dict[str, str]) -> dict[str, Any]:
    """One of them."""
    href = reverse("desk:lead", args=[lead.pk])
    return {
        "_href": href,
        "investor": {"text": lead.investor, "href": href, "note": lead.subject or None},
        "state": state,
        "unit": named_short(lead.unit) if lead.unit else None,
        "registered": moment(lead.registered_at),
    }


def paper_columns() -> list[dict[str, Any]]:
    """Of a claim's file."""
    return [
        {"key": "kind", "label": _("材料"), "head": True},
        {"key": "document", "label": _("文号或名称"), "kind": "link"},
        {"key": "state", "label": _("状态"), "kind": "pill"},
    ]


def file_words(held: ClaimPaper) -> dict[str, str]:
    """A paper's file name and the beginning of its digest."""
    return {"name": held.file.name, "digest": held.file.digest[:12]}


def own_paper_row(viewer: Viewer, claim: Claim, kind: str, held: ClaimPaper | None, lacks: bool) -> dict[str, Any]:
    """Of a claim's file as its partner sees it: of what the bureau put in, that it is there."""
    state = {"text": _("缺"), "pill": "warn"} if lacks else {"text": _("齐"), "pill": "ok"}
    shown: Any = claim.lead.receipt if kind == "filing" else None
    if held is not None and viewer.user is not None and held.by_id == viewer.user.pk:
        shown = {"text": held.document}
        if held.file_id:
            shown["href"] = reverse("desk:own_paper", args=[claim.pk, held.pk])
            shown["note"] = _("%(name)s，摘要 %(digest)s") % file_words(held)
    elif held is not None or (kind == "investor" and claim.investor_document):
        shown = _("招商部门已登记")
    return {"kind": _(PAPER_LABELS[kind]), "document": shown, "state": state}
