"""How many files a unit may send and how much that is; and that nothing is left of an upload that was cut, refused or too many."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from desk_payments.asking import entry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from doors.mutating import good_files
from doors.test_scanner import declared_with, kept
from zhaoshang.capital.models import EvidenceFile, Payment
from zhaoshang.machines import scanning
from zhaoshang.people.brakes import take
from zhaoshang.people.models import Event
from zhaoshang.people.safety import Rate, policy_on


def paper(number: int) -> bytes:
    return b"%PDF-1.4\n% " + str(number).encode() + b"\n%%EOF\n"


@pytest.mark.case("C16")
def test_a_unit_that_sent_its_measure_is_told_when_to_come_again(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(policy_on().brakes, "files", Rate(at_once=2, every=100))
    answers = [declared_with(client, cast, paper(number), f"{number}.pdf") for number in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 100 and "传的文件太多" in answers[2].content.decode()
    assert (Payment.objects.of(cast.city).count(), EvidenceFile.objects.of(cast.city).count()) == (2, 2)
    assert Event.objects.of(cast.city).filter(verb="machines.file.over_quota", refused=True).count() == 1
    client.force_login(cast.other_officer)  # of another unit: has its own measure
    file = SimpleUploadedFile("a.pdf", paper(9))
    filled = entry(cast, project="2023-0002 示例码头", proof_1="bank_receipt") | {"file_1": file}
    assert client.post(reverse("desk:payment_new"), filled).status_code != 429


@pytest.mark.case("C16")
def test_the_measure_counts_megabytes_as_well(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(policy_on().brakes, "megabytes", Rate(at_once=3, every=60))
    large = paper(1) + b"%" * (2 * scanning.MEGABYTE) + b"\n%%EOF\n"
    assert declared_with(client, cast, large).status_code == 302
    client.force_login(cast.officer)
    answer = client.post(
        "/api/imports", {"unit": "east", "month": "2023-03", "file": SimpleUploadedFile("a.csv", b"x")}
    )
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (429, "too_many_files", "60")


def test_many_tokens_are_taken_whole_or_not_at_all(cast: Cast) -> None:
    rate, now = Rate(at_once=5, every=10), 1_000_000.0
    many = [take(city=cast.city, door="files", who="w", rate=rate, now=now, many=many) for many in (3, 3, 2, 1, 9)]
    assert many == [0, 10, 0, 10, 90]


@pytest.mark.case("C16")
def test_a_thousand_files_in_one_request_are_refused_and_none_is_kept(
    cast: Cast, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = str(tmp_path), 0
    client.force_login(cast.officer)
    files = {f"file_{number}": SimpleUploadedFile(f"{number}.pdf", paper(number)) for number in range(1000)}
    answer = client.post(reverse("desk:payment_new"), entry(cast) | files)
    assert answer.status_code == 400
    assert not Payment.objects.of(cast.city).exists() and kept(settings.EVIDENCE_DIR) == kept(tmp_path) == 0


@pytest.mark.case("C16")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_an_upload_that_was_cut_leaves_neither_payment_nor_file(
    cast: Cast, client: Client, settings: Any, tmp_path: Path, share: float
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = str(tmp_path), 0
    client.raise_request_exception = False
    client.force_login(cast.officer)
    file = SimpleUploadedFile("a.pdf", good_files()[".pdf"] + b"%" * 300_000 + b"\n%%EOF\n")
    body = encode_multipart(BOUNDARY, entry(cast, proof_1="bank_receipt") | {"file_1": file})
    line = {"wsgi.input": BytesIO(body[: int(len(body) * share)]), "CONTENT_LENGTH": str(len(body))}
    answer = client.generic("POST", reverse("desk:payment_new"), body, MULTIPART_CONTENT, **line)
    assert answer.status_code == 400 and "没有传完" in answer.content.decode()
    assert not Payment.objects.of(cast.city).exists() and not EvidenceFile.objects.of(cast.city).exists()
    assert kept(settings.EVIDENCE_DIR) == kept(tmp_path) == 0


@pytest.mark.thorough
@pytest.mark.case("C16")
def test_a_thousand_files_one_after_the_other_stay_within_the_measure_and_are_all_there(
    cast: Cast, client: Client, settings: Any
) -> None:
    """As the policy that comes with the system allows at once; the next must wait."""
    payment = cast.declared(with_evidence=False)
    client.force_login(cast.officer)
    for number in range(1000):
        file = SimpleUploadedFile(f"{number}.pdf", paper(number))
        answer = client.post(f"/api/payments/{payment.pk}/evidence?kind=other", {"file": file})
        assert answer.status_code == 201, (number, answer.content)
    assert kept(settings.EVIDENCE_DIR) == 1000
