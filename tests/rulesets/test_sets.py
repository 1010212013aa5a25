"""Sets of local rules: issued from a day by a document, never changed; read, written out, compared; every fault with its place."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction
from django.utils import timezone
from issued import issued

from zhaoshang.people.models import Event
from zhaoshang.projects.likeness import MATCHING
from zhaoshang.regions.access import NotAllowed
from zhaoshang.rulebook.kinds import KINDS
from zhaoshang.rulesets.actions import CodeTaken, DayTaken, HeadMissing, NotIssued, TooEarly
from zhaoshang.rulesets.models import CityRules
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.rulesets.texts import (
    body_of,
    content_in,
    differences,
    line_of,
    lines_of,
    read_text,
    with_values,
    write_text,
)
from zhaoshang.talks.terms import TALKS

TODAY = timezone.localdate(NOW)
each_kind = pytest.mark.parametrize("code", list(KINDS))


@each_kind
def test_every_sample_is_read_has_its_head_and_words_for_each_key(code: str) -> None:
    kind = KINDS[code]
    kind.check(kind.shipped)
    assert [key for key in ("code", "title", "title_en", "document", "valid_from") if not kind.shipped.get(key)] == []
    assert ("示例" in kind.shipped["title"], "sample" in kind.shipped["title_en"].lower()) == (True, True)


@each_kind
def test_a_set_written_out_is_read_to_the_same(code: str) -> None:
    held = KINDS[code].shipped
    assert read_text(write_text(held, held)) == held
    assert read_text(body_of(KINDS[code].sample_text)) == content_in(held)


@each_kind
def test_each_line_of_a_sample_is_found_in_its_text(code: str) -> None:
    text = KINDS[code].sample_text
    found = text.splitlines()
    for line in lines_of(KINDS[code].shipped):
        assert found[line_of(text, line.place) - 1].split("=")[0].strip() == line.place.rpartition(".")[2]


@pytest.mark.parametrize(
    ("old", "new", "place", "line"),
    [
        ("protected_days = 90", "protected_days = 0", "protected_days", 13),
        ("protected_days = 90", "protected_day = 90", "protected_days", 0),
        ("within_days = 30", 'within_days = "x"', "renewal.test[2].within_days", 24),
        ("offer_days = 10", "offer_days = 10\nmore = 1", "transfer.more", 34),
    ],
)
def test_a_fault_names_its_key_and_line(old: str, new: str, place: str, line: int) -> None:
    text = TALKS.sample_text.replace(old, new, 1)
    with pytest.raises(BadRules) as fault:
        TALKS.check(read_text(text))
    assert (fault.value.place, line_of(text, place)) == (place, line)


def test_a_text_that_is_no_toml_names_its_line() -> None:
    with pytest.raises(BadRules) as fault:
        read_text("a = 1\nb = \nc = 3")
    assert fault.value.line == 2


def test_two_sets_are_compared_by_the_codes_of_their_rows() -> None:
    before = {"rank": [{"code": "a", "days": 1}, {"code": "b", "days": 2}], "most": 3}
    after = {"rank": [{"code": "b", "days": 2}, {"code": "a", "days": 5}], "least": 1}
    told = [
        (one.line.known, one.before and one.before.value, one.after and one.after.value)
        for one in differences(before, after)
    ]
    assert told == [("rank[a].days", 1, 5), ("least", None, 1), ("most", 3, None)]


def test_a_form_changes_values_and_keeps_the_rest() -> None:
    typed = {"protected_days": "45", "renewal.test[1].within_days": "10", "evidence": "minutes\nletter\n"}
    made = with_values(TALKS.shipped, typed.get)
    changed = {one.line.place for one in differences(TALKS.shipped, made)}
    assert (changed, made["evidence"]) == ({*typed}, ["minutes", "letter"])
    with pytest.raises(BadRules, match=r"renewal\.days"):
        TALKS.read(with_values(TALKS.shipped, {"renewal.days": "六十"}.get))


@pytest.mark.django_db
def test_a_set_holds_from_its_day_and_leaves_a_line_in_the_diary(cast: Cast) -> None:
    issued(cast, TALKS, TALKS.shipped | {"protected_days": 30}, valid_from=TODAY)
    days = [TALKS.on(cast.city, day).read.protected_days for day in (TODAY - timedelta(days=1), TODAY)]
    line = Event.objects.of(cast.city).get(verb="rulesets.rules.issued")
    assert (days, line.detail["kind"], line.by) == ([90, 30], "talks", cast.statistician)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"code": "own"}, CodeTaken),
        ({"valid_from": date(2023, 1, 1)}, DayTaken),
        ({"valid_from": TODAY}, TooEarly),
        ({"document": " "}, HeadMissing),
        ({"title": "长" * 121}, HeadMissing),
        ({"code": "不是代号"}, HeadMissing),
    ],
)
def test_a_second_set_takes_another_code_and_a_day_to_come(
    cast: Cast, given: dict[str, Any], refusal: type[NotIssued]
) -> None:
    issued(cast, MATCHING)
    later = {"code": "later", "valid_from": TODAY + timedelta(days=1)}
    with pytest.raises(refusal):
        issued(cast, MATCHING, **later | given)
    issued(cast, MATCHING, **later)
    assert MATCHING.on(cast.city, TODAY).code == "own"


@pytest.mark.django_db
def test_kinds_of_one_table_do_not_know_of_each_other(cast: Cast) -> None:
    for code in ("matching", "leads", "eligibility", "reward", "practice"):
        issued(cast, KINDS[code])
    assert CityRules.objects.of(cast.city).count() == 5
    with pytest.raises(DatabaseError), transaction.atomic():
        CityRules.objects.of(cast.city).update(title="x")


@pytest.mark.django_db
def test_only_who_writes_rules_issues_them(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        issued(cast, TALKS, by=cast.verifier)


@pytest.mark.django_db
def test_weights_that_are_issued_are_compared_by(cast: Cast) -> None:
    content = deepcopy(MATCHING.shipped) | {"threshold": 99}
    issued(cast, MATCHING, content, valid_from=TODAY)
    assert MATCHING.on(cast.city, TODAY).read.threshold == 99
