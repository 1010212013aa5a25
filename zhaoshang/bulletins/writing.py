"""The writers of bulletins: drafted from a period, revised, published once with its figures frozen, withdrawn with a reason."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhaoshang.bulletins.account import Account
from zhaoshang.bulletins.blocks import Unbound, checked, tokens, unbound
from zhaoshang.bulletins.drafting import Drafter
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.printing import Printer
from zhaoshang.bulletins.rules import BulletinState
from zhaoshang.capital.checkpoints import make_checkpoint
from zhaoshang.capital.models import ChainHead
from zhaoshang.common.periods import Period
from zhaoshang.figures.freezing import freeze, frozen_in
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

HEADINGS = "一二三四五六七八九十"
PUBLICATION = [
    "printed",
    "figures",
    "snapshot",
    "checkpoint",
    "ledger_seq",
    "ledger_digest",
    "waived",
    "text",
    "state",
    "published_by",
    "published_at",
    "digest",
]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the text: title, 发文字号, 发文机关, 主送机关, 成文日期."""

    title: str
    number: str
    issuer: str
    recipients: str
    dated: date


class NotDraft(Exception):
    """The bulletin is published or withdrawn; it never changes any more."""


class Changed(Exception):
    """Somebody else has saved the draft since it was opened."""


class NumberTaken(Exception):
    """Another bulletin of the city carries this document number."""


class HeadMissing(Exception):
    """A bulletin needs a title and an issuer."""


class NotPublished(Exception):
    """Only a published bulletin can be withdrawn."""


class ReasonMissing(Exception):
    """A withdrawal needs a reason that the public can read."""


class NumbersUnbound(Exception):
    """Numbers in the words that no figure answers for and nobody has confirmed to be none."""

    def __init__(self, found: Sequence[Unbound]) -> None:
        self.found = list(found)
        super().__init__(", ".join(one.number for one in found))


@transaction.atomic
def draft_bulletin(*, city: City, period: Period, issuer: str, dated: date, by: User, at: datetime) -> Bulletin:
    """A first draft from the account. Raises ``drafting.NothingToSay``."""
    drafter = Drafter(city, period)
    bulletin = Bulletin.objects.create(
        city=city,
        title=drafter.title(),
        issuer=issuer,
        dated=dated,
        first_month=period.first,
        last_month=period.last,
        blocks=drafter.blocks(),
        drafted_by=by,
        drafted_at=at,
        is_sample=city.is_sample,
    )
    record("bulletins.bulletin.drafted", city=city, by=by, at=at, about=bulletin, period=str(period))
    return bulletin


def _locked(bulletin: Bulletin, revision: int | None) -> Bulletin:
    """The row as it is now, held. Raises :class:`NotDraft`, :class:`Changed`."""
    held: Bulletin = (
        Bulletin.objects.of(bulletin.city_id).select_for_update().select_related("city").get(pk=bulletin.pk)
    )
    if not held.is_draft:
        raise NotDraft
    if revision is not None and held.revision != revision:
        raise Changed
    return held


@transaction.atomic
def revise_bulletin(
    *,
    bulletin: Bulletin,
    revision: int,
    head: Head,
    blocks: Any,
    by: User,
    at: datetime,
) -> Bulletin:
    """Save a draft.

    Raises :class:`NotDraft`, :class:`Changed`, :class:`NumberTaken`, :class:`HeadMissing`, ``blocks.BrokenBlocks``,
    ``printing.UnknownFigures``.
    """
    held = _locked(bulletin, revision)
    if not head.title.strip() or not head.issuer.strip():
        raise HeadMissing
    kept = checked(blocks)
    Printer(Account(held.city)).blocks(kept)
    for name, value in asdict(head).items():
        setattr(held, name, value.strip() if isinstance(value, str) else value)
    if held.number and Bulletin.objects.of(held.city_id).filter(number=held.number).exclude(pk=held.pk).exists():
        raise NumberTaken(held.number)
    held.blocks, held.revision, held.revised_by, held.revised_at = kept, held.revision + 1, by, at
    held.save(update_fields=[*asdict(head), "blocks", "revision", "revised_by", "revised_at"])
    record("bulletins.bulletin.revised", city=held.city, by=by, at=at, about=held, revision=held.revision)
    return held


@transaction.atomic
def discard_draft(*, bulletin: Bulletin, by: User, at: datetime) -> None:
    """Throw a draft away. Raises :class:`NotDraft`."""
    held = _locked(bulletin, None)
    record("bulletins.bulletin.discarded", city=held.city, by=by, at=at, about=held)
    draft = Bulletin.objects.of(held.city_id).filter(pk=held.pk, state=BulletinState.DRAFT)
    draft._raw_delete(draft.db)  # nothing refers to a draft; ``delete`` would ask every table that may, of every city


@transaction.atomic
def publish_bulletin(*, bulletin: Bulletin, revision: int, waived: Collection[str], by: User, at: datetime) -> Bulletin:
    """Print, freeze, sign and seal; from then on nothing of it changes. ``waived``: contexts of numbers confirmed to be no figures.

    Raises :class:`NotDraft`, :class:`Changed`, :class:`NumbersUnbound`, ``printing.UnknownFigures``, ``freezing.Drifted``.
    """
    held = _locked(bulletin, revision)
    loose = unbound(held.blocks)
    if left := [one for one in loose if one.context not in waived]:
        raise NumbersUnbound(left)
    ChainHead.objects.of(
        held.city_id
    ).select_for_update().first()  # no verification slips in between printing and freezing
    printer = Printer(Account(held.city))
    held.printed = printer.blocks(held.blocks)
    printed = [printer.print(token) for token in tokens(held.blocks)]
    held.snapshot = freeze(city=held.city, figures=[figure for one in printed for figure in one.figures], by=by, at=at)
    frozen = {row.ref: row for row in frozen_in(held.city, held.snapshot)}
    held.figures = [
        {
            **one.rests,
            "text": one.text,
            "frozen": str(frozen[one.rests["ref"]].pk),
            "digest": frozen[one.rests["ref"]].digest,
        }
        for one in printed
    ]
    point = make_checkpoint(city=held.city, by=by, at=at)
    held.checkpoint, held.ledger_seq, held.ledger_digest = point, point.seq, point.digest
    held.waived = [one.context for one in loose]
    held.text = plain_text(held.title, held.printed)
    held.state, held.published_by, held.published_at = BulletinState.PUBLISHED, by, at
    held.digest = seal_of(held)
    held.save(update_fields=PUBLICATION)
    record(
        "bulletins.bulletin.published",
        city=held.city,
        by=by,
        at=at,
        about=held,
        snapshot=str(held.snapshot),
        digest=held.digest,
    )
    return held


@transaction.atomic
def withdraw_bulletin(*, bulletin: Bulletin, reason: str, by: User, at: datetime) -> Bulletin:
    """Take a published bulletin back: it stays readable with the reason. Raises :class:`NotPublished`, :class:`ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing
    held: Bulletin = (
        Bulletin.objects.of(bulletin.city_id).select_for_update().select_related("city").get(pk=bulletin.pk)
    )
    if held.state != BulletinState.PUBLISHED:
        raise NotPublished
    held.state, held.withdraw_reason, held.withdrawn_by, held.withdrawn_at = (
        BulletinState.WITHDRAWN,
        reason.strip(),
        by,
        at,
    )
    held.save(update_fields=["state", "withdraw_reason", "withdrawn_by", "withdrawn_at"])
    record("bulletins.bulletin.withdrawn", city=held.city, by=by, at=at, about=held, reason=held.withdraw_reason)
    return held


def plain_text(title: str, printed: Sequence[dict[str, Any]]) -> str:
    """Printed blocks as clean text, headings numbered as on paper, tables with tabs."""
    lines, count = [title], 0
    for block in printed:
        if block["kind"] == "table":
            lines += [block["caption"], "\t".join(block["columns"])]
            lines += ["\t".join(_text(cell) for cell in row) for row in block["rows"]]
        elif block["kind"] == "heading" and block["level"] == 1:
            count += 1
            lines.append(f"{HEADINGS[(count - 1) % 10]}、{_text(block['runs'])}")
        else:
            lines.append(_text(block["runs"]))
    return "\n".join(line for line in lines if line)


def _text(runs: Sequence[dict[str, Any]]) -> str:
    return "".join(run["text"] for run in runs)


def seal_of(bulletin: Bulletin) -> str:
    """SHA-256 over all that the public reads of a published bulletin; a withdrawal does not change it."""
    said = {
        "id": str(bulletin.pk),
        "city": str(bulletin.city_id),
        "title": bulletin.title,
        "number": bulletin.number,
        "issuer": bulletin.issuer,
        "recipients": bulletin.recipients,
        "dated": bulletin.dated.isoformat(),
        "period": str(bulletin.period),
        "printed": bulletin.printed,
        "text": bulletin.text,
        "figures": bulletin.figures,
        "snapshot": str(bulletin.snapshot),
        "ledger_seq": bulletin.ledger_seq,
        "ledger_digest": bulletin.ledger_digest,
        "published_at": int(bulletin.published_at.timestamp() * 1_000_000) if bulletin.published_at else None,
    }
    return hashlib.sha256(
        json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
