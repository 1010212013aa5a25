"""A confidential project is read by its code name: a canary in everything that bears its names, sought on every page and operation."""

import re
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from cast import NOW, YI, Cast
from dictionary import dictionary
from django.test import Client

from doors.crawling import crawl
from zhaoshang.api.urls import api
from zhaoshang.bulletins.actions import check_text
from zhaoshang.capital.actions import attach, declare
from zhaoshang.capital.evidence import store
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.capital.rules import Proof
from zhaoshang.capital.verification import verify
from zhaoshang.common.files.texts import written_in_pdf
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.enterprises.actions import register_enterprise
from zhaoshang.figures.queries import figure
from zhaoshang.people.actions import open_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.plans.actions import add_campaign, tag_projects
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.confidence import change_team, disclose_project, hide_project
from zhaoshang.projects.models import Project, StageProof
from zhaoshang.projects.schedules import Schedule, set_schedules
from zhaoshang.projects.stages.actions import note_progress
from zhaoshang.projects.stages.correcting import KeptSecret, amend_project
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.projects.stages.starts import call_start, list_starts
from zhaoshang.questions.actions import save_question
from zhaoshang.questions.rules import parse
from zhaoshang.questions.subjects import SUBJECTS
from zhaoshang.regions.actions import grant
from zhaoshang.review.models import DuplicatePair

pytestmark = pytest.mark.one_database
CANARY = "鲸落湾"
NAME, BACKER, FIRM, PAYER = (f"{CANARY}{end}" for end in ("储能电站", "示例资本", "示例实业有限公司", "示例付款中心"))
CODE_NAME = "长风项目"
PDF = b"%PDF-1.4\n% canary\n%%EOF\n"
OUTSIDERS = ["other_officer", "colleague", "leader", "auditor", "security"]  # the first is walked by `make test` too


@pytest.fixture
def secret(cast: Cast) -> Project:
    """A project that has lived under its name before it was hidden: money, files, promises, a start, a campaign, a double, texts."""
    by: dict[str, Any] = {"by": cast.officer, "at": NOW}
    bureau: dict[str, Any] = {"by": cast.statistician, "at": NOW}
    firm = register_enterprise(city=cast.city, name=FIRM, **by)
    said: dict[str, Any] = {"source_code": "310000", "industry": "C", "contract_fen": 5 * YI, "investor": BACKER}
    new = NewProject(
        code="7-1", name=NAME, signed_on=date(2023, 1, 10), source=f"{NAME}合同", site="示例码头边", **said
    )
    project = register_project(city=cast.city, unit=cast.east, enterprise=firm, new=new, **by)
    payment = declare(draft=cast.draft(project=project, payer=PAYER, note=f"{NAME}一期"), **by)
    file = store(city=cast.city, content=PDF, name=f"{NAME}回单.pdf", **by)
    attach(payment=payment, file=file, kind=Proof.BANK_RECEIPT, **by)
    payment = Payment.objects.of(cast.city).select_related("project", "unit", "city").get(pk=payment.pk)
    verify(payment=payment, revision=payment.revision, by=cast.verifier, at=NOW)
    declare(draft=cast.draft(project=project, payer=BACKER), **by)
    months = {parse_month("2023-06"): YI}
    plan = Schedule(project=project, months=months, document=f"{NAME}补充协议", agreed_on=date(2023, 2, 1))
    set_schedules(city=cast.city, schedules=[plan], **by)
    note_progress(project=project, on=date(2023, 3, 1), text=f"{NAME}桩基完成", **by)
    attach_proof(project=project, stage="started", kind="start_proof", content=PDF, name=f"{NAME}开工.pdf", **by)
    event = call_start(
        city=cast.city, code="s1", day=date(2023, 1, 28), title="示例同步开工", document="示例1号", **bureau
    )
    list_starts(event=event, projects=[project], **by)
    campaign = add_campaign(
        city=cast.city, code="green", year=2023, name="示例行动", industry="C", starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31), document="示例文件", **bureau,
    )  # fmt: skip
    tag_projects(campaign=campaign, projects=[project], **bureau)
    points = [{"code": "rare_word", "points": 60, "params": {"word": CANARY}}]
    DuplicatePair.objects.create(
        city=cast.city, first=cast.plant, second=project, score=90, points=points, weights="x", found_at=NOW
    )
    question = parse({"rows": ["payer"], "payer": [PAYER]}, SUBJECTS)
    save_question(city=cast.city, question=question, title=f"{NAME}到账", shared=True, **bureau)
    text = f"{NAME}2023年一季度到位内资9亿元。"
    check_text(city=cast.city, text=text, title=f"{NAME}通稿", source="a.txt", by=cast.leader, at=NOW)
    hide_project(project=project, code_name=CODE_NAME, reason="对方要求", **by)
    return Project.objects.of(cast.city).select_related("city", "unit", "enterprise").get(pk=project.pk)  # type: ignore[no-any-return]


@pytest.fixture
def colleague(cast: Cast) -> User:
    """Another officer of the same district, not of the team."""
    told: dict[str, Any] = {"username": "colleague", "display_name": "示例同事", "password": "sample-password"}
    user = open_account(city=cast.city, by=None, at=NOW, is_sample=True, **told)
    grant(city=cast.city, user=user, role=Role.OFFICER, unit=cast.east, by=None, at=NOW)
    return user


def written_in(content: bytes) -> str:
    """All that a reader of the content can read, whatever packs it."""
    if content.startswith(b"%PDF"):
        return written_in_pdf(content)
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    text = unquote(content.decode(errors="ignore"))
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def tells(content: bytes) -> bool:
    """Whether a name is in it."""
    return CANARY in written_in(content)


def told_by(cast: Cast, client: Client) -> list[str]:
    """Every address of the desk and the portal that can be reached by links and files, and every operation of the API."""
    starts = ["/desk/", "/", "/desk/projects/7-1/", "/desk/projects/7-1/story/", "/desk/projects/board/?xlsx=1"]
    starts += [
        f"/desk/search/?q={NAME}",
        "/desk/payments/?xlsx=1",
        "/desk/projects/?xlsx=1",
        "/desk/starts/s1/?xlsx=1",
    ]
    starts += ["/desk/duplicates/?xlsx=1", "/desk/projects/7-1/story/?xlsx=1", f"/desk/diary/?q={NAME}"]
    pages = crawl(client, starts, limit=220, keep=True, of_a_kind=2)
    exact = {"/desk/ledger/export/"}  # the chain as it is: another text would not fit its digests
    found = [place for place, answer in pages.items() if place not in exact and tells(answer.content)]
    for path, operations in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        if "get" in operations and "/ledger/" not in path:
            address = re.sub(r"\{code\}", "7-1", path)
            address = re.sub(r"\{[a-z_]+\}", "00000000-0000-0000-0000-000000000000", address)
            answer = client.get(address, {"q": "长风", "indicator": "capital_in_place", "period": "2023Q1"})
            content = b"".join(answer) if answer.streaming else answer.content
            found += [address] if tells(content) else []
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.case("B7")
def test_no_page_file_or_operation_names_it_to_an_outsider(
    cast: Cast, client: Client, secret: Project, colleague: User, who: str
) -> None:
    client.force_login(colleague if who == "colleague" else getattr(cast, who))
    assert told_by(cast, client) == []


@pytest.mark.case("B7")
def test_a_visitor_reads_nothing_either(cast: Cast, client: Client, secret: Project) -> None:
    assert told_by(cast, client) == []


@pytest.mark.thorough
def test_this_search_would_find_it(cast: Cast, client: Client, secret: Project) -> None:
    """The same walk as somebody of the team finds the names in pages, files and operations."""
    client.force_login(cast.officer)
    found = told_by(cast, client)
    assert {"/desk/projects/7-1/story/", "/desk/payments/?xlsx=1", "/api/payments", "/api/projects/7-1/story"} <= set(
        found
    )
    assert len(found) > 12


def test_the_team_and_those_who_check_read_the_real_name_beside_the_code_name(
    cast: Cast, client: Client, secret: Project
) -> None:
    for user in (cast.officer, cast.statistician, cast.verifier):
        client.force_login(user)
        page = client.get("/desk/projects/7-1/").content.decode()
        assert NAME in page and CODE_NAME in page
        assert NAME in client.get("/desk/projects/").content.decode()
        assert NAME in client.get("/desk/projects/board/").content.decode()


def test_only_the_team_finds_it_by_its_real_name(cast: Cast, client: Client, secret: Project, colleague: User) -> None:
    client.force_login(cast.officer)
    assert "7-1" in str(client.get("/api/search", {"q": NAME}).json().get("projects"))
    for user in (colleague, cast.leader):
        client.force_login(user)
        assert client.get("/api/search", {"q": NAME}).json().get("projects") is None
        assert client.get("/api/search", {"q": CODE_NAME}).json()["projects"][0]["name"] == CODE_NAME


def test_who_types_the_real_name_is_not_told_the_code_name(cast: Cast, client: Client, secret: Project) -> None:
    client.force_login(cast.leader)
    page = client.get("/desk/search/", {"q": NAME}).content.decode()
    assert CODE_NAME not in page and "［保密］" in page


def test_totals_do_not_move(cast: Cast, secret: Project) -> None:
    """1 亿元 of the hidden project counts as it did."""
    dictionary(cast)
    assert figure(cast.city, "capital_in_place", Period.parse("2023Q1")).value == YI


def test_files_of_it_are_for_the_team(cast: Cast, client: Client, secret: Project, colleague: User) -> None:
    proof, held = StageProof.objects.of(cast.city).get(), Evidence.objects.of(cast.city).get()
    addresses = [f"/desk/stage-proofs/{proof.pk}/", f"/desk/evidence/{held.pk}/", f"/api/evidence/{held.pk}"]
    for user, status in ((cast.officer, 200), (cast.verifier, 200), (colleague, 404), (cast.leader, 404)):
        client.force_login(user)
        assert [client.get(address).status_code for address in addresses] == [status] * 3


def test_the_team_takes_a_colleague_in_and_out_by_page(
    cast: Cast, client: Client, secret: Project, colleague: User
) -> None:
    address = "/desk/projects/7-1/confidence/"
    client.force_login(cast.officer)
    client.post(f"{address}team/", {"person": "colleague", "belongs": "1", "reason": "接手"})
    client.force_login(colleague)
    assert NAME in client.get(address).content.decode()
    client.force_login(cast.officer)
    client.post(f"{address}team/", {"person": "colleague", "reason": "调离"})
    client.force_login(colleague)
    assert NAME not in client.get(address).content.decode()


def test_an_outsider_of_the_district_neither_discloses_it_nor_joins(
    cast: Cast, client: Client, secret: Project, colleague: User
) -> None:
    client.force_login(colleague)
    page = client.post("/desk/projects/7-1/confidence/disclose/", {"reason": "好奇"}, follow=True).content.decode()
    assert "只有团队成员可以决定" in page and NAME not in page
    body = {"person": "colleague", "belongs": True, "reason": "好奇"}
    assert client.post("/api/projects/7-1/team", body, content_type="application/json").status_code == 403


def test_disclosed_it_has_its_names_back_and_everybody_finds_it(cast: Cast, client: Client, secret: Project) -> None:
    disclose_project(project=secret, reason="已公开签约", by=cast.officer, at=NOW)
    held = Project.objects.of(cast.city).select_related("enterprise").get(code="7-1")
    assert (held.name, held.investor, held.enterprise.name) == (NAME, BACKER, FIRM)
    client.force_login(cast.leader)
    assert client.get("/api/search", {"q": NAME}).json()["projects"][0]["name"] == NAME


def test_a_code_name_that_tells_the_name_is_refused_by_page_and_api(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    given = {"code_name": f"{cast.plant.name}二", "reason": "示例"}
    page = client.post("/desk/projects/2023-0001/confidence/hide/", given, follow=True).content.decode()
    assert "没有用过的代号" in page
    answer = client.post("/api/projects/2023-0001/hide", given, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_code_name")
    given["code_name"] = "远航项目"
    assert client.post("/api/projects/2023-0001/hide", given, content_type="application/json").status_code == 200


def test_its_investor_is_not_written_into_the_open_columns_meanwhile(cast: Cast, secret: Project) -> None:
    with pytest.raises(KeptSecret):
        amend_project(project=secret, investor=BACKER, by=cast.officer, at=NOW)


def test_who_asks_reads_from_the_diary_that_it_was_hidden_and_why(
    cast: Cast, client: Client, secret: Project, colleague: User
) -> None:
    change_team(project=secret, user=colleague, belongs=True, reason="接手", by=cast.officer, at=NOW)
    client.force_login(cast.auditor)
    page = client.get("/desk/diary/").content.decode()
    assert "项目列为保密" in page and "对方要求" in page and "调整保密项目团队" in page and CANARY not in page
