"""Writes ``clients/python/zhaoshang_client/operations/`` from the API's own description: a module a noun, a method an operation, a type a
body. A type that only one noun's bodies name stands with it, the others in ``bodies.py``."""

import json
import keyword
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "clients/python/zhaoshang_client/operations"
HAND_OFF = "Written by tools/write_client.py from the description: do not change by hand."
COMMON = "bodies"
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def description() -> dict[str, Any]:
    """The API's OpenAPI document."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoshang.config.settings")
    import django

    django.setup()
    from zhaoshang.api.urls import api

    return json.loads(json.dumps(api.get_openapi_schema(), default=str))  # type: ignore[no-any-return]


def kind(schema: dict[str, Any]) -> str:
    """A JSON schema as a Python type."""
    if "$ref" in schema:
        return f'"{schema["$ref"].rpartition("/")[2]}"'
    if "enum" in schema or "const" in schema:
        values = ", ".join(repr(one) for one in schema.get("enum", [schema.get("const")]))
        return f"Literal[{values}]"
    if "anyOf" in schema:
        return _either([kind(one) for one in schema["anyOf"]])
    if schema.get("type") == "array":
        return f"list[{kind(schema.get('items', {}))}]" if "items" in schema else "list[Any]"
    if schema.get("type") == "object":
        more = schema.get("additionalProperties")
        return f"dict[str, {kind(more) if isinstance(more, dict) and more else 'Any'}]"
    return PLAIN.get(str(schema.get("type", "")), "Any")


def _either(kinds: list[str]) -> str:
    return "Any" if any(one.startswith('"') for one in kinds) else " | ".join(dict.fromkeys(kinds))


def type_of(name: str, schema: dict[str, Any]) -> str:
    """A body, or what bodies are made of."""
    if "enum" in schema:
        return f"{name} = {kind(schema)}"
    needed = set(schema.get("required", []))
    lines = [
        f"{field!r}: {kind(one) if field in needed else f'NotRequired[{kind(one)}]'}"
        for field, one in schema.get("properties", {}).items()
    ]
    return f"{name} = TypedDict({name!r}, {{{', '.join(lines)}}})"


def method(path: str, verb: str, operation: dict[str, Any]) -> str:
    """One operation."""
    given = operation.get("parameters", [])
    parts = [one["name"] for one in given if one["in"] == "path"]
    asked = [one["name"] for one in given if one["in"] == "query"]
    content = operation.get("requestBody", {}).get("content", {})
    is_form = "multipart/form-data" in content
    schemas = {one["name"]: one["schema"] for one in given}
    words = [f"{_safe(name)}: str | int" for name in parts] + ["*"]
    words += [f"{_safe(name)}: {_either([kind(schemas[name]), 'None'])} = None" for name in asked]
    told = [f"{name!r}: {_safe(name)}" for name in parts]
    sent = [f"{verb.upper()!r}", f"{path!r}", f"{{{', '.join(told)}}}"]
    if asked:
        sent.append(f"query={{{', '.join(f'{name!r}: {_safe(name)}' for name in asked)}}}")
    if is_form:
        words += ["files: Files", "form: dict[str, Any] | None = None"]
        sent += ["files=files", "form=form"]
    elif "application/json" in content:
        words.append(f"body: {kind(content['application/json']['schema'])}")
        sent.append("body=body")
    if any(one["name"] == "If-Match" for one in given):
        words.append("if_match: str | None = None")
        sent.append("if_match=if_match")
    if verb != "get":
        words.append("idempotency_key: str | None = None")
        sent.append("idempotency_key=idempotency_key")
    words = words[:-1] if words[-1] == "*" else words
    name = operation["operationId"].removeprefix("zhaoshang_api_")
    summary = operation.get("summary", name).replace('"', "'")
    return f'    def {name}(self, {", ".join(words)}) -> Any:\n        """{summary}."""\n        return self.call({", ".join(sent)})\n'


def _safe(name: str) -> str:
    name = re.sub(r"\W", "_", name)
    return f"{name}_" if keyword.iskeyword(name) else name


def written() -> dict[str, str]:
    """The modules as they should stand, each under its file's name."""
    document = description()
    schemas = {
        name: schema
        for name, schema in sorted(document["components"]["schemas"].items())
        if "enum" in schema or schema.get("type") == "object"
    }
    nouns: dict[str, list[str]] = {}
    for path, verbs in sorted(document["paths"].items()):
        for verb, one in sorted(verbs.items()):
            nouns.setdefault(re.sub(r"\W", "_", one["tags"][0]).lower(), []).append(method(path, verb, one))
    homes = _homes(schemas, {noun: "".join(methods) for noun, methods in nouns.items()})
    modules = {COMMON: _module("What bodies of several nouns are made of", schemas, homes, COMMON)}
    for noun, methods in sorted(nouns.items()):
        modules[noun] = _module(f"Operations of {noun.replace('_', ' ')}", schemas, homes, noun, methods)
    modules["__init__"] = _all_of(sorted(nouns))
    return _formatted({f"{name}.py": text for name, text in modules.items()})


def _named(text: str) -> set[str]:
    return set(re.findall(r'"(\w+)"', text))


def _homes(schemas: dict[str, dict[str, Any]], methods: dict[str, str]) -> dict[str, str]:
    """In which module each type stands: of what one noun's methods name, with what it is made of, there."""
    made_of = {name: _named(type_of(name, schema)) & set(schemas) - {name} for name, schema in schemas.items()}
    users: dict[str, set[str]] = {name: set() for name in schemas}
    for noun, text in methods.items():
        reached = _named(text) & set(schemas)
        while more := {part for name in reached for part in made_of[name]} - reached:
            reached |= more
        for name in reached:
            users[name].add(noun)
    return {name: next(iter(one)) if len(one) == 1 else COMMON for name, one in users.items()}


def _module(
    about: str, schemas: dict[str, dict[str, Any]], homes: dict[str, str], noun: str, methods: Sequence[str] = ()
) -> str:
    types = "\n".join(type_of(name, schema) for name, schema in schemas.items() if homes[name] == noun)
    text = types + "".join(methods)
    common = sorted(name for name in _named(text) & set(schemas) if homes[name] != noun)
    typing = [name for name in ("Any", "Literal", "NotRequired", "TypedDict") if re.search(rf"\b{name}\b", text)]
    head = [f'"""{about}. {HAND_OFF}"""', "", f"from typing import {', '.join(typing)}", ""]
    if methods:
        calling = ["Caller", *(["Files"] if "Files" in text else [])]
        head.append(f"from zhaoshang_client.calling import {', '.join(calling)}")
    if common:
        head.append(f"from zhaoshang_client.operations.{COMMON} import {', '.join(common)}")
    parts = ["\n".join(head), types]
    if methods:
        parts.append(
            f'class {_class_of(noun)}(Caller):\n    """A method for each operation."""\n\n' + "\n".join(methods)
        )
    return "\n\n".join(parts)


def _class_of(noun: str) -> str:
    return "".join(word.capitalize() for word in noun.split("_"))


def _all_of(nouns: Sequence[str]) -> str:
    lines = [f'"""Every operation of the API. {HAND_OFF}"""', ""]
    lines += [f"from zhaoshang_client.operations.{noun} import {_class_of(noun)}" for noun in nouns]
    lines += ["", f"class Operations({', '.join(map(_class_of, nouns))}):"]
    return "\n".join([*lines, '    """A method for each operation of the API."""', ""])


def _formatted(modules: dict[str, str]) -> dict[str, str]:
    """As ruff would have them, under this project's rules."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in modules.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        ruff = str(Path(sys.executable).with_name("ruff"))
        words = ["format", "--quiet", "--config", str(ROOT / "pyproject.toml"), folder]
        subprocess.run([ruff, *words], check=True)
        return {name: (Path(folder) / name).read_text(encoding="utf-8") for name in modules}


if __name__ == "__main__":
    WRITTEN.mkdir(exist_ok=True)
    for old in WRITTEN.glob("*.py"):
        old.unlink()
    for name, text in written().items():
        (WRITTEN / name).write_text(text, encoding="utf-8")
