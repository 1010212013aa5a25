"""Sets as text (TOML) and as lines: where a key stands, what changed from one set to another. Pure: no Django, no clock."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.rules import HEAD, BadRules

LONGEST = 60_000
_NAMES = ("code", "no", "measure", "kind")  # by which a row is known again in another set
_FAULT_AT = re.compile(r"\(at line (\d+), column \d+\)")
_TABLE = re.compile(r"^\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")
_HEAD_LINE = re.compile(rf"^({'|'.join(HEAD)})\s*=.*\n", re.MULTILINE)
_STEP = re.compile(r"([\w-]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a set. ``place`` counts rows (``clock[2].days``), ``known`` names them (``clock[progress].days``), ``path`` leaves
    them out (``clock.days``); ``row`` and ``row_en`` name the row that it stands in."""

    place: str
    known: str
    path: str
    row: str
    row_en: str
    value: Any


def read_text(text: str) -> dict[str, Any]:
    """A set's text, head and content. Raises :class:`BadRules` with the line."""
    if len(text) > LONGEST:
        raise BadRules("", N_("规则文本超过 {most} 个字符。"), most=LONGEST)
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as fault:
        found = _FAULT_AT.search(str(fault))
        line = int(found[1]) if found else text.count("\n") + 1
        raise BadRules("", N_("不合 TOML 的写法：等号、引号或方括号不配对，或同一个键写了两次。"), line) from None


def content_in(held: Mapping[str, Any]) -> dict[str, Any]:
    """The content without the head."""
    return {key: value for key, value in held.items() if key not in HEAD}


def body_of(text: str) -> str:
    """A text without its head, which stands above the first table; comments stay."""
    first = re.search(r"^\[", text, re.MULTILINE)
    end = first.start() if first else len(text)
    return _HEAD_LINE.sub("", text[:end]) + text[end:]


def line_of(text: str, place: str) -> int:
    """The line of a place in a text, or of the table nearest to it; 0 when nothing of it is there."""
    found = _places(text)
    while place:
        if place in found:
            return found[place]
        place = place.rpartition(".")[0]
    return 0


def _places(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    rows: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _TABLE.match(line):
            table = _numbered(head[2], rows)
            if head[1] == "[[":
                rows[table] = rows.get(table, 0) + 1
                found.setdefault(table, number)
                table = f"{table}[{rows[table]}]"
            found[table] = number
        elif key := _KEY.match(line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return found


def _numbered(name: str, rows: Mapping[str, int]) -> str:
    """``renewal.test`` under the row of ``renewal`` that is open."""
    *above, last = name.split(".")
    place = ""
    for step in above:
        place = f"{place}.{step}" if place else step
        place = f"{place}[{rows[place]}]" if place in rows else place
    return f"{place}.{last}" if place else last


def lines_of(content: Mapping[str, Any]) -> list[Line]:
    """Every value of a content, in its order, without the head."""
    return list(_walk(content_in(content), Line("", "", "", "", "", None)))


def _walk(held: Mapping[str, Any], up: Line) -> Iterator[Line]:
    for key, value in held.items():
        here = Line(_dot(up.place, key), _dot(up.known, key), _dot(up.path, key), up.row, up.row_en, value)
        if isinstance(value, Mapping):
            yield from _walk(value, here)
        elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
            yield from _rows(value, here)
        else:
            yield here


def _rows(rows: list[Mapping[str, Any]], here: Line) -> Iterator[Line]:
    names = [next((str(row[name]) for name in _NAMES if row.get(name)), "") for row in rows]
    for number, (row, name) in enumerate(zip(rows, names, strict=True), start=1):
        known = name if name and names.count(name) == 1 else str(number)
        shown = next((str(row[key]) for key in ("name", "title", "label") if row.get(key)), known)
        shown_en = next((str(row[key]) for key in ("name_en", "title_en", "label_en") if row.get(key)), shown)
        place, known = f"{here.place}[{number}]", f"{here.known}[{known}]"
        yield from _walk(row, Line(place, known, here.path, shown, shown_en, None))


def _dot(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that differs between two sets; None where one has no such line."""

    before: Line | None
    after: Line | None

    @property
    def line(self) -> Line:
        """Either of them, the later first."""
        return self.after or self.before  # type: ignore[return-value]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What is otherwise in the second, key by key, rows known by their codes."""
    old, new = ({one.known: one for one in lines_of(held)} for held in (before, after))
    keys = [*new, *(key for key in old if key not in new)]
    found = [Difference(old.get(key), new.get(key)) for key in keys]
    return [one for one in found if not (one.before and one.after and one.before.value == one.after.value)]


def with_values(content: Mapping[str, Any], given: Callable[[str], str | None]) -> dict[str, Any]:
    """The content with values typed into a form by place. What is not given stays; what is no number is left to the reader to refuse."""
    made = deepcopy(content_in(content))
    for line in lines_of(made):
        typed = given(line.place)
        if typed is not None and is_typed(line.value):
            _put(made, line.place, _typed(line.value, typed))
    return made


def is_typed(value: Any) -> bool:
    """Whether a form can ask for it: a number, a truth, words, or a list of words or numbers."""
    return isinstance(value, str | int) or (
        isinstance(value, list) and all(isinstance(one, str | int) for one in value)
    )


def _typed(kept: Any, text: str) -> Any:
    text = text.replace("\r\n", "\n").strip()
    if isinstance(kept, bool):
        return text == "true"
    if isinstance(kept, int):
        return _whole(text)
    if isinstance(kept, list):
        words = [part.strip() for part in text.split("\n") if part.strip()]
        return [_whole(one) for one in words] if kept and isinstance(kept[0], int) else words
    return text


def _whole(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


def _put(held: Any, place: str, value: Any) -> None:
    *above, (last, _row) = _STEP.findall(place)
    for key, row in above:
        held = held[key][int(row) - 1] if row else held[key]
    held[last] = value


def write_text(head: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """The set as TOML, head first: what :func:`read_text` reads to the same."""
    return "\n".join(_written({key: head[key] for key in HEAD if key in head} | content_in(content), "")).strip() + "\n"


def _written(held: Mapping[str, Any], name: str) -> Iterator[str]:
    tables = {key: value for key, value in held.items() if isinstance(value, Mapping)}
    rows = {key: value for key, value in held.items() if _is_table(value)}
    for key, value in held.items():
        if key not in tables and key not in rows and value is not None:
            yield f"{key} = {_value(value)}"
    for key, value in tables.items():
        yield from ("", f"[{_dot(name, key)}]", *_written(value, _dot(name, key)))
    for key, value in rows.items():
        for row in value:
            yield from ("", f"[[{_dot(name, key)}]]", *_written(row, _dot(name, key)))


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_value(one)}' for key, one in value.items())} }}"
    return json.dumps(value, ensure_ascii=False)
