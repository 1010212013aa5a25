"""What counts: the rule sets with their months, the text of each rule, and which evidence a kind of payment needs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.capital.models import RuleSet
from zhaoshang.capital.rules import KIND_LABELS, PROOF_LABELS, Kind, Proof
from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import N_
from zhaoshang.desk.access import desk_page
from zhaoshang.people.rules import Can
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.rules import SOURCE_CLASS_LABELS, SourceClass
from zhaoshang.ui.filters import called, clause, date_, month

RULE_KIND_LABELS = {
    "source": N_("资金来源"),
    "threshold": N_("合同额门槛"),
    "industry": N_("不计入的行业"),
    "payment_kind": N_("按资金类型折算"),
    "pro_rata": N_("按外来股比折算"),
}


def found_rules(viewer: Viewer, code: str) -> RuleSet:
    """The rule set by its code. Drafts are shown to those who write rules, and to nobody else."""
    rows = RuleSet.objects.of(viewer.city).select_related("city", "drafted_by", "issued_by")
    rows = rows if viewer.can(Can.WRITE_RULES) else rows.filter(issued_at__isnull=False)
    return get_object_or_404(rows, code=code)  # type: ignore[no-any-return]


def validity(rules: RuleSet) -> str:
    """The months for which a set is official, in words."""
    last = month(rules.valid_to) if rules.valid_to is not None else _("至今")
    return f"{month(rules.valid_from)} – {last}"


def _pill(rules: RuleSet) -> dict[str, str]:
    if rules.issued_at is None:
        return {"text": _("草稿"), "pill": "todo"}
    if rules.valid_to is None:
        return {"text": _("现行"), "pill": "ok"}
    return {"text": _("已被替代"), "pill": "off"}


@desk_page(Can.READ_RULES)
def rule_list(request: Any) -> HttpResponse:
    """Rule sets, the one in force first."""
    viewer = request.viewer
    rows = RuleSet.objects.of(viewer.city).order_by("-valid_from", "code")
    rows = rows if viewer.can(Can.WRITE_RULES) else rows.filter(issued_at__isnull=False)
    lines = [
        {
            "_href": reverse("desk:rule_set", args=[rules.code]),
            "title": {
                "text": rules.title,
                "href": reverse("desk:rule_set", args=[rules.code]),
                "note": _("示例") if rules.is_sample else None,
            },
            "standing": _pill(rules),
            "validity": validity(rules),
            "computed": month(rules.computed_from),
            "document": rules.document,
            "issued": date_(rules.issued_at) if rules.issued_at else None,
        }
        for rules in rows
    ]
    return render(request, "desk/rules/list.html", {"rows": lines})


def rule_detail(rule: dict[str, Any]) -> str:
    """What a rule holds besides its text, in words."""
    separator = _("、")
    match rule["kind"]:
        case "source":
            return separator.join(_(SOURCE_CLASS_LABELS[SourceClass(key)]) for key in rule["counts"])
        case "threshold":
            return _("合同额不低于 %(amount)s 万元") % {"amount": in_unit(rule["minimum_contract_fen"], "万元", 2)}
        case "industry":
            return separator.join(f"{key} {_(INDUSTRIES.get(key, key))}" for key in rule["excluded"])
        case "payment_kind":
            return separator.join(f"{_(KIND_LABELS[Kind(key)])} {percent}%" for key, percent in rule["percent"].items())
    return ""


def evidence_rows(content: dict[str, Any]) -> list[dict[str, str]]:
    """Which evidence each kind of payment needs: of each group one kind suffices."""
    either, also = _("或"), _("；")
    needed = content.get("evidence", {})
    return [
        {
            "kind": _(text),
            "needs": also.join(
                either.join(_(PROOF_LABELS[Proof(proof)]) for proof in group) for group in needed.get(kind, [])
            ),
        }
        for kind, text in KIND_LABELS.items()
    ]


@desk_page(Can.READ_RULES)
def rule_set(request: Any, code: str) -> HttpResponse:
    """One rule set: its months, source, each rule's text, and the evidence that it asks for."""
    rules = found_rules(request.viewer, code)
    lines = [
        {
            "no": clause(rule["no"]),
            "text": rule["text"],
            "kind": _(RULE_KIND_LABELS[rule["kind"]]),
            "detail": rule_detail(rule),
        }
        for rule in rules.content["rules"]
    ]
    facts = [
        (_("适用月份"), validity(rules)),
        (_("回算自"), month(rules.computed_from)),
        (_("文号"), rules.document or "—"),
        (_("依据"), rules.source),
        (_("起草"), f"{called(rules.drafted_by)} {date_(rules.drafted_at)}"),
    ]
    if rules.issued_by is not None:
        facts.append((_("发布"), f"{called(rules.issued_by)} {date_(rules.issued_at)}"))
    shown = {
        "rules": rules,
        "standing": _pill(rules),
        "facts": facts,
        "lines": lines,
        "evidence": evidence_rows(rules.content),
        "may_write": request.viewer.can(Can.WRITE_RULES),
    }
    return render(request, "desk/rules/rule_set.html", shown)
