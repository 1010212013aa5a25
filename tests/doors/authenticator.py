"""An authenticator in software: what a phone or security key answers in WebAuthn, and every way to answer wrongly."""

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
HERE = "http://localhost:8000"


def packed(content: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    """Its bytes."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One device with one key. ``counter`` None: a device that does not count."""

    counter: int | None = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    name: bytes = field(default_factory=lambda: os.urandom(32))
    flags: int = PRESENT | VERIFIED
    origin: str = HERE
    rp_id: str = "localhost"
    crossed: bool = False
    alg: int = -7

    def makes(self, options: dict[str, Any]) -> str:
        """The answer to ``navigator.credentials.create``."""
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32), numbers.y.to_bytes(32)
        public = cbor.encode({1: 2, 3: self.alg, -1: 1, -2: x, -3: y})
        credential = bytes(16) + len(self.name).to_bytes(2) + self.name + public
        data = self._data(self.flags | ATTESTED) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["publicKey"]["challenge"])
        return self._told({"clientDataJSON": packed(client), "attestationObject": packed(attestation)})

    def signs(self, options: dict[str, Any], **forged: Any) -> str:
        """The answer to ``navigator.credentials.get``; ``forged`` replaces parts of it: ``kind``, ``signature``, ``handle``."""
        if self.counter is not None:
            self.counter += 1
        data = self._data(self.flags)
        client = self._client(forged.get("kind", "webauthn.get"), options["publicKey"]["challenge"])
        signature = forged.get("signature") or self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        sent = {"clientDataJSON": packed(client), "authenticatorData": packed(data), "signature": packed(signature)}
        return self._told(sent | ({"userHandle": packed(forged["handle"])} if "handle" in forged else {}))

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + (self.counter or 0).to_bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.crossed}
        return json.dumps(told).encode()

    def _told(self, response: dict[str, str]) -> str:
        name = packed(self.name)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
