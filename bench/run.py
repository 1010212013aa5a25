"""All measurements in one run, put into docs/benchmarks.md: ``make bench``. Takes about half an hour on 2 cores.

Ratios are what counts: they are taken in one run on one machine. Seconds differ from machine to machine. Of a section only the first
table or block of numbers is replaced, and the line beneath it that says when it was measured; what people wrote about it stays.
"""

import os
import platform
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
# A table, or a fenced block, with the line that says when it was measured.
NUMBERS = re.compile(r"(?:(?:^\|.*\n?)+|^```\n(?:.*\n)*?^```\n?)(?:\nMeasured by .*\n?)?", re.MULTILINE)
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
        "Eight pages and four writes beside a bare page",
        ["bench/load.py", "5", "10000", "100000"],
        "Four callers on the server's own cores, for five seconds each: requests a second and the slowest twentieth.",
    ),
    (
        "Pages beside fifty exports",
        ["bench/exports.py"],
        "Aim: pages within two seconds while fifty files of the whole list are made (the catalogue's E7; `make test-long` holds it).",
    ),
    (
        "Every list on a large account",
        ["bench/lists.py"],
        "Aim: a second at most for every address that reads and names no row, however much it is asked for (the catalogue's E5).",
    ),
    (
        "Keeping the account safe",
        ["bench/keeping.py"],
        "Whole commands beside a plain copy of the database with its SHA-256.",
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


def section(title: str, words: list[str], what: str, page: str) -> str:
    """The page with a measurement's numbers new; with a section for it at the end when it had none."""
    sys.stdout.write(f"{title} …\n")
    sys.stdout.flush()
    said = run(words)
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    when = f"Measured by `.venv/bin/python {' '.join(words)}` on {date.today().isoformat()} ({machine})."
    return replaced(page, title, said if said.startswith("|") else f"```\n{said}\n```", when, what)


def replaced(page: str, title: str, numbers: str, when: str, what: str) -> str:
    """``page`` with these numbers in the section ``title``, in the place of those that stood there first."""
    before, heading, rest = page.partition(f"\n## {title}\n")
    if not heading:
        return f"{page.rstrip()}\n\n## {title}\n\n{what}\n\n{numbers}\n\n{when}\n"
    own, following, after = rest.partition("\n## ")
    found = NUMBERS.search(own)
    begin, end = found.span() if found else (len(own), len(own))
    own = f"{own[:begin].rstrip()}\n\n{numbers}\n\n{when}\n\n{own[end:].lstrip()}".rstrip()
    return f"{before}{heading}{own}\n{following}{after}"


def main() -> None:
    """Measure everything and write the page."""
    page = PAGE.read_text("utf-8")
    for part in PARTS:
        page = section(*part, page)
        PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(f"written: {PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
