"""How amounts, dates and sizes are written for people. Amounts come back without their unit: it has its own place."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import get_language, gettext, pgettext

from zhaoshang.common.money import grouped
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.common.rounding import round_half_even
from zhaoshang.reading.numerals import number as numeral

NOTHING = "—"


def yuan(fen: int | None, places: int = 2) -> str:
    """Fen in 元, grouped: ``1,234.50``."""
    return NOTHING if fen is None else grouped(fen, "元", places)


def wan(fen: int | None, places: int = 2) -> str:
    """Fen in 万元, grouped, half to even (GB/T 8170)."""
    return NOTHING if fen is None else grouped(fen, "万元", places)


def yi(fen: int | None, places: int = 1) -> str:
    """Fen in 亿元, grouped, half to even (GB/T 8170): the bulletin's ``729.4``."""
    return NOTHING if fen is None else grouped(fen, "亿元", places)


def number(value: Decimal | int | None, places: int = 0) -> str:
    """A count or a measure, grouped, half to even."""
    return NOTHING if value is None else f"{round_half_even(Decimal(value), places):,.{places}f}"


def percent(value: Decimal | int | None, places: int = 1, sign: bool = False, unit: bool = True) -> str:
    """Percent points as held: ``24.3`` → ``24.3%``. ``sign`` writes a growth rate's plus, ``unit=False`` no %."""
    if value is None:
        return NOTHING
    rounded = round_half_even(Decimal(value), places) + 0  # + 0: no "-0.0"
    return f"{rounded:{'+' if sign and rounded else ''}.{places}f}{'%' if unit else ''}"


def date_(value: date | None, style: str = "short") -> str:
    """``2023-03-31``, or with ``long`` 2023年3月31日 / 31 Mar 2023. A moment is taken at the city's clock."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_text(value, pgettext("date format", "Y年n月j日") if style == "long" else "Y-m-d")


def moment(value: datetime | None) -> str:
    """``2023-03-31 14:05`` at the city's clock."""
    if value is None:
        return NOTHING
    return date_text(timezone.localtime(value) if timezone.is_aware(value) else value, "Y-m-d H:i")


def month(value: date | int | str | None) -> str:
    """A month held as ``2023-03``, a date or a month number: 2023年3月 / Mar 2023."""
    if value is None:
        return NOTHING
    if isinstance(value, date):
        return date_text(value, pgettext("date format", "Y年n月"))
    number_ = parse_month(value) if isinstance(value, str) else value
    return date_text(Period(number_, number_).first_day(), pgettext("date format", "Y年n月"))


def month_of_year(number_: int) -> str:
    """A month where its year is plain: 3月 / Mar."""
    return date_text(Period(number_, number_).first_day(), pgettext("month alone", "n月"))


def period(value: Period | str | None) -> str:
    """A reporting period in words: 2023年一季度 / Q1 2023; other runs by their first and last month."""
    if value is None:
        return NOTHING
    run = Period.parse(value) if isinstance(value, str) else value
    written = str(run)
    names = {"Q1": gettext("%s年一季度"), "Q2": gettext("%s年二季度"), "Q3": gettext("%s年三季度")}
    names |= {"Q4": gettext("%s年四季度"), "H1": gettext("%s年上半年"), "H2": gettext("%s年下半年")}
    if written[4:] in names:
        return names[written[4:]] % run.year
    if len(written) == 4:
        return gettext("%s年") % run.year
    if run.first == run.last:
        return month(run.first)
    if run.within_one_year:
        first, last = pgettext("first of two months", "Y年n"), pgettext("second of two months", "n月")
        return f"{date_text(run.first_day(), first)}—{date_text(Period(run.last, run.last).first_day(), last)}"
    return f"{month(run.first)} – {month(run.last)}"


class Named(Protocol):
    """What has a name in both languages: a city, a reporting unit, an indicator. ``name_en`` may be empty."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def named(thing: Named) -> str:
    """The name in the language of the page."""
    return thing.name_en if english() and thing.name_en else thing.name


class ShortlyNamed(Named, Protocol):
    """What has a short Chinese name as well."""

    @property
    def short_name(self) -> str: ...


def named_short(thing: ShortlyNamed) -> str:
    """The same, as short as a table needs it."""
    return thing.name_en if english() and thing.name_en else thing.short_name


class Person(Protocol):
    """Who has a name for display in both languages; ``display_name_en`` may be empty."""

    @property
    def display_name(self) -> str: ...
    @property
    def display_name_en(self) -> str: ...


def called(person: Person) -> str:
    """The person's name in the language of the page."""
    return person.display_name_en if english() and person.display_name_en else person.display_name


def clause(number_: str) -> str:
    """A rule's number as the page's language writes it: 三 / 3. Another text stays as it is."""
    try:
        return str(numeral(number_)) if english() else number_
    except ValueError:
        return number_


def english() -> bool:
    """Whether the page is in English."""
    return (get_language() or "").startswith("en")


def with_note(text: str, note: str) -> str:
    """Text and a note in the brackets of the page's language: 金额（万元） / Amount (10k yuan)."""
    return gettext("%(text)s（%(note)s）") % {"text": text, "note": note}


def bytes_(size: int | None) -> str:
    """A file's size: ``1.2 MB`` (1 kB = 1,000 bytes)."""
    if size is None:
        return NOTHING
    for factor, unit in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= factor:
            return f"{round_half_even(Decimal(size) / factor, 1)} {unit}"
    return f"{size} B"


FILTERS: dict[str, Callable[..., str]] = {
    "yuan": yuan,
    "wan": wan,
    "yi": yi,
    "number": number,
    "percent": percent,
    "date": date_,
    "moment": moment,
    "month": month,
    "period": period,
    "bytes": bytes_,
    "named": named,
    "called": called,
    "clause": clause,
}
