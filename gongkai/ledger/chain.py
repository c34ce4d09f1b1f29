"""How one ledger entry is bound to the one before it. Pure: the verifier uses it without Django."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64
FIELDS = ("seq", "at", "actor", "post", "verb", "subject", "data", "previous")


def canonical(value: Mapping[str, Any]) -> bytes:
    """One and only one byte string for a mapping: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(entry: Mapping[str, Any]) -> str:
    """SHA-256 over every field of the entry, its number and the digest before it included."""
    return hashlib.sha256(canonical({name: entry[name] for name in FIELDS})).hexdigest()
