"""Sealed backups: AES-256-GCM in chunks under a key file that lies outside the data folder.

A sealed file is a header line (JSON: format, key id, salt, when made) and chunks of one MiB, each with its tag. Every file has a key of
its own, derived (HKDF-SHA-256) from the installation's and a random salt; the header is authenticated with every chunk; a chunk's nonce is
its number and whether it is the last, so that chunks cannot be cut off, moved or taken from another file (the STREAM construction).
"""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zhaoshang.command.parts import PROBLEMS, WRONG_USE, Stop

FORMAT = "zhaoshang-sealed-1"
CHUNK = 1 << 20
_TAG = 16
_LONGEST_HEADER = 1_000
_KEY_BEGINS = "zhaoshang-backup-key-1:"


@dataclass(frozen=True, slots=True)
class Key:
    """An installation's backup key (32 bytes), and the id by which a file says which one opens it."""

    raw: bytes

    @property
    def id(self) -> str:
        """Sixteen hex digits that tell nothing of the key."""
        return hashlib.sha256(b"zhaoshang backup key id" + self.raw).hexdigest()[:16]

    def for_file(self, salt: bytes) -> AESGCM:
        """The cipher of one file."""
        return AESGCM(HKDF(SHA256(), 32, salt, b"zhaoshang backup file").derive(self.raw))


def make_key(path: Path) -> Key:
    """A new key in a new file that only its owner reads. Raises :class:`Stop` when the file exists."""
    key = Key(secrets.token_bytes(32))
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Stop(WRONG_USE, f"{path} 已存在,不覆盖:没有旧密钥就打不开旧备份") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(_KEY_BEGINS + base64.urlsafe_b64encode(key.raw).decode() + "\n")
    return key


def read_key(path: Path) -> Key:
    """The key of a file. Raises :class:`Stop` when it is none."""
    try:
        text = path.read_text(encoding="ascii").strip()
        raw = base64.b64decode(text.removeprefix(_KEY_BEGINS), altchars=b"-_", validate=True)
    except (OSError, ValueError) as error:
        raise Stop(WRONG_USE, f"备份密钥 {path} 读不出:{error}") from error
    if not text.startswith(_KEY_BEGINS) or len(raw) != 32:
        raise Stop(WRONG_USE, f"{path} 不是备份密钥。用 zhaoshang backup-key 生成")
    return Key(raw)


def is_sealed(path: Path) -> bool:
    """Whether the file says that it is sealed."""
    with path.open("rb") as file:
        return file.read(len(FORMAT) + 14).startswith(b'{"format": "' + FORMAT.encode())


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Takes bytes and writes them sealed; whole only after :meth:`close`."""

    def __init__(self, out: BinaryIO, key: Key, at: datetime) -> None:
        salt = secrets.token_bytes(16)
        head = {"format": FORMAT, "key": key.id, "salt": salt.hex(), "made_at": at.isoformat(timespec="seconds")}
        self._head = json.dumps(head).encode() + b"\n"
        self._out, self._cipher, self._held, self._number = out, key.for_file(salt), bytearray(), 0
        out.write(self._head)

    def write(self, data: bytes) -> int:
        """Take some bytes; the last chunk is held back, since it alone is marked as the last."""
        self._held += data
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._held), last=True)
        self._held.clear()

    def _seal(self, chunk: bytes, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last), chunk, self._head))
        self._number += 1


class Opener:
    """Gives the bytes of a sealed file, each chunk only after its tag was checked. Raises :class:`Stop` for another key or any change."""

    def __init__(self, file: BinaryIO, key: Key) -> None:
        self._head = file.readline(_LONGEST_HEADER)
        try:
            head = json.loads(self._head)
            salt, wanted = bytes.fromhex(head["salt"]), str(head["key"])
            known = head["format"] == FORMAT
        except (ValueError, KeyError, TypeError):
            known, salt, wanted = False, b"", ""
        if not known:
            raise Stop(PROBLEMS, "这不是本系统的加密备份")
        if wanted != key.id:
            raise Stop(PROBLEMS, f"备份由密钥 {wanted} 加密,给出的密钥是 {key.id}。请用 --key 指明那把密钥")
        self._file, self._cipher, self._number = file, key.for_file(salt), 0
        self._next, self._held = file.read(CHUNK + _TAG), b""

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes, fewer only at the end."""
        while (size < 0 or len(self._held) < size) and self._next:
            self._held += self._opened()
        size = len(self._held) if size < 0 else size
        given, self._held = self._held[:size], self._held[size:]
        return given

    def drain(self) -> None:
        """Check what nobody asked for, to the end."""
        while self._next:
            self._opened()

    def _opened(self) -> bytes:
        sealed, self._next = self._next, self._file.read(CHUNK + _TAG)
        try:
            chunk = self._cipher.decrypt(_nonce(self._number, last=not self._next), sealed, self._head)
        except (InvalidTag, ValueError):
            raise Stop(PROBLEMS, f"加密备份的第 {self._number + 1} 段打不开:文件被截断、改动或拼接") from None
        self._number += 1
        return chunk
