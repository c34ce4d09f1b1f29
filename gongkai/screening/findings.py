"""What a screening returns. Nothing in a finding shows the personal value itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from gongkai.screening.kinds import KINDS, Severity, Verdict
from gongkai.screening.policy import EDITION


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``start`` and ``end`` count characters of the text that was given in.

    ``key`` stays the same for the same kind, place and value under one rule edition, so that a
    settlement
    can refer to it; a new edition asks again.
    """

    kind: str
    label: str
    severity: Severity
    place: str
    excerpt: str
    start: int
    end: int
    rule: str
    advice: str
    key: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result for one file. ``visible_text`` is what a reader of the file sees."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    visible_text: str
    media_type: str
    sha256: str

    def as_dict(self) -> dict[str, Any]:
        """The report in plain types, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """The report back from ``as_dict``."""
        found = tuple(Finding(**item) for item in data["findings"])
        return cls(**{**data, "findings": found})


def key_of(kind: str, place: str, value: str, pepper: bytes = b"") -> str:
    """A short name for a finding. Numbers of people can be guessed by trying: give a ``pepper``
    where
    keys are stored for long."""
    body = "\0".join((kind, place, value, EDITION)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(body, digest_size=16, key=pepper[:64]).hexdigest()


def finding(
    kind: str,
    place: str,
    *,
    excerpt: str = "",
    value: str = "",
    start: int = 0,
    end: int = 0,
    severity: Severity | None = None,
    advice: str = "",
    pepper: bytes = b"",
) -> Finding:
    """A finding with everything that the table of kinds knows about it."""
    row = KINDS[kind]
    return Finding(
        kind=kind,
        label=row.label,
        severity=severity or row.severity,
        place=place,
        excerpt=excerpt,
        start=start,
        end=end,
        rule=row.rule,
        advice=advice or row.advice,
        key=key_of(kind, place, value or excerpt, pepper),
    )


def worst(findings: Iterable[Finding]) -> Verdict:
    """The verdict: a block outweighs "could not be read", which outweighs a review. Notes stop
    nothing.
    """
    found = list(findings)
    if any(f.severity == "block" and not KINDS[f.kind].unreadable for f in found):
        return "block"
    if any(KINDS[f.kind].unreadable for f in found):
        return "unreadable"
    return "review" if any(f.severity == "review" for f in found) else "clean"
