"""Where released things stand: rooms above say how to read again what is public, and how to take it
away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gongkai.agencies.models import User
from gongkai.files.models import StoredFile
from gongkai.refusal import Refused


@dataclass(frozen=True)
class Material:
    """What the public reads of one subject now: its texts by place, and its files."""

    texts: Mapping[str, str]
    files: Sequence[StoredFile] = field(default=())


class TakesAway(Protocol):
    """A withdrawal from every outlet; it checks the person's post and keeps the reason."""

    def __call__(self, subject: str, *, by: User, reason: str) -> None: ...


@dataclass(frozen=True)
class Outlet:
    """``read`` answers None for what is not public (an answer that only the asker has)."""

    read: Callable[[str], Material | None]
    take_away: TakesAway


_outlets: dict[str, Outlet] = {}


def register(kind: str, outlet: Outlet) -> None:
    """Called once by the room whose subjects begin with ``kind:``."""
    _outlets[kind] = outlet


def kinds() -> frozenset[str]:
    """The kinds of subjects that are known here."""
    return frozenset(_outlets)


def outlet_of(subject: str) -> Outlet:
    """Refused for a subject that no room has registered: nothing is passed over in silence."""
    kind = subject.partition(":")[0]
    if kind not in _outlets:
        raise Refused(f"系统不知道“{subject}”公开在哪里，请联系系统管理员。")
    return _outlets[kind]
