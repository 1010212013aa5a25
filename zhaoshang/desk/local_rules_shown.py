"""How sets of local rules stand on the desk's pages: titles, values in words, lines, differences, trials."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from zhaoshang.rulebook.trials import Trial
from zhaoshang.rulesets.kinds import InForce, Kind
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.rulesets.texts import Line, differences, lines_of
from zhaoshang.ui.filters import english, with_note


def set_title(held: InForce[Any]) -> str:
    """The title in the language of the page."""
    return title_in(held.told)


def title_in(told: Mapping[str, Any]) -> str:
    """The same of what was kept of a set."""
    return str(told["title_en"] if english() and told["title_en"] else told["title"])


def standing_words(held: InForce[Any]) -> str:
    """Which set holds, with its document."""
    if held.issued is None:
        return _("系统自带的示例，本市尚未发布")
    return with_note(set_title(held), held.issued.document)


def source_of(held: InForce[Any]) -> str:
    """What the set goes back to: its source as written, else the document that issued it."""
    return str(held.content.get("source") or held.told["document"])


def value_words(kind: Kind[Any], value: Any) -> str:
    """A value for people: codes in words, lists in one line."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, str):
        return _(kind.words[value]) if value in kind.words else value
    if isinstance(value, list):
        if all(isinstance(one, list) for one in value):
            return _("；").join(" → ".join(value_words(kind, part) for part in one) for one in value)
        return _("、").join(value_words(kind, one) for one in value)
    if isinstance(value, Mapping):
        first, *more = value.values()
        return value_words(kind, first) + "".join(_("（%(day)s 起）") % {"day": one} for one in more)
    return str(value)


def label_words(kind: Kind[Any], line: Line) -> str:
    """A key for people."""
    return _(kind.label(line.path) or line.path)


def row_words(kind: Kind[Any], line: Line) -> str:
    """The part of the set that a line stands in, ``阶段：签约``; nothing for the lines at the top."""
    parts = line.path.split(".")[:-1]
    if not parts:
        return ""
    part = _(kind.label(".".join(parts)) or parts[-1])
    row = line.row_en if english() else line.row
    return f"{part}{_('：')}{_(kind.words.get(row, row))}" if row else part


def set_rows(kind: Kind[Any], content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of a set as rows of a table, each part under its name."""
    rows: list[dict[str, Any]] = []
    part = None
    for line in lines_of(content):
        place = line.place.rpartition(".")[0]
        if place != part and place:
            rows.append({"what": row_words(kind, line), "_kind": "group"})
        part = place
        rows.append({"what": label_words(kind, line), "value": value_words(kind, line.value), "key": line.place})
    return rows


def difference_rows(kind: Kind[Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What differs between two sets, key by key."""
    return [
        {
            "what": {"text": label_words(kind, one.line), "note": row_words(kind, one.line) or None},
            "before": value_words(kind, one.before.value) if one.before else None,
            "after": value_words(kind, one.after.value) if one.after else None,
            "key": one.line.known,
        }
        for one in differences(before, after)
    ]


def trial_rows(trial: Trial) -> list[dict[str, Any]]:
    """What came out of a trial, line by line."""
    return [
        {
            "what": f"{_(one.name)}{_('：')}{_(one.what)}" if one.name else _(one.what),
            "before": f"{one.before:,}",
            "after": f"{one.after:,}",
            "change": f"{one.after - one.before:+,}" if one.after != one.before else "0",
            "_kind": "" if one.after != one.before else "muted",
        }
        for one in trial.effects
    ]


def fault_words(fault: BadRules, line: int = 0) -> str:
    """A fault with its line and key: what is wrong, and what to do."""
    where = [_("第 %(line)s 行") % {"line": line}] if line else []
    where += [f"“{fault.place}”"] if fault.place else []
    told = _(fault.template).format(**fault.params)
    return f"{' '.join(where)}{_('：')}{told}" if where else told
