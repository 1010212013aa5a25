"""How well and how fast bulletins are read: F1 by collection, and read() against OpenCC alone on the same text.

Run: ``python -m bench.reading [FOLDER of NNN.txt with NNN.gold.json ...]``
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from opencc import OpenCC
from reading import scoring

from zhaoshang.reading import read

FOLDERS = [scoring.HERE / "bulletins", scoring.HERE / "own"]


def main(folders: list[Path]) -> None:
    """Print the table of rates, the speed beside OpenCC's, and whether hostile texts cost in proportion."""
    print(
        f"{'collection':<28}{'texts':>6}{'claims':>8}"
        + "".join(f"{name:>11}" for name in ("precision", "recall", "f1", *scoring.FIELDS))
    )
    for folder in folders:
        found = list(scoring.bulletins(folder))
        rates = scoring.score((gold, read(text).to_json()["claims"]) for _, text, gold in found)  # type: ignore[misc]
        row = f"{folder.name:<28}{len(found):>6}{sum(len(gold) for *_, gold in found):>8}"
        print(row + "".join(f"{rate:>11.4f}" for rate in rates.values()))
    texts = [text for folder in folders for _, text, _ in scoring.bulletins(folder)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    whole, alone = (
        _fastest(lambda: [read(text) for text in texts]),
        _fastest(lambda: [OPENCC.convert(text) for text in texts]),
    )
    print(
        f"\nread() {size / whole:.2f} MB/s, OpenCC t2s alone {size / alone:.1f} MB/s, ratio {whole / alone:.0f} to 1 ({size:.3f} MB)"
    )

    print("\nhostile texts: seconds for 100,000 characters, for twice as many, ratio")
    for piece in HOSTILE:
        once, twice = (_fastest(partial(read, (piece * length)[:length]), 1) for length in (100_000, 200_000))
        print(f"{piece!r:<28}{once:>8.2f}{twice:>8.2f}{twice / once:>8.1f}")


OPENCC = OpenCC("t2s")
HOSTILE = [
    "1234567890",
    "项",
    "12.5亿元、",
    "占5%",
    "分别为1%、2%、",
    "其中5亿元(其中",
    "（",
    "大连市、",
    "居全省第一",
    "江北区 76.2 22.1\n",
]


def _fastest(work: Callable[[], object], times: int = 3) -> float:
    """Processor seconds of the fastest of several runs, the first (which fills caches) apart."""
    work()
    seconds = []
    for _ in range(times):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or FOLDERS)
