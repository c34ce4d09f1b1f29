"""What cleaning gives back, and how it says no."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from gongkai.refusal import Refused


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean copy. ``dropped`` lists in words what the copy lacks, for the person who decides
    whether it may stand for the original.
    """

    data: bytes = field(repr=False)
    name: str
    media: str
    dropped: list[str]

    def as_dict(self) -> dict[str, Any]:
        """In plain types, for JSON."""
        packed = base64.b64encode(self.data).decode("ascii")
        return {"data": packed, "name": self.name, "media": self.media, "dropped": self.dropped}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Cleaned:
        """Back from ``as_dict``."""
        return cls(**{**data, "data": base64.b64decode(data["data"])})


class Dropped:
    """Notes what is left out, each thing once and in order."""

    def __init__(self) -> None:
        self._seen: dict[str, None] = {}

    def add(self, words: str) -> None:
        """Notes it."""
        self._seen.setdefault(words)

    def words(self) -> list[str]:
        """All of it."""
        return list(self._seen)


def no(message: str) -> Refused:
    """A refusal to clean: the person has to do it in the program the file came from."""
    return Refused(message, rule="FILE-CLEAN")
