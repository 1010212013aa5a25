"""Papers of a claim are files; the public objects by a form and reads the answer by a receipt; nothing is paid meanwhile."""

from datetime import timedelta

import pytest
from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from partners.appointed import PAPER, brought, chamber, whole_claim
from zhaoshang.common.files import Refused
from zhaoshang.partners import claiming
from zhaoshang.partners.models import Claim, ClaimObjection, ClaimPaper

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_the_day_of_the_tests(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Doors take the time by ``timezone.now``; here it is the cast's."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)


def published(cast: Cast) -> Claim:
    partner = chamber(cast)
    claim = whole_claim(cast, partner, brought(cast, partner))
    claiming.approve_claim(claim=claim, by=cast.verifier, at=cast.now)
    return claiming.publish_claim(claim=claim, by=cast.statistician, at=cast.now)


def said(cast: Cast, claim: Claim) -> tuple[ClaimObjection, str]:
    told = {"told_by": "", "contact": "", "text": "该企业早已在谈"}
    return claiming.object_in_public(claim=claim, by=None, at=cast.now, **told)


def test_a_paper_is_a_file_that_opens_as_it_was_put_in(cast: Cast, client: Client) -> None:
    partner = chamber(cast)
    claim = claiming.file_claim(lead=brought(cast, partner), partner=partner, by=cast.statistician, at=cast.now)
    client.force_login(cast.statistician)
    told = {"kind": "contract", "document": "示例合同1号", "file": SimpleUploadedFile("a.pdf", PAPER)}
    assert client.post(f"/desk/claims/{claim.pk}/paper/", told).status_code == 302
    paper = ClaimPaper.objects.of(cast.city).get()
    answer = client.get(f"/desk/claims/{claim.pk}/papers/{paper.pk}/")
    assert (answer.content, answer["X-Content-Type-Options"]) == (PAPER, "nosniff")
    assert "attachment" in answer["Content-Disposition"]
    assert "a.pdf" in client.get(f"/desk/claims/{claim.pk}/").content.decode()


@pytest.mark.parametrize("content", [b"MZ\x90\x00 not a paper", b"<html><script>1</script></html>", b""])
def test_what_is_no_paper_is_refused_and_nothing_is_kept(cast: Cast, client: Client, content: bytes) -> None:
    partner = chamber(cast)
    claim = claiming.file_claim(lead=brought(cast, partner), partner=partner, by=cast.statistician, at=cast.now)
    client.force_login(cast.statistician)
    told = {"kind": "contract", "document": "示例", "file": SimpleUploadedFile("a.pdf", content)}
    assert client.post(f"/desk/claims/{claim.pk}/paper/", told).status_code == 422
    assert not ClaimPaper.objects.of(cast.city).exists()


def test_a_file_holds_no_more_papers_than_it_may(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "MOST_PAPERS", 2)
    partner = chamber(cast)
    claim = whole_claim(cast, partner, brought(cast, partner))
    with pytest.raises(claiming.TooManyPapers):
        claiming.add_paper(
            claim=claim, kind="contract", document="三", content=PAPER, name="a.pdf", by=cast.statistician, at=cast.now
        )
    with pytest.raises((Refused, claiming.TooManyPapers)):
        claiming.add_paper(
            claim=claim, kind="contract", document="三", content=b"", name="a.pdf", by=cast.statistician, at=cast.now
        )


def test_a_member_of_the_public_objects_and_reads_the_answer_by_the_receipt(cast: Cast, client: Client) -> None:
    claim = published(cast)
    assert f"/notices/{claim.pk}/object/" in client.get("/notices/").content.decode()
    page = client.post(f"/notices/{claim.pk}/object/", {"text": "该企业早已在谈", "contact": "138"}).content.decode()
    held = ClaimObjection.objects.of(cast.city).get()
    receipt = page.partition("<code>")[2].partition("</code>")[0]
    assert (len(receipt), held.taken_by_id, receipt in str(held.__dict__)) == (26, None, False)
    status = client.get(f"/notices/objections/{receipt}/").content.decode()
    assert "办理中" in status and "该企业早已在谈" not in status
    claiming.answer_objection(objection=held, answer="查无此事", by=cast.verifier, at=cast.now)
    assert "查无此事" in client.get(f"/notices/objections/{receipt}/").content.decode()
    assert client.get(f"/notices/objections/{'a' * 26}/").status_code == 404


@pytest.mark.case("G3")
def test_the_same_objection_sent_again_is_one_with_one_receipt(cast: Cast, client: Client) -> None:
    address = f"/notices/{published(cast).pk}/object/"
    key = client.get(address).content.decode().partition('name="key" value="')[2].partition('"')[0]
    pages = [client.post(address, {"text": "早已在谈", "key": key}).content.decode() for _press in "12"]
    receipts = {page.partition("<code>")[2].partition("</code>")[0] for page in pages}
    assert len(key) == 36 and len(receipts) == 1 and len(receipts.pop()) == 26
    assert ClaimObjection.objects.of(cast.city).count() == 1


def test_an_open_objection_of_the_public_holds_the_payment(cast: Cast) -> None:
    claim = published(cast)
    held, _receipt = said(cast, claim)
    late = cast.now + 30 * DAY
    with pytest.raises(claiming.NoticeOpen):
        claiming.finish_claim(claim=claim, by=cast.verifier, at=late)
    claiming.answer_objection(objection=held, answer="查无此事", by=cast.verifier, at=late)
    assert claiming.finish_claim(claim=claim, by=cast.verifier, at=late).state == "final"


def test_it_is_answered_in_ten_working_days_and_the_page_says_when_it_is_late(cast: Cast, client: Client) -> None:
    held, _receipt = said(cast, published(cast))
    assert held.due_on is not None and held.due_on > cast.now.date() + 10 * DAY
    client.force_login(cast.statistician)
    assert "前答复" in client.get(f"/desk/claims/{held.claim_id}/").content.decode()


def test_after_the_notice_nobody_objects_by_the_form(cast: Cast, client: Client) -> None:
    claim = published(cast)
    with pytest.raises(claiming.NoticeOver):
        claiming.object_in_public(claim=claim, told_by="", contact="", text="晚了", by=None, at=cast.now + 60 * DAY)
    other = chamber(cast, name="示例第二商会")
    filed = claiming.file_claim(
        lead=brought(cast, other, code="2023-0777"), partner=other, by=cast.statistician, at=cast.now
    )
    assert client.get(f"/notices/{filed.pk}/object/").status_code == 404


def test_a_notice_that_is_over_is_not_told_as_running(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(cast)
    assert "公示中" in client.get("/notices/").content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now + 60 * DAY)
    told = client.get("/notices/").content.decode()
    assert "公示期满，待确定" in told and "公示中" not in told


@pytest.mark.case("I2")
def test_a_flood_of_objections_is_not_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "IN_A_DAY", 1)
    claim = published(cast)
    said(cast, claim)
    with pytest.raises(claiming.TooManyObjections):
        said(cast, claim)


def test_an_answer_stays_and_a_paper_is_never_rewritten(cast: Cast) -> None:
    held, _receipt = said(cast, published(cast))
    claiming.answer_objection(objection=held, answer="查无此事", by=cast.verifier, at=cast.now)
    rows, papers = ClaimObjection.objects.of(cast.city), ClaimPaper.objects.of(cast.city)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(answer="改写")
    with pytest.raises(DatabaseError), transaction.atomic():
        papers.update(document="改写")
