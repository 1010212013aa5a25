"""The only writer of the images of articles: made anew from their pixels, in the widths that pages ask for."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from zhaoshang.capital.evidence import keep, kept
from zhaoshang.common.files import digest
from zhaoshang.common.files.photos import sizes_of
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.publishing.actions import AlreadyWithdrawn
from zhaoshang.publishing.models import Article, ArticleImage


class AltMissing(Exception):
    """An image needs words for those who cannot see it, in both languages; the argument names which."""


@transaction.atomic
def add_image(
    *, article: Article, content: bytes, name: str, alt: str, alt_en: str, by: User, at: datetime
) -> ArticleImage:
    """Keep an image of an article; its body shows it by its number. The same picture with the same words is kept once.

    Raises :class:`AltMissing`, :class:`AlreadyWithdrawn`, ``common.files.Refused``.
    """
    for language, text in (("alt", alt), ("alt_en", alt_en)):
        if not text.strip():
            raise AltMissing(language)
    sizes = sizes_of(content, name)
    held: Article = Article.objects.of(article.city_id).select_for_update().select_related("city").get(pk=article.pk)
    if held.withdrawn_at:
        raise AlreadyWithdrawn
    rows, whole = ArticleImage.objects.of(held.city_id).filter(article=held), digest(sizes[0].content)
    same: ArticleImage | None = rows.filter(digest=whole, alt=alt.strip(), alt_en=alt_en.strip()).first()
    if same:
        return same
    for one in sizes:
        keep(held.city.code, digest(one.content), one.content)
    made: ArticleImage = ArticleImage.objects.create(
        city=held.city, article=held, number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1, digest=whole,
        sizes=[{"width": one.width, "height": one.height, "digest": digest(one.content)} for one in sizes],
        alt=alt.strip(), alt_en=alt_en.strip(), added_by=by, added_at=at,
    )  # fmt: skip
    record("publishing.image.added", city=held.city, by=by, at=at, about=held, number=made.number, digest=whole)
    return made


def image_content(image: ArticleImage, width: int) -> bytes:
    """The JPEG of a width. Raises ``KeyError`` for another width, ``FileDamaged``."""
    found = {one["width"]: one["digest"] for one in image.sizes}
    return kept(image.city.code, found[width])
