"""Which of our figures a claim speaks of: indicator, unit and period, from its class and the words round it.

A claim that leaves its subject out («同比增长24.3%») speaks of the amounts told just before; of several («364个,其中亿元以上171个,
同比增长…») each is tried, nearest first.
"""

import re
from dataclasses import replace

from zhaoshang.bulletins import words
from zhaoshang.bulletins.account import Account, Part, Subject
from zhaoshang.bulletins.outreach_counts import OF_EVENTS, activity_named
from zhaoshang.bulletins.rules import Name, Reason
from zhaoshang.bulletins.words import Place
from zhaoshang.common.periods import NotAPeriod, Period
from zhaoshang.figures.from_outreach import FROM_OUTREACH
from zhaoshang.figures.models import Indicator
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.outreach.signings import named_activity
from zhaoshang.reading import Claim, Reading
from zhaoshang.regions.models import Region, ReportingUnit

_SUFFIX = re.compile("(?:特别行政区|自治区|新区|地区|[省市区县])$")
HEADING_LENGTH = 40
NEAREST = 4  # subjects told before that an elided claim is tried with
COUNTED_AS_SAID = frozenset(
    {Measure.CAMPAIGNS, Measure.STARTS, *FROM_OUTREACH}
)  # their class alone tells the indicator
GENERAL = frozenset({"investment_total", "other"})  # classes that the reader gives where the words say no more
Sought = list[Subject] | Reason


class Matcher:
    """Goes through a reading once, in the order of the text; :meth:`seek` must be called claim by claim."""

    def __init__(self, account: Account, reading: Reading) -> None:
        self.account, self.text = account, reading.restored.text
        self.title = self.text.lstrip().partition("\n")[0]
        self.floor = 0
        self.told: list[tuple[Claim, Subject]] = []

    def seek(self, claim: Claim) -> tuple[Sought, Place]:
        """The subjects that a claim may have, likeliest first, or why it has none; and where it stands."""
        place = words.place_of(self.text, claim, self.floor)
        self.floor = claim.restored_end
        sought = self._seek(claim, place)
        if claim.kind == "level" and not claim.target and isinstance(sought, list):
            self.told.append((claim, sought[0]))
        return sought, place

    def _seek(self, claim: Claim, place: Place) -> Sought:
        if claim.forecast:
            return Reason("forecast")
        period = _period(claim.period)
        if period is None:
            return Reason("no_period")
        found = self._unit(claim, place)
        if isinstance(found, Reason):
            return found
        unit, part = found
        own = self._indicator(claim, place, period)
        complete = claim.kind == "level" and not claim.target
        explicit = complete or self._names_itself(claim, place)
        if isinstance(own, Reason):
            if claim.indicator_class in OF_EVENTS:
                return Reason("an_event")
            return own if explicit else self._before(claim, period, unit) or own
        mine = [Subject(own, unit, period, part)]
        if claim.indicator_class in OF_EVENTS:
            return self._at_activity(mine[0], place)
        if complete:
            # Partners are appointed at events, and each appointment is on record.
            at_event = words.is_event(place.sentence) and self.account.versions[own.pk][0].measure != Measure.PARTNERS
            return Reason("an_event") if at_event else mine
        before = self._before(claim, period, unit)
        return list(dict.fromkeys(mine + before if explicit else before + mine))

    def _at_activity(self, subject: Subject, place: Place) -> Sought:
        """Of the activity that the sentence names; of all the period's activities where it names none of its own."""
        name = activity_named(place.sentence)
        if not name:
            return [subject]
        found = named_activity(self.account.activities(subject.period), name, self.account.city.name)
        if found is None:
            return Reason("no_activity", {"what": name})
        return [replace(subject, part=Part("activity", str(found.pk), found.title))]

    def _names_itself(self, claim: Claim, place: Place) -> bool:
        """Whether a claim's own words name what it is of."""
        what = _own_words(claim, place)
        held = [one for one in self.account.indicators if one.reading_class == claim.indicator_class]
        return words.source_classes(what) is not None or _longest(held, what) is not None or bool(words.stage(what)[1])

    # -- what is counted ---------------------------------------------------------------------------------------------

    def _indicator(self, claim: Claim, place: Place, period: Period) -> Indicator | Reason:
        held = self._of_its_class(claim, place)
        what = _own_words(claim, place)
        if words.source_classes(what) is None and _longest(held, what) is None:
            what = claim.indicator  # as the reader completed it from the words before
        if not held:
            return Reason("no_indicator", {"what": _what(claim)})
        if self.account.versions[held[0].pk][0].measure in COUNTED_AS_SAID:
            return held[0]
        size, said = words.size_fen(what + place.tail)
        sized = [one for one in held if self.account.versions[one.pk][0].at_least_fen == size]
        if held[0].unit_of_value == Unit.FEN:
            return (
                self._capital(sized or held, what, period)
                if sized or not size
                else Reason("no_size", {"what": said, "indicator": named(held[0])})
            )
        return self._projects(claim, place, held, size, said)

    def _of_its_class(self, claim: Claim, place: Place) -> list[Indicator]:
        """The indicators of the claim's class; of an amount whose class is general, those that its own words name."""
        fitting = [one for one in self.account.indicators if _fits(one, claim)]
        held = [one for one in fitting if one.reading_class == claim.indicator_class]
        if held or claim.indicator_class not in GENERAL:
            return held
        return [one for one in fitting if any(word in place.head for word in (one.name, *one.words) if len(word) > 3)]

    def _capital(self, held: list[Indicator], what: str, period: Period) -> Indicator | Reason:
        classes = words.source_classes(what)
        if classes is None:
            plain = [one for one in held if words.source_classes(one.name) is None]
            return _longest(plain or held, what) or (plain or held)[0]
        for indicator in sorted(held, key=lambda one: words.source_classes(one.name) is None):
            version = self.account.official(indicator, period) or self.account.versions[indicator.pk][-1]
            if frozenset(version.classes) == classes:
                return indicator
        return Reason("no_source", {"what": "、".join(sorted(SOURCE_WORDS[one] for one in classes))})

    def _projects(self, claim: Claim, place: Place, held: list[Indicator], size: int, said: str) -> Indicator | Reason:
        what = place.head + place.tail
        measure, word = words.stage(what)
        if not word and (_longest(held, what) is None):
            measure, word = words.stage(place.item)
        versions = self.account.versions
        staged = [one for one in held if not word or versions[one.pk][0].measure == measure]
        if not staged:
            return Reason("no_indicator", {"what": _what(claim)})
        if not word and (match := _longest(staged, what)):
            staged = [one for one in staged if versions[one.pk][0].measure == versions[match.pk][0].measure]
        elif not word:
            return Reason("no_indicator", {"what": _what(claim)})
        sized = [one for one in staged if versions[one.pk][0].at_least_fen == size]
        return sized[0] if sized else Reason("no_size", {"what": said or "全部", "indicator": named(staged[0])})

    def _before(self, claim: Claim, period: Period, unit: ReportingUnit | None) -> list[Subject]:
        """Subjects told before in the same paragraph, of the claim's class and unit, nearest first."""
        start = self.text.rfind("\n", 0, claim.restored_start)
        near: dict[Subject, None] = {}
        for told, subject in reversed(self.told):
            if told.restored_start <= start or len(near) == NEAREST:
                break
            if told.indicator_class == claim.indicator_class and subject.unit == unit:
                near[Subject(subject.indicator, unit, period, subject.part)] = None
        return list(near)

    # -- of whom -----------------------------------------------------------------------------------------------------

    def _unit(self, claim: Claim, place: Place) -> tuple[ReportingUnit | None, Part | None] | Reason:
        name = claim.region
        part = self._origin(claim, place)
        if together := self._units_together(claim, place):
            return together
        if name is None or bare(name) == bare(self.account.city.name) or self._whole_city(claim, place):
            return None, part or self._source(claim, place)
        unit = self._named_unit(name)
        if unit is not None:
            return (unit if self._is_named((unit.name, unit.short_name, name), place) else None), part
        province = next((one for one in self.account.provinces if bare(one.name) == bare(name)), None)
        if (
            province
            and bare(name) in place.sentence
            and re.search("来源|来自|引自|资金", place.sentence)
            and claim.indicator_class == "capital_in_place"
        ):
            return None, _source_part(province)
        return Reason("other_place", {"place": name}) if self._is_named((name, bare(name)), place) else (None, part)

    def _units_together(self, claim: Claim, place: Place) -> tuple[None, Part] | Reason | None:
        """«甘井子区、金普新区合计», «三地合计»: the units named, or as many of those told before as are counted."""
        head = place.head.partition("占")[0]
        if claim.kind not in {"level", "share"} or claim.target or not words.TOGETHER.search(head):
            return None
        units = [unit for unit in self.account.units if unit.short_name in head or unit.name in head]
        count = words.how_many_units(head)
        if len(units) < 2 and count:
            told = [
                subject.unit for told, subject in reversed(self.told) if told.indicator_class == claim.indicator_class
            ]
            units = list(dict.fromkeys(unit for unit in told if unit is not None))[:count]
        if len(units) < 2 and not count:
            return None
        if count and len(units) != count:
            return Reason("no_part", {"what": head})
        return None, Part(
            "units", ",".join(sorted(unit.code for unit in units)), "、".join(unit.name for unit in units)
        )

    def _named_unit(self, name: str) -> ReportingUnit | None:
        units = self.account.units
        exact = next((one for one in units if name in (one.name, one.short_name)), None)
        return exact or next((one for one in units if bare(name) in (bare(one.name), bare(one.short_name))), None)

    def _is_named(self, names: tuple[str, ...], place: Place) -> bool:
        """Whether a place is named where it would hold: before the claim in its paragraph, in the line above, or in the title."""
        paragraph = max(self.floor - len(place.paragraph), 0)
        above = self.text.rfind("\n", 0, max(self.text.rfind("\n", 0, paragraph), 0)) + 1
        heading = self.text[above:paragraph].strip()
        near = (place.paragraph, heading if len(heading) <= HEADING_LENGTH else "", self.title)
        return any(name in words_there for words_there in near for name in names)

    def _whole_city(self, claim: Claim, place: Place) -> bool:
        """Whether «全市» or «我市» was said after any unit: then the city is meant, whatever the paragraph is about."""
        if words.kind(claim) not in {"level", "growth", "completion", "difference"} or "占" in place.head:
            return False
        whole = words.whole_city_at(place.sentence)
        last_unit = (
            max(max(place.sentence.rfind(one.name), place.sentence.rfind(one.short_name)) for one in self.account.units)
            if self.account.units
            else -1
        )
        return whole > last_unit

    def _origin(self, claim: Claim, place: Place) -> Part | None:
        if claim.indicator_class != "capital_in_place" or claim.target:
            return None
        found = words.origin(place.head)
        return Part("origin", str(found[0]), found[1]) if found else None

    def _source(self, claim: Claim, place: Place) -> Part | None:
        if claim.indicator_class != "capital_in_place" or claim.kind not in {"level", "share"}:
            return None
        own = self.account.city.gb_code[:2]
        head = place.head.partition("占")[0]
        for province in self.account.provinces:
            if province.code[:2] != own and re.search(
                f"{province.short_name}[省市]?(?:资金|投资|到位|$)|来自{province.short_name}", head
            ):
                return _source_part(province)
        return None


SOURCE_WORDS = {"outside_province": "省外", "inside_province": "省内市外", "foreign": "境外", "local": "市内"}


def _source_part(province: Region) -> Part:
    return Part("source", province.code, province.short_name)


def _own_words(claim: Claim, place: Place) -> str:
    """The words before the number that name what is counted: of «省外资金占到位内资的79%» those before 占."""
    return place.head.partition("占")[0] if claim.kind == "share" else place.head


def _fits(indicator: Indicator, claim: Claim) -> bool:
    """Whether the claim's unit can be the indicator's: a count of projects is no amount of money."""
    if claim.unit not in {"CNY", "count"}:
        return True
    return (indicator.unit_of_value == Unit.FEN) == (claim.unit == "CNY")


def _longest(held: list[Indicator], what: str) -> Indicator | None:
    """The indicator whose longest word stands in ``what``."""
    found = [
        (len(word), -place, one) for place, one in enumerate(held) for word in (one.name, *one.words) if word in what
    ]
    return max(found, key=lambda pair: pair[:2])[2] if found else None


def _what(claim: Claim) -> str:
    """The claim's own words for its indicator, short."""
    return (claim.indicator.strip("，,、：: ") or claim.quote)[-40:]


def named(indicator: Indicator) -> Name:
    """The indicator's name for sentences."""
    return Name(indicator.name, indicator.name_en)


def bare(name: str) -> str:
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name


def _period(text: str | None) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except NotAPeriod:
        return None
