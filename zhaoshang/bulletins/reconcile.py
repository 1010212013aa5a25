"""Holds a text's claims against the city's figures: confirmed, differs (by how much, and why), not held, not checkable."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhaoshang.bulletins.account import Account, Subject
from zhaoshang.bulletins.campaign_counts import with_campaigns
from zhaoshang.bulletins.contradictions import Finding, contradictions
from zhaoshang.bulletins.edition_counts import Meant, held_in, in_force, is_park, meant
from zhaoshang.bulletins.explaining import explanations
from zhaoshang.bulletins.holding import Held, answers, external_answer
from zhaoshang.bulletins.matching import Matcher, bare
from zhaoshang.bulletins.outreach_counts import with_outreach
from zhaoshang.bulletins.rules import Amount, Evidence, Outcome, Reason, stands_for, value_words
from zhaoshang.bulletins.start_counts import with_starts
from zhaoshang.bulletins.words import Place
from zhaoshang.common.money import yuan_text
from zhaoshang.common.periods import Period
from zhaoshang.figures.plain import percent_text
from zhaoshang.reading import Claim, Reading, read
from zhaoshang.tenancy.models import City

NOT_CHECKABLE = frozenset({"no_period", "forecast", "no_version", "growth_refused", "many_years"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one claim. ``difference``: what the text says more than we hold, in the claim's base unit."""

    claim: Claim
    outcome: Outcome
    reason: Reason
    held: Held | None = None
    difference: Decimal | None = None
    explanations: tuple[Reason, ...] = ()

    def to_json(self, place_of_city: str) -> dict[str, Any]:
        """The claim in the samples' schema, with verdict, figure and reason."""
        return {
            **self.claim.to_json(),
            "restored_start": self.claim.restored_start,
            "restored_end": self.claim.restored_end,
            "verdict": str(self.outcome),
            "reason": self.reason.to_json(),
            "figure": _held_json(self.held, place_of_city) if self.held else None,
            "difference": _plain(self.difference, self.claim.unit) if self.difference is not None else None,
            "explanations": [reason.to_json() for reason in self.explanations],
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """A text held against the account."""

    city: City
    reading: Reading
    verdicts: list[Verdict]
    findings: list[Finding]

    def count(self, outcome: Outcome) -> int:
        """How many claims came out so."""
        return Counter(verdict.outcome for verdict in self.verdicts)[outcome]

    def to_json(self, file: str | None = None) -> dict[str, Any]:
        """The command line's and the API's form."""
        return {
            "file": file,
            "restored": self.reading.restored.text,
            "claims": [verdict.to_json(self.city.code) for verdict in self.verdicts],
            "contradictions": [finding.to_json() for finding in self.findings],
            "summary": {str(outcome): self.count(outcome) for outcome in Outcome},
        }


def check_text_of(city: City, text: str, published: str | None = None) -> Checked:
    """Read a text, knowing the city's reporting units by name, and hold its claims; ``published`` as for :func:`read`."""
    account = Account(city)
    units = [name for unit in account.units for name in (unit.name, unit.short_name)]
    return check(city, read(text, published=published, places=units), account)


def check(city: City, reading: Reading, account: Account | None = None) -> Checked:
    """Every claim of a reading held against the city's figures. Reads only; few queries, however many claims."""
    account, reading = account or Account(city), with_outreach(with_starts(with_campaigns(reading)))
    matcher = Matcher(account, reading)
    verdicts = []
    for claim in reading.claims:
        sought = matcher.seek(claim)
        listed = meant(reading, claim) if _of_the_city(account, claim) else None
        verdicts.append(_listed(account, claim, listed) if listed else _judge(account, claim, *sought))
    return Checked(city, reading, verdicts, contradictions(reading))


def _of_the_city(account: Account, claim: Claim) -> bool:
    """Whether the city itself says it: no other place is meant, but a park that is offered may be taken for one."""
    name = claim.region
    if name is None or bare(name) == bare(account.city.name):
        return True
    return is_park(name) and not any(name in (unit.name, unit.short_name) for unit in account.units)


def _listed(account: Account, claim: Claim, wanted: Meant) -> Verdict:
    """A claim on the lists, held against the edition in force at the end of its period."""
    if claim.period is None:
        return _open(claim, Reason("no_period"))
    edition = in_force(account.city, claim.period)
    if edition is None:
        return _open(claim, Reason("no_edition", {"period": Period.parse(claim.period)}))
    held = held_in(edition, wanted, claim.unit)
    return _confirmed(claim, held) if held.value in stands_for(claim) else _differing(account, claim, held)


def _judge(account: Account, claim: Claim, sought: list[Subject] | Reason, place: Place) -> Verdict:
    if isinstance(sought, Reason):
        return _without(account, claim, sought)
    refused: Reason | None = None
    first: Held | None = None
    for subject in sought:
        found = answers(account, claim, subject, place)
        if isinstance(found, Reason):
            refused = refused or found
            continue
        for held in found:
            if held.value in stands_for(claim):
                return _confirmed(claim, held)
        first = first or found[0]
    if first is None:
        assert refused is not None
        return _open(claim, refused)
    return _differing(account, claim, first)


def _without(account: Account, claim: Claim, reason: Reason) -> Verdict:
    """A claim without a figure of ours; of another place something may be on record."""
    if reason.code == "other_place" and claim.period and claim.region:
        for indicator in account.indicators:
            if indicator.reading_class == claim.indicator_class:
                held = external_answer(
                    account, claim, Subject(indicator, None, Period.parse(claim.period)), claim.region
                )
                if held is not None:
                    return (
                        _confirmed(claim, held) if held.value in stands_for(claim) else _differing(account, claim, held)
                    )
    return _open(claim, reason)


def _open(claim: Claim, reason: Reason) -> Verdict:
    return Verdict(claim, Outcome.NOT_CHECKABLE if reason.code in NOT_CHECKABLE else Outcome.NOT_HELD, reason)


def _params(held: Held) -> dict[str, Any]:
    source = {} if held.source == "" else {"source": held.source}
    return {"held": Amount(held.value, held.unit), **source}


def _confirmed(claim: Claim, held: Held) -> Verdict:
    code = "same_rank" if held.unit == "rank" else "same" + _suffix(held)
    return Verdict(claim, Outcome.CONFIRMED, Reason(code, _params(held)), held)


def _differing(account: Account, claim: Claim, held: Held) -> Verdict:
    more = claim.value - held.value
    params = {**_params(held), "difference": Amount(abs(more), "points" if held.unit == "percent" else held.unit)}
    code = "other_rank" if held.unit == "rank" else ("more" if more > 0 else "less") + _suffix(held)
    own = held.subject is not None and held.evidence != Evidence.EXTERNAL
    explained = explanations(account, claim, held.subject) if own and held.subject else ()
    return Verdict(claim, Outcome.DIFFERS, Reason(code, params), held, more, explained)


def _suffix(held: Held) -> str:
    if held.evidence == Evidence.PUBLISHED and held.aspect == "growth":
        return "_on_published"
    return "" if held.evidence == Evidence.LEDGER else f"_{held.evidence}"


def _held_json(held: Held, place_of_city: str) -> dict[str, Any]:
    """What a claim was held against, for machines; ``ref`` only of figures from the ledger."""
    now, subject = held.figure, held.subject
    found: dict[str, Any] = {
        "ref": now.ref if now else None,
        "aspect": held.aspect,
        "value": _plain(held.value, held.unit),
        "unit_of_value": held.unit,
        "text": value_words(held.value, held.unit, 2 if held.unit != "count" else 0),
        "evidence": str(held.evidence),
        "source": held.source if isinstance(held.source, str) else held.source.chinese,
    }
    if subject is not None:
        found |= {
            "indicator": subject.indicator.code,
            "name": subject.indicator.name,
            "unit": subject.unit.code if subject.unit else place_of_city,
            "period": str(subject.period),
        }
    if now is not None:
        found |= {
            "version": now.version.code,
            "version_title": now.version.title,
            "payments": now.payments,
            "restated": now.restated,
        }
    return found


def _plain(value: Decimal, unit: str) -> str:
    if unit == "CNY":
        return yuan_text(int(value * 100))
    if unit == "m2":
        return f"{value:f}"
    return str(int(value)) if unit in {"count", "rank"} else str(percent_text(value))
