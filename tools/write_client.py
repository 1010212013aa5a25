"""Writes ``clients/python/zhaoshang_client/operations.py`` from the API's own description: a method an operation, a type a body."""

import json
import keyword
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "clients/python/zhaoshang_client/operations.py"
HEAD = '''"""Every operation of the API. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files


'''
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


def types(document: dict[str, Any]) -> Iterator[str]:
    """The bodies and what they are made of."""
    for name, schema in sorted(document["components"]["schemas"].items()):
        if "enum" in schema:
            yield f"{name} = {kind(schema)}"
        elif schema.get("type") == "object":
            needed = set(schema.get("required", []))
            lines = [
                f"{field!r}: {kind(one) if field in needed else f'NotRequired[{kind(one)}]'}"
                for field, one in schema.get("properties", {}).items()
            ]
            yield f"{name} = TypedDict({name!r}, {{{', '.join(lines)}}})"


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


def written() -> str:
    """The module as it should stand."""
    document = description()
    methods = [
        method(path, verb, one)
        for path, verbs in sorted(document["paths"].items())
        for verb, one in sorted(verbs.items())
    ]
    text = HEAD + "\n".join(types(document)) + "\n\n\nclass Operations(Caller):\n"
    text += '    """A method for each operation of the API."""\n\n' + "\n".join(methods)
    ruff = [str(Path(sys.executable).with_name("ruff")), "format", "--quiet", "--stdin-filename", str(WRITTEN), "-"]
    return subprocess.run(ruff, input=text, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    WRITTEN.write_text(written(), encoding="utf-8")
