"""Local rules of every kind: which set is in force since when, its lines, the history, what differs between two."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.local_rules_shown import difference_rows, set_rows, set_title, source_of
from zhaoshang.people.rules import Can
from zhaoshang.rulebook.kinds import KINDS
from zhaoshang.rulesets.kinds import InForce, Kind
from zhaoshang.rulesets.models import IssuedRules
from zhaoshang.rulesets.texts import write_text
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import called, date_

SAMPLE = "sample"


def found_kind(code: str) -> Kind[Any]:
    """The kind, or 404."""
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def found_set(kind: Kind[Any], city: City, code: str) -> InForce[Any]:
    """A set of the kind by its code, or 404."""
    return InForce(kind, get_object_or_404(kind.rows(city).select_related("issued_by"), code=code))


def _in_force(kind: Kind[Any], city: City, today: date) -> InForce[Any]:
    return InForce(kind, kind.rows(city).in_force(today).select_related("issued_by").first())


@desk_page(Can.READ_RULES)
def local_rules(request: Any) -> HttpResponse:
    """Every kind with the set in force. A query a kind."""
    city, today = request.viewer.city, timezone.localdate()
    rows = [_kind_row(_in_force(kind, city, today)) for kind in KINDS.values()]
    return render(request, "desk/local_rules/list.html", {"rows": rows})


def _kind_row(held: InForce[Any]) -> dict[str, Any]:
    href = reverse("desk:local_kind", args=[held.kind.code])
    issued = held.issued
    return {
        "_href": href,
        "kind": {"text": _(held.kind.name), "href": href, "note": _(held.kind.about)},
        "title": {"text": set_title(held), "note": source_of(held)},
        "since": date_(issued.valid_from) if issued else None,
        "who": called(issued.issued_by) if issued and issued.issued_by else None,
        "standing": _pill(held),
    }


def _pill(held: InForce[Any]) -> dict[str, str]:
    if held.issued is None:
        return {"text": _("自带示例"), "pill": "todo"}
    return {"text": _("示例"), "pill": "off"} if held.issued.is_sample else {"text": _("本市发布"), "pill": "ok"}


@desk_page(Can.READ_RULES)
def local_kind(request: Any, kind: str) -> HttpResponse:
    """The set in force of a kind in words, and every set that was issued."""
    found, city, today = found_kind(kind), request.viewer.city, timezone.localdate()
    held = _in_force(found, city, today)
    return _set_page(request, held, history=_history(held, city, today))


def _history(held: InForce[Any], city: City, today: date) -> list[dict[str, Any]]:
    kind, now = held.kind, held.issued
    rows: list[dict[str, Any]] = []
    for one in kind.rows(city).select_related("issued_by").order_by("-valid_from"):
        href = reverse("desk:local_set", args=[kind.code, one.code])
        standing = ("ok", _("现行")) if now and one.pk == now.pk else ("off", _("已被替代"))
        pill, text = ("wait", _("尚未适用")) if one.valid_from > today else standing
        rows.append(
            {
                "_href": href,
                "title": {
                    "text": set_title(InForce(kind, one)),
                    "href": href,
                    "note": _("示例") if one.is_sample else None,
                },
                "since": date_(one.valid_from),
                "document": one.document,
                "who": called(one.issued_by) if one.issued_by else None,
                "standing": {"text": text, "pill": pill},
            }
        )
    href = reverse("desk:local_sample", args=[kind.code])
    text = _("已被替代") if now else _("现行")
    title = {"text": set_title(InForce(kind, None)), "href": href, "note": _("随系统提供，未经本市发布")}
    return [*rows, {"_href": href, "title": title, "standing": {"text": text, "pill": "off" if now else "todo"}}]


@desk_page(Can.READ_RULES)
def local_set(request: Any, kind: str, code: str) -> HttpResponse:
    """One issued set, with what it changed."""
    return _set_page(request, found_set(found_kind(kind), request.viewer.city, code))


@desk_page(Can.READ_RULES)
def local_sample(request: Any, kind: str) -> HttpResponse:
    """The sample that comes with the system."""
    return _set_page(request, InForce(found_kind(kind), None))


def _set_page(request: Any, held: InForce[Any], history: list[dict[str, Any]] | None = None) -> HttpResponse:
    kind, issued, city = held.kind, held.issued, request.viewer.city
    before = _before(held, city) if issued and history is None else None
    shown = {
        "kind": kind,
        "held": held,
        "title": _(kind.name) if history is not None else set_title(held),
        "pill": _pill(held),
        "facts": _facts(held),
        "rows": set_rows(kind, held.content),
        "history": history,
        "before": set_title(before) if before else "",
        "differences": difference_rows(kind, before.content, held.content) if before else None,
        "toml": reverse("desk:local_toml", args=[kind.code, issued.code if issued else SAMPLE]),
        "may_write": request.viewer.can(Can.WRITE_RULES),
        "others": _others(kind, city, issued),
    }
    return render(request, "desk/local_rules/set.html", shown)


def _facts(held: InForce[Any]) -> list[tuple[str, str]]:
    issued = held.issued
    facts = [(_("名称"), set_title(held)), (_("来源"), source_of(held))]
    if issued is not None:
        who = called(issued.issued_by) if issued.issued_by else "—"
        facts += [(_("文号"), issued.document), (_("代号"), issued.code), (_("起始日期"), date_(issued.valid_from))]
        facts += [(_("发布"), f"{who} {date_(issued.issued_at)}")]
    return facts


def _before(held: InForce[Any], city: City) -> InForce[Any]:
    """The set that it follows; the sample for the first."""
    rows = held.kind.rows(city).filter(~Q(pk=held.issued.pk))  # type: ignore[union-attr]
    return InForce(held.kind, rows.in_force(held.issued.valid_from).first())  # type: ignore[union-attr]


def _others(kind: Kind[Any], city: City, issued: IssuedRules | None) -> list[tuple[str, str]]:
    """The sets that this one can be compared with."""
    rows = [one for one in kind.rows(city).order_by("-valid_from") if issued is None or one.pk != issued.pk]
    sample = [(SAMPLE, set_title(InForce(kind, None)))] if issued else []
    return [(one.code, set_title(InForce(kind, one))) for one in rows] + sample


@desk_page(Can.READ_RULES)
def local_diff(request: Any, kind: str) -> HttpResponse:
    """Two sets key by key, the earlier first; ``before`` and ``after`` are codes, ``sample`` the one that comes with the system."""
    found, city = found_kind(kind), request.viewer.city
    both = [_either(found, city, request.GET.get(key, SAMPLE)) for key in ("before", "after")]
    both.sort(key=lambda one: one.issued.valid_from if one.issued else date.min)
    shown = {
        "kind": found,
        "before": set_title(both[0]),
        "after": set_title(both[1]),
        "rows": difference_rows(found, both[0].content, both[1].content),
    }
    return render(request, "desk/local_rules/diff.html", shown)


def _either(kind: Kind[Any], city: City, code: str) -> InForce[Any]:
    issued = kind.rows(city).filter(code=code).first()
    if issued is None and code != SAMPLE:
        raise Http404
    return InForce(kind, issued)


@desk_page(Can.READ_RULES)
def local_toml(request: Any, kind: str, code: str) -> HttpResponse:
    """A set as a TOML file, which can be changed and issued again."""
    found = found_kind(kind)
    held = _either(found, request.viewer.city, code)
    issued = held.issued
    if issued is None:
        text = found.sample_text
    else:
        names = ("code", "title", "title_en", "document", "valid_from", "is_sample")
        text = write_text({name: getattr(issued, name) for name in names}, issued.content)
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}-{held.code}.toml"'
    return response
