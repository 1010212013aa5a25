"""What is kept apart from the database, so that no restore takes it back: published checkpoints, and who was erased.

One folder, ``ZHAOSHANG_APART``; better on another disk or host. Nothing in it says who anybody is: of an erased row there is the SHA-256
of table and id, which only finds the row again in a copy that still holds it.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

ERASED = "erased.jsonl"
CHECKPOINTS = "checkpoints"


def _folder() -> Path:
    folder = Path(settings.APART_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def subject(table: str, key: UUID | str) -> str:
    """How the list names a row."""
    return hashlib.sha256(f"{table}:{key}".encode()).hexdigest()


def note_erased(table: str, keys: Iterable[UUID], at: datetime, by: UUID | None = None) -> None:
    """Put rows on the list once the erasure holds; ``by``: the account that erased, as its id. Inside the transaction that erases."""
    said = {"day": f"{timezone.localdate(at):%Y-%m-%d}", "by": str(by) if by else ""}
    lines = [json.dumps({"subject": subject(table, key), **said}) + "\n" for key in keys]
    if lines:
        transaction.on_commit(partial(_append, "".join(lines)))


def _append(text: str) -> None:
    descriptor = os.open(_folder() / ERASED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def erased() -> dict[str, str]:
    """The subjects of the list and by which account each was erased (empty: by its term); a half-written line is passed over."""
    path = _folder() / ERASED
    found = {}
    for line in path.read_text(encoding="ascii").splitlines() if path.exists() else ():
        try:
            said = json.loads(line)
            found[str(said["subject"])] = str(said.get("by", ""))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def keep_checkpoint(body: dict[str, Any]) -> None:
    """Put a checkpoint's file beside the others once it is committed."""
    transaction.on_commit(partial(_write_checkpoint, body))


def _write_checkpoint(body: dict[str, Any]) -> None:
    folder = _folder() / CHECKPOINTS
    folder.mkdir(exist_ok=True, mode=0o700)
    made = str(body["made_at"]).replace(":", "")
    path = folder / f"{body['city']}-{body['seq']:012d}-{made}.json"
    path.write_text(json.dumps(body, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def checkpoints(city_code: str) -> list[dict[str, Any]]:
    """The city's checkpoints that are kept apart, oldest first; what cannot be read is not among them."""
    found = []
    for path in sorted((_folder() / CHECKPOINTS).glob(f"{city_code}-*.json")):
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(body, dict) and body.get("city") == city_code:
            found.append(body)
    return found
