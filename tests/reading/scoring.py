"""Scoring a reading against gold: the samples' rules (README of ``bulletins/``), and the short form of gold used in ``own/``."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]

HERE = Path(__file__).parent
FIELDS = ("approx", "period", "region", "rank_scope")
_SUFFIX = re.compile("(壮族|回族|维吾尔)?(特别行政区|自治区|自治州|自治县|新区|省|市|区|县|州)$")


def bulletins(folder: Path) -> Iterable[tuple[str, str, list[Row]]]:
    """(name, text, gold claims) of every bulletin of a folder, whichever form its gold has."""
    for path in sorted(folder.glob("*.txt")):
        gold = path.with_suffix(".gold.json")
        if gold.exists():
            yield path.stem, path.read_text("utf-8"), json.loads(gold.read_text("utf-8"))["claims"]
        elif not path.name.endswith(".restored.txt"):
            yield path.stem, *_short_form(path.read_text("utf-8"))


def _short_form(written: str) -> tuple[str, list[Row]]:
    """Text, a line ``@ period region``, then ``quote | class value unit [kind] [flags]`` a line; ``-`` is unknown."""
    text, _, gold = written.partition("\n@ ")
    head, *lines = gold.strip().split("\n")
    period, region = (None if word == "-" else word for word in head.split())
    return text, [_row(line, period, region) for line in lines]


def _row(line: str, period: str | None, region: str | None) -> Row:
    quote, _, rest = line.partition(" | ")
    class_name, value, unit, *more = rest.split()
    kind = more.pop(0) if more and "=" not in more[0] and len(more[0]) > 1 else "rank" if unit == "rank" else "level"
    row: Row = {
        "quote": quote, "indicator_class": class_name, "value": float(value), "unit": unit, "kind": kind, "approx": False,
        "period": period, "region": region,
    }  # fmt: skip
    long_names = {"p": "period", "r": "region", "a": "approx", "s": "rank_scope"}
    for word in more:
        key, _, given = word.partition("=")
        if key in {"t", "f", "o"}:
            row[{"t": "target", "f": "forecast", "o": "optional"}[key]] = True
        elif key.startswith("alt"):
            row["alt_kind" if key == "alt_kind" else "alt_class"] = given.split(",")
        else:
            row[long_names[key]] = None if given == "-" else given
    return row


def score(pairs: Iterable[tuple[list[Row], list[Row]]]) -> dict[str, float]:
    """Micro precision, recall and F1 over (gold, predicted) pairs, and the share of right fields on matched claims."""
    n: Counter[str] = Counter()
    for gold, predicted in pairs:
        matched = match(gold, predicted)
        n["false"] += len(predicted) - len(matched)
        for i, claim in enumerate(gold):
            if claim.get("optional"):
                continue
            n["hit" if i in matched else "missed"] += 1
            if i in matched:
                n.update(_fields(claim, predicted[matched[i]]))
    precision = n["hit"] / max(1, n["hit"] + n["false"])
    recall = n["hit"] / max(1, n["hit"] + n["missed"])
    rates = {name: n[name + " right"] / max(1, n[name]) for name in FIELDS}
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        **rates,
    }


def _fields(gold: Row, predicted: Row) -> Iterable[str]:
    for name in FIELDS:
        told = gold.get(name)
        if name != "approx" and told is None:
            continue
        yield name
        if _same_field(name, told, predicted.get(name)):
            yield name + " right"


def _same_field(name: str, told: Any, read: Any) -> bool:
    if name == "approx":
        return bool((told or False) == (read or False))
    if name == "period":
        return _months(told) == _months(read)
    return _SUFFIX.sub("", told) == _SUFFIX.sub("", read or "")


def _months(label: str | None) -> str | None:
    if quarter := re.fullmatch(r"(\d{4})Q([1-4])", label or ""):
        year, last = quarter[1], int(quarter[2]) * 3
        return f"{year}-{last - 2:02}/{year}-{last:02}"
    return f"{label}-01/{label}-12" if re.fullmatch(r"\d{4}", label or "") else label


def agrees(gold: Row, predicted: Row) -> bool:
    """Whether value, unit, class and kind are right, an alternative class or kind counting as right."""
    values = [float(gold[key]) for key in ("value", "value_max") if key in gold]
    return (
        any(abs(float(predicted["value"]) - v) <= 1e-6 * max(1, abs(v)) for v in values)
        and predicted["unit"] == gold["unit"]
        and predicted["indicator_class"] in [gold["indicator_class"], *gold.get("alt_class", [])]
        and predicted["kind"] in [gold["kind"], *gold.get("alt_kind", [])]
    )


def match(gold: list[Row], predicted: list[Row]) -> dict[int, int]:
    """The largest one-to-one matching, gold index to predicted index; required claims and better agreeing fields first."""
    candidates = [
        sorted((j for j, p in enumerate(predicted) if agrees(g, p)), key=lambda j: -_niceness(g, predicted[j]))
        for g in gold
    ]
    owner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in candidates[i]:
            if j not in tried:
                tried.add(j)
                if j not in owner or place(owner[j], tried):
                    owner[j] = i
                    return True
        return False

    for i in sorted(range(len(gold)), key=lambda i: bool(gold[i].get("optional"))):
        place(i, set())
    return {i: j for j, i in owner.items()}


def _niceness(gold: Row, predicted: Row) -> int:
    return sum(
        _same_field(name, gold[name], predicted.get(name))
        for name in ("period", "region")
        if gold.get(name) is not None
    )
