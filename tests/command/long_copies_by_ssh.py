"""A copy elsewhere over ssh itself, with receiver and key as docs/how-to/copies-elsewhere.md says: part of ``make test-long``.

The other host is an sshd of our own on this machine (Debian's ``openssh-server``); without it the run fails and says so. What is tried
is the key that the server holds: whatever is asked with it, what was put there stays.
"""

import getpass
import hashlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from zhaoshang.command.elsewhere import hand_over
from zhaoshang.command.parts import Stop

pytestmark = [pytest.mark.one_database, pytest.mark.case("J12")]
RECEIVER = Path(__file__).parents[2] / "deploy" / "receive-backup"
NAME = "zhaoshang-20230401-080000.backup"
SEALED = b"sealed sample" * 1000
SETTINGS = """ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin forced-commands-only
PidFile none
Subsystem sftp internal-sftp
"""


@dataclass
class Elsewhere:
    """``words`` reach the receiver; ``options`` and ``who`` are those of any program of ssh with the server's key."""

    copies: Path
    options: list[str]
    port: int
    who: str

    @property
    def words(self) -> list[str]:
        """The program as a setting has it."""
        return ["ssh", *self.options, "-p", str(self.port), self.who]

    def tries(self, *words: str, said: bytes = b"") -> int:
        """The exit code of a program."""
        return subprocess.run(words, input=said, capture_output=True, timeout=60, check=False).returncode


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    sshd = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    if not sshd:
        pytest.fail("sshd is absent: apt-get install openssh-server")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    copies = tmp_path / "copies"
    copies.mkdir(mode=0o700)
    for name in ("host", "server"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    key = (tmp_path / "server.pub").read_text()
    (tmp_path / "authorized_keys").write_text(f'command="sh {RECEIVER} {copies}",restrict {key}')
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (tmp_path / "sshd_config").write_text(SETTINGS.format(folder=tmp_path, port=port))
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen([sshd, "-D", "-e", "-f", str(tmp_path / "sshd_config")], stdout=log, stderr=log)
    options = ["-F", "none", "-i", str(tmp_path / "server")]
    for told in (
        "BatchMode=yes",
        "StrictHostKeyChecking=no",
        f"UserKnownHostsFile={tmp_path / 'known'}",
        "LogLevel=ERROR",
    ):
        options += ["-o", told]
    try:
        until = time.monotonic() + 30
        while "listening on" not in (tmp_path / "log").read_text():
            assert running.poll() is None and time.monotonic() < until, (tmp_path / "log").read_text()
            time.sleep(0.1)
        yield Elsewhere(copies, options, port, f"{getpass.getuser()}@127.0.0.1")
    finally:
        running.terminate()
        running.wait()


def test_whatever_the_server_s_key_asks_what_lies_there_stays(elsewhere: Elsewhere, tmp_path: Path) -> None:
    made = tmp_path / NAME
    made.write_bytes(SEALED)
    digest = hashlib.sha256(SEALED).hexdigest()
    hand_over(made, digest, " ".join(elsewhere.words))  # put, read back whole, compared
    copy = elsewhere.copies / NAME
    other = tmp_path / "other"
    other.write_bytes(b"other")
    for said in (
        ["put", NAME, hashlib.sha256(b"other").hexdigest()],
        ["delete", NAME], [f"rm -f {copy}"], [f"get {NAME}; rm -f {copy}"], [f"put {NAME}; true"], [f"put ../{NAME}"],
        [f"get {NAME} && sh -c 'rm -rf {elsewhere.copies}'"], ["internal-sftp"], [],
    ):  # fmt: skip
        elsewhere.tries(*elsewhere.words, *said, said=b"other")
    batch = tmp_path / "batch"
    batch.write_text(f"rm {copy}\nput {other} {copy}\n")
    there = f"{elsewhere.who}:{copy}"
    assert elsewhere.tries("sftp", *elsewhere.options, "-P", str(elsewhere.port), "-b", str(batch), elsewhere.who) != 0
    assert elsewhere.tries("scp", *elsewhere.options, "-P", str(elsewhere.port), str(other), there) != 0
    assert elsewhere.tries("scp", "-O", *elsewhere.options, "-P", str(elsewhere.port), str(other), there) != 0
    assert elsewhere.tries(*elsewhere.words[:-1], "-W", "127.0.0.1:22", elsewhere.who) != 0  # nor a way on from there
    with pytest.raises(Stop, match="没有送到别处"):
        hand_over(made, digest, " ".join(elsewhere.words))
    assert [(path.name, path.read_bytes()) for path in elsewhere.copies.iterdir()] == [(NAME, SEALED)]


def test_a_line_that_breaks_leaves_nothing_half(elsewhere: Elsewhere) -> None:
    with subprocess.Popen(
        [*elsewhere.words, "put", NAME, hashlib.sha256(SEALED * 2).hexdigest()], stdin=subprocess.PIPE
    ) as sending:
        assert sending.stdin
        sending.stdin.write(SEALED)
        sending.stdin.flush()
        time.sleep(1)
        sending.kill()
    until = time.monotonic() + 30
    while any(path.name.startswith(".taking-") for path in elsewhere.copies.iterdir()) and time.monotonic() < until:
        time.sleep(0.2)
    assert [*elsewhere.copies.iterdir()] == []
