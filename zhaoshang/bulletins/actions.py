"""The writers of text checks: a text is read, held against the account, and kept as it came out."""

import hashlib
from datetime import datetime

from django.db import transaction

from zhaoshang.bulletins.models import TextCheck
from zhaoshang.bulletins.reconcile import Checked, check_text_of
from zhaoshang.bulletins.rules import Outcome
from zhaoshang.common.lines import plain_lines
from zhaoshang.figures.freezing import head_of
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

LONGEST_TEXT = 200_000
TITLE_LENGTH = 60


class NoText(ValueError):
    """There is nothing to read."""


class TextTooLong(ValueError):
    """More characters than one check takes; the message is the limit."""


@transaction.atomic
def check_text(
    *,
    city: City,
    text: str,
    by: User | None,
    at: datetime,
    keep: bool = True,
    title: str = "",
    source: str = "",
    published: str = "",
    repeats: TextCheck | None = None,
) -> TextCheck:
    """Hold a text against the city's figures as they stand now. ``published`` (YYYY-MM-DD) says which year «今年» is.

    Kept with the chain's length and digest, unless ``keep`` is false; then the answer is not saved and nothing is written in the diary.
    Raises :class:`NoText`, :class:`TextTooLong`.
    """
    text = plain_lines(text)  # before it is read: claims are told by their place
    if not text.strip():
        raise NoText
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(LONGEST_TEXT)
    seq, digest = head_of(city)
    checked = check_text_of(city, text, published or None)
    found = TextCheck(
        city=city,
        title=(title.strip() or _first_line(checked))[:120],
        source=source[:200],
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        published=published,
        result=checked.to_json(),
        confirmed=checked.count(Outcome.CONFIRMED),
        differs=checked.count(Outcome.DIFFERS),
        not_held=checked.count(Outcome.NOT_HELD),
        not_checkable=checked.count(Outcome.NOT_CHECKABLE),
        contradictions=len(checked.findings),
        repeats=repeats,
        ledger_seq=seq,
        ledger_digest=digest,
        checked_by=by,
        checked_at=at,
    )
    if keep:
        found.save(force_insert=True)
        record(
            "bulletins.text.checked",
            city=city,
            by=by,
            at=at,
            about=found,
            claims=len(checked.verdicts),
            differs=found.differs,
            seq=seq,
        )
    return found


def check_again(*, earlier: TextCheck, by: User, at: datetime) -> TextCheck:
    """The same text held against the account as it stands today; the earlier check stays as it is."""
    return check_text(
        city=earlier.city,
        text=earlier.text,
        by=by,
        at=at,
        title=earlier.title,
        source=earlier.source,
        published=earlier.published,
        repeats=earlier,
    )


def _first_line(checked: Checked) -> str:
    """The text's first words, to know it by."""
    lines = (line.strip() for line in checked.reading.restored.text.splitlines())
    return next((line for line in lines if line), "—")[:TITLE_LENGTH]
