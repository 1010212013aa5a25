"""Each way that a confidential name could still take: paper, packages, streams, guesses at a filter, short and other names."""

import json
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cast import NOW, Cast
from django.conf import settings
from django.test import Client
from docx import Document as Word
from talks.talking import CODE, MINUTES, subject

from zhaoshang.capital.actions import attach, declare
from zhaoshang.capital.evidence import store
from zhaoshang.capital.hiding import INSTEAD, names_in_file, veil_of
from zhaoshang.capital.rules import Proof
from zhaoshang.common.files.texts import written_in_pdf
from zhaoshang.common.veil import read_through
from zhaoshang.desk.talks_shown import holding_rows
from zhaoshang.leads.actions import take_in
from zhaoshang.leads.rules import CameBy
from zhaoshang.people.models import Event
from zhaoshang.projects.confidence import BadAlias, BadCodeName, change_aliases, hide_project
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import note_progress
from zhaoshang.regions.access import viewer_of
from zhaoshang.talks.claiming import register_claim
from zhaoshang.talks.finding import holdings
from zhaoshang.ui.documents.model import Document, Paragraph, runs
from zhaoshang.ui.documents.pdf import write_pdf

sys.path.insert(0, str(Path(settings.BASE_DIR).parent / "tools"))
import verify_ledger

pytestmark = pytest.mark.one_database
NAME, PAYER, SHORT, LATIN = "鲸落湾储能电站", "鲸落湾付款中心", "鲸落", "BMW"


@pytest.fixture
def hidden(cast: Cast) -> Project:
    """A project with money and a note, hidden with the two names by which colleagues call it."""
    project = Project.objects.of(cast.city).select_related("city", "unit", "enterprise").get(pk=cast.plant.pk)
    project.name = NAME
    project.save(update_fields=["name"])
    by: dict[str, Any] = {"by": cast.officer, "at": NOW}
    cast.verified(project=project, payer=PAYER)
    note_progress(project=project, on=date(2023, 3, 1), text=f"{SHORT}桩基完成，{LATIN} 已回函；BMWX 是另一家", **by)
    hide_project(project=project, code_name="长风项目", reason="对方要求", also=f"{SHORT}，{LATIN}", **by)
    cast.city.refresh_from_db()
    return Project.objects.of(cast.city).select_related("city", "unit", "enterprise").get(pk=project.pk)  # type: ignore[no-any-return]


def printed(text: str) -> bytes:
    return write_pdf(Document("示例", "示例局", date(2023, 4, 1), (Paragraph(runs(text)),)))


def test_what_colleagues_call_it_is_hidden_in_their_notes_short_as_it_is(
    cast: Cast, client: Client, hidden: Project
) -> None:
    client.force_login(cast.leader)
    page = client.get(f"/desk/projects/{hidden.code}/story/").content.decode()
    assert SHORT not in page and f"{LATIN} " not in page and "桩基完成" in page and "BMWX" in page
    client.force_login(cast.officer)
    assert f"{SHORT}桩基完成" in client.get(f"/desk/projects/{hidden.code}/story/").content.decode()


def test_the_team_changes_those_names_later_and_the_diary_does_not_tell_them(
    cast: Cast, client: Client, hidden: Project
) -> None:
    client.force_login(cast.officer)
    client.post(f"/desk/projects/{hidden.code}/confidence/also/", {"also": "桩基"})
    client.force_login(cast.leader)
    page = client.get(f"/desk/projects/{hidden.code}/story/").content.decode()
    assert SHORT in page and "桩基" not in page
    assert "桩基" not in json.dumps(
        list(Event.objects.of(cast.city).values_list("detail", flat=True)), ensure_ascii=False
    )


@pytest.mark.parametrize(("also", "refusal"), [("鲸", BadAlias), ("长风", BadCodeName), ("甲" * 201, BadAlias)])
def test_other_names_must_be_names_and_must_not_stand_in_the_code_name(
    cast: Cast, hidden: Project, also: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        change_aliases(project=hidden, also=also, by=cast.officer, at=NOW)


def test_paper_that_is_set_for_an_outsider_is_set_without_the_names(cast: Cast, hidden: Project) -> None:
    with read_through(lambda: veil_of(viewer_of(cast.leader, cast.city))):
        told = written_in_pdf(printed(f"关于{NAME}的汇报"))
    assert NAME not in told and "汇报" in told
    assert NAME in written_in_pdf(printed(f"关于{NAME}的汇报"))


def test_paper_that_was_handed_in_and_names_it_is_absent_to_an_outsider(
    cast: Cast, client: Client, hidden: Project
) -> None:
    """A receipt of another project, which says the hidden one's name."""
    by: dict[str, Any] = {"by": cast.other_officer, "at": NOW}
    payment = declare(draft=cast.draft(project=cast.harbour), **by)
    file = store(city=cast.city, content=printed(f"{NAME}代付"), name="回单.pdf", **by)
    kept = attach(payment=payment, file=file, kind=Proof.BANK_RECEIPT, **by)
    client.force_login(cast.leader)
    assert client.get(f"/desk/evidence/{kept.pk}/").status_code == 404
    client.force_login(cast.verifier)
    assert client.get(f"/desk/evidence/{kept.pk}/").status_code == 200


def test_a_name_in_pieces_of_a_word_file_or_in_old_letters_is_seen(cast: Cast, hidden: Project) -> None:
    word, buffer = Word(), BytesIO()
    line = word.add_paragraph()
    line.add_run(NAME[:1])
    line.add_run(NAME[1:]).bold = True
    word.save(buffer)
    through = veil_of(viewer_of(cast.leader, cast.city))
    assert names_in_file(through, through.over(buffer.getvalue()))
    assert names_in_file(through, f"序号,{NAME}".encode("gb18030"))
    assert not names_in_file(through, b"\x89PNG" + NAME.encode("gb18030"))


def test_a_calendar_with_folded_lines_is_veiled(cast: Cast, hidden: Project) -> None:
    folded = (
        b"BEGIN:VCALENDAR\r\nSUMMARY:" + NAME[:4].encode() + b"\r\n " + NAME[4:].encode() + b"\r\nEND:VCALENDAR\r\n"
    )
    assert NAME.encode() not in veil_of(viewer_of(cast.leader, cast.city)).over(folded).replace(b"\r\n ", b"")


def test_a_guess_at_the_payer_finds_nothing(cast: Cast, client: Client, hidden: Project) -> None:
    """To a leader payments of the hidden project are one payer; the team groups them by their own."""
    ask = {"about": "payments", "rows": "payer", "measure": "payments"}
    client.force_login(cast.leader)
    assert client.get("/api/questions/answer", ask | {"payer": PAYER}).json()["rows"] == []
    assert INSTEAD in json.dumps(client.get("/api/questions/answer", ask).json(), ensure_ascii=False)
    assert client.get("/api/questions/records", ask | {"payer": PAYER}).json()["rows"] == []
    client.force_login(cast.verifier)
    assert client.get("/api/questions/answer", ask | {"payer": PAYER}).json()["rows"] != []


def test_a_guess_at_a_list_of_free_texts_finds_nothing(cast: Cast, client: Client, hidden: Project) -> None:
    """The lead names it: the leader sees the line without the name, and does not find it by the name or a piece of it."""
    take_in(city=cast.city, came_by=CameBy.OFFICER, investor=NAME, subject="储能", by=cast.officer, at=NOW)
    client.force_login(cast.leader)
    for said in (NAME, NAME[:3]):
        page = client.get("/desk/leads/", {"q": said}).content.decode()
        assert "储能</" not in page and NAME not in page
    assert INSTEAD in client.get("/desk/leads/").content.decode()


def test_a_second_claimant_is_told_of_the_first_without_its_name(cast: Cast, hidden: Project) -> None:
    said: dict[str, Any] = {"unit": cast.east, "proof": MINUTES, "by": cast.officer, "at": NOW}
    register_claim(subject=subject(investor=NAME, title=NAME, uscc=CODE, project=hidden), **said)
    held = holdings(cast.city, subject(investor=NAME, title="另一件", uscc=CODE), NOW)
    (told,) = holding_rows(viewer_of(cast.leader, cast.city), held)
    assert told["unit"]["text"] and (told["unit"]["note"], told["why"]["note"]) == ("", "")
    (told,) = holding_rows(viewer_of(cast.officer, cast.city), held)
    assert told["unit"]["note"] and told["why"]["note"]


def test_the_exported_chain_holds_together_without_what_it_withholds(
    cast: Cast, client: Client, hidden: Project
) -> None:
    client.force_login(cast.auditor)
    for address in ("/desk/ledger/export/", "/api/ledger/export"):
        lines = b"".join(client.get(address)).decode().splitlines()
        assert PAYER not in "\n".join(lines)
        report = verify_ledger.verify(lines, [])
        assert (report.faults, report.withheld, report.entries) == ([], 1, 1)
    client.force_login(cast.statistician)
    lines = b"".join(client.get("/desk/ledger/export/")).decode().splitlines()
    assert PAYER in lines[0] and verify_ledger.verify(lines, []).withheld == 0
