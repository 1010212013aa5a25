"""All measurements in one run, written to docs/benchmarks.md: ``make bench``. Takes about a quarter of an hour on 2 cores.

Ratios are what counts: they are taken in one run on one machine. Seconds differ from machine to machine.
"""

import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
PARTS = (
    (
        "The ledger: cost against size",
        ["bench/ledger.py"],
        "Aim: league table and figure cost at most 1.3 times as much at 10^6 payments as at 10^4, since both read roll-ups; the forecast is"
        " held to the same. Beside them"
        " the same sum in bare SQL, over roll-ups and over the payments, and a bare Django page with one query on the same server. Pages"
        " are asked for over HTTP from granian (2 workers, 1 blocking thread each).",
    ),
    (
        "The public site at fifty requests a second",
        ["bench/site.py"],
        "Aim: p95 at most 50 ms for pages that are kept ready, on 2 cores. Requests are sent when due and timed from then; the driver"
        " runs on the same cores. Beside them a bare Django page with one query on the same server in the same run.",
    ),
    (
        "A workbook of 10,000 rows",
        ["bench/imports.py"],
        "Against reading the sheet with calamine plus a bare bulk insert. Aim: at most 4 times.",
    ),
    (
        "Duplicates among 100,000 projects",
        ["-m", "bench.duplicates"],
        "Aim: recall at least 0.95 at a precision of at least 0.9, on invented doubles made by other rules than the matcher's.",
    ),
    (
        "Asking at entry and searching among 100,000 projects",
        ["-m", "bench.lookup"],
        "Aim: 30 ms at entry, 50 ms a search, with the queries of a page but without its drawing.",
    ),
    (
        "The reader of bulletins",
        ["-m", "bench.reading"],
        "F1 by collection of labelled texts, and speed against OpenCC alone on the same text.",
    ),
)


def run(words: list[str]) -> str:
    """What one measurement prints."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    ran = subprocess.run([sys.executable, *words], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return ran.stdout.strip()


def section(title: str, words: list[str], what: str) -> str:
    """A measurement as a section of the page."""
    sys.stdout.write(f"{title} …\n")
    sys.stdout.flush()
    said = run(words)
    body = said if said.startswith("|") else f"```\n{said}\n```"
    return f"## {title}\n\n{what}\n\n{body}\n\nAlone: `.venv/bin/python {' '.join(words)}`\n"


def main() -> None:
    """Measure everything and write the page."""
    sections = [section(*part) for part in PARTS]
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    when = f"Written by `make bench` on {date.today().isoformat()} ({machine})."
    head = f"# Benchmarks\n\n{when} Ratios count; seconds differ from machine to machine.\n"
    PAGE.write_text("\n".join([head, *sections]), encoding="utf-8")
    sys.stdout.write(f"written: {PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
