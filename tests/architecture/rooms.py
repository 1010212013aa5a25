"""What the architecture tests look at: the nouns in their order, their models, and the project's files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR).parent
NOUNS: list[str] = settings.NOUNS


def models() -> list[Any]:
    """Every model of ours, lowest room first."""
    return [model for noun in NOUNS for model in apps.get_app_config(noun).get_models()]


def tenant_models() -> list[Any]:
    """Those that belong to a city."""
    return [model for model in models() if any(field.name == "city" for field in model._meta.local_fields)]


def python_files() -> Iterator[Path]:
    """Our own code, without migrations."""
    for folder in ("zhaoshang", "tests", "bench", "tools"):
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)
