"""Makes a fresh clone ready to run, with nothing but Python: ``python3 bootstrap.py`` (``--dev`` adds what tests need,
``--browser`` also Debian's Chromium for the tests that look at pages).

Makes ``.venv``, installs the hashed lock, the project itself and the language catalogues. Each step leaves a stamp, so that a
second call costs nothing until what it was made from changes.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
LOCALE = ROOT / "zhaoshang" / "locale"
PYTHON_NEEDED = (3, 11)


def main() -> int:
    """Run the steps that are due; 0 when the clone is ready, 2 with one clear line otherwise."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--dev", action="store_true", help="install what tests and checks need, too")
    options.add_argument("--browser", action="store_true", help="install Chromium, too, where it is missing")
    wanted = options.parse_args()
    try:
        make_venv()
        install("dev" if wanted.dev else "runtime")
        install_project()
        compile_catalogues()
        if wanted.browser:
            install_browser()
    except (Unready, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"bootstrap: {error}\n")
        return 2
    return 0


class Unready(Exception):
    """This machine lacks something; the message says what to do."""


def make_venv() -> None:
    """The virtual environment."""
    if (BIN / "pip").exists():
        return
    if sys.version_info < PYTHON_NEEDED:
        found = ".".join(map(str, sys.version_info[:2]))
        raise Unready(
            f"Python {found} is too old, {'.'.join(map(str, PYTHON_NEEDED))} or newer is needed: make PYTHON=python3.11 setup"
        )
    say("making .venv")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise Unready(
            "python3 -m venv does not work here; on Debian: apt-get install python3-venv\n"
            + (made.stdout + made.stderr).strip()
        )


def install(lock_name: str) -> None:
    """The packages of a lock; the development lock holds those of the runtime too."""
    stamps = [stamp("dev")] + ([stamp("runtime")] if lock_name == "runtime" else [])
    wanted = {name.stem: fingerprint(ROOT / "requirements" / f"{name.stem}.lock") for name in stamps}
    if any(mark.exists() and mark.read_text() == wanted[mark.stem] for mark in stamps):
        return
    say(f"installing requirements/{lock_name}.lock")
    run_pip("install", "--require-hashes", "-r", str(ROOT / "requirements" / f"{lock_name}.lock"))
    stamp(lock_name).write_text(fingerprint(ROOT / "requirements" / f"{lock_name}.lock"))


def install_project() -> None:
    """The command ``zhaoshang``, running from this folder."""
    mark, wanted = stamp("project"), fingerprint(ROOT / "pyproject.toml")
    if mark.exists() and mark.read_text() == wanted and (BIN / "zhaoshang").exists():
        return
    say("installing the command zhaoshang")
    run_pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    mark.write_text(wanted)


def compile_catalogues() -> None:
    """Language catalogues whose source is newer."""
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
    if all(
        made.exists() and made.stat().st_mtime >= source.stat().st_mtime
        for source in sources
        for made in [source.with_suffix(".mo")]
    ):
        return
    say("compiling language catalogues")
    subprocess.run([str(BIN / "pybabel"), "-q", "compile", "-D", "django", "-d", str(LOCALE)], check=True)


def install_browser() -> None:
    """Chromium from Debian's packages; no Python package carries one."""
    if shutil.which("chromium"):
        return
    if os.getuid() or not shutil.which("apt-get"):
        raise Unready("the tests in a browser need Chromium; on Debian, as root: apt-get install chromium")
    say("installing chromium")
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)  # type: ignore[call-overload]
    packages = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    subprocess.run(packages, check=True, **quiet)  # type: ignore[call-overload]


def run_pip(*arguments: str) -> None:
    """pip of the environment, quietly."""
    subprocess.run([str(BIN / "python"), "-m", "pip", *arguments, "--quiet", "--disable-pip-version-check"], check=True)


def stamp(name: str) -> Path:
    """Where it is noted from what a step was made."""
    return VENV / f"{name}.stamp"


def fingerprint(path: Path) -> str:
    """Changes with the file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def say(what: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"bootstrap: {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
