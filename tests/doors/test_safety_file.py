"""An installation's own safety policy: one that cannot be used is told at the start, in one line, and not at the first login."""

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from zhaoshang.people.safety import BadPolicy

SHIPPED = files("zhaoshang.people").joinpath("samples/safety.toml").read_text("utf-8")
BAD_FILES = {
    "nothing": ("", "KeyError"),
    "no policy": ("policy = []", "no \\[\\[policy\\]\\]"),
    "no TOML": ("[[policy", "TOMLDecodeError"),
    "a word for a list": ('policy = "x"', "TypeError"),
    "a door left out": (SHIPPED.replace("[policy.brakes.proof]", "[policy.brakes.prof]"), "lacks proof"),
    "an unknown role": (SHIPPED.replace('"verifier"', '"verfier"'), "verfier"),
    "a moment for a day": (SHIPPED.replace("2022-01-01", "2022-01-01T00:00:00"), "must be a date"),
    "a lock of no minutes": (SHIPPED.replace("minutes = 15    ", "minutes = 0    "), "must be positive"),
    "a lock of unknown words": (SHIPPED.replace("until_opened", "until_open"), "until_open"),
    "endless": (SHIPPED.replace("idle_minutes = 30", "idle_minutes = inf"), "OverflowError"),
}


@pytest.mark.parametrize("how", BAD_FILES)
def test_no_process_begins_with_a_policy_that_cannot_be_used(settings: Any, tmp_path: Path, how: str) -> None:
    text, why = BAD_FILES[how]
    settings.SAFETY_FILE = str(tmp_path / "own.toml")
    Path(settings.SAFETY_FILE).write_text(text, "utf-8")
    with pytest.raises(BadPolicy, match=f"ZHAOSHANG_SAFETY=.*own.toml: .*{why}"):
        apps.get_app_config("people").ready()


def test_a_wrong_policy_is_one_clear_line_at_the_start(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[[policy", "utf-8")
    for path, why in ((own, "TOMLDecodeError"), (tmp_path / "absent.toml", "No such file")):
        told = subprocess.run(
            [sys.executable, "-m", "zhaoshang.cli", "verify-ledger"],
            env={**os.environ, "ZHAOSHANG_SAFETY": str(path), "ZHAOSHANG_DATA": str(tmp_path / "data")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 2 and told.stderr.count("\n") == 1, told.stderr
        assert f"ZHAOSHANG_SAFETY={path}" in told.stderr and why in told.stderr
