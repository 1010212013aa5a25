"""User, its second factors, Token, Brake, Event and Hold."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from zhaoshang.common.ids import uuid7
from zhaoshang.tenancy.models import TenantForeignKey, TenantModel

LONGEST_NAME = 40


class UserManager(BaseUserManager["User"]):
    """Accounts by name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Case does not tell two people apart. A name that no account can have is not looked for: SQLite breaks over 50,000 characters."""
        if len(username or "") > LONGEST_NAME:
            raise self.model.DoesNotExist
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person who may log in. What they may do in which city stands in ``regions.Membership``; there is no superuser.

    ``person``: whose account it is, by a number of the house; two accounts of one person are not two people (``persons``).
    ``password_is_temporary``: somebody else has seen the password; nothing can be done until the person sets their own, which must
    be before ``password_until``. ``second_factor_at``: when a second factor (``Factor``, ``Passkey``) was put on or off last, while
    there is one. ``linked_at``: when it was last linked with an identity elsewhere, or unlinked (``Link``).
    ``asserted_until``: as long as a login may last at which the provider said that it had asked for a second factor itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=LONGEST_NAME, unique=True)
    display_name = models.CharField(max_length=40)
    display_name_en = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    person = models.CharField(max_length=60, blank=True, default="", db_default="")
    password_is_temporary = models.BooleanField(default=False)
    password_until = models.DateTimeField(null=True)
    second_factor_at = models.DateTimeField(null=True)
    linked_at = models.DateTimeField(null=True)
    asserted_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        ordering = ("username",)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {
                "id",
                "username",
                "display_name",
                "display_name_en",
                "language",
                "is_active",
                "is_sample",
                "person",
                "password_is_temporary",
                "password_until",
                "second_factor_at",
                "linked_at",
                "asserted_until",
                "created_at",
                "password",
                "last_login",
            }
        )

    def __str__(self) -> str:
        return self.display_name

    def get_session_auth_hash(self) -> str:
        """What sessions carry: a new password, another second factor or another link ends all of them."""
        told = f"{self.password}:{self.second_factor_at.isoformat() if self.second_factor_at else ''}"
        told += f":{self.linked_at.isoformat()}" if self.linked_at else ""
        return salted_hmac("zhaoshang.session", told, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the keys before this one (``SECRET_KEY_FALLBACKS``): none."""
        return iter(())


class Factor(TenantModel):
    """A person's telephone: the shared secret of one-time codes (RFC 6238), encrypted; ``last_step`` was used last. Without a telephone
    the secret is empty and ``confirmed_at`` null: the row then only bears the recovery codes of who has passkeys."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    secret = models.CharField(max_length=200)
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["city", "user"], name="factor_user"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "user", "secret", "last_step", "confirmed_at"})


class RecoveryCode(TenantModel):
    """A code on paper for who lost the telephone; works once. Only its digest is kept."""

    factor = TenantForeignKey(Factor, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["city", "factor", "digest"], name="recovery_code"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "factor", "digest", "used_at"})


class Passkey(TenantModel):
    """A key pair of a person's device, bound to our address (WebAuthn). ``key`` names it, ``credential`` holds the public half, both
    base64url; ``counter``: how often it signed, as far as the device counts."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    name = models.CharField(max_length=40)
    key = models.CharField(max_length=1400)
    credential = models.CharField(max_length=6000)
    counter = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = (models.UniqueConstraint(fields=["city", "key"], name="passkey_key"),)
        indexes = (models.Index(fields=["city", "user"], name="passkey_user"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "user", "name", "key", "credential", "counter", "created_at", "used_at"})

    def __str__(self) -> str:
        return self.name


class Link(TenantModel):
    """The identity at the provider (OpenID Connect) that may log in to an account; see ``linking``."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["city", "user"], name="link_user"),
            models.UniqueConstraint(fields=["city", "issuer", "subject"], name="link_subject"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "user", "issuer", "subject", "linked_at"})


class UsedChallenge(TenantModel):
    """A challenge that was answered, so that nobody answers it twice; see ``challenges``."""

    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["city", "digest"], name="challenge_digest"),)
        indexes = (models.Index(fields=["city", "used_at"], name="challenge_used_at"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "digest", "used_at"})


class Token(TenantModel):
    """A machine's key to the API, acting as its person. Only the digest is kept; the key is shown once. ``areas``: tags of the
    API's description outside which it opens nothing; none for all."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    can_write = models.BooleanField(default=False)
    areas: models.JSONField[Any, Any] = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = (models.UniqueConstraint(fields=["city", "digest"], name="token_digest"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "user", "name", "digest", "can_write", "areas", "created_at", "expires_at", "revoked_at"}
        )


class Brake(TenantModel):
    """How much of an address, account or key is used up at a door; see ``brakes``. ``who`` is a keyed digest, ``full_at`` milliseconds."""

    door = models.CharField(max_length=20)
    who = models.CharField(max_length=32)
    full_at = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["city", "door", "who"], name="brake_who"),)
        indexes = (models.Index(fields=["city", "full_at"], name="brake_full_at"),)

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset({"id", "city", "door", "who", "full_at"})


class Event(TenantModel):
    """One line of the diary: who did what to what, when, through which door. Appended only."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    verb = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=40)
    about_text = models.CharField(max_length=200)
    refused = models.BooleanField(default=False)
    detail: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["city", "about_id"], name="event_about"),
            models.Index(fields=["city", "verb"], name="event_verb"),
            models.Index(fields=["city", "at"], name="event_at"),
            models.Index(fields=["city", "by", "id"], name="event_by"),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {"id", "city", "at", "by", "verb", "about_kind", "about_id", "about_text", "refused", "detail"}
        )


class Hold(TenantModel):
    """What must stay while something is in dispute: a table's rows, or one object with everything that refers to it; see ``holds``.

    ``object_id``: the row's id, empty for the whole table; ``called``: how whoever placed it named it, without anybody's name. It changes
    once, when another person lifts it.
    """

    table = models.CharField(max_length=63)
    object_id = models.CharField(max_length=36, blank=True)
    called = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["city", "table", "object_id"], condition=models.Q(lifted_at=None), name="hold_once"
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None, lifted_by=None) | ~models.Q(lifted_by=models.F("placed_by")),
                name="hold_lifted_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None, lifted_by=None)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_whole",
            ),
        )

    class Privacy:
        public: frozenset[str] = frozenset()
        private = frozenset(
            {
                "id",
                "city",
                "table",
                "object_id",
                "called",
                "reason",
                "placed_by",
                "placed_at",
                "lifted_by",
                "lifted_at",
                "lift_reason",
            }
        )

    def __str__(self) -> str:
        return self.called
