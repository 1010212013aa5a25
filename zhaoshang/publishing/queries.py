"""Reading what is published and what was asked."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from zhaoshang.common.problems import N_
from zhaoshang.publishing.models import Article, ArticleVersion, PublicRequest, SiteTerms
from zhaoshang.publishing.rules import SET_LABELS, Change, Kind, Terms, VersionState, changes, terms_in
from zhaoshang.rulesets import kinds
from zhaoshang.tenancy.models import City

SITE = kinds.Kind(
    code="site",
    name=N_("网站办理期限"),
    about=N_(
        "刊登后多久可以申请更正或下架，多久答复，多久后删去申请人的联系方式和未确认的邮箱；公开统计至少来自几家企业。"
    ),
    reads=terms_in,
    sample=Path(__file__).parent / "sample.toml",
    labels=SET_LABELS,
    model=SiteTerms,
)


def terms_on(city: City, day: date) -> Terms:
    """The deadlines in force on a day. One query."""
    return SITE.on(city, day).read


@dataclass(frozen=True, slots=True)
class Read:
    """An article as the public reads it at an instant; ``version`` is None when it was withdrawn."""

    article: Article
    version: ArticleVersion | None
    first_at: datetime


def read(city: City, code: str, at: datetime) -> Read:
    """One article. Raises ``Article.DoesNotExist`` for what is not visible, as for what is not there."""
    article = Article.objects.visible(city, at).get(code=code)
    rows = ArticleVersion.objects.of(city).select_related("article")
    version = None if article.withdrawn_at else rows.get(pk=article.current)
    return Read(article, version, article.first_at)


def listed(city: City, at: datetime, *kinds: Kind) -> Any:
    """Visible articles of the kinds that are not withdrawn, newest first; ``reading`` gives their versions."""
    return Article.objects.visible(city, at).filter(kind__in=kinds, withdrawn_at__isnull=True).order_by("-id")


def standing_pages(city: City, at: datetime) -> frozenset[str]:
    """The codes of the standing pages that can be read."""
    return frozenset(listed(city, at, Kind.PAGE).values_list("code", flat=True))


def reading(articles: list[Article]) -> list[Read]:
    """The versions that are read of these articles, in one query."""
    if not articles:
        return []
    wanted = [article.current for article in articles]  # type: ignore[attr-defined]
    held = {one.pk: one for one in ArticleVersion.objects.of(articles[0].city_id).filter(pk__in=wanted)}
    return [Read(article, held[article.current], article.first_at) for article in articles]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as the public sees it: when, why, and what changed in the Chinese text."""

    version: ArticleVersion
    changes: list[Change]


def corrections(article: Article, at: datetime) -> list[Corrected]:
    """Visible corrections of an article, newest first."""
    rows = ArticleVersion.objects.of(article.city_id).filter(
        article=article, state=VersionState.APPROVED, visible_from__lte=at, called_back_at__isnull=True
    )
    seen = list(rows.order_by("number"))
    found = [
        Corrected(new, changes(f"{old.title}\n\n{old.body}", f"{new.title}\n\n{new.body}"))
        for old, new in pairwise(seen)
    ]
    return found[::-1]


def public_log(city: City) -> Any:
    """Answered requests, newest first: what the public log shows."""
    return PublicRequest.objects.of(city).exclude(outcome="").select_related("article", "bulletin").order_by("-number")
