"""Issuing local rules: begun from the set in force, written as a form or as text, tried on what there is, then issued."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.local_rules_shown import (
    difference_rows,
    fault_words,
    label_words,
    row_words,
    set_title,
    trial_rows,
    value_words,
)
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.local_rules import found_kind
from zhaoshang.people.rules import Can
from zhaoshang.rulebook.trials import Trial, trial_of
from zhaoshang.rulesets.actions import NotIssued, check_place, issue_set
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.rulesets.texts import (
    body_of,
    content_in,
    is_typed,
    line_of,
    lines_of,
    read_text,
    with_values,
    write_text,
)

_SAMPLE_MARK = re.compile(r"\s*[（(](示例|sample)[)）]")  # what the city issues is its own
FIELDS = ("code", "title", "title_en", "document", "valid_from")


@dataclass
class Draft:
    """A set as it is being written. ``text`` is the whole of it; a form's fields are laid over it. ``place``: where a fault is."""

    head: dict[str, str]
    text: str
    as_text: bool = False
    content: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    place: str = ""


@desk_page(Can.WRITE_RULES, methods=("GET", "POST"))
def local_new(request: Any, kind: str) -> HttpResponse:
    """Write a set, try it, issue it; nothing is kept until it is issued."""
    found, today = found_kind(kind), timezone.localdate()
    if request.method == "GET":
        return _page(request, found, _begun(request, found, today))
    draft, step = _posted(request, found), request.POST.get("step", "")
    if step in ("form", "text") and not draft.errors:
        draft.as_text = step == "text"
        return _page(request, found, draft)
    if draft.errors:
        return _page(request, found, draft)
    if step == "issue":
        return _issued(request, found, draft)
    try:
        day = _day(draft)
        check_place(found, request.viewer.city, draft.head["code"], day, today)
        trial = trial_of(found, request.viewer.city, draft.content, today)
    except (NotIssued, _NoDay) as refusal:
        draft.errors.append(_("请填起始日期。") if isinstance(refusal, _NoDay) else say(refusal, request.viewer))
        return _page(request, found, draft)
    return _page(request, found, draft, trial=trial, tried=True)


class _NoDay(Exception):
    """No day, or none that there is."""


def _day(draft: Draft) -> date:
    try:
        day = parse_date(draft.head["valid_from"])
    except ValueError:
        day = None
    if day is None:
        raise _NoDay
    return day


def _begun(request: Any, kind: Kind[Any], today: date) -> Draft:
    """From the set in force, under a new code, from the first day that is free."""
    held = kind.on(request.viewer.city, today)
    first = today + timedelta(days=1) if held.issued else today
    titles = {name: _SAMPLE_MARK.sub("", held.told[name]) for name in ("title", "title_en")}
    head = {"code": "", **titles, "document": ""}
    text = write_text({}, held.content) if held.issued else body_of(kind.sample_text)
    draft = Draft(head | {"valid_from": first.isoformat()}, text.lstrip("\n"), request.GET.get("as") == "text")
    draft.content = content_in(held.content)
    return draft


def _posted(request: Any, kind: Kind[Any]) -> Draft:
    given = request.POST
    draft = Draft(
        {name: given.get(name, "").strip() for name in FIELDS}, given.get("text", ""), given.get("mode") == "text"
    )
    try:
        held = read_text(draft.text)
        draft.head = {name: draft.head[name] or str(held.get(name, "")) for name in FIELDS}
        draft.content = content_in(held)
        if not draft.as_text:
            draft.content = with_values(held, lambda place: given.get(f"v:{place}"))
        if given.get("step") != "text":
            kind.check(draft.content)
        if not draft.as_text:
            draft.text = write_text({}, draft.content)
    except BadRules as fault:
        draft.errors.append(
            fault_words(fault, fault.line or (line_of(draft.text, fault.place) if draft.as_text else 0))
        )
        draft.place = fault.place
        draft.as_text = draft.as_text or not draft.content
    return draft


def _issued(request: Any, kind: Kind[Any], draft: Draft) -> HttpResponse:
    head: dict[str, Any] = {name: draft.head[name] for name in FIELDS if name != "valid_from"}
    told = {"content": draft.content, "by": request.viewer.user, "at": timezone.now()}
    try:
        made = issue_set(kind=kind, city=request.viewer.city, valid_from=_day(draft), **head, **told)
    except (NotIssued, BadRules, _NoDay) as refusal:
        draft.errors.append(_("请填起始日期。") if isinstance(refusal, _NoDay) else say(refusal, request.viewer))
        return _page(request, kind, draft)
    messages.success(request, _("已发布，自 %(day)s 起适用。") % {"day": made.valid_from.isoformat()})
    return redirect("desk:local_set", kind.code, made.code)


def _page(
    request: Any, kind: Kind[Any], draft: Draft, *, trial: Trial | None = None, tried: bool = False
) -> HttpResponse:
    held = kind.on(request.viewer.city, timezone.localdate())
    shown = {
        "kind": kind,
        "draft": draft,
        "fields": [] if draft.as_text else _fields(kind, draft),
        "now": set_title(held),
        "tried": tried,
        "differences": difference_rows(kind, held.content, draft.content) if tried else [],
        "trial": trial,
        "trial_rows": trial_rows(trial) if trial else [],
    }
    return render(request, "desk/local_rules/new.html", shown, status=422 if draft.errors else 200)


def _fields(kind: Kind[Any], draft: Draft) -> list[dict[str, Any]]:
    """The lines of the draft as fields of a form, each part under its name."""
    fields: list[dict[str, Any]] = []
    part = ""
    for number, line in enumerate(lines_of(draft.content), start=1):
        place = line.place.rpartition(".")[0]
        heading, part = (row_words(kind, line) if place != part else ""), place
        value = line.value
        fields.append(
            {
                "id": f"set-{number}",
                "heading": heading,
                "name": f"v:{line.place}",
                "label": label_words(kind, line),
                "value": "\n".join(map(str, value)) if isinstance(value, list) and is_typed(value) else value,
                "shape": _shape(value),
                "words": value_words(kind, value) if value_words(kind, value) != str(value) else "",
                "wrong": line.place == draft.place,
            }
        )
    return fields


def _shape(value: Any) -> str:
    """How a value is asked for; ``fixed`` for what only the text can change."""
    if not is_typed(value):
        return "fixed"
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, list):
        return "list"
    if isinstance(value, int):
        return "number"
    return "long" if len(value) > 60 else "line"
