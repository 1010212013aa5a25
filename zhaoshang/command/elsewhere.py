"""A copy of each backup elsewhere, where whoever holds this server can add but not take away: handed over, read back, compared.

A folder (a share that only takes new files), or a program that is called ``PROGRAM put NAME SHA256`` with the backup as its input and
``PROGRAM get NAME`` with it as its output: ``ssh`` with a forced command, a client of a store with object lock. How to make such a place:
``docs/how-to/copies-elsewhere.md``; ``deploy/receive-backup`` is the other end of ``ssh``.
"""

import hashlib
import os
import shlex
import subprocess
from pathlib import Path
from typing import IO

from zhaoshang.command.parts import PROBLEMS, Stop

_AT_ONCE = 1 << 20
PATIENCE_S = 6 * 3600


def hand_over(made: Path, digest: str, place: str) -> None:
    """Put the backup there under its name and read it back. Raises :class:`Stop` when that is not what was made."""
    try:
        found = (
            _into_folder(made, Path(place)) if Path(place).is_dir() else _by_program(made, digest, shlex.split(place))
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise Stop(PROBLEMS, f"备份已做成,但没有送到别处:{error}") from error
    if found != digest:
        raise Stop(PROBLEMS, f"备份已做成,但送到别处的一份读回来不同({found[:16]} ≠ {digest[:16]})")


def _into_folder(made: Path, folder: Path) -> str:
    """Written under its own name, since a folder that only takes new files lets none be renamed."""
    descriptor = os.open(folder / made.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as out, made.open("rb") as source:
        while some := source.read(_AT_ONCE):
            out.write(some)
        out.flush()
        os.fsync(out.fileno())
    with (folder / made.name).open("rb") as back:
        return hashlib.file_digest(back, "sha256").hexdigest()


def _by_program(made: Path, digest: str, program: list[str]) -> str:
    """The program is told the digest, so that a copy whose line broke is not kept under a name that nothing can be put under again."""
    with made.open("rb") as source:
        ran = subprocess.run(
            [*program, "put", made.name, digest], stdin=source, capture_output=True, timeout=PATIENCE_S, check=False
        )
    if ran.returncode:
        raise OSError(ran.stderr.decode(errors="replace").strip()[-300:] or f"{program[0]}: {ran.returncode}")
    with subprocess.Popen([*program, "get", made.name], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as reading:
        assert reading.stdout is not None
        return _digest(reading.stdout)


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while some := stream.read(_AT_ONCE):
        digest.update(some)
    return digest.hexdigest()
