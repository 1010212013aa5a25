"""Thresholds and risky clauses that come with the system: dated samples with their sources, used where a city has issued none."""

import tomllib
from pathlib import Path
from typing import Any


def sample(kind: str) -> dict[str, Any]:
    """The sample of a kind of standard, ``appraisal`` or ``clauses``."""
    return tomllib.loads((Path(__file__).parent / f"{kind}.toml").read_text(encoding="utf-8"))
