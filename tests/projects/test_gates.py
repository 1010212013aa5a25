"""A project moves through its gates; what it jumped, changed or was born with shows, and the database refuses the rest."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.conf import settings
from django.db import DatabaseError, transaction

from zhaoshang.common.files.keeping import kept
from zhaoshang.enterprises.actions import register_enterprise
from zhaoshang.people.models import Event
from zhaoshang.projects.actions import BornLanded, NewProject, SourceMissing, register_project
from zhaoshang.projects.models import Project, StageEntry
from zhaoshang.projects.stages.actions import (
    BadDay,
    GateNotMet,
    LostToMissing,
    NotOpen,
    OutOfOrder,
    ReasonMissing,
    advance,
    close_project,
    correct_day,
    note_progress,
    reopen_project,
)
from zhaoshang.projects.stages.correcting import NotSo, RestedOn, amend_project, correct_project
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.projects.stages.queries import log_of, missing_for, proofs_of
from zhaoshang.projects.stages.rules import Standing
from zhaoshang.regions.access import NotAllowed

pytestmark = pytest.mark.django_db
MARCH = date(2023, 3, 20)


def of(cast: Cast, project: Project) -> Project:
    """The project as it stands in the database."""
    return Project.objects.of(cast.city).get(pk=project.pk)  # type: ignore[no-any-return]


def lead(cast: Cast, **given: object) -> Project:
    firm = register_enterprise(city=cast.city, name="示例新厂有限公司", by=cast.officer, at=NOW)
    fields = {"code": "2023-0100", "name": "示例新厂", "source_code": "310000", "industry": "C", "contract_fen": 0}
    new = NewProject(**fields | given)  # type: ignore[arg-type]
    return register_project(city=cast.city, unit=cast.east, enterprise=firm, new=new, by=cast.officer, at=NOW)


def prove(cast: Cast, project: Project, stage: str, kind: str) -> None:
    pdf = f"%PDF-1.4\n% sample {stage} {kind}\n%%EOF\n".encode()
    attach_proof(project=project, stage=stage, kind=kind, content=pdf, name="a.pdf", by=cast.officer, at=NOW)


def move(cast: Cast, project: Project, stage: str, on: date = MARCH, **more: object) -> StageEntry:
    given = {"by": cast.officer, "evidence": "示例文件", "at": NOW} | more
    return advance(project=project, stage=stage, on=on, **given)  # type: ignore[arg-type]


def signed(cast: Cast) -> Project:
    """A lead that has come to its signing through both gates."""
    project = lead(cast)
    amend_project(project=project, by=cast.officer, at=NOW, investor="示例投资", contract_fen=2 * YI)
    prove(cast, project, "talks", "talk_record")
    move(cast, project, "talks", date(2023, 3, 1))
    prove(cast, project, "signed", "contract")
    move(cast, project, "signed")
    project.refresh_from_db(from_queryset=Project.objects.of(cast.city))
    return project


def refused_by_the_database(cast: Cast, **change: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Project.objects.of(cast.city).filter(code="2023-0100").update(**change)


def test_a_gate_names_what_it_wants(cast: Cast) -> None:
    project = lead(cast)
    assert [one.code for one in missing_for(project, "talks")] == ["investor", "talk_record"]
    with pytest.raises(GateNotMet) as refusal:
        move(cast, project, "talks")
    assert [one.code for one in refusal.value.lacks] == ["investor", "talk_record"]
    assert not StageEntry.objects.of(cast.city).filter(project=project).exists()


def test_fields_grow_from_stage_to_stage(cast: Cast) -> None:
    project = lead(cast)
    assert [one.code for one in missing_for(project, "landed") if one.kind == "field"] == [
        "investor",
        "contract_fen",
        "site",
    ]


def test_a_signing_is_counted_on_the_day_of_its_log(cast: Cast) -> None:
    project = signed(cast)
    assert (project.signed_on, project.promotion) == (MARCH, "signed")
    entry = log_of(project)[-1]
    assert (entry.stage, entry.day, len(entry.rests_on["proofs"])) == ("signed", MARCH, 1)
    assert entry.rests_on["fields"]["contract_fen"] == 2 * YI


def test_no_stage_is_entered_twice_or_jumped(cast: Cast) -> None:
    project = signed(cast)
    for stage in ("signed", "talks", "landed", "nowhere"):
        with pytest.raises(OutOfOrder):
            move(cast, project, stage)


def test_days_follow_each_other_and_have_come(cast: Cast) -> None:
    project = signed(cast)
    prove(cast, project, "registered", "licence")
    for day in (date(2023, 3, 19), date(2023, 4, 9)):
        with pytest.raises(BadDay):
            move(cast, project, "registered", day)


def test_a_skip_takes_the_right_and_a_reason_and_shows(cast: Cast) -> None:
    project = lead(cast)
    with pytest.raises(NotAllowed):
        move(cast, project, "signed", skip_reason="市里已签")
    move(cast, project, "signed", skip_reason="市里已签", by=cast.verifier)
    entry = log_of(project)[-1]
    assert (entry.kind, entry.reason) == ("skipped", "市里已签")
    assert entry.rests_on["lacks"] == ["investor", "contract_fen", "contract"]
    assert Event.objects.of(cast.city).filter(verb="projects.stage.skipped").count() == 1


def test_the_officer_of_another_unit_moves_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        move(cast, lead(cast), "talks", by=cast.other_officer)


def test_a_project_is_not_born_landed_nor_dated_without_a_document(cast: Cast) -> None:
    with pytest.raises(BornLanded):
        lead(cast, landed_on=MARCH, source="合同")
    with pytest.raises(SourceMissing):
        lead(cast, signed_on=MARCH)
    born = lead(cast, signed_on=MARCH, source="合同")
    assert [(one.kind, one.evidence) for one in log_of(born)] == [("registered", "合同")]


def test_the_database_refuses_a_project_born_further_on(cast: Cast) -> None:
    row = {"city": cast.city, "unit": cast.east, "enterprise": cast.plant.enterprise, "source_code": "310000"}
    for late in ({"promotion": "landed"}, {"signed_on": MARCH}, {"landed_on": MARCH}, {"construction": "capacity"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Project.objects.create(code="9", name="示例", industry="C", contract_fen=1, **row, **late)


def test_the_database_refuses_days_and_stages_that_the_log_does_not_say(cast: Cast) -> None:
    project = signed(cast)
    before = Project.objects.of(cast.city).filter(pk=project.pk).values().get()
    for change in (
        {"landed_on": MARCH},
        {"signed_on": date(2023, 1, 1)},
        {"signed_on": None},
        {"promotion": "landed"},
        {"construction": "capacity"},
        {"standing": "lost"},
    ):
        refused_by_the_database(cast, **change)
    assert Project.objects.of(cast.city).filter(pk=project.pk).values().get() == before


def test_the_database_refuses_a_signing_at_the_first_stage(cast: Cast) -> None:
    """By a line put into the log past the action: without its file, and of a stage further on."""
    project = lead(cast)
    line = {"city": cast.city, "project": project, "number": 1, "kind": "advanced", "evidence": "x", "day": MARCH}
    for stage, chain, rank in (("signed", "promotion", 3), ("landed", "promotion", 5), ("started", "construction", 1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            StageEntry.objects.create(stage=stage, chain=chain, rank=rank, entered_at=NOW, **line)


def test_the_log_is_never_rewritten(cast: Cast) -> None:
    signed(cast)
    rows = StageEntry.objects.of(cast.city)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(day=date(2022, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)


def test_what_a_signing_rests_on_changes_by_a_recorded_correction_only(cast: Cast) -> None:
    project = signed(cast)
    with pytest.raises(RestedOn):
        amend_project(project=project, by=cast.officer, at=NOW, contract_fen=9 * YI)
    other = register_enterprise(city=cast.city, name="示例别家有限公司", by=None, at=NOW)
    for change in (
        {"contract_fen": 9 * YI},
        {"outside_share_bp": 1},
        {"industry": "K"},
        {"source_code": "110000"},
        {"enterprise": other},
    ):
        refused_by_the_database(cast, **change)
    given: dict[str, Any] = {"project": project, "field": "contract_fen", "old": 2 * YI, "new": 3 * YI, "at": NOW}
    with pytest.raises(ReasonMissing):
        correct_project(**given, reason=" ", by=cast.statistician)
    with pytest.raises(NotAllowed):
        correct_project(**given, reason="合同补充", by=cast.officer)
    with pytest.raises(NotSo):
        correct_project(**given | {"old": 1}, reason="合同补充", by=cast.statistician)
    correct_project(**given, reason="合同补充", by=cast.statistician)
    project.refresh_from_db(from_queryset=Project.objects.of(cast.city))
    assert project.contract_fen == 3 * YI
    refused_by_the_database(cast, contract_fen=2 * YI)
    assert Event.objects.of(cast.city).filter(verb="projects.project.corrected").count() == 1


def test_a_firm_is_corrected_as_well(cast: Cast) -> None:
    project = signed(cast)
    other = register_enterprise(city=cast.city, name="示例别家有限公司", by=None, at=NOW)
    given: dict[str, Any] = {"field": "enterprise", "old": project.enterprise, "new": other, "reason": "填错企业"}
    correct_project(project=project, by=cast.statistician, at=NOW, **given)
    project.refresh_from_db(from_queryset=Project.objects.of(cast.city))
    assert project.enterprise == other


def test_a_corrected_day_is_counted_and_told(cast: Cast) -> None:
    project = signed(cast)
    told: dict[str, Any] = {"project": project, "stage": "signed", "by": cast.statistician, "at": NOW}
    with pytest.raises(BadDay):
        correct_day(on=date(2023, 2, 1), reason="早于洽谈", **told)
    correct_day(on=date(2023, 3, 10), reason="合同落款为十日", **told)
    project.refresh_from_db(from_queryset=Project.objects.of(cast.city))
    assert project.signed_on == date(2023, 3, 10)
    correct_day(on=None, reason="没有签成", **told)
    project.refresh_from_db(from_queryset=Project.objects.of(cast.city))
    assert of(cast, project).promotion == "talks"
    assert of(cast, project).signed_on is None
    assert Event.objects.of(cast.city).filter(verb="projects.stage.corrected").count() == 2


def test_a_lost_project_names_its_city_stands_still_and_can_return(cast: Cast) -> None:
    project = signed(cast)
    told: dict[str, Any] = {"project": project, "by": cast.officer, "at": NOW}
    with pytest.raises(LostToMissing):
        close_project(standing=Standing.LOST, reason="地价", **told)
    close_project(standing=Standing.LOST, reason="地价", lost_to="沈阳市", **told)
    prove(cast, project, "registered", "licence")
    with pytest.raises(NotOpen):
        move(cast, project, "registered")
    note_progress(on=MARCH, text="还在联系", **told)
    reopen_project(reason="重新洽谈", **told)
    move(cast, project, "registered")
    kinds = [one.kind for one in log_of(project)]
    assert kinds == ["advanced", "advanced", "closed", "noted", "reopened", "advanced"]


def test_a_proof_is_kept_under_its_digest(cast: Cast) -> None:
    project = lead(cast)
    prove(cast, project, "talks", "talk_record")
    prove(cast, project, "talks", "talk_record")
    (proof,) = proofs_of(project)
    assert kept(Path(settings.EVIDENCE_DIR) / project.city.code, proof.digest).startswith(b"%PDF")
