"""A passkey in software, for tests without a browser: what a phone would answer, or what somebody would who pretends to be one."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
PRESENT_AND_VERIFIED = FLAG.UP | FLAG.UV


@dataclass
class SoftPasskey:
    """One credential for one site. ``origin`` is what the browser says it is on."""

    rp_id: str = "localhost"
    origin: str = "http://localhost"
    handle: str = ""
    flags: Any = PRESENT_AND_VERIFIED
    identity: bytes = field(default_factory=lambda: os.urandom(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """The answer to creation options, as JSON."""
        public = options["publicKey"]
        self.handle = public["user"]["id"]
        credential = AttestedCredentialData.create(
            Aaguid.NONE,
            self.identity,
            ES256.from_cryptography_key(self.key.public_key()),  # type: ignore[no-untyped-call]
        )
        data = AuthenticatorData.create(self._site(), self.flags | FLAG.AT, 1, credential)
        client = self._client("webauthn.create", public["challenge"])
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
            "transports": ["internal"],
        }
        return self._json(response, {"credProps": {"rk": True}})

    def answer(self, options: dict[str, Any], **changed: Any) -> str:
        """The answer to request options, as JSON; ``changed`` replaces parts of the response."""
        data = AuthenticatorData.create(self._site(), self.flags, 2)
        client = self._client("webauthn.get", options["request_options"]["publicKey"]["challenge"])
        signature = self.key.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.handle,
        }
        return self._json({**response, **changed}, {})

    def _site(self) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest()

    def _client(self, kind: Any, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(kind, challenge, self.origin))

    def _json(self, response: dict[str, Any], extensions: dict[str, Any]) -> str:
        name = websafe_encode(self.identity)
        whole = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps({**whole, "clientExtensionResults": extensions})
