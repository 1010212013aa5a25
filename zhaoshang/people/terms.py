"""How long each table is kept, as data: ``samples/keeping.toml``. Plain Python."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

SAMPLE = Path(__file__).parent / "samples" / "keeping.toml"


class Keeping(StrEnum):
    """For how long. WORKING: as long as it serves; PASSING: until something takes it away by itself."""

    PERMANENT = "permanent"
    YEARS_30 = "years_30"
    YEARS_10 = "years_10"
    WORKING = "working"
    PASSING = "passing"


@dataclass(frozen=True, slots=True)
class Term:
    """A table's term. ``after``, ``by``: of a passing one, how long and which function takes rows away. ``person``: the function that
    takes the personal fields away; empty where nothing does, None where there are none; ``person_days``: how many days after the end of
    what they were kept for, 0 where the function has days of its own. ``index``: its rows are made anew out of others."""

    keeping: Keeping
    after: str = ""
    by: str = ""
    person: str | None = None
    person_days: int = 0
    index: bool = False

    @property
    def can_be_held(self) -> bool:
        """Whether its rows are records: kept for a term, or of people, and not made out of other rows."""
        kept = self.keeping in (Keeping.PERMANENT, Keeping.YEARS_30, Keeping.YEARS_10)
        return (kept or self.person is not None) and not self.index


def terms(path: Path = SAMPLE) -> dict[str, Term]:
    """Each table's term. Raises ``ValueError`` for a class that is none, ``KeyError`` for a table without one."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))["tables"]
    return {
        table: Term(
            Keeping(one["class"]),
            one.get("after", ""),
            one.get("by", ""),
            one.get("person"),
            int(one.get("person_days", 0)),
            bool(one.get("index", False)),
        )
        for table, one in written.items()
    }
