"""The words round a figure, cut at the marks that matter: the clause, the item between semicolons, what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from zhaoshang.reading import clauses, kinds, naming
from zhaoshang.reading.clauses import Sentence
from zhaoshang.reading.draft import Draft, Memory
from zhaoshang.reading.kinds import Saying
from zhaoshang.reading.quantities import Quantity


@dataclass
class Context:
    """Where the reader stands: in which sentence, after which figure (``floor``), remembering what."""

    text: str
    sentence: Sentence
    memory: Memory = field(default_factory=Memory)
    floor: int = 0

    def clause(self, place: int) -> str:
        """The words of the clause before ``place``, back to the figure before it."""
        return clauses.before(self.text, place, self.floor)

    def whole_clause(self, place: int) -> str:
        """The words of the clause before ``place``, its figures included."""
        return clauses.before(self.text, place, self.sentence.start)

    def item(self, place: int) -> str:
        """The words from the last semicolon to ``place``."""
        return clauses.before(self.text, place, self.sentence.start, clauses.ITEM_BREAK)

    def lead(self, place: int) -> str:
        """What announces a list: the clause before the last colon of the item."""
        item = self.item(place).replace("：", ":")
        announcing, colon, told = item.rpartition(":")
        return self._topic(told, place) or (re.split("[,，]", announcing)[-1] if colon else "")

    def _topic(self, item: str, place: int) -> str:
        """«到位内资,金州区58.7亿元、…»: the item's first clause, where it has no figure and a place follows it."""
        topic, comma, _ = item.replace("，", ",").partition(",")
        opens = place - len(item) + len(topic) + 1
        follows = any(named.start == opens for named in self.sentence.places)
        return topic if comma and follows and not re.search(r"\d", topic) else ""

    def following(self, place: int) -> str:
        """The words from ``place`` to the next mark."""
        return clauses.after(self.text, place, min(self.sentence.end, place + 40))

    def without_places(self, place: int) -> str:
        """The clause without the names of places, whose 县 and 区 are not what is counted."""
        words = self.clause(place)
        begin = place - len(words)
        for named in reversed(self.sentence.places):
            if begin <= named.start and named.end <= place:
                words = words[: named.start - begin] + words[named.end - begin :]
        return words

    def looks_ahead(self, quantity: Quantity) -> bool:
        """Whether the item aims («力争…») before the figure, and nothing since tells what was reached."""
        said = self.text[max(self.sentence.start, quantity.start - 240) : quantity.start]
        aims = list(kinds.AIMING.finditer(said))
        if not aims or kinds.REACHED.search(said, aims[-1].end()):
            return False
        announces = aims[-1].group().endswith((":", "："))
        return announces or not re.search(f"[{clauses.ITEM_BREAK}]", said[aims[-1].end() :])

    def mentions(self, pattern: str) -> bool:
        """Whether the sentence has such words."""
        return re.search(pattern, self.text[self.sentence.start : self.sentence.end]) is not None

    def draft(self, quantity: Quantity, saying: Saying, class_name: str, lender: Draft | None = None) -> Draft:
        """A draft of this figure; ``lender`` is the one before it that lends its noun."""
        named = naming.name(self, quantity, saying, lender)
        target = class_name != "planned_investment" and (
            saying.target or (saying.kind != "completion" and self.looks_ahead(quantity))
        )
        foretold = saying.kind in {"level", "growth"} and not target and kinds.is_forecast(self.item(quantity.start))
        return Draft(
            quantity.start, quantity.end, class_name, saying.kind, _signed(quantity.value, saying.sign), quantity.unit,
            named.indicator, named.head, named.opens, named.closes, quantity.measure, quantity.approx or False, quantity.value_max,
            target, foretold, derived=("indicator",) if lender else (),
        )  # fmt: skip


def _signed(value: Decimal, sign: int) -> Decimal:
    return value * sign if value > 0 else value
