"""The house keeps its own rules: sizes, upward references, privacy classes, keys that lead with the city, documented actions."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from architecture.rooms import NOUNS, ROOT, models, python_files, tenant_models
from django.db import models as fields

import zhaoshang

TEMPLATES = sorted((ROOT / "zhaoshang").rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", list(python_files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_500_lines_and_no_function_than_70(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > 70]
    assert (text.count("\n") <= 500, long) == (True, [])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_is_longer_than_200_lines_or_carries_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    inline = re.findall(r"<[^>]*\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=\"", text)
    assert (text.count("\n") <= 200, inline) == (True, [])


@pytest.mark.parametrize("path", list(python_files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_references_point_down_the_house(model: Any) -> None:
    here = NOUNS.index(model._meta.app_label)
    pointed = [
        field.remote_field.model
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None) and field.concrete
    ]
    assert [one._meta.label for one in pointed if NOUNS.index(one._meta.app_label) > here] == []


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_field_says_whether_it_may_leave_the_building(model: Any) -> None:
    named = {field.name for field in model._meta.concrete_fields}
    privacy = getattr(model, "Privacy", None)
    assert privacy is not None
    assert (privacy.public | privacy.private, privacy.public & privacy.private) == (named, set())


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_money_is_never_a_decimal_or_a_float_column(model: Any) -> None:
    assert [f.name for f in model._meta.concrete_fields if isinstance(f, fields.DecimalField | fields.FloatField)] == []


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_keys_and_indexes_of_a_tenant_table_lead_with_the_city(model: Any) -> None:
    keyed = [c.fields for c in model._meta.constraints if isinstance(c, fields.UniqueConstraint)]
    indexed = [index.fields for index in model._meta.indexes]
    single = [
        f.name
        for f in model._meta.concrete_fields
        if (f.unique and not f.primary_key) or (f.db_index and not f.primary_key)
    ]
    assert ([names for names in [*keyed, *indexed] if names[0] != "city"], single) == ([], [])


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


@pytest.mark.parametrize("path", list(python_files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_listens_to_signals(path: Path) -> None:
    banned = "django.db.models." + "signals", "@" + "receiver"
    assert [word for word in banned if word in path.read_text(encoding="utf-8")] == []
