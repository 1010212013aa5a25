"""First talk: who was first, what counts as the same, how long it is protected, and what ends it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from talks.talking import CODE, MINUTES, RENAMED, claimed, days, offered, subject
from zhaoshang.common.files.keeping import place
from zhaoshang.people.models import Event
from zhaoshang.projects.stages.actions import note_progress
from zhaoshang.regions.access import NotAllowed
from zhaoshang.talks.claiming import (
    Proof,
    attach_talk_evidence,
    findings_for,
    register_claim,
    release_claim,
    renew_claim,
    write_note,
)
from zhaoshang.talks.models import Claim, Talk
from zhaoshang.talks.refusals import (
    AlreadyOpen,
    AlreadyYours,
    EvidenceMissing,
    Held,
    NotHolder,
    NotRenewable,
    NotYet,
    SubjectMissing,
    TextMissing,
    TooSmall,
)
from zhaoshang.talks.rules import NoteKind, State, state_on


def _fresh(claim: Claim) -> Claim:
    return Claim.objects.of(claim.city_id).select_related("talk").get(pk=claim.pk)  # type: ignore[no-any-return]


def test_a_first_talk_is_protected_for_the_days_of_the_rules_from_the_servers_day(cast: Cast) -> None:
    claim = claimed(cast)
    assert (claim.claimed_at, claim.protected_until) == (NOW, timezone.localdate(NOW) + timedelta(days=90))
    assert Event.objects.of(cast.city).filter(verb="talks.claim.registered", by=cast.officer).count() == 1


def test_a_second_claimant_is_told_who_holds_it(cast: Cast) -> None:
    first = claimed(cast)
    with pytest.raises(Held) as refusal:
        claimed(cast, by=cast.other_officer, at=days(1), reason="另一回事")
    assert (refusal.value.sure, [one.claim.pk for one in refusal.value.holdings]) == (True, [first.pk])


@pytest.mark.case("F16")
def test_a_renamed_investor_is_recognised(cast: Cast) -> None:
    claimed(cast)
    with pytest.raises(Held) as refusal:
        claimed(cast, by=cast.other_officer, investor="示例（东山区）海达装备集团股份有限公司", title="装备制造项目")
    assert refusal.value.sure
    with pytest.raises(Held) as refusal:
        claimed(cast, by=cast.other_officer, investor=RENAMED, title="装备制造项目")
    assert not refusal.value.sure


def test_the_same_code_is_the_same_investor_under_any_name(cast: Cast) -> None:
    claimed(cast, uscc=CODE)
    with pytest.raises(Held) as refusal:
        claimed(cast, by=cast.other_officer, investor="全新名称投资公司", title="全新", uscc=CODE.lower())
    assert refusal.value.sure


def test_another_industry_of_the_same_investor_takes_a_reason(cast: Cast) -> None:
    claimed(cast)
    with pytest.raises(Held) as refusal:
        claimed(cast, by=cast.other_officer, industry="H", title="海滨酒店")
    assert not refusal.value.sure
    kept = claimed(cast, by=cast.other_officer, industry="H", title="海滨酒店", reason="示例：酒店业务，与装备无关")
    assert _fresh(kept).nevertheless == "示例：酒店业务，与装备无关"


def test_another_investor_is_not_in_the_way(cast: Cast) -> None:
    claimed(cast)
    assert claimed(cast, by=cast.other_officer, investor="示例远洋食品公司", title="冷链食品加工").number == 1


def test_a_unit_claims_once(cast: Cast) -> None:
    claimed(cast)
    with pytest.raises(AlreadyYours):
        claimed(cast, at=days(1))


def test_a_claim_lapses_by_itself_and_another_may_take_it(cast: Cast) -> None:
    first = claimed(cast)
    second = claimed(cast, by=cast.other_officer, at=days(91))
    told = _fresh(first)
    assert (told.ended, told.talk.is_open, second.talk_id == first.talk_id) == ("lapsed", False, False)


def test_the_last_protected_day_is_protected(cast: Cast) -> None:
    claimed(cast)
    with pytest.raises(Held):
        claimed(cast, by=cast.other_officer, at=days(90))


def test_what_the_rules_ask_for_is_asked_for(cast: Cast) -> None:
    said: dict[str, Any] = {"unit": cast.east, "by": cast.officer, "at": NOW}
    with pytest.raises(TooSmall):
        claimed(cast, amount_fen=YI // 100)
    with pytest.raises(SubjectMissing):
        claimed(cast, investor=" ")
    for proof in (Proof(kind="minutes", document=" "), Proof(kind="ruling", document="示例")):
        with pytest.raises(EvidenceMissing):
            register_claim(subject=subject(), proof=proof, **said)
    assert not Talk.objects.of(cast.city).exists()


def test_only_an_officer_of_the_unit_claims_for_it(cast: Cast) -> None:
    for person in (cast.other_officer, cast.statistician, cast.leader):
        with pytest.raises(NotAllowed):
            register_claim(unit=cast.east, subject=subject(), proof=MINUTES, by=person, at=NOW)


def test_a_project_is_claimed_by_its_own_unit_only(cast: Cast) -> None:
    assert claimed(cast, project=cast.plant).talk.project == cast.plant
    with pytest.raises(NotAllowed):
        claimed(cast, project=cast.harbour, investor="另一投资方", title="另一项目")


def test_a_renewal_needs_its_test_met(cast: Cast) -> None:
    talk = claimed(cast).talk
    with pytest.raises(NotRenewable):
        renew_claim(talk=talk, by=cast.officer, at=days(10))
    with pytest.raises(NotRenewable) as refusal:
        renew_claim(talk=talk, by=cast.officer, at=days(80))
    assert [one.met for one in refusal.value.findings] == [True, True, True, False, False]
    write_note(
        talk=talk, kind=NoteKind.VISIT, on=days(70).date(), text="示例：赴企业走访", by=cast.officer, at=days(80)
    )
    renewal = renew_claim(talk=talk, by=cast.officer, at=days(80))
    assert (renewal.until - renewal.before).days == 60
    assert [one["met"] for one in renewal.findings] == [True, True, True, True, False]


def test_a_project_s_own_progress_speaks_for_its_talk(cast: Cast) -> None:
    claim = claimed(cast, project=cast.plant)
    note_progress(project=cast.plant, on=days(75).date(), text="示例：已选址", by=cast.officer, at=days(76))
    assert renew_claim(talk=claim.talk, by=cast.officer, at=days(80)).number == 1


def test_there_are_no_more_renewals_than_the_rules_allow(cast: Cast) -> None:
    talk, day = claimed(cast).talk, 85
    for _ in range(2):
        write_note(talk=talk, kind=NoteKind.NOTE, on=days(day).date(), text="示例进展", by=cast.officer, at=days(day))
        renew_claim(talk=talk, by=cast.officer, at=days(day))
        day += 60
    write_note(talk=talk, kind=NoteKind.NOTE, on=days(day).date(), text="示例进展", by=cast.officer, at=days(day))
    found = findings_for(Claim.objects.of(cast.city).select_related("talk", "rules").get(), days(day).date())
    assert [one.met for one in found[:3]] == [True, True, False]
    with pytest.raises(NotRenewable):
        renew_claim(talk=talk, by=cast.officer, at=days(day))


def test_nothing_is_renewed_or_written_after_the_last_day(cast: Cast) -> None:
    talk = claimed(cast).talk
    with pytest.raises(NotHolder):
        renew_claim(talk=talk, by=cast.officer, at=days(91))
    with pytest.raises(NotHolder):
        write_note(talk=talk, kind=NoteKind.NOTE, on=days(91).date(), text="迟了", by=cast.officer, at=days(91))


def test_a_note_tells_something_of_a_day_that_has_come(cast: Cast) -> None:
    talk = claimed(cast).talk
    with pytest.raises(NotYet):
        write_note(talk=talk, kind=NoteKind.NOTE, on=days(2).date(), text="明天的事", by=cast.officer, at=NOW)
    with pytest.raises(TextMissing):
        write_note(talk=talk, kind=NoteKind.PASSED_OVER, on=NOW.date(), text="冒充", by=cast.officer, at=NOW)


def test_its_holder_gives_it_up_and_another_takes_it_at_once(cast: Cast) -> None:
    claim = claimed(cast)
    with pytest.raises(NotAllowed):
        release_claim(talk=claim.talk, reason="不是我的", by=cast.other_officer, at=NOW)
    release_claim(talk=claim.talk, reason="示例：投资方改投他地", by=cast.officer, at=days(1))
    assert claimed(cast, by=cast.other_officer, at=days(1)).number == 1


def test_what_is_offered_to_another_is_not_given_up(cast: Cast) -> None:
    claim = claimed(cast)
    offered(cast, talk=claim.talk)
    with pytest.raises(AlreadyOpen):
        release_claim(talk=claim.talk, reason="示例", by=cast.officer, at=NOW)


def test_a_file_is_kept_with_its_digest(cast: Cast) -> None:
    pdf = b"%PDF-1.4\n% minutes\n%%EOF\n"
    proof = Proof(kind="letter", document="示例函", content=pdf, name="函.pdf")
    kept = attach_talk_evidence(talk=claimed(cast).talk, proof=proof, by=cast.officer, at=NOW)
    stored = place(Path(settings.EVIDENCE_DIR) / cast.city.code, kept.digest).read_bytes()
    assert (kept.mime, stored) == ("application/pdf", pdf)


def test_the_database_holds_one_claim_on_one_subject(cast: Cast) -> None:
    first = claimed(cast).talk
    with pytest.raises(IntegrityError), transaction.atomic():
        Talk.objects.create(
            city=cast.city, investor="又一个", title="又一个", industry="C", amount_fen=1, core=first.core, begun_at=NOW
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            city=cast.city, talk=first, number=2, unit=cast.west, claimed_by=cast.other_officer, claimed_at=NOW,
            protected_until=NOW.date(),
        )  # fmt: skip


def test_the_database_refuses_a_rewritten_claim(cast: Cast) -> None:
    claim = claimed(cast)
    rows = Claim.objects.of(cast.city).filter(pk=claim.pk)
    for change in ({"claimed_at": days(-5)}, {"unit": cast.west}, {"protected_until": days(1).date()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


@pytest.mark.parametrize(
    ("ended", "until", "dispute", "state"),
    [
        ("", 0, False, State.PROTECTED),
        ("", 0, True, State.DISPUTED),
        ("", -1, False, State.LAPSED),
        ("released", 5, False, State.RELEASED),
    ],
)
def test_where_a_claim_stands_is_computed_from_its_days(ended: str, until: int, dispute: bool, state: State) -> None:
    assert state_on(NOW.date(), ended, (NOW + timedelta(days=until)).date(), dispute) == state
