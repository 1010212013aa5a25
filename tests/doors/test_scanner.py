"""No file comes in that the scanner did not pass: found out, away, silent or talking nonsense, it is not taken, by whatever door."""

import io
import tempfile
import zipfile
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from cast import Cast
from desk_payments.asking import entry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from doors.clamd import TEST_VIRUS, clamd, zipped
from doors.mutating import good_files
from doors.test_hostile_files import doors, sent
from zhaoshang.capital.models import EvidenceFile, Payment
from zhaoshang.common.scanning import BadAddress, Scanner, ScannerAway
from zhaoshang.people.models import Event

NOBODY = "127.0.0.1:9"  # the port of what is thrown away: nothing listens there


def in_docx(content: bytes) -> bytes:
    """A sound Word file with that beside its text."""
    held = io.BytesIO(good_files()[".docx"])
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/a.bin", content)
    return held.getvalue()


def forms() -> dict[str, bytes]:
    return {"bare": TEST_VIRUS, "zip": zipped("a.txt", TEST_VIRUS), "docx": in_docx(TEST_VIRUS)}


def declared_with(client: Client, cast: Cast, content: bytes, name: str = "单据.pdf") -> Any:
    client.force_login(cast.officer)
    file = SimpleUploadedFile(name, content)
    return client.post(
        reverse("desk:payment_new"), entry(cast, is_another="on", proof_1="bank_receipt") | {"file_1": file}
    )


def kept(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file())


@pytest.mark.case("C13")
@pytest.mark.parametrize("form", ["bare", "zip", "docx"])
@pytest.mark.parametrize("with_scanner", [False, True])
def test_the_test_virus_is_never_kept_and_its_refusal_says_why(
    cast: Cast, client: Client, settings: Any, form: str, with_scanner: bool
) -> None:
    with clamd() as (address, one):
        settings.SCANNER = address if with_scanner else ""
        answer = declared_with(client, cast, forms()[form], f"单据.{'docx' if form == 'docx' else 'pdf'}")
    assert answer.status_code == 422
    assert "病毒" in answer.content.decode() or "压缩包" in answer.content.decode()
    assert not Payment.objects.of(cast.city).exists() and not EvidenceFile.objects.of(cast.city).exists()
    assert kept(settings.EVIDENCE_DIR) == 0
    if with_scanner and form != "bare":
        assert one.seen == 1
        assert Event.objects.of(cast.city).filter(verb="machines.file.refused", refused=True).count() == 1


@pytest.mark.case("C13", "H8")
@pytest.mark.parametrize("manner", ["nobody", "hangs", "slow", "cuts", "nonsense", "small", "drips"])
def test_a_scanner_without_a_verdict_takes_no_file_and_keeps_nobody_waiting(
    cast: Cast, client: Client, settings: Any, manner: str
) -> None:
    settings.SCANNER_SECONDS = 0.5
    with clamd(manner) as (address, _):
        settings.SCANNER = NOBODY if manner == "nobody" else address
        begun = monotonic()
        answer = declared_with(client, cast, good_files()[".pdf"])
        took = monotonic() - begun
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "查毒服务没有给出结论，文件没有收下" in answer.content.decode()
    assert not Payment.objects.of(cast.city).exists() and kept(settings.EVIDENCE_DIR) == 0
    assert took < 2
    why = Event.objects.of(cast.city).get(verb="machines.scanner.away").detail["why"]
    words = {"nobody": "unreachable", "cuts": "unreachable", "nonsense": "nonsense", "small": "too_large"}
    assert why == words.get(manner, "silent")


@pytest.mark.case("C13")
def test_what_the_scanner_passes_is_taken_whole(cast: Cast, client: Client, settings: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, clamd(folder=Path(folder)) as (address, one):
        settings.SCANNER = address
        answer = declared_with(client, cast, good_files()[".pdf"])
    assert (answer.status_code, one.seen, kept(settings.EVIDENCE_DIR)) == (302, 1, 1)


@pytest.mark.case("C13")
def test_no_door_for_files_goes_round_the_scanner(cast: Cast, client: Client, settings: Any) -> None:
    """Every address that takes a file, with a file that it would take, while nobody scans."""
    good, every = good_files(), list(doors(cast))
    settings.SCANNER = NOBODY
    before, files = Event.objects.of(cast.city).count(), kept(settings.EVIDENCE_DIR)
    told = {door.address: sent(door, client, "示例.pdf", good[".pdf"]).status_code for door in every}
    assert len(told) > 25 and {*told.values()} == {503}, told
    assert (Event.objects.of(cast.city).count(), kept(settings.EVIDENCE_DIR)) == (
        before,
        files,
    )  # ``sent`` takes its lines back


def test_a_form_without_a_file_asks_no_scanner(cast: Cast, client: Client, settings: Any) -> None:
    settings.SCANNER = NOBODY
    client.force_login(cast.officer)
    assert client.post(reverse("desk:payment_new"), entry(cast)).status_code == 302


def test_a_stranger_makes_nobody_scan(cast: Cast, client: Client, settings: Any) -> None:
    with clamd() as (address, one):
        settings.SCANNER = address
        file = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")}
        answers = [client.post(path, file).status_code for path in (reverse("desk:import_list"), "/api/imports")]
    assert (answers, one.seen) == ([302, 401], 0)


def test_who_watches_the_installation_is_told_what_the_scanner_does(cast: Cast, client: Client, settings: Any) -> None:
    client.force_login(cast.system)
    pages = [reverse("desk:home"), reverse("desk:housekeeping")]
    words = {"": "没有配置", NOBODY: "不收任何文件"}
    for address, word in words.items():
        settings.SCANNER = address
        assert all(word in client.get(page).content.decode() for page in pages)
    with clamd() as (address, _):
        settings.SCANNER = address
        assert "查毒服务" not in client.get(pages[0]).content.decode()
        assert "正常应答" in client.get(pages[1]).content.decode()
        assert client.get("/readyz").json()["parts"]["scanner"] == {"good": True, "told": "answers"}
    settings.SCANNER = ""
    assert "only the test virus" in client.get("/readyz").json()["parts"]["scanner"]["told"]


@pytest.mark.parametrize("address", ["", "clamd", "unix:relative", "host:", ":3310", "host:port"])
def test_a_wrong_address_is_refused_when_it_is_set(address: str) -> None:
    with pytest.raises(BadAddress):
        Scanner(address, 1)


def test_a_scanner_that_takes_the_test_virus_for_clean_is_found_out() -> None:
    """The test of the test: the built-in signature refuses what a blind scanner passes."""
    with clamd() as (address, _):
        assert Scanner(address, 1).found([b"%PDF", TEST_VIRUS]) == "Test.Virus"
        assert Scanner(address, 1).found([b"%PDF"]) == ""
    with pytest.raises(ScannerAway):
        Scanner(NOBODY, 1).found([b"%PDF"])
