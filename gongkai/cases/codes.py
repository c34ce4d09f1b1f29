"""The query code: a password of 80 random bits that the citizen gets once.

It is derived from the submission key, so that a form sent twice shows the same code again, and
only its keyed hash is stored.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LOOKALIKES = str.maketrans("ILO", "110")
LENGTH = 16


def new_submission_key() -> str:
    """A key for one form: 256 random bits, hidden in the form that the citizen fills in."""
    return secrets.token_urlsafe(32)


def query_code(submission_key: str) -> str:
    """The code of a submission: 16 characters in groups of four."""
    digest = _keyed(b"query-code", submission_key)
    number = int.from_bytes(digest[:10], "big")
    characters = [_ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH)]
    return "-".join("".join(characters[i : i + 4]) for i in range(0, LENGTH, 4))


def code_hash(code: str) -> str:
    """What is stored of a code; spaces, dashes, case and look-alike letters do not matter."""
    plain = "".join(c for c in code.upper() if c.isalnum()).translate(_LOOKALIKES)
    return _keyed(b"query-code-hash", plain).hex()


def matches(code: str, stored: str) -> bool:
    """Constant-time comparison."""
    return hmac.compare_digest(code_hash(code), stored)


def _keyed(purpose: bytes, text: str) -> bytes:
    key = hashlib.sha256(purpose + b"\0" + settings.SEALING_KEY.encode()).digest()
    return hmac.digest(key, text.encode(), "sha256")
