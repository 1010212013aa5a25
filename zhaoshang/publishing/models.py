"""Article, ArticleVersion, ArticleImage, Announcement, SiteTerms, PublicRequest and IdentityCheck."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from zhaoshang.bulletins.models import Bulletin
from zhaoshang.outreach.models import Activity
from zhaoshang.people.models import User
from zhaoshang.publishing.rules import EDITABLE, Asked, Kind, Outcome, VersionState, Way
from zhaoshang.rulesets.models import IssuedRules, once
from zhaoshang.tenancy.models import City, TenantForeignKey, TenantModel, TenantQuerySet

_NO_PUBLIC: frozenset[str] = frozenset()


def _who(null: bool = False) -> Any:
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class ArticleQuerySet(TenantQuerySet):
    """Articles as the public may know of them."""

    def visible(self, city: City, at: datetime) -> "ArticleQuerySet":
        """What has been published by ``at``, the withdrawn too (their page gives the reason): the one gate of every public channel.

        ``current`` and ``first_at``: the version that is read at that instant, and when the article was first seen.
        """
        shown = ArticleVersion.objects.of(city).filter(
            city_id=OuterRef("city_id"),
            article=OuterRef("pk"),
            state=VersionState.APPROVED,
            visible_from__lte=at,
            called_back_at__isnull=True,
        )
        rows: ArticleQuerySet = self.of(city).filter(Exists(shown))
        named: ArticleQuerySet = rows.annotate(
            current=Subquery(shown.order_by("-number").values("pk")[:1]),
            first_at=Subquery(shown.order_by("number").values("visible_from")[:1]),
        )
        return named


class Article(TenantModel):
    """Something the city says on its site; its words stand in its versions. ``code`` is its place in the address, for ever."""

    code = models.SlugField(max_length=60, db_index=False)
    kind = models.CharField(max_length=10)
    withdrawn_by = _who(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=400, blank=True)
    is_sample = models.BooleanField(default=False)
    begun_by = _who()
    begun_at = models.DateTimeField()

    objects: ClassVar[Any] = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "code"], name="article_code"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="article_kind"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdraw_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdraw_reason="")),
                name="article_withdrawn_with_reason",
            ),
        )
        indexes = (models.Index(fields=["city", "kind", "id"], name="article_kind_newest"),)

    class Privacy:
        public = frozenset({"id", "city", "code", "kind", "withdrawn_at", "withdraw_reason", "is_sample"})
        private = frozenset({"withdrawn_by", "begun_by", "begun_at"})

    def __str__(self) -> str:
        return self.code


class ArticleVersion(TenantModel):
    """The words of an article, numbered from 1. One that was approved never changes; from its instant ``visible_from`` on it is what is
    read, unless it was called back before.

    ``source_name``/``source_url``: where a repost comes from. ``correction``: what a later version puts right, in words for the public.
    ``valid_from``/``valid_until``: a policy's validity, as its document says it.
    """

    article = TenantForeignKey(Article)
    number = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=VersionState.DRAFT)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    body_en = models.TextField(blank=True)
    keywords = models.CharField(max_length=120, blank=True)
    source_name = models.CharField(max_length=80, blank=True)
    source_url = models.URLField(max_length=300, blank=True)
    document = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    correction = models.CharField(max_length=400, blank=True)
    written_by = _who()
    written_at = models.DateTimeField()
    submitted_by = _who(null=True)
    submitted_at = models.DateTimeField(null=True)
    decided_by = _who(null=True)
    decided_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=400, blank=True)
    visible_from = models.DateTimeField(null=True)
    called_back_by = _who(null=True)
    called_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("article", "number")
        constraints = (
            models.UniqueConstraint(fields=["city", "article", "number"], name="article_version_number"),
            models.UniqueConstraint(
                fields=["city", "article"], condition=~Q(state=VersionState.APPROVED), name="article_version_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=list(VersionState)), name="article_version_state"),
            models.CheckConstraint(condition=~Q(title=""), name="article_version_titled"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(correction=""), name="article_version_says_why"),
            models.CheckConstraint(
                condition=~Q(state=VersionState.APPROVED)
                | Q(visible_from__isnull=False, decided_at__isnull=False, visible_from__gte=F("decided_at")),
                name="article_version_never_backdated",
            ),
            models.CheckConstraint(
                condition=Q(called_back_at__isnull=True, called_back_by__isnull=True)
                | Q(called_back_at__lt=F("visible_from"), called_back_by__isnull=False),
                name="article_version_called_back_before",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("written_by")) & ~Q(decided_by=F("submitted_by"))),
                name="article_version_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="article_version_validity",
            ),
        )
        indexes = (models.Index(fields=["city", "state", "visible_from"], name="article_version_visible"),)

    class Privacy:
        public = frozenset(
            {
                "id",
                "city",
                "article",
                "number",
                "title",
                "title_en",
                "body",
                "body_en",
                "keywords",
                "source_name",
                "source_url",
                "document",
                "valid_from",
                "valid_until",
                "correction",
                "visible_from",
            }
        )
        private = frozenset(
            {
                "revision",
                "state",
                "written_by",
                "written_at",
                "submitted_by",
                "submitted_at",
                "decided_by",
                "decided_at",
                "return_reason",
                "called_back_by",
                "called_back_at",
            }
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_editable(self) -> bool:
        """Whether its words may still change."""
        return self.state in EDITABLE


class SiteTerms(IssuedRules):
    """The deadlines that the site promises as issued; read by :func:`rules.terms_in`."""

    class Meta(IssuedRules.Meta):
        constraints = once("site_terms")


class ArticleImage(TenantModel):
    """A picture of an article, which a body shows by its ``number``; the public sees it while a version that they read shows it.

    ``sizes``: width, height and digest of each JPEG made of it, the widest first; ``alt``/``alt_en``: what it shows, in words.
    """

    article = TenantForeignKey(Article)
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    sizes: models.JSONField[Any, Any] = models.JSONField(default=list)
    alt = models.CharField(max_length=200)
    alt_en = models.CharField(max_length=300)
    added_by = _who()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("article", "number")
        constraints = (
            models.UniqueConstraint(fields=["city", "article", "number"], name="article_image_number"),
            models.CheckConstraint(condition=~Q(alt="") & ~Q(alt_en=""), name="article_image_in_words"),
        )

    class Privacy:
        public = frozenset({"id", "city", "article", "number", "digest", "sizes", "alt", "alt_en"})
        private = frozenset({"added_by", "added_at"})


class Announcement(TenantModel):
    """That the public may know of an activity, from an instant on until it is taken back."""

    activity = TenantForeignKey(Activity)
    visible_from = models.DateTimeField()
    announced_by = _who()
    announced_at = models.DateTimeField()
    taken_back_by = _who(null=True)
    taken_back_at = models.DateTimeField(null=True)
    take_back_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["city", "activity"], condition=Q(taken_back_at__isnull=True), name="announced_once"
            ),
            models.CheckConstraint(
                condition=Q(visible_from__gte=F("announced_at")), name="announcement_never_backdated"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, take_back_reason="")
                | (Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(take_back_reason="")),
                name="announcement_taken_back_whole",
            ),
        )
        indexes = (models.Index(fields=["city", "visible_from"], name="announcement_visible"),)

    class Privacy:
        public = frozenset({"id", "city", "activity", "visible_from"})
        private = frozenset({"announced_by", "announced_at", "taken_back_by", "taken_back_at", "take_back_reason"})


class PublicRequest(TenantModel):
    """What a member of the public asks: a correction, about personal information, a takedown. ``number`` counts from 1 in the city.

    ``receipt_digest``: SHA-256 of the receipt (128 bits) that only the asker holds. ``name``/``contact`` are erased in time. Once answered
    it changes no more, but for that.
    """

    number = models.PositiveIntegerField()
    receipt_digest = models.CharField(max_length=64)
    asked = models.CharField(max_length=12)
    article = TenantForeignKey(Article, null=True)
    bulletin = TenantForeignKey(Bulletin, null=True)
    text = models.TextField()
    name = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, blank=True)
    reply = models.TextField(blank=True)
    public_reply = models.CharField(max_length=400, blank=True)
    answered_by = _who(null=True)
    answered_at = models.DateTimeField(null=True)
    erase_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["city", "number"], name="public_request_number"),
            models.UniqueConstraint(fields=["city", "receipt_digest"], name="public_request_receipt"),
            models.CheckConstraint(condition=Q(asked__in=list(Asked)), name="public_request_kind"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome]), name="public_request_outcome"),
            models.CheckConstraint(
                condition=Q(article__isnull=True) | Q(bulletin__isnull=True), name="public_request_about_one"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True, answered_by__isnull=True)
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False, erase_on__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(reply="")
                ),
                name="public_request_answered_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "due_on"], name="public_request_open", condition=Q(outcome="")),
            models.Index(fields=["city", "article"], name="public_request_article"),
        )

    class Privacy:
        personal = frozenset({"name", "contact"})
        public = frozenset({"number", "asked", "article", "bulletin", "outcome", "public_reply"})
        private = frozenset(
            {
                "id",
                "city",
                "receipt_digest",
                "text",
                "name",
                "contact",
                "received_at",
                "due_on",
                "reply",
                "answered_by",
                "answered_at",
                "erase_on",
                "erased_at",
                "is_sample",
            }
        )

    def __str__(self) -> str:
        return f"{self.asked} {self.number}"


class IdentityCheck(TenantModel):
    """Whether who asks about personal information is that person: a code that was mailed, or a document that somebody of the bureau saw.

    ``rows``: by table, the ids in which the asker's address stands. ``code_digest``: keyed, of a code that works once until
    ``valid_until``. ``document``: its kind, never its number.
    """

    request = TenantForeignKey(PublicRequest)
    way = models.CharField(max_length=10)
    rows: models.JSONField[Any, Any] = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    code_digest = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    document = models.CharField(max_length=60, blank=True)
    checked_by = _who(null=True)
    proven_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(way__in=list(Way)), name="identity_check_way"),
            models.CheckConstraint(
                condition=Q(way=Way.MAIL, document="", checked_by__isnull=True)
                | (Q(way=Way.DOCUMENT, checked_by__isnull=False, proven_at__isnull=False) & ~Q(document="")),
                name="identity_check_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "request", "id"], name="identity_check_of"),
            models.Index(fields=["city", "asked_at"], name="identity_check_unsent", condition=Q(sent_at__isnull=True)),
        )

    class Privacy:
        public = _NO_PUBLIC
        private = frozenset(
            {
                "id",
                "city",
                "request",
                "way",
                "rows",
                "asked_at",
                "sent_at",
                "valid_until",
                "code_digest",
                "tries",
                "document",
                "checked_by",
                "proven_at",
            }
        )

    def __str__(self) -> str:
        return f"{self.way} {self.request_id}"
