"""The house keeps its own rules: sizes, upward references, privacy classes, keys that lead with the city, documented actions."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from architecture.rooms import NOUNS, ROOT, models, python_files, tenant_models
from django.db import models as fields

import zhaoshang

TEMPLATES = sorted((ROOT / "zhaoshang").rglob("templates/**/*.html"))


FILES = list(python_files())


def faulty(items: Iterable[Any], fault: Callable[[Any], Any]) -> dict[str, Any]:
    """What is wrong with whom. One test asks them all: thousands of tests take longer to begin than to run."""
    return {str(item): found for item in items if (found := fault(item))}


def test_no_file_is_longer_than_500_lines_and_no_function_than_70() -> None:
    def long(path: Path) -> list[str]:
        text = path.read_text(encoding="utf-8")
        functions = [
            node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        found = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > 70]
        return [*found, "the file"] if text.count("\n") > 500 else found

    assert len(FILES) > 500 and faulty(FILES, long) == {}


def test_no_template_is_longer_than_200_lines_or_carries_inline_style_or_script() -> None:
    def wrong(path: Path) -> list[str]:
        text = path.read_text(encoding="utf-8")
        inline = re.findall(r"<[^>]*\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=\"", text)
        return [*inline, "too long"] if text.count("\n") > 200 else inline

    assert len(TEMPLATES) > 100 and faulty(TEMPLATES, wrong) == {}


def test_every_module_says_what_it_is_for() -> None:
    def silent(path: Path) -> bool:
        text = path.read_text(encoding="utf-8")
        return bool(text.strip()) and not ast.get_docstring(ast.parse(text))

    assert faulty(FILES, silent) == {}


def test_a_moment_s_day_is_always_the_day_at_the_city_s_clock() -> None:
    """``moment.date()`` is the day in whatever zone the moment is kept in, and ours are kept in UTC: from midnight to eight in the
    morning here it is yesterday. ``timezone.localdate(moment)`` is the city's. The demo writes its moments at the city's clock."""

    def astray(path: Path) -> list[int]:
        asked = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        return [
            node.lineno
            for node in asked
            if isinstance(node.func, ast.Attribute) and node.func.attr == "date" and not node.args
            and "fromisoformat" not in ast.unparse(node.func.value)
        ]  # fmt: skip

    ours = [path for path in FILES if ROOT / "zhaoshang" in path.parents and "demo" not in path.parts]
    assert len(ours) > 500 and faulty(ours, astray) == {}


def test_who_holds_a_row_holds_nothing_beside_it_and_no_city_from_its_writers() -> None:
    """A row that is locked with its city joined would lock the city, whose key every insert of a row of the city needs."""
    held = {model: model.objects.select_for_update().query.select_for_update_of for model in tenant_models()}
    assert len(held) > 50 and set(held.values()) == {("self",)}

    def held_fast(path: Path) -> bool:
        found = re.findall(r"City\.objects\S*\.select_for_update\((.*?)\)", path.read_text(encoding="utf-8"))
        return any("no_key=True" not in arguments for arguments in found)

    assert faulty(FILES, held_fast) == {}


def test_references_point_down_the_house() -> None:
    def upward(model: Any) -> list[str]:
        here = NOUNS.index(model._meta.app_label)
        pointed = [
            field.remote_field.model
            for field in model._meta.get_fields()
            if getattr(field, "remote_field", None) and field.concrete
        ]
        return [one._meta.label for one in pointed if NOUNS.index(one._meta.app_label) > here]

    assert len(models()) > 100 and faulty(models(), upward) == {}


def test_every_field_says_whether_it_may_leave_the_building() -> None:
    def unsaid(model: Any) -> set[str]:
        named = {field.name for field in model._meta.concrete_fields}
        privacy = model.Privacy
        return (named ^ (privacy.public | privacy.private)) | (privacy.public & privacy.private)

    assert faulty(models(), unsaid) == {}


def test_what_reaches_a_person_is_named_as_personal() -> None:
    """Tests of privacy plant their canaries in these fields (``doors/test_personal.py``)."""

    def unnamed(model: Any) -> set[str]:
        reaching = {
            one.name for one in model._meta.concrete_fields if one.name in {"phone", "mail", "email", "contact"}
        }
        texts = {one.name for one in model._meta.concrete_fields if not one.remote_field}
        personal = getattr(model.Privacy, "personal", frozenset())
        return (reaching & texts) - personal | (personal - model.Privacy.private)

    assert faulty(models(), unnamed) == {}


def test_money_is_never_a_decimal_or_a_float_column() -> None:
    def inexact(model: Any) -> list[str]:
        return [f.name for f in model._meta.concrete_fields if isinstance(f, fields.DecimalField | fields.FloatField)]

    assert faulty(models(), inexact) == {}


def test_keys_and_indexes_of_a_tenant_table_lead_with_the_city() -> None:
    def without_city(model: Any) -> list[Any]:
        keyed = [c.fields for c in model._meta.constraints if isinstance(c, fields.UniqueConstraint)]
        indexed = [index.fields for index in model._meta.indexes]
        single = [
            f.name
            for f in model._meta.concrete_fields
            if (f.unique and not f.primary_key) or (f.db_index and not f.primary_key)
        ]
        return [*(names for names in [*keyed, *indexed] if names[0] != "city"), *single]

    assert faulty(tenant_models(), without_city) == {}


def test_database_names_are_given_and_differ() -> None:
    names = [c.name for m in models() for c in m._meta.constraints] + [
        i.name for m in models() for i in m._meta.indexes
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def _actions(noun: str) -> set[str]:
    """Public functions that take ``by``/``at`` and are written in the noun: its acts."""
    package = importlib.import_module(f"zhaoshang.{noun}")
    found = set()
    for item in pkgutil.walk_packages(package.__path__, f"zhaoshang.{noun}."):
        if "migrations" in item.name:
            continue
        module = importlib.import_module(item.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if (
                function.__module__ == item.name
                and not name.startswith("_")
                and {"by", "at"} <= set(inspect.signature(function).parameters)
            ):
                found.add(name)
    return found


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun != "tenancy"])
def test_the_page_of_a_noun_names_all_its_actions(noun: str) -> None:
    page = (ROOT / "docs" / "nouns" / f"{noun}.md").read_text(encoding="utf-8")
    assert sorted(name for name in _actions(noun) if f"`{name}`" not in page) == []


def test_the_map_names_every_room() -> None:
    rooms = {item.name for item in pkgutil.iter_modules(zhaoshang.__path__) if item.ispkg}
    page = (ROOT / "docs" / "MAP.md").read_text(encoding="utf-8")
    assert sorted(room for room in rooms if f"`{room}/`" not in page) == []


def test_nobody_listens_to_signals() -> None:
    banned = "django.db.models." + "signals", "@" + "receiver"

    def listens(path: Path) -> list[str]:
        text = path.read_text(encoding="utf-8")
        return [word for word in banned if word in text]

    assert faulty(FILES, listens) == {}
