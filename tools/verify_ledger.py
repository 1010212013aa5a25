#!/usr/bin/env python3
"""Checks an exported ledger without the system that wrote it: one file, Python 3.11 and nothing else.

    python tools/verify_ledger.py export.jsonl [--checkpoint cp.json ...] [--key HEX]

Every line of the export is one entry: its columns, its evidence and the digest that stands in its row. The walk computes every
digest anew and follows the chain, so it finds a changed column and a missing, doubled or moved entry. Of an entry that is withheld
from whoever made the export (a confidential project) only the place in the chain is checked, and how many there are is said. A cut
tail or a chain rebuilt from the start is only found against a checkpoint that was kept elsewhere: give it with --checkpoint. --key is
the public key that the checkpoints must carry (hex); without it a checkpoint only proves that one key signed it.

A digest names its algorithm: 64 hex digits are SHA-256, ``sm3:`` and base64url are SM3 (GB/T 32905-2016). A chain may go over
from one to the other at any entry. SM3 comes from Python's OpenSSL where that has it, else from the few lines below, which are slower.

Exit code: 0 nothing wrong, 1 something wrong, 2 wrong use.
"""

import argparse
import base64
import hashlib
import json
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
SM3_MARK = "sm3:"


@dataclass
class Report:
    """What a walk found: number of entries, the last digest, what is wrong, and how many entries show only their place."""

    entries: int = 0
    digest: str = GENESIS
    faults: list[str] = field(default_factory=list)
    withheld: int = 0


def entry_digest(columns: dict[str, Any], evidence: list[list[str]], sm3_wanted: bool = False) -> str:
    """The digest of the entry as canonical JSON: sorted keys, no spaces, NFC text, every value a string or null."""
    body = {
        "columns": {
            key: None if value is None else unicodedata.normalize("NFC", str(value)) for key, value in columns.items()
        },
        "evidence": sorted(list(item) for item in evidence),
    }
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if sm3_wanted:
        return SM3_MARK + base64.urlsafe_b64encode(sm3(text.encode())).decode().rstrip("=")
    return hashlib.sha256(text.encode()).hexdigest()


def verify(lines: Iterable[str], checkpoints: list[dict[str, Any]], key: str = "") -> Report:
    """Walk the chain and hold it against the checkpoints."""
    report = Report(faults=[fault for point in checkpoints for fault in _seal_faults(point, key)])
    expected: dict[int, set[str]] = {}
    for point in checkpoints:
        expected.setdefault(int(point["seq"]), set()).add(str(point["digest"]))
    _hold(report, expected)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            report.faults += _entry_faults(report, number, line)
            _hold(report, expected)
    report.faults += [
        f"checkpoint at entry {seq}: the export ends at {report.entries}, its tail is cut" for seq in sorted(expected)
    ]
    return report


def _hold(report: Report, expected: dict[int, set[str]]) -> None:
    for digest in expected.pop(report.entries, set()):
        if digest != report.digest:
            report.faults.append(
                f"entry {report.entries}: not the one that the checkpoint was made of, the chain was rebuilt"
            )


def _entry_faults(report: Report, number: int, line: str) -> Iterator[str]:
    """Take one line into the report; say what is wrong with it."""
    report.entries += 1
    try:
        entry = json.loads(line)
        columns, evidence, stated = entry["columns"], entry["evidence"], entry["digest"]
        withheld = entry.get("withheld") is True
        counted = stated if withheld else entry_digest(columns, evidence, str(stated).startswith(SM3_MARK))
        seq, previous = columns["seq"], columns["previous_digest"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"line {number}: not an entry ({type(error).__name__}: {error})"
        report.digest = ""
        return
    if str(seq) != str(report.entries):
        yield f"line {number}: numbered {seq}, but entry {report.entries} was due; an entry is missing, doubled or moved"
    if previous != report.digest:
        yield f"line {number}: does not follow the entry before it"
    if counted != stated:
        yield f"line {number}: the content does not have the digest that it states; a column or its evidence was changed"
    report.withheld += withheld
    report.digest = str(stated)


def signed_bytes(point: dict[str, Any]) -> bytes:
    """What a checkpoint's signature covers."""
    body = {name: point[name] for name in ("city", "seq", "digest", "made_at")}
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _seal_faults(point: dict[str, Any], key: str) -> Iterator[str]:
    name = f"checkpoint at entry {point['seq']} of {point['made_at']}"
    if key and point["public_key"].lower() != key.lower():
        yield f"{name}: signed with another key than the one given"
    try:
        good = ed25519_verify(
            bytes.fromhex(point["public_key"]), signed_bytes(point), bytes.fromhex(point["signature"])
        )
    except ValueError:
        good = False
    if not good:
        yield f"{name}: the signature does not fit"


def sm3(content: bytes) -> bytes:
    """The SM3 digest."""
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", content).digest()
    return sm3_by_hand(content)


# SM3, GB/T 32905-2016: 64 rounds over each block of 64 bytes.
SM3_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)


def _left(word: int, by: int) -> int:
    return (word << by % 32 | word >> (32 - by % 32)) & 0xFFFFFFFF


def _sm3_block(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = [int.from_bytes(block[place : place + 4], "big") for place in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _left(words[j - 3], 15)
        words.append(mixed ^ _left(mixed, 15) ^ _left(mixed, 23) ^ _left(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        first = _left((_left(a, 12) + e + _left(constant, j)) & 0xFFFFFFFF, 7)
        second = first ^ _left(a, 12)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
        t1 = (ff + d + second + (words[j] ^ words[j + 4])) & 0xFFFFFFFF
        t2 = (gg + h + first + words[j]) & 0xFFFFFFFF
        a, b, c, d, e, f, g, h = t1, a, _left(b, 9), c, t2 ^ _left(t2, 9) ^ _left(t2, 17), e, _left(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def sm3_by_hand(content: bytes) -> bytes:
    """SM3 in Python, for a Python whose OpenSSL has none."""
    padded = content + b"\x80" + bytes((55 - len(content)) % 64) + (8 * len(content)).to_bytes(8, "big")
    state: tuple[int, ...] = SM3_START
    for place in range(0, len(padded), 64):
        state = _sm3_block(state, padded[place : place + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


# Ed25519 signatures, RFC 8032 section 5.1: the curve -x^2 + y^2 = 1 + d x^2 y^2 over the field of 2^255 - 19.
PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)
Point = tuple[int, int, int, int]  # x, y, z, t with x/z, y/z the point and t/z their product


def _add(first: Point, second: Point) -> Point:
    a = (first[1] - first[0]) * (second[1] - second[0]) % PRIME
    b = (first[1] + first[0]) * (second[1] + second[0]) % PRIME
    c = 2 * first[3] * second[3] * D % PRIME
    d = 2 * first[2] * second[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def _times(factor: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point = _add(point, point)
        factor >>= 1
    return total


def _decoded(text: bytes) -> Point:
    """The point of 32 bytes. Raises ``ValueError`` for bytes that are no point."""
    number = int.from_bytes(text, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if x * x % PRIME != square:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if len(text) != 32 or y >= PRIME or x * x % PRIME != square or (not x and sign):
        raise ValueError("not a point of the curve")
    if x & 1 != sign:
        x = PRIME - x
    return x, y, 1, x * y % PRIME


_BASE_Y = 4 * pow(5, -1, PRIME) % PRIME
BASE = _decoded(_BASE_Y.to_bytes(32, "little"))


def ed25519_verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the 64-byte signature of the message fits the 32-byte key. Raises ``ValueError`` for a key that is none."""
    if len(signature) != 64:
        return False
    key, nonce = _decoded(public_key), _decoded(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + public_key + message).digest()
    left = _times(scalar, BASE)
    right = _add(nonce, _times(int.from_bytes(hashed, "little") % ORDER, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % PRIME == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % PRIME == 0


def read_checkpoint(path: str) -> dict[str, Any]:
    """A checkpoint file. Raises ``ValueError`` when a part is missing."""
    point = json.loads(Path(path).read_text(encoding="utf-8"))
    parts = ("city", "seq", "digest", "made_at", "public_key", "signature")
    if not isinstance(point, dict) or any(part not in point for part in parts):
        raise ValueError(f"{path}: not a checkpoint; it needs {', '.join(parts)}")
    return point


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Check an exported ledger.")
    parser.add_argument("export", help="the export, one entry a line")
    parser.add_argument("--checkpoint", action="append", default=[], help="a checkpoint kept outside; may be repeated")
    parser.add_argument("--key", default="", help="public key that the checkpoints must carry, in hex")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    try:
        checkpoints = [read_checkpoint(path) for path in given.checkpoint]
        with Path(given.export).open(encoding="utf-8") as lines:
            report = verify(lines, checkpoints, given.key)
    except (OSError, ValueError) as error:
        print(f"cannot check: {error}", file=sys.stderr)
        return 2
    seconds = max(time.perf_counter() - started, 1e-9)
    for fault in report.faults:
        print(fault)
    print(f"{report.entries} entries, last digest {report.digest}, {report.entries / seconds:,.0f} entries/s")
    if report.withheld:
        print(
            f"{report.withheld} entries are withheld (confidential projects): their place in the chain was checked, not their content"
        )
    if not checkpoints:
        print("no checkpoint given: a cut tail or a chain rebuilt from the start cannot be seen")
    print(f"{len(report.faults)} faults" if report.faults else "nothing wrong")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
