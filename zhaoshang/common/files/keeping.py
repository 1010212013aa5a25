"""Files kept under the SHA-256 of their content in a folder outside the web root, and checked each time they are read."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from zhaoshang.common.files.identifying import digest

GROWING = ".growing-"  # how a file is called until it is whole
_MADE_HERE = 4  # the folder of the digest, the city's, the folder of all evidence, and the one that names it


class FileDamaged(Exception):
    """The stored bytes are gone or no longer have the digest that they were stored under."""


def place(folder: Path, sha256: str) -> Path:
    """Where a file lies in the folder."""
    return folder / sha256[:2] / sha256


def keep(folder: Path, sha256: str, content: bytes) -> None:
    """Write bytes under their digest, whole or not at all, so that no power cut takes them away once this has returned."""
    path = place(folder, sha256)
    if not path.exists():
        _write(path, content)
    for made in list(path.parents)[
        :_MADE_HERE
    ]:  # also when it was there: another process may have made it a moment ago
        _settle(made)


def _write(path: Path, content: bytes) -> None:
    """A temporary file in the same folder, flushed to disk, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=GROWING, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o440)
            Path(file.name).replace(path)
        except OSError:  # no room: what was begun takes none either
            Path(file.name).unlink(missing_ok=True)
            raise


def _settle(folder: Path) -> None:
    """Flush the names in a folder to disk: a flushed file whose name is not is lost in a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def kept(folder: Path, sha256: str) -> bytes:
    """What :func:`keep` wrote. Raises :class:`FileDamaged`."""
    try:
        content = place(folder, sha256).read_bytes()
    except OSError as error:
        raise FileDamaged(sha256) from error
    if digest(content) != sha256:
        raise FileDamaged(sha256)
    return content
