"""That whoever asks about personal information asks for their own: a code sent to an address that stands in our data, or a document seen.

A code is sent only to an address that we hold of that very person, works once, for half an hour, and is kept as a keyed digest. Of a
document only its kind is kept. Everybody is answered in the same words, so that nobody learns whose address we hold.
"""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext as _

from zhaoshang.enterprises.models import Contact
from zhaoshang.partners.models import ClaimObjection
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.publishing.models import IdentityCheck, PublicRequest
from zhaoshang.publishing.rules import Asked, Way
from zhaoshang.tenancy.models import City

# Where addresses of people outside the bureau stand. Who saved a search needs no code: its mails bear a link that ends it.
PLACES = ((Contact, "mail"), (ClaimObjection, "contact"), (PublicRequest, "contact"))
VALID = timedelta(minutes=30)
NOT_AGAIN_WITHIN = timedelta(minutes=5)
MOST_TRIES = 5
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 8  # 40 bits, tried five times


class NotAboutPeople(Exception):
    """Only requests about personal information, not yet answered, need to know who asks."""


class DocumentMissing(Exception):
    """Say which kind of document was seen."""


class NumberWritten(Exception):
    """The kind of a document is kept, never its number."""


def held_of(request: PublicRequest) -> dict[str, list[str]]:
    """By table, the ids of other rows in which the asker's address stands; empty when it is no mail address."""
    if "@" not in request.contact:
        return {}
    found = {}
    for model, name in PLACES:
        rows: Any = model.objects.of(request.city_id).filter(**{f"{name}__iexact": request.contact})
        if keys := [str(key) for key in rows.exclude(pk=request.pk).order_by("pk").values_list("pk", flat=True)]:
            found[model._meta.db_table] = keys
    return found


def passed(request: PublicRequest) -> IdentityCheck | None:
    """The check that was passed. One query."""
    rows = IdentityCheck.objects.of(request.city_id).filter(request=request, proven_at__isnull=False)
    check: IdentityCheck | None = rows.select_related("checked_by").order_by("proven_at", "id").first()
    return check


def _open(request: PublicRequest) -> PublicRequest:
    rows = PublicRequest.objects.of(request.city_id).select_for_update().select_related("city")
    held: PublicRequest = rows.get(pk=request.pk)
    if held.asked != Asked.PRIVACY or held.outcome:
        raise NotAboutPeople
    return held


@transaction.atomic
def ask_for_code(*, request: PublicRequest, at: datetime) -> None:
    """Have a code sent if the asker's address stands in our data; the asker is not told whether. Raises :class:`NotAboutPeople`."""
    held = _open(request)
    lately = IdentityCheck.objects.of(held.city).filter(request=held, asked_at__gt=at - NOT_AGAIN_WITHIN)
    found = {} if lately.exists() else held_of(held)
    if found:
        IdentityCheck.objects.create(city=held.city, request=held, way=Way.MAIL, asked_at=at, rows=found)
        record("publishing.identity.asked", city=held.city, by=None, at=at, about=held, number=held.number)


def send_codes(*, city: City, at: datetime) -> int:
    """Send the codes that wait; returns how many went. One that could not go is tried again in the next round, until it is too old."""
    waiting = IdentityCheck.objects.of(city).filter(way=Way.MAIL, sent_at__isnull=True, asked_at__gt=at - VALID)
    return sum(_sent(check, at) for check in waiting.select_related("request", "city"))


def _sent(check: IdentityCheck, at: datetime) -> bool:
    code = "".join(secrets.choice(_LETTERS) for _place in range(_LENGTH))
    rows = IdentityCheck.objects.of(check.city_id).filter(pk=check.pk)
    marked = {"sent_at": at, "valid_until": at + VALID, "code_digest": _digest(check, code)}
    if not check.request.contact or not rows.filter(sent_at__isnull=True).update(**marked):
        return False
    words = _("您在%(city)s网站提交的个人信息申请（编号 %(n)s）需要核对身份。请在回执页面填写验证码：%(code)s")
    rest = _("30 分钟内有效，只能用一次。不是您本人提交的，不必理会。")
    told = {"city": check.city.name, "n": check.request.number, "code": code}
    letter = EmailMessage(_("身份验证码"), f"{words % told}\n{rest}", settings.MAIL_FROM, [check.request.contact])
    try:
        get_connection().send_messages([letter])
    except (OSError, SMTPException, ValueError):
        rows.update(sent_at=None, valid_until=None, code_digest="")
        return False
    return True


@transaction.atomic
def prove(*, request: PublicRequest, code: str, at: datetime) -> bool:
    """Whether it is the code that was sent last, in time and for the first time. Raises :class:`NotAboutPeople`."""
    held = _open(request)
    rows = IdentityCheck.objects.of(held.city).filter(request=held, way=Way.MAIL, sent_at__isnull=False)
    check = rows.order_by("-sent_at", "-id").first()
    if check is None or check.proven_at or check.valid_until < at or check.tries >= MOST_TRIES:
        right = False
    else:
        said = "".join(code.upper().split())
        right = hmac.compare_digest(check.code_digest, _digest(check, said))
        check.tries, check.proven_at = check.tries + 1, at if right else None
        check.save(update_fields=["tries", "proven_at"])
    if right:
        record("publishing.identity.proven", city=held.city, by=None, at=at, about=held, number=held.number)
    else:
        record("publishing.identity.refused", city=held.city, by=None, at=at, about=held, number=held.number)
    return right


@transaction.atomic
def note_document(*, request: PublicRequest, document: str, by: User, at: datetime) -> IdentityCheck:
    """Keep that somebody of the bureau saw the asker's document, of which kind, and never its number.

    Raises :class:`NotAboutPeople`, :class:`DocumentMissing`, :class:`NumberWritten`.
    """
    held, kind = _open(request), document.strip()
    if not kind:
        raise DocumentMissing
    if re.search(r"\d{4}", kind):
        raise NumberWritten
    check: IdentityCheck = IdentityCheck.objects.create(
        city=held.city, request=held, way=Way.DOCUMENT, asked_at=at, rows=held_of(held), document=kind[:60], checked_by=by, proven_at=at
    )  # fmt: skip
    record("publishing.identity.document_seen", city=held.city, by=by, at=at, about=held, number=held.number)
    return check


def _digest(check: IdentityCheck, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"identity:{check.pk}:{code}".encode(), hashlib.sha256).hexdigest()
