"""Digests that name their algorithm, so that a chain begun with one can go on with the other.

SHA-256 is written as 64 hex digits; SM3 (GB/T 32905-2016) as ``sm3:`` and unpadded base64url, which fits the same 64 characters.
"""

import hashlib
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives import hashes

SHA256, SM3 = "sha256", "sm3"
ALGORITHMS = (SHA256, SM3)


def stated(content: bytes, algorithm: str) -> str:
    """The digest as it is kept. Raises ``ValueError`` for an algorithm that is none of ``ALGORITHMS``."""
    if algorithm == SHA256:
        return hashlib.sha256(content).hexdigest()
    if algorithm == SM3:
        return f"{SM3}:{urlsafe_b64encode(_sm3(content)).decode().rstrip('=')}"
    raise ValueError(algorithm)


def fits(content: bytes, digest: str) -> bool:
    """Whether the content has the digest, by the algorithm that the digest names."""
    return digest == stated(content, SM3 if digest.startswith(f"{SM3}:") else SHA256)


def _sm3(content: bytes) -> bytes:
    """By OpenSSL as Python was built with it, else by the one that ``cryptography`` brings."""
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", content).digest()
    whole = hashes.Hash(hashes.SM3())
    whole.update(content)
    return whole.finalize()
