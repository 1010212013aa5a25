"""KeptAnswer."""

from django.db import models

from zhaoshang.tenancy.models import TenantModel


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
