"""KeptAnswer, Subscription and Delivery."""

from typing import Any

from django.db import models
from django.db.models import Q

from zhaoshang.machines.rules import Sending
from zhaoshang.people.models import Event, User
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel


class KeptAnswer(TenantModel):
    """What a program was answered under an idempotency key. ``asker``: its API key, or the person of a session; ``digest``: SHA-256 of
    verb, address and body. The row is written in the transaction of what it answers for; without a status it is not answered yet.
    """

    asker = models.UUIDField()
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["city", "asker", "key"], name="kept_answer_once"),)
        indexes = (models.Index(fields=["city", "made_at"], name="kept_answer_made"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "asker", "key", "digest", "status", "answer", "made_at"})


class Subscription(TenantModel):
    """A program that is told of ``verbs`` at ``url`` until it is stopped. While it is paused what is noted waits. ``noted_at``: up to
    when the diary was looked through for it."""

    name = models.CharField(max_length=60)
    url = models.CharField(max_length=300)
    verbs: models.JSONField[Any, Any] = models.JSONField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    made_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "name", "url", "verbs", "made_by", "made_at", "noted_at", "paused_at", "stopped_at"}
        )

    def __str__(self) -> str:
        return self.name


class Delivery(TenantModel):
    """That a subscription is to be told of a line of the diary: once, whatever happens. ``status``: the other side's last answer;
    ``why``: the kind of fault that kept it from arriving."""

    subscription = TenantForeignKey(Subscription)
    event = TenantForeignKey(Event)
    state = models.CharField(max_length=10, default=Sending.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["city", "subscription", "event"], name="delivery_once"),
            models.CheckConstraint(condition=Q(state__in=list(Sending)), name="delivery_state"),
            models.CheckConstraint(
                condition=Q(state=Sending.WAITING, ended_at__isnull=True)
                | (~Q(state=Sending.WAITING) & Q(ended_at__isnull=False)),
                name="delivery_ended_whole",
            ),
        )
        indexes = (
            models.Index(fields=["city", "next_at"], name="delivery_waiting", condition=Q(state=Sending.WAITING)),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "subscription", "event", "state", "tries", "next_at", "ended_at", "status", "why"}
        )
