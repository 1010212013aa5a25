"""A partner puts papers into the file of its own claim, and opens those alone; nothing of anybody else."""

import pytest
from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partners.appointed import PAPER, brought, chamber
from zhaoshang.partners import claiming
from zhaoshang.partners.models import Claim, ClaimPaper, Partner


@pytest.fixture(autouse=True)
def _on_the_day_of_the_tests(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)


def filed(cast: Cast, partner: Partner, code: str = "2023-0100") -> Claim:
    lead = brought(cast, partner, code)
    return claiming.file_claim(lead=lead, partner=partner, by=cast.statistician, at=cast.now)


def contract(name: str = "a.pdf") -> dict[str, object]:
    return {"kind": "contract", "document": "示例合同1号", "file": SimpleUploadedFile(name, PAPER)}


def test_a_partner_s_own_paper_goes_into_its_claim_and_opens_again(cast: Cast, client: Client) -> None:
    claim = filed(cast, chamber(cast, login=True))
    client.force_login(cast.partner)
    page = f"/desk/own/claims/{claim.pk}/"
    assert "投资合同或协议" in client.get(page).content.decode()
    assert client.post(f"{page}papers/", contract()).status_code == 302
    paper = ClaimPaper.objects.of(cast.city).get()
    assert f"{page}papers/{paper.pk}/" in client.get(page).content.decode()
    assert client.get(f"{page}papers/{paper.pk}/").content == PAPER
    client.force_login(cast.statistician)
    assert "a.pdf" in client.get(f"/desk/claims/{claim.pk}/").content.decode()


def test_what_the_bureau_put_in_is_told_but_not_shown(cast: Cast, client: Client) -> None:
    claim = filed(cast, chamber(cast, login=True))
    given = {"kind": "contract", "document": "市局内部文号", "content": PAPER, "name": "inner.pdf"}
    paper = claiming.add_paper(claim=claim, by=cast.statistician, at=cast.now, **given)
    client.force_login(cast.partner)
    told = client.get(f"/desk/own/claims/{claim.pk}/").content.decode()
    assert "招商部门已登记" in told and "市局内部文号" not in told and "inner.pdf" not in told
    assert client.get(f"/desk/own/claims/{claim.pk}/papers/{paper.pk}/").status_code == 404


def test_another_partner_s_claim_is_not_there(cast: Cast, client: Client) -> None:
    chamber(cast, login=True)
    other = filed(cast, chamber(cast, name="示例第二商会"), "2023-0777")
    paper = claiming.add_paper(
        claim=other, kind="contract", document="x", content=PAPER, name="a.pdf", by=cast.statistician, at=cast.now
    )
    client.force_login(cast.partner)
    page = f"/desk/own/claims/{other.pk}/"
    answers = [client.get(page), client.post(f"{page}papers/", contract()), client.get(f"{page}papers/{paper.pk}/")]
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert ClaimPaper.objects.of(cast.city).count() == 1


def test_what_is_no_paper_and_a_decided_claim_are_refused(cast: Cast, client: Client) -> None:
    claim = filed(cast, chamber(cast, login=True))
    client.force_login(cast.partner)
    address = f"/desk/own/claims/{claim.pk}/papers/"
    script = contract() | {"file": SimpleUploadedFile("a.pdf", b"<script>1</script>")}
    assert [client.post(address, body).status_code for body in (script, {"kind": "contract"})] == [422, 422]
    claiming.refuse_claim(claim=claim, reason="示例", by=cast.verifier, at=cast.now)
    assert client.post(address, contract()).status_code == 422
    assert not ClaimPaper.objects.of(cast.city).exists()
