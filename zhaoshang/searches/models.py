"""SavedSearch, Notice and ToldEntry."""

from typing import Any

from django.db import models
from django.db.models import Q

from zhaoshang.opportunities.models import Opportunity
from zhaoshang.searches.rules import About, Sending, Standing
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class SavedSearch(TenantModel):
    """What somebody looks for and where to write to. ``said``: the conditions as they were typed; ``link_digest``: SHA-256 of the link
    that confirms, shows and stops it.

    ``erase_on``: the day on which the address goes unless it was confirmed. Once erased, address and conditions are empty for ever.
    """

    said: models.JSONField[Any, Any] = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    mail = models.CharField(max_length=254, blank=True)
    link_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    erase_on = models.DateField()
    confirmed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "link_digest"], name="saved_search_link"),
            models.CheckConstraint(
                condition=(Q(erased_at__isnull=True) & ~Q(mail="")) | Q(erased_at__isnull=False, mail=""),
                name="saved_search_address_or_erased",
            ),
        )
        indexes = (
            models.Index(fields=["city", "mail"], name="saved_search_mail", condition=~Q(mail="")),
            models.Index(fields=["city", "asked_at"], name="saved_search_asked"),
        )

    class Privacy:
        personal = frozenset({"mail"})
        public: frozenset[str] = frozenset()
        private = frozenset(
            {
                "id",
                "city",
                "said",
                "language",
                "mail",
                "link_digest",
                "asked_at",
                "erase_on",
                "confirmed_at",
                "erased_at",
                "is_sample",
            }
        )

    def __str__(self) -> str:
        return self.link_digest[:8]  # stands in the diary: neither the address nor what is looked for

    @property
    def standing(self) -> Standing:
        """How it stands."""
        if self.erased_at:
            return Standing.ERASED
        return Standing.ACTIVE if self.confirmed_at else Standing.WAITING


class Notice(TenantModel):
    """A mail to be sent: that a search wants confirming, or that there are new entries (at most one of either a day). What it says is
    written when it is sent, from what may be seen then. ``why``: the kind of fault that kept it from going, never an address.
    """

    search = TenantForeignKey(SavedSearch)
    about = models.CharField(max_length=10)
    on = models.DateField()
    state = models.CharField(max_length=10, default=Sending.WAITING)
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "search", "about", "on"], name="notice_once_a_day"),
            models.CheckConstraint(condition=Q(about__in=list(About)), name="notice_about"),
            models.CheckConstraint(condition=Q(state__in=list(Sending)), name="notice_state"),
            models.CheckConstraint(
                condition=Q(state=Sending.WAITING, ended_at__isnull=True)
                | (~Q(state=Sending.WAITING) & Q(ended_at__isnull=False)),
                name="notice_ended_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "made_at"], name="notice_waiting", condition=Q(state=Sending.WAITING)),
            models.Index(fields=["city", "state", "ended_at"], name="notice_ended"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "search", "about", "on", "state", "made_at", "claimed_at", "tries", "ended_at", "why"}
        )


class ToldEntry(TenantModel):
    """That a search was told of an entry: once, in this mail."""

    search = TenantForeignKey(SavedSearch)
    opportunity = TenantForeignKey(Opportunity)
    notice = TenantForeignKey(Notice)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["city", "search", "opportunity"], name="told_entry_once"),)
        indexes = (models.Index(fields=["city", "notice"], name="told_in_notice"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "search", "opportunity", "notice"})
