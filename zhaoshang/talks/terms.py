"""The rules of first talk as local rules, and which hold on a day."""

from datetime import date
from pathlib import Path

from zhaoshang.common.problems import N_
from zhaoshang.rulesets.kinds import InForce, Kind
from zhaoshang.talks.models import Claim, TalkRules
from zhaoshang.talks.rules import SET_LABELS, SET_WORDS, Terms, terms_in
from zhaoshang.tenancy.models import City

TALKS = Kind(
    code="talks",
    name=N_("首谈与流转"),
    about=N_("多大的投资受首谈保护、保护多久、怎样续期，争议和流转的期限，可选的分享比例。"),
    reads=terms_in,
    sample=Path(__file__).parent / "sample.toml",
    labels=SET_LABELS,
    words=SET_WORDS,
    model=TalkRules,
)


def terms_on(city: City, day: date) -> Terms:
    """The terms of the day. One query."""
    return TALKS.on(city, day).read


def terms_for(claim: Claim) -> Terms:
    """The terms under which a claim was made; they stay its own when newer rules come."""
    return InForce(TALKS, claim.rules).read
