"""Files that people sent in come from a host of their own: by a ticket for one file and one minute, which knows no login and no page."""

import ast
import time
from typing import Any

import pytest
from architecture.addresses import OWNED
from architecture.rooms import ROOT
from cast import NOW, Cast
from desk_payments.asking import page
from desk_payments.test_evidence_pages import evidence_of
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse
from imports.sending import MONTH, book, line

from zhaoshang.config.files_host import BadFilesAddress, files_url
from zhaoshang.review import intake

FILES = "http://files.example.org"
READ_AND_NOT_GIVEN_OUT = {
    "desk/imports": {"import_marked"},  # the workbook written anew, with its faults marked
    "desk/jobs": {"job_file"}, "zhaoshang/jobs": {"job_file"},  # lists and papers that the system wrote
    "desk/opportunity_files": {"opportunity_file"}, "portal/views": {"narrow_content", "entry_file"},  # pictures in pages
    "desk/target_sheets": {"targets_import"},  # a sheet that is read
}  # fmt: skip
pytestmark = pytest.mark.case("C11")


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation whose files have a host of their own."""
    monkeypatch.setattr(settings, "FILES_URL", FILES)
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", [*settings.ALLOWED_HOSTS, "files.example.org"])


def ticket(response: Any) -> str:
    """The address that a page sends its reader to."""
    assert (response.status_code, response["Cache-Control"]) == (302, "no-store")
    assert response["Location"].startswith(f"{FILES}/file/") and response.content == b""
    return str(response["Location"]).removeprefix(FILES)


def at_files(address: str, **more: Any) -> Any:
    """What the host of files answers a browser, which has no cookie for it."""
    return Client(headers={"host": "files.example.org"}).get(address, **more)


@pytest.mark.usefixtures("apart")
def test_evidence_is_read_from_there_by_who_may_and_does_nothing(cast: Cast, client: Client) -> None:
    evidence = evidence_of(cast.declared())
    file = at_files(ticket(page(client, cast.verifier, "desk:evidence_open", evidence.pk)))
    assert (file.status_code, file.content[:4], file["Content-Type"]) == (200, b"%PDF", "application/pdf")
    assert file["Content-Disposition"].startswith("inline; ")
    assert file["X-Content-Type-Options"] == "nosniff" and "default-src 'none'" in file["Content-Security-Policy"]
    assert (file["Cache-Control"], file["Referrer-Policy"], file.cookies.output()) == ("no-store", "no-referrer", "")
    saved = at_files(ticket(page(client, cast.verifier, "desk:evidence_open", evidence.pk, save="1")))
    assert saved["Content-Disposition"].startswith("attachment; ")
    assert page(client, cast.other_officer, "desk:evidence_open", evidence.pk).status_code == 404


@pytest.mark.usefixtures("apart")
def test_a_workbook_and_the_paper_of_a_talk_too(cast: Cast, client: Client) -> None:
    content = book(line())
    workbook = intake.receive(
        city=cast.city, unit=cast.east, month=MONTH, content=content, filename="表.xlsx", by=cast.officer, at=NOW
    )  # fmt: skip
    assert at_files(ticket(page(client, cast.officer, "desk:import_original", workbook.pk))).content == content
    paper = OWNED["talk-evidence"](cast, True)
    assert at_files(ticket(page(client, cast.officer, "desk:talk_evidence", paper))).content.startswith(b"%PDF")


@pytest.mark.usefixtures("apart")
def test_a_ticket_opens_its_file_for_a_minute_and_a_changed_one_nothing(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ticket(page(client, cast.verifier, "desk:evidence_open", evidence_of(cast.declared()).pk))
    half = len(address) // 2
    changed = address[:half] + ("a" if address[half] != "a" else "b") + address[half + 1 :]
    other = signing.dumps({"city": cast.city.code}, salt="something.else")
    for wrong in (changed, f"/file/{other}", "/file/", "/file/../../etc/passwd"):
        assert at_files(wrong).status_code == 404
    assert Client(headers={"host": "files.example.org"}).post(address).status_code == 404
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61)
    over = at_files(address)
    assert over.status_code == 404 and "重新打开".encode() in over.content


@pytest.mark.usefixtures("apart")
def test_no_page_stands_there_and_no_file_is_given_for_a_ticket_elsewhere(cast: Cast, client: Client) -> None:
    address = ticket(page(client, cast.verifier, "desk:evidence_open", evidence_of(cast.declared()).pk))
    for other in ("/", "/desk/", reverse("desk:login"), "/api/me", "/static/x.css", "/zh/"):
        assert at_files(other).status_code == 404
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("apart")
def test_a_damaged_file_gets_no_ticket(cast: Cast, client: Client) -> None:
    from zhaoshang.capital.evidence import path_of

    evidence = evidence_of(cast.declared())
    address = ticket(page(client, cast.verifier, "desk:evidence_open", evidence.pk))
    path = path_of(cast.city.code, evidence.file.digest)
    path.chmod(0o600)
    path.write_bytes(b"<script>")
    assert at_files(address).status_code == 404
    assert page(client, cast.verifier, "desk:evidence_open", evidence.pk).status_code == 409


def test_every_page_that_reads_a_kept_file_gives_it_out_this_way() -> None:
    """Who reads the stored bytes and does not give them out: previews, sheets that are read, pictures that were made anew."""
    read: dict[str, set[str]] = {}
    for path in (
        one for door in ("desk", "portal", "api") for one in sorted((ROOT / "zhaoshang" / door).rglob("*.py"))
    ):
        text = path.read_text(encoding="utf-8")
        if "evidence import" in text or "import evidence" in text or "keeping" in text:
            for node in (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef)):
                called = {ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
                if called & {"kept", "content_of", "evidence.kept", "evidence.content_of", "keeping.kept"}:
                    read.setdefault(f"{path.parts[-3]}/{path.stem}", set()).add(node.name)
    assert read == READ_AND_NOT_GIVEN_OUT


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("files.example.org", "should be like"), ("https://files.example.org/x", "should be like"), ("ftp://a.b", "should be like"),
        ("https://invest.example.org:8443", "is the host of the pages"), ("https://desk.example.org", "is the host of the pages"),
    ],
)  # fmt: skip
def test_an_address_that_is_none_or_not_apart_starts_nothing(url: str, fault: str) -> None:
    with pytest.raises(BadFilesAddress, match=fault):
        files_url(url, ("https://invest.example.org", "https://desk.example.org"))


def test_an_address_of_its_own_is_taken_without_its_last_slash() -> None:
    assert files_url("https://files.example.org/", ["https://invest.example.org"]) == "https://files.example.org"
    assert files_url("", ["https://invest.example.org"]) == ""
