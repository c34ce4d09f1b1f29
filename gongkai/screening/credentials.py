"""Passwords, keys and addresses of the inner network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.source import Hit, Source

_VALUE = re.compile(
    r"[\"']?[ \u3000]*(?:[:：=]|是|为)[ \u3000]*[\"']?(?P<value>[!-~]{4,})"
    r"|[ \t\n]{0,2}(?P<bare>(?=[!-~]{0,63}[0-9])[!-~]{6,})"
)
_ADDRESS = re.compile(r"(?<![0-9.])(?:10|172|192)\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(?!\.?[0-9])")
_CLAUSE = 32
"""Clauses and versions count in small numbers."""
_KEY_HEAD = re.compile(r"-----BEGIN [A-Z ]{0,24}$")


def credentials(source: Source) -> Iterator[Hit]:
    """A word for a password followed by a value, or the head of a private key."""
    done = 0
    for _, start, end in source.group("credential"):
        if start < done:
            continue
        if source.text[start:end] == "PRIVATE":
            head = _KEY_HEAD.search(source.text, max(0, start - 40), start)
            if head:
                yield Hit("credential", head.start(), end, "private key")
            continue
        match = _VALUE.match(source.text, end)
        group = _shown(match, source.text[start:end]) if match else ""
        if match and group:
            done = match.end()
            yield Hit("credential", match.start(group), match.end(group), match[group])


def _shown(match: re.Match[str], word: str) -> str:
    """Which way the value is given: after a sign, or bare after a word that means a password."""
    if match["value"]:
        return "value"
    return "bare" if word in {"密码", "口令"} else ""


def inner_addresses(source: Source) -> Iterator[Hit]:
    """Addresses that only an inner network has (RFC 1918)."""
    for start, end in source.runs:
        if source.text.count(".", start, end) < 3:
            continue
        for match in _ADDRESS.finditer(source.text, start, end):
            parts = [int(part) for part in match.group().split(".")]
            if max(parts) > 255 or not _private(parts):
                continue
            sure = parts[0] == 192 or source.near(("net",), match.start(), match.end())
            yield Hit(
                "inner_address",
                match.start(),
                match.end(),
                match.group(),
                "block" if sure else "note" if max(parts) < _CLAUSE else None,
            )


def _private(parts: list[int]) -> bool:
    first, second = parts[:2]
    return first == 10 or (first == 172 and 16 <= second <= 31) or (first == 192 and second == 168)
