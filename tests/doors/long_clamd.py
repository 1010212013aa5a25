"""The scanner hook against ClamAV's own clamd, with a signature of our own: part of `make test-long`.

Needs Debian's ``clamav-daemon`` (``ZHAOSHANG_CLAMD`` names another clamd). Without it the run fails and says so.
Signatures of the network are not needed and not fetched.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from django.test import Client

from doors.clamd import zipped
from doors.mutating import good_files
from doors.test_scanner import declared_with, in_docx, kept
from zhaoshang.common.scanning import Scanner, ScannerAway

CLAMD = os.environ.get("ZHAOSHANG_CLAMD") or shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
OURS = b"ZHAOSHANG-OWN-TEST-SIGNATURE-7f3a91"
SETTINGS = """LocalSocket {folder}/s
DatabaseDirectory {folder}/signatures
Foreground true
StreamMaxLength 32M
AlertExceedsMax true
User root
"""


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: Any) -> Iterator[Scanner]:
    if not CLAMD:
        pytest.fail("clamd is absent: apt-get install clamav-daemon, or name it in ZHAOSHANG_CLAMD")
    folder = Path(tmp_path_factory.mktemp("clamd"))
    (folder / "signatures").mkdir()
    (folder / "signatures/ours.ndb").write_text(f"Zhaoshang.Own:0:*:{OURS.hex()}\n")
    said = SETTINGS.format(folder=folder)
    (folder / "clamd.conf").write_text(said if os.getuid() == 0 else said.replace("User root\n", ""))
    with (folder / "log").open("w") as log:
        running = subprocess.Popen([CLAMD, "-c", str(folder / "clamd.conf")], stdout=log, stderr=log)
    one = Scanner(f"unix:{folder / 's'}", 10)
    try:
        for _ in range(200):
            try:
                one.lives()
                break
            except ScannerAway:
                assert running.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
        yield one
    finally:
        running.kill()
        running.wait()


@pytest.mark.case("C13")
def test_clamd_finds_our_signature_bare_in_a_zip_and_in_a_word_file(scanner: Scanner) -> None:
    sick = {"bare": OURS, "zip": zipped("a.bin", OURS), "docx": in_docx(OURS)}
    found = {name: scanner.found([content]) for name, content in sick.items()}
    assert all("Zhaoshang.Own" in told for told in found.values()), found
    assert {name: scanner.found([content]) for name, content in good_files().items()} == dict.fromkeys(good_files(), "")


@pytest.mark.case("C13")
def test_what_is_longer_than_clamd_takes_is_not_taken(scanner: Scanner) -> None:
    with pytest.raises(ScannerAway, match="too_large"):
        scanner.found([b"\0" * 1_000_000] * 40)


@pytest.mark.case("C13")
def test_the_desk_takes_what_clamd_passes_and_refuses_what_it_knows(
    scanner: Scanner, cast: Cast, client: Client, settings: Any
) -> None:
    settings.SCANNER, settings.SCANNER_SECONDS = scanner.address, scanner.seconds
    refused = declared_with(client, cast, in_docx(OURS), "单据.docx")
    assert (refused.status_code, "Zhaoshang.Own" in refused.content.decode(), kept(settings.EVIDENCE_DIR)) == (
        422,
        True,
        0,
    )
    assert declared_with(client, cast, good_files()[".pdf"]).status_code == 302
