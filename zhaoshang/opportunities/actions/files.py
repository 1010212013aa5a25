"""Photos and papers of an entry."""

from datetime import datetime

from django.db import transaction

from zhaoshang.capital.evidence import keep, store
from zhaoshang.common.files import digest
from zhaoshang.common.files.photos import sizes_of
from zhaoshang.opportunities.models import EntryFile, Opportunity
from zhaoshang.people.diary import record
from zhaoshang.people.models import User


class AltMissing(Exception):
    """A photo needs words for those who cannot see it, in both languages."""


@transaction.atomic
def add_photo(
    *, entry: Opportunity, content: bytes, name: str, title: str, alt: str, alt_en: str, by: User, at: datetime
) -> EntryFile:
    """Keep a photo, made anew from its pixels in the widths that pages ask for. Raises :class:`AltMissing`, ``common.files.Refused``."""
    if not alt.strip() or not alt_en.strip():
        raise AltMissing
    photo, *narrow = sizes_of(content, name)
    for one in narrow:
        keep(entry.city.code, digest(one.content), one.content)
    file = store(city=entry.city, content=photo.content, name=f"{name.rpartition('.')[0] or name}.jpg", by=by, at=at)
    held, made = EntryFile.objects.get_or_create(
        city=entry.city, opportunity=entry, file=file,
        defaults={
            "is_photo": True, "title": title.strip() or name[:120], "alt": alt.strip(), "alt_en": alt_en.strip(),
            "width": photo.width, "height": photo.height, "sizes": [
                {"width": one.width, "height": one.height, "digest": digest(one.content)} for one in narrow
            ], "added_by": by, "added_at": at,
        },
    )  # fmt: skip
    if made:
        record("opportunities.photo.added", city=entry.city, by=by, at=at, about=entry, digest=file.digest)
    return held


@transaction.atomic
def add_paper(
    *, entry: Opportunity, content: bytes, name: str, title: str, is_public: bool, by: User, at: datetime
) -> EntryFile:
    """Keep a paper of an entry. Raises ``common.files.Refused``."""
    file = store(city=entry.city, content=content, name=name, by=by, at=at)
    held, made = EntryFile.objects.get_or_create(
        city=entry.city, opportunity=entry, file=file,
        defaults={"is_photo": False, "title": title.strip() or name[:120], "is_public": is_public, "added_by": by, "added_at": at},
    )  # fmt: skip
    if made:
        record("opportunities.paper.added", city=entry.city, by=by, at=at, about=entry, digest=file.digest)
    return held


@transaction.atomic
def remove_file(*, held: EntryFile, by: User, at: datetime) -> None:
    """Take a photo or paper off its entry; the stored bytes stay under their digest."""
    record("opportunities.file.removed", city=held.city, by=by, at=at, about=held.opportunity, digest=held.file.digest)
    EntryFile.objects.of(held.city_id).filter(pk=held.pk).delete()
