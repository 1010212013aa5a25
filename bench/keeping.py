"""What it costs to keep the account safe: walking the chain, a sealed backup and a drill of its restore, beside reading the same bytes.

``.venv/bin/python bench/keeping.py [PAYMENTS]``, on SQLite in a folder that is thrown away. Seconds of whole commands, starting included.
"""

import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.ledger import command, environment

PAYMENTS, CHUNK = 100_000, 1 << 20


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def copied(source: Path, target: Path) -> None:
    """The plain way: copy the file and take its SHA-256."""
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        while some := read.read(CHUNK):
            digest.update(some)
            written.write(some)


def measured(payments: int) -> list[tuple[str, float, float]]:
    """What was done, its seconds, and how many times the plain copy that is."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as elsewhere:
        key, made = f"{elsewhere}/backup.key", f"{elsewhere}/made.backup"
        command(folder, "generate", "--payments", str(payments))
        database = Path(folder, "zhaoshang.sqlite3")

        def run(*words: str) -> float:
            words = (sys.executable, "-m", "zhaoshang.cli", *words)
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            return seconds(lambda: subprocess.run(words, env=environment(folder), check=True, **quiet))

        run("backup-key", "--output", key)
        plain = seconds(lambda: copied(database, Path(elsewhere, "plain")))
        rows = [
            (f"plain copy of {database.stat().st_size / 1e6:.0f} MB with its SHA-256", plain),
            (f"verify-ledger, {payments:,} entries", run("verify-ledger")),
            ("backup, sealed", run("backup", "--key", key, "--output", made)),
            ("restore-drill of it", run("restore-drill", made, "--key", key)),
        ]
        return [(name, taken, taken / plain) for name, taken in rows]


def main(words: list[str]) -> None:
    """Print the table."""
    print("| | seconds | times a plain copy |\n|---|---:|---:|")
    for name, taken, times in measured(int(words[0]) if words else PAYMENTS):
        print(f"| {name} | {taken:.2f} | {times:.1f}× |")


if __name__ == "__main__":
    main(sys.argv[1:])
