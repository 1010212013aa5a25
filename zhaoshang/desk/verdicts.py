"""How a kept check is shown: sentences in the page's language, marks in both texts, the table of claims, the file."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhaoshang.bulletins.models import TextCheck
from zhaoshang.bulletins.queries import Change
from zhaoshang.bulletins.rules import OUTCOME_LABELS, REASONS, Outcome, value_words
from zhaoshang.common.money import to_fen
from zhaoshang.common.problems import N_
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.lists import address
from zhaoshang.desk.marks import Mark, pieces
from zhaoshang.desk.shown import CITY
from zhaoshang.ui.filters import called, moment, number, percent, period, yi

PILLS = {"confirmed": "ok", "differs": "stop", "not_held": "off", "not_checkable": "warn"}
KINDS = {
    "level": N_("总量"),
    "growth": N_("增长"),
    "difference": N_("增减量"),
    "share": N_("占比"),
    "completion": N_("完成率"),
    "rank": N_("名次"),
}


# -- words -------------------------------------------------------------------------------------------------------------


def say(reason: dict[str, Any]) -> str:
    """A kept reason in the page's language."""
    return _(REASONS[reason["code"]]).format(**{name: _param(value) for name, value in reason["params"].items()})


def _param(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    if "amount" in value:
        return amount_shown(Decimal(value["amount"]), value["unit"], value["places"])
    if "period" in value:
        return period(value["period"])
    if "sentence" in value:
        return _(value["sentence"]).format(**{name: _param(one) for name, one in value["params"].items()})
    return str(value["english"] if _english() and value["english"] else value["chinese"])


def _english() -> bool:
    return (get_language() or "").startswith("en")


def amount_shown(value: Decimal, unit: str, places: int = 2) -> str:
    """A value in a claim's base unit, as the page's language writes it."""
    if not _english():
        return value_words(value, unit, places if unit in {"CNY", "percent", "points"} else None)
    match unit:
        case "CNY":
            return f"{yi(int(value * 100), places)} " + _("亿元")
        case "percent":
            return percent(value, places)
        case "points":
            return f"{percent(value, places, unit=False)} " + _("个百分点")
        case "rank":
            return f"#{int(value)}"
        case "m2":
            return f"{value / 10_000:,.2f} " + _("万平方米")
        case _:
            return number(value)


def figure_link(figure: dict[str, Any] | None) -> str | None:
    """The provenance of the figure that a claim was held against, or the edition; None for what is from outside."""
    if figure and figure.get("aspect", "").startswith("edition/"):
        return reverse("desk:edition", args=[figure["aspect"].split("/")[1]])
    if not figure or not figure.get("ref"):
        return None
    ref_indicator, _at, rest = figure["ref"].partition("@")
    version, unit, when = rest.split(":", 2)
    try:
        page = reverse("desk:figure_open", args=[ref_indicator, CITY if unit == "*" else unit, when])
    except NoReverseMatch:
        return None
    return f"{page}?version={version}"


# -- the list ----------------------------------------------------------------------------------------------------------


def list_columns() -> list[dict[str, Any]]:
    """Columns of the list of checks."""
    return [
        {"key": "title", "label": _("文稿"), "kind": "link", "head": True},
        *({"key": str(outcome), "label": _(OUTCOME_LABELS[outcome]), "kind": "number"} for outcome in Outcome),
        {"key": "contradictions", "label": _("自相矛盾"), "kind": "number"},
        {"key": "who", "label": _("核对人")},
        {"key": "at", "label": _("时间"), "kind": "date"},
    ]


def list_row(check: TextCheck) -> dict[str, Any]:
    """A line of it."""
    href = reverse("desk:text_open", args=[check.pk])
    counts = {str(outcome): number(getattr(check, str(outcome))) for outcome in Outcome}
    return {
        "_href": href,
        "title": {"text": check.title, "href": href, "note": check.source or None},
        **counts,
        "contradictions": number(check.contradictions),
        "who": called(check.checked_by) if check.checked_by else None,
        "at": moment(check.checked_at),
    }


# -- one check ---------------------------------------------------------------------------------------------------------


def shown(request: HttpRequest, check: TextCheck, changes: list[Change]) -> dict[str, Any]:
    """Everything that the page of a check needs."""
    claims = check.result["claims"]
    only = request.GET.get("only", "")
    return {
        "check": check,
        "whole": request.path if only else "",
        "original": pieces(check.text, _marks(claims, "start", "end")),
        "restored": pieces(check.result["restored"], _marks(claims, "restored_start", "restored_end")),
        "columns": columns(),
        "rows": [row(place, claim) for place, claim in enumerate(claims, start=1) if only in ("", claim["verdict"])],
        "tabs_only": _tabs(request, check, only),
        "findings": [_finding(finding, claims) for finding in check.result["contradictions"]],
        "changes": [_change(change) for change in changes],
        "xlsx_url": address(request) + "&xlsx=1",
        "outcomes": {str(outcome): _(OUTCOME_LABELS[outcome]) for outcome in Outcome},
    }


def _marks(claims: list[dict[str, Any]], start: str, end: str) -> list[Mark]:
    return [Mark(place, claim[start], claim[end], claim["verdict"]) for place, claim in enumerate(claims, start=1)]


def _tabs(request: HttpRequest, check: TextCheck, only: str) -> list[dict[str, Any]]:
    order = [Outcome.DIFFERS, Outcome.CONFIRMED, Outcome.NOT_HELD, Outcome.NOT_CHECKABLE]
    total = sum(getattr(check, str(outcome)) for outcome in Outcome)
    every = {"label": _("全部"), "href": address(request, only=None) + "#claims", "current": not only, "count": total}
    return [
        every,
        *(
            {
                "label": _(OUTCOME_LABELS[one]),
                "href": address(request, only=one) + "#claims",
                "current": only == one,
                "count": getattr(check, str(one)),
            }
            for one in order
        ),
    ]


def _finding(finding: dict[str, Any], claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "text": say(finding["reason"]),
        "claims": [{"number": place + 1, "quote": claims[place]["quote"]} for place in finding["claims"]],
    }


def _change(change: Change) -> dict[str, Any]:
    def side(claim: dict[str, Any]) -> str:
        figure = claim["figure"]
        return _(OUTCOME_LABELS[claim["verdict"]]) + (f" · {_held(figure)}" if figure else "")

    return {
        "label": f"{change.number + 1}. {change.now['quote']}",
        "before": side(change.before),
        "after": side(change.now),
    }


def columns() -> list[dict[str, Any]]:
    """Columns of the table of claims."""
    return [
        {"key": "number", "label": "#", "kind": "link"},
        {"key": "quote", "label": _("文中"), "head": True},
        {"key": "verdict", "label": _("结果"), "kind": "pill"},
        {"key": "held", "label": _("账上"), "kind": "figure"},
        {"key": "difference", "label": _("文中比账上"), "align": "right"},
        {"key": "reason", "label": _("说明")},
    ]


def row(place: int, claim: dict[str, Any]) -> dict[str, Any]:
    """One claim's line; its number leads to its mark in the text."""
    figure = claim["figure"]
    said = [say(reason) for reason in claim["explanations"]]
    return {
        "_id": f"claim-{place}",
        "_kind": "problem" if claim["verdict"] == Outcome.DIFFERS else None,
        "number": {"text": place, "href": f"#text-{place}"},
        "quote": {"text": claim["quote"], "note": _what(claim)},
        "verdict": {"text": _(OUTCOME_LABELS[claim["verdict"]]), "pill": PILLS[claim["verdict"]]},
        "held": {"text": _held(figure), "href": figure_link(figure), "state": _state(figure)} if figure else "",
        "difference": _difference(claim)
        if claim["difference"] is not None and claim["verdict"] == Outcome.DIFFERS
        else "",
        "reason": {"text": say(claim["reason"]), "note": _("；").join(said) if said else None},
    }


def _state(figure: dict[str, Any]) -> str:
    if figure["ref"]:
        return "live"
    return "frozen" if figure["evidence"] == "edition" else "external"


def _what(claim: dict[str, Any]) -> str:
    """How the reader understood the claim: place, period, kind."""
    when = claim["period"]
    try:
        words = period(when) if when else _("期间不明")
    except ValueError:
        words = when
    kind = _("目标") if claim.get("target") else _(KINDS[claim["kind"]])
    return " · ".join(filter(None, (words, kind)))


def _held(figure: dict[str, Any]) -> str:
    return amount_shown(Decimal(figure["value"]), figure["unit_of_value"])


def _difference(claim: dict[str, Any]) -> str:
    value, unit = Decimal(claim["difference"]), claim["unit"]
    text = amount_shown(value, "points" if unit == "percent" else unit)
    return f"+{text}" if value > 0 and unit != "rank" else text if unit != "rank" else ""


def file(check: TextCheck) -> tuple[list[Column], list[list[Value]], str, list[tuple[str, str]]]:
    """The claims as a sheet: columns, rows, title and notes."""
    headings = [
        ("#", "integer", 6),
        (_("文中"), "text", 30),
        (_("理解为"), "text", 26),
        (_("结果"), "text", 12),
        (_("文中数值"), "text", 20),
    ]
    headings += [
        (_("账上"), "text", 20),
        (_("文中比账上"), "text", 18),
        (_("说明"), "text", 60),
        (_("口径"), "text", 30),
        (_("依据"), "text", 40),
    ]
    rows: list[list[Value]] = [_file_row(place, claim) for place, claim in enumerate(check.result["claims"], start=1)]
    notes = [
        (_("文稿"), check.title),
        (_("全文摘要 SHA-256"), check.digest),
        (_("核对时间"), moment(check.checked_at)),
        (_("核对时的账"), f"{check.ledger_seq} · {check.ledger_digest}"),
        *((_("自相矛盾"), say(finding["reason"])) for finding in check.result["contradictions"]),
    ]
    return [Column(text, form, width=width) for text, form, width in headings], rows, _("核对结果"), notes


def _file_row(place: int, claim: dict[str, Any]) -> list[Value]:
    figure = claim["figure"] or {}
    value = amount_shown(_fine(claim["value"], claim["unit"]), claim["unit"])
    said = _("；").join([say(claim["reason"]), *(say(reason) for reason in claim["explanations"])])
    difference = _difference(claim) if claim["difference"] is not None and claim["verdict"] == Outcome.DIFFERS else ""
    held = _held(figure) if figure else ""
    return [
        place, claim["quote"], _what(claim), _(OUTCOME_LABELS[claim["verdict"]]), value, held, difference, said,
        figure.get("version_title", ""), figure.get("ref") or figure.get("source", ""),
    ]  # fmt: skip


def _fine(value: int | float, unit: str) -> Decimal:
    """A claim's number from JSON; money is whole fen at the finest."""
    exact = Decimal(str(value))
    return Decimal(to_fen(exact.quantize(Decimal("0.01")), "元")) / 100 if unit == "CNY" else exact
