"""What a mail says, written when it is sent: in the language of the search, of what is on offer then."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from zhaoshang.opportunities.addresses import public_address
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import KIND_LABELS, Kind
from zhaoshang.opportunities.wording import amount_words, area_words
from zhaoshang.searches.actions import link_of
from zhaoshang.searches.models import Notice, SavedSearch
from zhaoshang.searches.queries import in_words, still_offered
from zhaoshang.searches.rules import MOST_IN_A_MAIL, About
from zhaoshang.tenancy.models import City


def letter(notice: Notice, search: SavedSearch, at: datetime) -> EmailMessage | None:
    """The mail of a notice; None when nothing is left to tell."""
    with translation.override(search.language):
        if notice.about == About.CONFIRM:
            if search.confirmed_at:
                return None
            subject, lines = _asking(search)
        else:
            entries = still_offered(notice, at)
            if not entries or not search.confirmed_at:
                return None
            subject, lines = _telling(search, entries)
        return _mail(notice, search, subject, [*lines, "", *_foot(search)])


def _address(search: SavedSearch) -> str:
    return f"{settings.PUBLIC_URL}/saved/{link_of(search)}/?lang={search.language}"


def _name(city: City) -> str:
    return city.name_en if (translation.get_language() or "").startswith("en") and city.name_en else city.name


def _asking(search: SavedSearch) -> tuple[str, list[str]]:
    """Did you ask for this?"""
    what = _("；").join(in_words(search.city, search.said))
    return _("请确认：%(city)s招商条目订阅") % {"city": _name(search.city)}, [
        _("有人用这个邮箱订阅了符合以下条件的招商条目：%(what)s") % {"what": what},
        _("是您本人，请打开下面的地址并按“确认”："),
        _address(search),
        _("不是您本人，不必理会：%(day)s 起这个邮箱自动抹去，此前也不会再来信。") % {"day": f"{search.erase_on:%Y-%m-%d}"},
    ]  # fmt: skip


def _telling(search: SavedSearch, entries: list[Opportunity]) -> tuple[str, list[str]]:
    """These are new."""
    lines = [_("符合“%(what)s”的新条目：") % {"what": _("；").join(in_words(search.city, search.said))}, ""]
    for entry in entries[:MOST_IN_A_MAIL]:
        lines += [_line(entry, search.language), f"{public_address(entry.code)}?lang={search.language}", ""]
    if len(entries) > MOST_IN_A_MAIL:
        lines.append(_("另有 %(more)s 个，请到网站查看。") % {"more": len(entries) - MOST_IN_A_MAIL})
    return _("%(city)s有 %(n)s 个新的招商条目符合您的条件") % {"city": _name(search.city), "n": len(entries)}, lines


def _line(entry: Opportunity, language: str) -> str:
    title = entry.title_en if language.startswith("en") and entry.title_en else entry.title
    size = area_words(entry.area_m2, _) or amount_words(entry.amount_fen, _)
    sample = _("示例") if entry.is_sample else ""
    return " · ".join(part for part in (title, _(KIND_LABELS[Kind(entry.kind)]), size, entry.code, sample) if part)


def _foot(search: SavedSearch) -> list[str]:
    return [
        "-- ",
        _("停止来信并抹去这个邮箱：%(address)s") % {"address": _address(search)},
        _("每天最多一封。条目以有关部门正式公告为准。"),
    ]


def _mail(notice: Notice, search: SavedSearch, subject: str, lines: list[str]) -> EmailMessage:
    """Its Message-ID is the notice's own, so that a mail sent twice is seen to be one (RFC 5322 3.6.4); one click stops (RFC 8058)."""
    host = settings.MAIL_FROM.rpartition("@")[2].strip(" >")
    return EmailMessage(
        subject, "\n".join(lines), settings.MAIL_FROM, [search.mail],
        headers={
            "Message-ID": f"<{notice.pk}@{host}>",
            "List-Unsubscribe": f"<{_address(search)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )  # fmt: skip
