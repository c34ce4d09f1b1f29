"""Ed25519 signatures over JSON, so that anybody can tell a list of ours from a look-alike's.

The signature covers the file without its member ``signature``, written as RFC 8785 says (keys in
order, no spaces, UTF-8); the file itself is written the same way, so any changed byte shows.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

UNSIGNED = "本文件没有签名：本系统没有设置签名密钥，请直接向本机关核实。"


def signed(document: Mapping[str, Any]) -> bytes:
    """The document with its signature; without a key it says that it has none.

    Numbers in it must be whole: RFC 8785 writes fractions in a way that Python does not.
    """
    key = _key(settings.SIGNING_KEY)
    if key is None:
        return canonical({**document, "signature": None, "note": UNSIGNED})
    signature = {
        "algorithm": "Ed25519",
        "canonicalization": "RFC 8785",
        "key": public_key(key)["kid"],
        "value": base64.b64encode(key.sign(canonical(document))).decode(),
    }
    return canonical({**document, "signature": signature})


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one way in which a document is written (RFC 8785, for ASCII keys)."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def published_key() -> dict[str, str] | None:
    """The public half as a JSON Web Key (RFC 8037); None when nothing is signed."""
    key = _key(settings.SIGNING_KEY)
    return public_key(key) if key is not None else None


def public_key(key: Ed25519PrivateKey) -> dict[str, str]:
    """As JWK and PEM; ``kid`` is the key's fingerprint (RFC 7638)."""
    public = key.public_key()
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    known = {"crv": "Ed25519", "kty": "OKP", "x": _base64url(raw)}
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    fingerprint = _base64url(hashlib.sha256(canonical(known)).digest())
    return {**known, "alg": "EdDSA", "use": "sig", "kid": fingerprint, "pem": pem}


@lru_cache(maxsize=4)
def _key(secret: str) -> Ed25519PrivateKey | None:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret)) if secret else None


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
