"""Seals personal text at rest, so that a copy of the database alone tells nothing about anybody.

AES-256-GCM under a key derived from ``settings.SEALING_KEY``; the token begins with its version.
A blind index finds equal texts without opening any. Knows nothing of what it seals.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

_PREFIX = "s1:"
_NONCE = 12


class SealBroken(ValueError):
    """A sealed text was altered, or was sealed under another key."""


def seal(text: str) -> str:
    """A token that only ``unseal`` opens; the same text gives another token every time."""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_key("seal")).encrypt(nonce, text.encode(), _PREFIX.encode())
    return _PREFIX + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(token: str) -> str:
    """The text in a token of ``seal``; raises SealBroken when it was altered or is no token."""
    if not token.startswith(_PREFIX):
        raise SealBroken("not a sealed text")
    try:
        raw = base64.b64decode(token[len(_PREFIX) :], altchars=b"-_", validate=True)
        if base64.urlsafe_b64encode(raw).decode() != token[len(_PREFIX) :]:
            raise SealBroken("not the one spelling of its bytes")
        opened = AESGCM(_key("seal")).decrypt(raw[:_NONCE], raw[_NONCE:], _PREFIX.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken("altered, or sealed under another key") from error
    return opened.decode()


def blind_index(text: str, purpose: str) -> str:
    """Equal texts have equal indexes within one ``purpose``, and none across purposes.

    The caller normalises first: "A 1" and "a1" are different texts here.
    """
    return hmac.new(_key(f"index:{purpose}"), text.encode(), hashlib.sha256).hexdigest()


def _key(use: str) -> bytes:
    return _derived(settings.SEALING_KEY, use)


@lru_cache(maxsize=64)
def _derived(secret: str, use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"gongkai/{use}".encode()).derive(
        secret.encode()
    )


class SealedField(models.TextField):  # type: ignore[type-arg]
    """A text that is sealed in the database and open in Python.

    It cannot be searched, compared or sorted by: every token differs, so a filter would silently
    find nothing. Keep a ``blind_index`` beside it. ``dumpdata`` writes the token.
    """

    description = "Sealed text"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(value)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal(str(value))

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else seal(str(value))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be searched by {lookup_name}")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed: it has no {lookup_name}")
