"""Files kept under the SHA-256 of their content in a folder outside the web root, and checked each time they are read."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from zhaoshang.common.files.identifying import digest


class FileDamaged(Exception):
    """The stored bytes are gone or no longer have the digest that they were stored under."""


def place(folder: Path, sha256: str) -> Path:
    """Where a file lies in the folder."""
    return folder / sha256[:2] / sha256


def keep(folder: Path, sha256: str, content: bytes) -> None:
    """Write bytes under their digest, whole or not at all: a temporary file in the same folder, flushed to disk, then renamed."""
    path = place(folder, sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o440)
            Path(file.name).replace(path)
        except OSError:  # no room: what was begun takes none either
            Path(file.name).unlink(missing_ok=True)
            raise


def kept(folder: Path, sha256: str) -> bytes:
    """What :func:`keep` wrote. Raises :class:`FileDamaged`."""
    try:
        content = place(folder, sha256).read_bytes()
    except OSError as error:
        raise FileDamaged(sha256) from error
    if digest(content) != sha256:
        raise FileDamaged(sha256)
    return content
