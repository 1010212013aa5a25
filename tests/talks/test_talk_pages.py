"""First talks at their doors: page, API, registering a project, xlsx; what each viewer sees."""

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from duplicates.alike import FIRM, FIRST
from openpyxl import load_workbook

from talks.talking import INVESTOR, claimed, disputed, offered
from zhaoshang.desk.story import talks as story
from zhaoshang.desk.waiting import talks as waiting
from zhaoshang.people.models import Event, User
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import viewer_of
from zhaoshang.review.registering import LooksAlike, register_unlike
from zhaoshang.rulesets.actions import CodeTaken, issue_set
from zhaoshang.rulesets.rules import BadRules
from zhaoshang.talks.disputing import answer_dispute
from zhaoshang.talks.models import Claim, Dispute, Talk, TalkNote, Transfer
from zhaoshang.talks.terms import TALKS

pytestmark = pytest.mark.django_db
FORM = {
    "unit": "east",
    "investor": INVESTOR,
    "title": "海达装备生产基地",
    "industry": "C",
    "amount": "50000",
    "kind": "minutes",
    "document": "示例纪要",
}


def _post(client: Client, address: str, **given: Any) -> tuple[int, str]:
    page = client.post(f"/desk/{address}", given, follow=True)
    return page.status_code, page.content.decode()


def _call(client: Client, address: str, **body: Any) -> tuple[int, Any]:
    told = client.post(f"/api/{address}", json.dumps(body), content_type="application/json")
    return told.status_code, told.json()


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_claim_is_made_on_a_phone_with_eight_fields(cast: Cast) -> None:
    client = _as(cast.officer)
    page = client.get("/desk/talks/new/").content.decode()
    names = [name for name in (*FORM, "uscc", "file") if name != "unit"]
    assert all(f'name="{name}"' in page for name in names)
    assert len(names) == 8
    status, text = _post(client, "talks/new/", **FORM, file=ContentFile(b"%PDF-1.4\n%%EOF\n", name="a.pdf"))
    assert (status, "保护至" in text, Claim.objects.of(cast.city).count()) == (200, True, 1)


@pytest.mark.case("G6")
def test_the_server_s_time_decides_whatever_is_sent(cast: Cast) -> None:
    before = timezone.now()
    _post(_as(cast.officer), "talks/new/", **FORM, claimed_at="2001-01-01", at="2001-01-01")
    assert Claim.objects.of(cast.city).get().claimed_at >= before


def test_a_second_claimant_is_told_the_unit_and_the_time_and_may_dispute(cast: Cast) -> None:
    first = claimed(cast, at=timezone.now(), title="绝密的内容")
    client = _as(cast.other_officer)
    status, text = _post(client, "talks/new/", **FORM | {"unit": "west"})
    assert (status, "东山区" in text, "绝密的内容" in text) == (422, True, False)
    address = f"talk-disputes/new/?claim={first.pk}"
    assert address in text
    assert "绝密的内容" not in client.get(f"/desk/{address}").content.decode()
    _post(client, address, unit="west", grounds="示例理由", document="示例函")
    assert Dispute.objects.of(cast.city).get().unit == cast.west


def test_a_dispute_goes_its_way_on_its_page(cast: Cast) -> None:
    dispute = disputed(cast, claimed(cast, at=timezone.now(), project=cast.plant), timezone.now())
    where = f"talk-disputes/{dispute.pk}/"
    assert "首谈方还没有答复" in _as(cast.verifier).get(f"/desk/{where}").content.decode()
    _post(_as(cast.officer), f"{where}answer/", answer="示例答复")
    status, _text = _post(_as(cast.verifier), f"{where}decide/", outcome="shared", shares="", ruling="示例")
    assert status == 422
    assert _post(_as(cast.verifier), f"{where}decide/", outcome="", ruling="示例")[0] == 422, "nobody chose"
    _post(_as(cast.verifier), f"{where}decide/", outcome="shared", shares="5:5", ruling="示例")
    told = Dispute.objects.of(cast.city).get()
    assert (told.outcome, told.shares) == ("shared", "5:5")
    page = _as(cast.officer).get(f"/desk/projects/{cast.plant.code}/").content.decode()
    assert "考核得分由东山区与西海区按 5:5 分享" in page


def test_a_transfer_is_offered_from_the_project_s_page_and_accepted_in_the_inbox(cast: Cast) -> None:
    client = _as(cast.officer)
    assert "transfers/new/?project=" in client.get(f"/desk/projects/{cast.plant.code}/").content.decode()
    given = {"to_unit": "west", "shares": "7:3", "reason": "示例"}
    _post(client, f"transfers/new/?project={cast.plant.code}", **given)
    offer = Transfer.objects.of(cast.city).get()
    other = _as(cast.other_officer)
    assert other.get(f"/desk/projects/{cast.plant.code}/").status_code == 404
    _post(other, f"transfers/{offer.pk}/accept/")
    page = other.get(f"/desk/projects/{cast.plant.code}/")
    assert (page.status_code, "由西海区跟进" in page.content.decode()) == (200, True)
    assert cast.plant.name not in other.get("/desk/projects/").content.decode()


def test_registering_a_project_under_another_s_protection_asks_for_a_reason_and_tells_the_holder(cast: Cast) -> None:
    claim = claimed(cast, by=cast.other_officer, investor=FIRST.investor)
    said: dict[str, Any] = {"unit": cast.east, "firm": FIRM, "by": cast.officer, "at": NOW}
    with pytest.raises(LooksAlike) as refusal:
        register_unlike(new=FIRST, **said)
    assert [one.claim.pk for one in refusal.value.held] == [claim.pk]
    project = register_unlike(new=FIRST, nevertheless="示例：投资方主动找到本区", **said)
    note = TalkNote.objects.of(cast.city).get(claim=claim)
    assert (note.kind, note.project_id, note.text) == ("passed_over", project.pk, "示例：投资方主动找到本区")
    assert Event.objects.of(cast.city).filter(verb="talks.claim.passed_over").exists()


def test_the_own_unit_s_talk_becomes_the_project_s(cast: Cast) -> None:
    talk = claimed(cast, investor=FIRST.investor).talk
    project = register_unlike(unit=cast.east, firm=FIRM, new=FIRST, by=cast.officer, at=NOW)
    assert Talk.objects.of(cast.city).get(pk=talk.pk).project_id == project.pk


def test_the_api_tells_of_a_protected_talk_when_a_project_is_registered(cast: Cast) -> None:
    claimed(cast, by=cast.other_officer, investor=FIRST.investor, at=timezone.now())
    body = {
        "unit": "east", "name": FIRST.name, "enterprise": FIRM.name, "investor": FIRST.investor, "source_code": "310000",
        "industry": "C", "contract": "300000000",
    }  # fmt: skip
    status, told = _call(_as(cast.officer), "projects", **body)
    assert (status, told["held"][0]["unit"], told["held"][0]["about"]) == (409, "west", None)
    status, told = _call(_as(cast.officer), "projects", **body, nevertheless="示例理由")
    assert status == 201


def test_the_page_of_a_new_project_shows_who_holds_it(cast: Cast) -> None:
    claimed(cast, by=cast.other_officer, investor=FIRST.investor, at=timezone.now())
    given = {
        "unit": "east", "name": FIRST.name, "enterprise": FIRM.name, "investor": FIRST.investor, "source_code": "310000",
        "industry": "C", "contract": "30000", "contract_unit": "万元", "share": "100",
    }  # fmt: skip
    status, text = _post(_as(cast.officer), "projects/new/", **given)
    assert (status, "别的地区的首谈在保护期内" in text, "西海区" in text) == (422, True, True)


def test_the_api_does_what_the_pages_do(cast: Cast) -> None:
    client, other = _as(cast.officer), _as(cast.other_officer)
    body = {
        "unit": "east", "investor": INVESTOR, "title": "基地", "industry": "C", "amount": "500000000.00",
        "evidence_kind": "letter", "evidence_document": "示例函",
    }  # fmt: skip
    status, made = _call(client, "talks", **body)
    assert status == 201
    status, told = _call(other, "talks", **body | {"unit": "west"})
    assert (status, told["sure"], told["held"][0]["about"]) == (409, True, None)
    status, told = _call(client, f"talks/{made['talk']}/notes", kind="visit", on="2023-03-01", text="示例")
    assert status == 201
    assert _call(client, f"talks/{made['talk']}/renewals")[1]["code"] == "talk_refused"
    rows = client.get("/api/talks?state=protected&lapsing_days=90").json()["rows"]
    assert [row["talk"] for row in rows] == [made["talk"]]
    assert other.get(f"/api/talks/{made['talk']}").status_code == 404
    dispute = _call(other, "talk-disputes", claim=made["claim"], unit="west", grounds="示例", document="示例")[1]
    assert _call(client, f"talk-disputes/{dispute['id']}/answer", answer="示例")[0] == 200
    ruling = {"outcome": "given", "ruling": "示例"}
    assert _call(client, f"talk-disputes/{dispute['id']}/ruling", **ruling)[0] == 403
    assert _call(_as(cast.statistician), f"talk-disputes/{dispute['id']}/ruling", **ruling)[0] == 200
    offer = {"talk": made["talk"], "to_unit": "east", "shares": "5:5", "reason": "示例"}
    status, given = _call(other, "transfers", **offer)
    assert status == 201
    assert _call(client, f"transfers/{given['id']}/answer", accept=True)[1]["state"] == "accepted"


def test_lists_filter_and_export_what_is_shown(cast: Cast) -> None:
    claimed(cast, at=timezone.now() - timedelta(days=85))
    claimed(cast, by=cast.other_officer, at=timezone.now(), investor="示例远洋食品公司", title="冷链食品")
    client = _as(cast.statistician)
    text = client.get("/desk/talks/?lapsing=7").content.decode()
    assert (INVESTOR in text, "远洋" in text) == (True, False)
    assert "远洋" not in _as(cast.officer).get("/desk/talks/").content.decode()
    book = load_workbook(BytesIO(client.get("/desk/talks/?xlsx=1&unit=west").content))
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert ("示例远洋食品公司" in cells, INVESTOR in cells) == (True, False)


def test_the_rules_in_force_are_told_by_the_api_and_hold_for_new_claims(cast: Cast) -> None:
    client = _as(cast.leader)
    told = client.get("/api/talk-rules").json()
    assert (told["code"], told["is_sample"], told["content"]["protected_days"]) == (None, True, 90)
    given = {"content": TALKS.shipped | {"protected_days": 30}, "valid_from": date(2023, 1, 1)}
    issue_set(
        kind=TALKS, city=cast.city, code="x", title="x", document="示例1号", by=cast.statistician, at=NOW, **given
    )
    told = client.get("/api/talk-rules").json()
    assert (told["document"], told["content"]["protected_days"]) == ("示例1号", 30)
    assert (claimed(cast).protected_until - timezone.localdate(NOW)).days == 30


def test_rules_that_cannot_be_read_are_not_issued(cast: Cast) -> None:
    said: dict[str, Any] = {
        "city": cast.city,
        "code": "x",
        "title": "x",
        "document": "x",
        "by": cast.statistician,
        "at": NOW,
    }
    said |= {"kind": TALKS, "valid_from": date(2023, 1, 1)}
    whole = TALKS.shipped
    for broken in ({"protected_days": 0}, {"evidence": ["none"]}, {"shares": {"offered": ["7:4"]}}, {"renewal": {}}):
        with pytest.raises(BadRules):
            issue_set(content=whole | broken, **said)
    issue_set(content=whole, **said)
    with pytest.raises(CodeTaken):
        issue_set(content=whole, **said | {"valid_from": date(2024, 1, 1)})


def test_a_party_sees_the_talk_but_not_the_other_side_s_papers(cast: Cast) -> None:
    now = timezone.now()
    claim = claimed(cast, at=now)
    disputed(cast, claim, now)
    text = _as(cast.other_officer).get(f"/desk/talks/{claim.talk_id}/").content.decode()
    assert ("东山区" in text, "示例纪要〔2023〕1号" in text) == (True, False)


def test_the_story_and_what_waits(cast: Cast) -> None:
    now, today = timezone.now(), timezone.localdate()
    claim = claimed(cast, project=cast.plant, at=now - timedelta(days=80))
    dispute = disputed(cast, claim, now)
    answered = {
        person: list(waiting.tasks(viewer_of(person, cast.city), today)) for person in (cast.officer, cast.leader)
    }
    assert [task.count for task in answered[cast.officer]] == [1]
    assert answered[cast.leader] == []
    answer_dispute(dispute=dispute, answer="示例", by=cast.officer, at=now)
    assert [one.due_on for one in waiting.tasks(viewer_of(cast.verifier, cast.city), today)] == [dispute.due_on]
    lines = list(
        story.lines(
            Project.objects.of(cast.city).select_related("city").get(pk=cast.plant.pk),
            viewer_of(cast.officer, cast.city),
        )
    )
    assert [line.promised for line in lines] == [False, True]


def _many(cast: Cast) -> dict[str, tuple[Any, ...]]:
    """A talk on the plant with a note of a dozen others, a dispute and an offer; and five talks more."""
    now = timezone.now()
    claim = claimed(cast, project=cast.plant, at=now)
    dispute = disputed(cast, claim, now)
    offer = offered(cast, now, talk=claimed(cast, at=now, investor="示例甲乙丙公司", title="甲乙丙", industry="D").talk)
    for number, name in enumerate("子丑寅卯辰"):
        claimed(cast, at=now, investor=f"示例{name}{name}公司", title=f"{name}号", industry="F", reason=f"示例{number}")
    return {
        "talk_list": (), "talk": (claim.talk_id,), "talk_dispute_list": (), "talk_dispute": (dispute.pk,),
        "transfer_list": (), "transfer": (offer.pk,),
    }  # fmt: skip


def test_pages_ask_a_fixed_number_of_questions(cast: Cast) -> None:
    client = _as(cast.statistician)
    client.get("/desk/talks/")
    told = {name: queries_of(client, reverse(f"desk:{name}", args=of)) for name, of in _many(cast).items()}
    assert told == {name: QUERY_COUNTS[f"desk:{name}"] for name in told}


def test_too_small_an_investment_is_refused_with_the_threshold(cast: Cast) -> None:
    status, text = _post(_as(cast.officer), "talks/new/", **FORM | {"amount": "12"})
    assert (status, "低于首谈保护的门槛 1000 万元" in text) == (422, True)
