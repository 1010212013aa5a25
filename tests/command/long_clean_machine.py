"""A drill on a clean machine: a fresh clone, an empty home, nothing in the environment, and the commands of the document, word for word.

What stands in ``docs/how-to/install.md`` is what is run: its blocks are read out of the document, and only the places that it leaves open
(``/backup``, ``/secure``, ``/elsewhere``, ``/srv/zhaoshang``, ``FILE``) are put in. Prints how long each part took.
"""

import json
import os
import re
import shlex
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pytestmark = pytest.mark.installation
ROOT = Path(__file__).parents[2]
RECOVERED_WITHIN_S = 30 * 60


def commands(section: str) -> list[str]:
    """The commands of a section of the document, without their comments."""
    text = (ROOT / "docs" / "how-to" / "install.md").read_text(encoding="utf-8")
    body = text.split(f"\n## {section}\n")[1].split("\n## ")[0]
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", body, re.S)).replace("\\\n", " ").splitlines()
    return [one for line in lines if (one := re.sub(r"\s+#.*", "", line).strip())]


@dataclass
class Machine:
    """A place with a clone, an empty home and nothing in its environment but the way to programs and packages."""

    root: Path
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("home", "secure", "backup", "elsewhere", "srv"):
            (self.root / name).mkdir(parents=True)
        subprocess.run(
            ["git", "clone", "--quiet", str(ROOT), str(self.root / "clone")], check=True, env=self.environment
        )

    @property
    def environment(self) -> dict[str, str]:
        network = {
            name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "http", "HTTP"))
        }
        return {"PATH": os.environ["PATH"], "HOME": str(self.root / "home"), "LANG": "C.UTF-8", **network}

    def run(self, *lines: str, **places: str) -> str:
        """The document's lines in one shell, with its places put in; the last command's output. Ends at the first that fails."""
        script = "\n".join(["set -eu", *self.said, *lines])
        script = re.sub(
            r"(?<![\w.])/(?:backup|secure|elsewhere|srv/zhaoshang)\b", lambda place: f"{self.root}{place[0]}", script
        )
        for word, meant in places.items():
            script = script.replace(word, meant)
        ran = subprocess.run(
            ["sh", "-c", script],
            cwd=self.root / "clone",
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{script}\n{ran.stdout}\n{ran.stderr}"
        self.said += [line for line in lines if line.startswith("export ")]
        return ran.stdout


def line_with(section: str, word: str) -> str:
    """The one command of the section that holds ``word``."""
    (found,) = [one for one in commands(section) if word in one]
    return found


@pytest.mark.case("J2")
def test_a_clean_machine_comes_back_by_the_document_alone_with_the_same_digest(tmp_path: Path) -> None:
    old, new, keep = Machine(tmp_path / "old"), Machine(tmp_path / "new"), "Back up and restore"
    city = "export ZHAOSHANG_CITY=load001"  # the city that ``generate`` makes stands for the bureau's
    setting_up = [line_with("Set up", "bootstrap.py"), line_with("Set up", "ZHAOSHANG_DATA="), city]
    old.run(*setting_up)
    old.run(".venv/bin/zhaoshang generate --payments 400", ".venv/bin/zhaoshang checkpoint --output first.json")
    old.run(*[one for one in commands(keep) if "restore" not in one])
    there = json.loads(old.run(".venv/bin/zhaoshang verify-ledger --json"))
    (made,) = (old.root / "backup").glob("*.backup")

    began = time.monotonic()
    new.run(*setting_up)
    installed = time.monotonic()
    for folder in ("backup", "secure", "elsewhere"):  # what lay elsewhere while the old machine burnt
        subprocess.run(["cp", "-a", f"{old.root / folder}/.", str(new.root / folder)], check=True)
    new.run(line_with(keep, "export "))
    said = new.run(line_with(keep, "restore-drill"), line_with(keep, "zhaoshang restore "), FILE=made.stem)
    assert "恢复演练通过" in said and "逐表摘要与备份时相同" in said, said
    here = json.loads(new.run(".venv/bin/zhaoshang verify-ledger --json"))
    recovered = time.monotonic()
    assert (here["entries"], here["digest"], here["faults"]) == (there["entries"], there["digest"], [])
    assert there["entries"] > 0 and recovered - began < RECOVERED_WITHIN_S
    print(
        f"{shlex.quote(str(made.name))}: {here['entries']} entries; installed in {installed - began:.0f} s, "
        f"restored and verified in {recovered - installed:.0f} s, {recovered - began:.0f} s in all"
    )
