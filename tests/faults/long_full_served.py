"""A server as it is run, on volumes that are really full: of its database with the log, of temporary files, of its own log.

Small file systems in memory, mounted by root; who else runs it sees it fail.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from faults.long_full_volumes import filled, volume
from faults.long_killed_server import Cookies, declare, payment
from faults.served import Installation, Served, ask, eventually, laid_out, serving

pytestmark = pytest.mark.installation
AGE_S = settings.DATABASES["default"]["CONN_MAX_AGE"] + 5
PDF = b"%PDF-1.4\n% %s\n" + b"% sample\n" * 300_000 + b"%%EOF\n"  # 2.7 MB: more than memory holds of one that comes in


@contextmanager
def no_room(folder: Path) -> Iterator[None]:
    """All room of the volume is taken until the end of the block."""
    takers = filled(folder, with_names=False)
    try:
        yield
    finally:
        for taker in takers:
            taker.unlink(missing_ok=True)


def declared(server: Served) -> tuple[int, str, dict[str, str]]:
    """One payment by a program: status, its id, what the answer says besides."""
    status, answer, headers = declare(server, uuid4().hex, payment(server))
    return status, answer.decode(), headers


def reads(server: Served, person: Cookies) -> set[int]:
    """What a program, somebody at the desk and a visitor are answered."""
    bearer = f"Bearer {server.installation.keys['officer']}"
    cookie = "; ".join(f"{name}={value}" for name, value in person.held.items())
    return {
        ask(server.port, "GET", "/api/payments", Authorization=bearer)[0],
        ask(server.port, "GET", "/desk/payments/", Cookie=cookie)[0],
        ask(server.port, "GET", "/")[0],
    }


def logged_in(server: Served) -> Cookies:
    person = Cookies()
    assert person.post(server, "/desk/login/", {"username": "officer", "password": "sample-password"}) == 302
    return person


def attached(server: Served, key: str) -> int:
    """A slip of that size, like no other, for the payment."""
    border = uuid4().hex
    head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    body = head.encode() + PDF.replace(b"%s", border.encode(), 1) + f"\r\n--{border}--\r\n".encode()
    told = {"Authorization": f"Bearer {server.installation.keys['officer']}"}
    told |= {"Content-Type": f"multipart/form-data; boundary={border}"}
    return ask(server.port, "POST", f"/api/payments/{key}/evidence?kind=invoice", body, **told)[0]


def stands(installation: Installation, ids: set[str]) -> bool:
    """Whether the account holds these and nothing else, whole."""
    found = installation.told("look")
    return (set(found["payments"]), found["wrong"]) == (ids, [])


@pytest.mark.case("H5")
def test_a_full_volume_of_the_database_and_its_log_is_told_clearly_while_reading_goes_on(
    tmp_path: Path, migrated: Path
) -> None:
    ids, refused = set[str](), list[tuple[int, bool]]()
    with volume(tmp_path / "served", megabytes=96) as folder:
        installation = laid_out(folder, migrated)
        (folder / "log").symlink_to(tmp_path / "log")
        with serving(installation) as server:
            person = logged_in(server)
            with no_room(folder):
                while len(refused) < 20:
                    status, answer, headers = declared(server)
                    if status == 201:  # pages of the log that were used before take some
                        ids.add(json.loads(answer)["id"])
                        assert len(ids) < 20_000
                    else:
                        refused.append((status, "retry-after" in headers))
                    assert reads(server, person) == {200}
                time.sleep(AGE_S)  # every connection of a request is too old now, and made anew
                assert [reads(server, person) for _turn in range(20)] == [{200}] * 20
                assert declared(server)[0] == 503
            for _turn in range(20):
                status, answer, _headers = declared(server)
                assert status == 201, answer
                ids.add(json.loads(answer)["id"])
        assert set(refused) == {(503, True)}
        assert stands(installation, ids)
    print(f"{len(ids)} payments, {len(refused)} refused")


@pytest.mark.case("H5")
def test_a_full_volume_of_temporary_files_is_told_clearly_while_reading_goes_on(tmp_path: Path, migrated: Path) -> None:
    installation = laid_out(tmp_path / "served", migrated)
    with volume(tmp_path / "temporary", megabytes=16) as folder:
        installation.also["TMPDIR"] = str(folder)
        with serving(installation) as server:
            person = logged_in(server)
            key = json.loads(declared(server)[1])["id"]
            assert {attached(server, key) for _turn in range(12)} == {201}  # each process has found its place by now
            with no_room(folder):
                assert [attached(server, key) for _turn in range(8)] == [503] * 8
                assert reads(server, person) == {200} and declared(server)[0] == 201
            assert attached(server, key) == 201


@pytest.mark.case("H5")
def test_a_full_volume_of_the_server_s_own_log_stops_nobody(tmp_path: Path, migrated: Path) -> None:
    installation = laid_out(tmp_path / "served", migrated)
    with volume(tmp_path / "log") as folder:
        installation.also["ZHAOSHANG_REQUEST_LOG_LEVEL"] = "INFO"
        (installation.folder / "log").symlink_to(folder / "log")
        with serving(installation) as server:
            person = logged_in(server)
            with no_room(folder):
                told = [declared(server) for _turn in range(50)]
                missing = [ask(server.port, "GET", "/desk/absent/")[0] for _turn in range(50)]
                assert {status for status, _answer, _headers in told} == {201} and set(missing) <= {302, 404}
                assert reads(server, person) == {200} and (folder / "log").stat().st_size < 4_000_000
            assert eventually(lambda: declared(server)[0] == 201, 5)
        ids = {json.loads(answer)["id"] for _status, answer, _headers in told}
        assert ids < set(installation.told("look")["payments"])
