"""No signing without due diligence, legal and fair-competition review from the day on which the definitions ask for them."""

from copy import deepcopy
from datetime import date

import pytest
from cast import NOW, Cast
from django.db import DatabaseError, transaction
from django.test import Client

from contracts.papers import (
    CLEAN,
    DAY,
    LATER,
    RISKY,
    blank_pdf,
    cleared,
    docx,
    in_talks,
    pdf,
    prove,
    reviewed,
    uploaded,
)
from zhaoshang.common.files import Refused
from zhaoshang.contracts.actions.appraising import NotNewest, OwnDraft
from zhaoshang.contracts.actions.reading import AlreadyHandled, NotThisFlag, ReasonMissing, SameText, handle_flag
from zhaoshang.contracts.actions.reviewing import FlagsOpen, NoText, OpinionReused
from zhaoshang.contracts.models import Flag, Review
from zhaoshang.contracts.queries import flags_of
from zhaoshang.contracts.rules.clauses import Finding, Handled, ReviewKind
from zhaoshang.people.models import Event
from zhaoshang.projects.models import Project, StageProof
from zhaoshang.projects.stages.actions import GateNotMet, advance
from zhaoshang.projects.stages.log import STAGES
from zhaoshang.projects.stages.proofs import ByReviewOnly, attach_proof
from zhaoshang.projects.stages.rules import stages_in
from zhaoshang.regions.access import NotAllowed
from zhaoshang.rulesets.rules import BadRules, Part

pytestmark = pytest.mark.django_db
LEGAL, FAIR, DILIGENCE = ReviewKind.LEGAL, ReviewKind.FAIR_COMPETITION, ReviewKind.DUE_DILIGENCE


def sign(cast: Cast, project: Project, on: date = DAY) -> None:
    advance(project=project, stage="signed", on=on, evidence="示例合同", by=cast.officer, at=LATER)


def lacking(cast: Cast, project: Project) -> list[str]:
    with pytest.raises(GateNotMet) as refusal:
        sign(cast, project)
    return [one.code for one in refusal.value.lacks]


def ready(cast: Cast) -> Project:
    """Signed copy attached, text cleared, all three found good."""
    project = in_talks(cast)
    prove(cast, project, "signed", "contract")
    cleared(cast, uploaded(cast, project))
    for kind in ReviewKind:
        reviewed(cast, project, kind)
    return project


def test_a_signing_lacks_each_review_until_it_is_recorded(cast: Cast) -> None:
    project = in_talks(cast)
    prove(cast, project, "signed", "contract")
    assert lacking(cast, project) == [DILIGENCE, LEGAL, FAIR]
    cleared(cast, uploaded(cast, project))
    reviewed(cast, project, DILIGENCE)
    reviewed(cast, project, LEGAL)
    assert lacking(cast, project) == [FAIR]
    reviewed(cast, project, FAIR)
    sign(cast, project)
    project.refresh_from_db(from_queryset=Project.objects.of(cast.city))
    assert project.signed_on == DAY


def test_a_signing_before_the_day_of_effect_owes_no_review(cast: Cast) -> None:
    before, after = (stages_in(Part(STAGES.shipped), day) for day in (date(2024, 7, 31), date(2024, 8, 1)))
    asked = [next(one.evidence for one in stages if one.code == "signed") for stages in (before, after)]
    assert asked == [("contract",), ("contract", DILIGENCE, LEGAL, FAIR)]


def test_evidence_asked_from_a_day_that_is_none_is_refused() -> None:
    content = deepcopy(STAGES.shipped)
    content["stage"][2]["evidence"] = [{"kind": "contract", "from": "bald"}]
    with pytest.raises(BadRules):
        STAGES.read(content)


def test_a_newer_text_has_to_be_reviewed_again(cast: Cast) -> None:
    project = ready(cast)
    uploaded(cast, project, CLEAN)
    assert lacking(cast, project) == [LEGAL, FAIR]
    with pytest.raises(OpinionReused):
        reviewed(cast, project, LEGAL)
    reviewed(cast, project, LEGAL, "again")
    reviewed(cast, project, FAIR, "again")
    sign(cast, project)


def test_a_refused_review_opens_nothing(cast: Cast) -> None:
    project = in_talks(cast)
    uploaded(cast, project, CLEAN)
    reviewed(cast, project, FAIR, finding=Finding.REFUSED)
    assert not StageProof.objects.of(cast.city).filter(project=project, kind=FAIR).exists()
    reviewed(cast, project, FAIR, "later")
    assert StageProof.objects.of(cast.city).filter(project=project, kind=FAIR).count() == 1


def test_reviews_wait_for_every_flag_and_for_a_text(cast: Cast) -> None:
    project = in_talks(cast)
    with pytest.raises(NoText):
        reviewed(cast, project, LEGAL)
    text = uploaded(cast, project)
    with pytest.raises(FlagsOpen):
        reviewed(cast, project, LEGAL)
    first, second = flags_of(text)
    handle_flag(flag=first, handled=Handled.REMOVE, by=cast.verifier, at=LATER)
    handle_flag(flag=second, handled=Handled.NO_HIT, by=cast.verifier, at=LATER)
    with pytest.raises(FlagsOpen):
        reviewed(cast, project, LEGAL)
    uploaded(cast, project, [*CLEAN, RISKY[-1]])
    reviewed(cast, project, LEGAL)


def test_what_was_said_of_a_passage_holds_in_the_next_version_unless_it_was_to_go(cast: Cast) -> None:
    project = in_talks(cast)
    first, second = flags_of(uploaded(cast, project))
    handle_flag(flag=first, handled=Handled.REMOVE, by=cast.verifier, at=LATER)
    handle_flag(flag=second, handled=Handled.JUSTIFIED, reason="示例依据", by=cast.verifier, at=LATER)
    again = flags_of(uploaded(cast, project, [*RISKY, "第五条 其他。"]))
    assert [(one.handled, one.reason) for one in again] == [("", ""), ("justified", "示例依据")]


def test_the_drafter_reviews_nothing(cast: Cast) -> None:
    project = in_talks(cast)
    text = uploaded(cast, project, by=cast.statistician)
    with pytest.raises(OwnDraft):
        handle_flag(flag=flags_of(text)[0], handled=Handled.NO_HIT, by=cast.statistician, at=LATER)
    for kind in ReviewKind:
        with pytest.raises(OwnDraft):
            reviewed(cast, project, kind, by=cast.statistician)
    reviewed(cast, project, DILIGENCE, by=cast.second_statistician)


def test_officers_do_not_review_and_verifiers_do_not_draft(cast: Cast) -> None:
    project = in_talks(cast)
    text = uploaded(cast, project)
    with pytest.raises(NotAllowed):
        handle_flag(flag=flags_of(text)[0], handled=Handled.NO_HIT, by=cast.officer, at=LATER)
    with pytest.raises(NotAllowed):
        uploaded(cast, project, CLEAN, by=cast.verifier)
    with pytest.raises(NotAllowed):
        uploaded(cast, project, CLEAN, by=cast.other_officer)


def test_a_flag_is_dealt_with_once_on_the_newest_text_and_in_words(cast: Cast) -> None:
    project = in_talks(cast)
    first, second = flags_of(uploaded(cast, project))
    with pytest.raises(ReasonMissing):
        handle_flag(flag=first, handled=Handled.JUSTIFIED, by=cast.verifier, at=LATER)
    with pytest.raises(NotThisFlag):
        handle_flag(flag=first, handled=Handled.READ, reason="读了", by=cast.verifier, at=LATER)
    handle_flag(flag=first, handled=Handled.NO_HIT, by=cast.verifier, at=LATER)
    with pytest.raises(AlreadyHandled):
        handle_flag(flag=first, handled=Handled.NO_HIT, by=cast.verifier, at=LATER)
    uploaded(cast, project, CLEAN)
    with pytest.raises(NotNewest):
        handle_flag(flag=second, handled=Handled.NO_HIT, by=cast.verifier, at=LATER)


def test_a_file_without_text_waits_for_a_reviewers_own_reading(cast: Cast) -> None:
    project = in_talks(cast)
    text = uploaded(cast, project, content=blank_pdf(), name="扫描件.pdf")
    (flag,) = flags_of(text)
    assert (text.is_read, flag.code) == (False, "unreadable")
    with pytest.raises(FlagsOpen):
        reviewed(cast, project, LEGAL)
    with pytest.raises(NotThisFlag):
        handle_flag(flag=flag, handled=Handled.NO_HIT, by=cast.verifier, at=LATER)
    handle_flag(flag=flag, handled=Handled.READ, reason="通读 12 页，没有风险条款", by=cast.verifier, at=LATER)
    reviewed(cast, project, LEGAL)


def test_the_same_text_is_not_taken_in_twice(cast: Cast) -> None:
    project, content = in_talks(cast), docx(CLEAN)
    uploaded(cast, project, content=content)
    with pytest.raises(SameText):
        uploaded(cast, project, content=content)


@pytest.mark.parametrize("kind", ["contract_text", *ReviewKind])
def test_review_evidence_is_not_attached_by_any_other_way(cast: Cast, client: Client, kind: str) -> None:
    project = in_talks(cast)
    given = {"stage": "signed", "kind": kind, "name": "a.pdf", "by": cast.officer, "at": LATER}
    with pytest.raises(ByReviewOnly):
        attach_proof(project=project, content=pdf("x"), **given)  # type: ignore[arg-type]
    client.force_login(cast.officer)
    from django.core.files.base import ContentFile

    file = ContentFile(pdf("y"), name="a.pdf")
    answer = client.post(f"/api/projects/{project.code}/proofs?stage=signed&kind={kind}", {"file": file})
    assert (answer.status_code, answer.json()["code"]) == (422, "by_review_only")
    client.post(f"/desk/projects/{project.code}/proofs/", {"stage": "signed", "kind": kind, "file": file})
    assert not StageProof.objects.of(cast.city).filter(kind=kind).exists()


def test_the_database_refuses_evidence_of_a_review_that_was_not(cast: Cast) -> None:
    project = in_talks(cast)
    for kind in ReviewKind:
        with pytest.raises(DatabaseError), transaction.atomic():
            StageProof.objects.create(
                city=cast.city, project=project, stage="signed", kind=kind, digest="0" * 64, mime="application/pdf",
                size_bytes=1, name="x", stored_by=cast.officer, stored_at=LATER,
            )  # fmt: skip


def test_the_database_refuses_what_the_actions_refuse(cast: Cast) -> None:
    project = ready(cast)
    review = Review.objects.of(cast.city).filter(kind=LEGAL).get()
    flags = Flag.objects.of(cast.city).filter(text=review.text)
    for change in ({"handled": "no_hit"}, {"passage": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            flags.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.of(cast.city).update(finding="passed")
    text = uploaded(cast, project, [*RISKY, "第六条 甲方负责减免行政事业性收费。"])
    said = {field.name: getattr(review, field.name) for field in Review._meta.concrete_fields if field.name != "id"}
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.create(**said | {"text": text, "digest": "1" * 64})
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.create(**said | {"reviewed_by": cast.officer, "digest": "2" * 64})
    with pytest.raises(DatabaseError), transaction.atomic():
        Flag.objects.of(cast.city).filter(handled="").update(handled="no_hit", handled_by=cast.officer, handled_at=NOW)


def test_every_step_leaves_a_line_in_the_diary(cast: Cast) -> None:
    ready(cast)
    verbs = set(Event.objects.of(cast.city).filter(verb__startswith="contracts.").values_list("verb", flat=True))
    assert verbs == {"contracts.text.uploaded", "contracts.flag.handled", "contracts.review.recorded"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 99, b"%PDF-1.4 nothing", b"MZ" * 99])
def test_what_is_no_contract_is_refused_whole(cast: Cast, content: bytes) -> None:
    project = in_talks(cast)
    with pytest.raises(Refused):
        uploaded(cast, project, content=content)
    assert not StageProof.objects.of(cast.city).filter(kind="contract_text").exists()
