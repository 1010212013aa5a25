"""Evidence files: stored once under the SHA-256 of their content, outside the web root, and checked each time they are read."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from zhaoshang.capital.models import EvidenceFile, Payment
from zhaoshang.common.files import digest, identify, keeping, safe_name
from zhaoshang.common.files.keeping import FileDamaged
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

__all__ = ["FileDamaged", "content_of", "keep", "kept", "note_damage", "path_of", "store"]


def path_of(city_code: str, sha256: str) -> Path:
    """Where a file lies."""
    return keeping.place(Path(settings.EVIDENCE_DIR) / city_code, sha256)


def store(*, city: City, content: bytes, name: str, by: User, at: datetime) -> EvidenceFile:
    """Check a file by its content and keep it. The same content gives the same row.

    Raises ``common.files.Refused`` (type, size, active content) before anything is written.
    """
    kind = identify(content, name)
    sha256 = digest(content)
    keep(city.code, sha256, content)
    with transaction.atomic():
        file, made = EvidenceFile.objects.get_or_create(
            city=city,
            digest=sha256,
            defaults={
                "mime": kind.mime,
                "size_bytes": len(content),
                "name": safe_name(name),
                "stored_by": by,
                "stored_at": at,
            },
        )
        if made:
            record("capital.evidence.stored", city=city, by=by, at=at, about=file, digest=sha256, bytes=len(content))
    return file


def keep(city_code: str, sha256: str, content: bytes) -> None:
    """Write bytes under their digest, whole or not at all."""
    keeping.keep(Path(settings.EVIDENCE_DIR) / city_code, sha256, content)


def content_of(file: EvidenceFile) -> bytes:
    """The stored bytes. Raises :class:`FileDamaged` when they are not what was stored."""
    return kept(file.city.code, file.digest)


def kept(city_code: str, sha256: str) -> bytes:
    """What :func:`keep` wrote. Raises :class:`FileDamaged`."""
    return keeping.kept(Path(settings.EVIDENCE_DIR) / city_code, sha256)


def note_damage(*, payment: Payment, file: EvidenceFile, by: User, at: datetime) -> None:
    """Write into the diary that a payment's file is no longer what was stored; the file's row itself never changes."""
    record("capital.evidence.damaged", city=payment.city, by=by, at=at, about=payment, file=file.digest)
