"""Answers kept under idempotency keys: claimed, kept or released inside the transaction of what they answer for.

They lie encrypted under the installation's key: what an answer tells once (a link, a secret) is kept elsewhere as a digest or not at all.
"""

import base64
import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import OperationalError, connection

from zhaoshang.machines.models import KeptAnswer
from zhaoshang.tenancy.models import City
from zhaoshang.tenancy.trouble import Trouble, trouble_of

_LOCKED = "gAAAAA"  # how everything begins that Fernet encrypted
WAIT_S = 5  # for a request under the same key that is still being done


class OtherRequest(Exception):
    """The key stands for another request already."""


class InFlight(Exception):
    """A request under the same key is still being done."""


class AnswerLost(Exception):
    """It was done, and what was answered cannot be read any more: the installation's key is another one."""


def claim_answer(*, city: City, asker: UUID, key: str, digest: str, at: datetime) -> tuple[KeptAnswer, bool]:
    """The row under ``key``, and whether it is the caller's to fill. Waits for a request under the same key that is being done.

    Raises :class:`OtherRequest`, and :class:`InFlight` when it takes too long. Must be called inside a transaction.
    """
    mine = KeptAnswer(city=city, asker=asker, key=key, digest=digest, made_at=at)
    patient = connection.vendor == "postgresql"  # SQLite has one writer at a time: who comes here is alone
    with connection.cursor() as cursor:
        try:
            if patient:
                cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_S}s'")
            KeptAnswer.objects.bulk_create([mine], ignore_conflicts=True)
            if patient:
                cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
        except OperationalError as early:
            if trouble_of(early) != Trouble.BUSY:  # the store's trouble, not that somebody is before us
                raise
            raise InFlight(key) from early
    held: KeptAnswer = KeptAnswer.objects.of(city).get(asker=asker, key=key)
    if held.digest != digest:
        raise OtherRequest(key)
    return held, held.pk == mine.pk


def take_over(held: KeptAnswer, *, at: datetime) -> bool:
    """Whether what somebody began and never ended is the caller's now; of several who ask at once it is one's."""
    rows = KeptAnswer.objects.of(held.city_id).filter(pk=held.pk, status__isnull=True, made_at=held.made_at)
    return bool(rows.update(made_at=at))


def keep_answer(held: KeptAnswer, status: int, answer: str) -> None:
    """What was answered, to be said again."""
    KeptAnswer.objects.of(held.city_id).filter(pk=held.pk).update(
        status=status, answer=_lock().encrypt(answer.encode()).decode()
    )


def answer_of(held: KeptAnswer) -> str:
    """What was answered. Raises :class:`AnswerLost`."""
    if not held.answer.startswith(_LOCKED):  # kept by a version that did not encrypt
        return held.answer
    try:
        return _lock().decrypt(held.answer.encode()).decode()
    except InvalidToken:
        raise AnswerLost(held.key) from None


def _lock() -> Fernet:
    key = hashlib.sha256(b"zhaoshang kept answer " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def of_file(file: Any) -> tuple[str, str]:
    """Name and SHA-256 of a file that came with a request, for its digest; it is read from its beginning again afterwards."""
    part = hashlib.sha256()
    for chunk in file.chunks():
        part.update(chunk)
    file.seek(0)
    return file.name or "", part.hexdigest()


def release_answer(held: KeptAnswer) -> None:
    """Nothing was done: the key is free again."""
    KeptAnswer.objects.of(held.city_id).filter(pk=held.pk).delete()


def erase_answers(*, city: City, at: datetime) -> int:
    """Erase what was kept longer than ``ANSWERS_KEPT_DAYS``; returns how many."""
    over = KeptAnswer.objects.of(city).filter(made_at__lt=at - timedelta(days=settings.ANSWERS_KEPT_DAYS))
    return int(over.delete()[0])
