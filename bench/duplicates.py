"""The matcher over 10^5 invented projects with doubles made by other rules: what it finds, how right it is, time and memory.

Alone: ``.venv/bin/python -m bench.duplicates``.
"""

import sys
import time
from collections import Counter
from random import Random

from zhaoshang.demo import facts
from zhaoshang.demo.doubles import population, with_doubles
from zhaoshang.projects.likeness import MATCHING
from zhaoshang.projects.sweeping import sweep

PROJECTS, DOUBLES, SEED = 100_000, 3_000, 20260


def places() -> frozenset[str]:
    """The city's places as the account knows them: whole and short names of the units."""
    return frozenset(name for unit in facts.UNITS for name in (unit.name, unit.short_name)) | {"大连", "大连市"}


def measured(projects: int, doubles: int, seed: int) -> dict[str, float]:
    """Recall, precision and seconds of one run; recall by the way in which a double was made."""
    chance = Random(seed)
    made, truth = with_doubles(population(projects, chance), doubles, chance)
    chance.shuffle(made)
    weights = MATCHING.read(MATCHING.shipped)
    start = time.perf_counter()
    found = {
        frozenset((made[pair.first].key, made[pair.second].key)): pair
        for pair in sweep(made, weights, weights.words(places()))
    }
    seconds = time.perf_counter() - start
    right = found.keys() & truth.keys()
    result = {
        "recall": len(right) / len(truth),
        "precision": len(right) / len(found),
        "seconds": seconds,
        "pairs": len(found),
    }
    made_so, found_so = Counter(truth.values()), Counter(truth[pair] for pair in right)
    return result | {f"recall_{how}": found_so[how] / number for how, number in made_so.items()}


def main() -> None:
    """Print a table."""
    found = measured(PROJECTS, DOUBLES, SEED)
    sys.stdout.write("\n".join(f"{name}: {value:.3f}" for name, value in found.items()) + "\n")


if __name__ == "__main__":
    main()
