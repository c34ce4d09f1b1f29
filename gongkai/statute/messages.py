"""Enquiries, complaints, reports and suggestions: kinds and periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongkai.refusal import Refused
from gongkai.statute.periods import Period, read_period
from gongkai.statute.source import table


@dataclass(frozen=True, slots=True)
class MessagePeriods:
    """The periods of a kind while one text was in force."""

    reply: Period
    extension: Period | None
    acceptance: Period | None
    notify: Period | None


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A kind of message. ``family``: message, supervision, petition or professional."""

    key: str
    label: str
    family: str
    versions: tuple[MessagePeriods, ...]

    def periods(self, on: date) -> MessagePeriods:
        """The periods for a message received on that day."""
        for version in self.versions:
            if version.reply.in_force <= on <= version.reply.until:
                return version
        raise Refused(f"{on} 没有“{self.label}”的办理期限，请核对日期。", field="received")


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that the rules on messages set, and where it comes from."""

    value: int
    article: str


@cache
def message_kinds() -> tuple[MessageKind, ...]:
    """Every kind."""
    return tuple(
        MessageKind(row["key"], row["label"], row["family"], tuple(map(_periods, row["periods"])))
        for row in table("messages")["kind"]
    )


@cache
def message_kind(kind: str) -> MessageKind:
    """The kind of that key or Chinese name."""
    for found, row in zip(message_kinds(), table("messages")["kind"], strict=True):
        if kind in (found.key, found.label, *row["aliases"]):
            return found
    raise Refused(f"不认识的留言类型“{kind}”，请从列表中选择。", field="kind")


def message_period(kind: str, on: date) -> Period:
    """How long an answer to a message of this kind, received on that day, may take."""
    return message_kind(kind).periods(on).reply


@cache
def limit(name: str) -> Limit:
    """A limit of the rules on messages: returns_between_units, unanswered_months."""
    row = table("messages")["limits"][name]
    return Limit(row["value"], row["article"])


def _periods(row: dict[str, Any]) -> MessagePeriods:
    def part(name: str) -> Period | None:
        return read_period(name, row | row[name]) if name in row else None

    extension = {"extension": {"days": row["extension"]}} if "extension" in row else {}
    reply = read_period("reply", row)
    row = {k: v for k, v in row.items() if k != "extension"} | extension
    return MessagePeriods(reply, part("extension"), part("acceptance"), part("notify"))
