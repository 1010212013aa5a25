"""The chain, walked and sealed: what the ledger says of itself, and signed statements of it to be kept outside.

A chain inside a database proves nothing against its administrator, who could rebuild it; a checkpoint kept by somebody else
does. The stand-alone verifier ``tools/verify_ledger.py`` reads the export written here and needs nothing of this system.
"""

import json
import os
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from zhaoshang.capital.ledger import COLUMNS, sealed, written
from zhaoshang.capital.models import ChainHead, Checkpoint, Evidence, Payment
from zhaoshang.capital.rules import GENESIS, Standing, is_digest_of
from zhaoshang.common.veil import Veil
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.apart import checkpoints as kept_apart
from zhaoshang.tenancy.apart import keep_checkpoint
from zhaoshang.tenancy.models import City

_SEQ = COLUMNS.index("seq")
KEY_FILE = "checkpoint.key"


@dataclass(frozen=True, slots=True)
class Entry:
    """One link: the hashed columns, the evidence (kind, file digest), and the digest that stands in the row."""

    columns: dict[str, object]
    evidence: list[list[str]]
    digest: str

    def withheld(self) -> "Entry":
        """The entry with nothing but its place in the chain, for who may not read it."""
        kept = {name: self.columns[name] for name in ("seq", "previous_digest")}
        return Entry(kept, [], self.digest)

    def to_json(self, through: Veil | None = None) -> str:
        """A line of the export; one that holds what the veil hides says only that it is there, since a changed one would fit no digest."""
        line = self._line()
        if through and through.over_text(line) != line:
            return json.dumps({**json.loads(self.withheld()._line()), "withheld": True}, sort_keys=True)
        return line

    def _line(self) -> str:
        return json.dumps(
            {"columns": self.columns, "evidence": self.evidence, "digest": self.digest},
            ensure_ascii=False,
            sort_keys=True,
        )


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk found: number of entries, last digest, what is wrong (empty: nothing), the last entry's own number, and
    whether the chain's end was reached."""

    entries: int
    digest: str
    faults: list[str]
    last_seq: int = 0
    whole: bool = True


def entries(city: City, after: int = 0) -> Iterator[Entry]:
    """The city's chain in order, from the entry ``after`` on, 2,000 rows at a time."""
    rows = Payment.objects.of(city).filter(standing=Standing.VERIFIED).order_by("seq")
    last = after
    while page := list(rows.filter(seq__gt=last).values_list(*COLUMNS, "digest")[:2_000]):
        upto = page[-1][_SEQ]
        held: dict[str, list[list[str]]] = {}
        proofs = Evidence.objects.of(city).filter(payment__city=city, payment__seq__gt=last, payment__seq__lte=upto)
        for payment_id, kind, sha256 in proofs.order_by().values_list("payment_id", "kind", "file__digest"):
            held.setdefault(str(payment_id), []).append([kind, sha256])
        for *values, kept in page:
            texts = (None if value is None else str(written(value)) for value in values)
            columns: dict[str, object] = sealed(dict(zip(COLUMNS, texts, strict=True)))
            yield Entry(columns, sorted(held.get(str(columns["id"]), [])), kept)
        last = upto


def walk(city: City, so_far: Walk | None = None, most: int | None = None) -> Walk:
    """Recompute the chain. Finds a changed column, a missing or doubled link, a head that the rows do not reach, and a chain
    that does not pass through a checkpoint kept here.

    A long chain is walked in parts of ``most`` entries, each going on from ``so_far``; only the last part is ``whole``.
    """
    before = so_far or Walk(0, GENESIS, [])
    previous, count, seq, faults = before.digest, before.entries, before.last_seq, list(before.faults)
    kept = {point.seq: point.digest for point in Checkpoint.objects.of(city).filter(seq__gt=count)}
    for entry in islice(entries(city, seq), most):
        count += 1
        seq = int(str(entry.columns["seq"]))
        faults += _link_faults(entry, count, previous, kept.pop(count, entry.digest))
        previous = entry.digest
    whole = most is None or count - before.entries < most
    if whole:
        faults += _end_faults(city, count, previous, sorted(kept))
    return Walk(count, previous, faults, seq, whole)


def _link_faults(entry: Entry, count: int, previous: str, kept: str) -> Iterator[str]:
    seq = str(entry.columns["seq"])
    if seq != str(count):
        yield f"第 {count} 条应为序号 {count},实为 {seq}:链条有缺口"
    if entry.columns["previous_digest"] != previous:
        yield f"序号 {seq}:与前一条不相接"
    if not is_digest_of(entry.digest, entry.columns, entry.evidence):
        yield f"序号 {seq}:内容与摘要不符,有字段或凭证被改动"
    if kept != entry.digest:
        yield f"序号 {seq}:与已签发的检查点不符"


def _end_faults(city: City, count: int, previous: str, unmet: list[int]) -> Iterator[str]:
    head = ChainHead.objects.of(city).first()
    if head and (head.seq, head.digest) != (count, previous):
        yield f"链尾登记为第 {head.seq} 条,实有 {count} 条:尾部被截断或改写"
    for seq in unmet:
        yield f"检查点在第 {seq} 条,账上没有:尾部被截断"


def signing_key() -> Ed25519PrivateKey:
    """The installation's key, made once, readable by its owner only, never in the database."""
    path = Path(settings.KEYS_DIR) / KEY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = Ed25519PrivateKey.generate().private_bytes_raw()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def statement(city_code: str, seq: int, sha256: str, made_at: datetime) -> dict[str, str | int]:
    """What is signed."""
    return {
        "city": city_code,
        "seq": seq,
        "digest": sha256,
        "made_at": made_at.astimezone(UTC).isoformat(timespec="seconds"),
    }


def signed_bytes(body: dict[str, str | int]) -> bytes:
    """The statement's bytes: JSON with sorted keys."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@transaction.atomic
def make_checkpoint(*, city: City, by: User | None, at: datetime) -> Checkpoint:
    """Sign the chain as it stands now."""
    head = ChainHead.objects.of(city).first()
    seq, sha256 = (head.seq, head.digest) if head else (0, GENESIS)
    key = signing_key()
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    signature = key.sign(signed_bytes(statement(city.code, seq, sha256, at)))
    point = Checkpoint.objects.create(
        city=city, seq=seq, digest=sha256, made_at=at, made_by=by, public_key=public.hex(), signature=signature.hex()
    )
    record("capital.checkpoint.made", city=city, by=by, at=at, about=point, seq=seq, digest=sha256)
    keep_checkpoint(exported(point))
    return point


def exported(point: Checkpoint) -> dict[str, str | int]:
    """A checkpoint as a file to keep outside: the statement, its signature and the public key (hex)."""
    body = statement(point.city.code, point.seq, point.digest, point.made_at)
    return {**body, "public_key": point.public_key, "signature": point.signature}


def own_keys(city: City, *folders: Path) -> set[str]:
    """The public keys (hex) with which this account's checkpoints were signed, and those that lie in ``folders`` for the next ones."""
    files = [path for folder in folders if (path := folder / KEY_FILE).exists()]
    made = [Ed25519PrivateKey.from_private_bytes(path.read_bytes()).public_key() for path in files]
    kept = Checkpoint.objects.of(city).order_by().values_list("public_key", flat=True).distinct()
    return {key.public_bytes_raw().hex() for key in made} | set(kept)


def unreached(city: City, keys: Container[str]) -> dict[str, Any] | None:
    """The newest checkpoint kept apart through which this account does not pass: it ends before, or has another entry there. None: it
    passes through all. Those that are not signed with one of ``keys``, or whose signature does not fit, say nothing: whoever can write
    there must not be able to stop a city's writing."""
    head = ChainHead.objects.of(city).first()
    for point in sorted(kept_apart(city.code), key=lambda point: int(point["seq"]), reverse=True):
        if point.get("public_key") not in keys or not is_signed(point):
            continue
        seq, wanted = int(point["seq"]), str(point["digest"])
        if seq == 0:
            continue
        if head is None or seq > head.seq:
            return point
        held = Payment.objects.of(city).filter(seq=seq).values_list("digest", flat=True).first()
        if held != wanted:
            return point
    return None


def is_signed(point: dict[str, Any]) -> bool:
    """Whether a checkpoint's signature fits the key it names."""
    try:
        body = {name: point[name] for name in ("city", "seq", "digest", "made_at")}
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(point["public_key"]))
        key.verify(bytes.fromhex(point["signature"]), signed_bytes(body))
    except (KeyError, ValueError, TypeError, InvalidSignature):
        return False
    return True


def handed_out(*, city: City, by: User, at: datetime) -> None:
    """The whole chain left as a file, for the diary."""
    record("capital.ledger.exported", city=city, by=by, at=at)
