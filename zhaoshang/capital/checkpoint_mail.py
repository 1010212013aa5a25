"""Checkpoints handed to people outside by mail: each chain's end once, so that who runs the server cannot take it back."""

import json
from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zhaoshang.capital.checkpoints import exported, make_checkpoint
from zhaoshang.capital.models import ChainHead, Checkpoint
from zhaoshang.people.diary import record
from zhaoshang.people.models import Event
from zhaoshang.tenancy.models import City

MAILED = "capital.checkpoint.mailed"


class NotSent(Exception):
    """The mail server did not take it, or none is set; the next round tries again, with the same checkpoint."""


def mail_checkpoint(*, city: City, at: datetime) -> Checkpoint | None:
    """Send the chain's end, signed, to ``settings.CHECKPOINTS_TO``; None when nobody is to get one, the chain is empty, or its end went
    already. One that was sent but not noted, being killed between, goes again under the same Message-ID. Raises :class:`NotSent`."""
    head = ChainHead.objects.of(city).first()
    if not settings.CHECKPOINTS_TO or head is None or head.seq == 0:
        return None
    point: Checkpoint | None = (
        Checkpoint.objects.of(city).filter(seq=head.seq, digest=head.digest).order_by("-id").first()
    )
    if point and Event.objects.of(city).filter(verb=MAILED, about_id=str(point.pk)).exists():
        return None
    point = point or make_checkpoint(city=city, by=None, at=at)
    if not settings.EMAIL_BACKEND:
        raise NotSent("ZHAOSHANG_MAIL")
    try:
        get_connection().send_messages([_letter(city, point)])
    except (OSError, SMTPException) as error:
        raise NotSent(str(error)) from error
    record(MAILED, city=city, by=None, at=at, about=point, seq=point.seq, to=len(settings.CHECKPOINTS_TO))
    return point


def mailed_at(city: City, points: Iterable[Checkpoint]) -> dict[UUID, datetime]:
    """When each went, of those that did. One query."""
    lines = Event.objects.of(city).filter(verb=MAILED, about_id__in=[str(point.pk) for point in points])
    return {UUID(key): at for key, at in lines.order_by("at").values_list("about_id", "at")}


def _letter(city: City, point: Checkpoint) -> EmailMessage:
    told = {
        "city": city.name,
        "seq": point.seq,
        "digest": point.digest,
        "made": f"{localtime(point.made_at):%Y-%m-%d %H:%M}",
    }
    told |= {"key": point.public_key}
    lines = [
        _("%(city)s到位资金账链截至 %(made)s 共 %(seq)s 条，末条摘要：") % told,
        point.digest,
        _(
            "请妥善保存附件，不要交还系统管理员。核验方法：用 tools/verify_ledger.py 读账链导出文件，并以附件为 --checkpoint。"
        ),
        _("签名公钥（应与第一次收到的相同）：%(key)s") % told,
    ]
    host = settings.MAIL_FROM.rpartition("@")[2].strip(" >")
    letter = EmailMessage(
        _("%(city)s账链检查点：第 %(seq)s 条") % told, "\n".join(lines), settings.MAIL_FROM, settings.CHECKPOINTS_TO,
        headers={"Message-ID": f"<checkpoint-{point.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    written = json.dumps(exported(point), ensure_ascii=False) + "\n"
    letter.attach(f"checkpoint-{city.code}-{point.seq}.json", written, "application/json")
    return letter
