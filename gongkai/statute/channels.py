"""Ways in and ways out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.refusal import Refused
from gongkai.statute.source import table


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in. ``class_2007`` is the suffix of the row of the 2014 statistics that counts it."""

    key: str
    label: str
    class_2007: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A way out, and the fact whose day decides whether an answer was in time."""

    key: str
    label: str
    by: str
    article: str


@cache
def channels() -> tuple[Channel, ...]:
    """Every way in."""
    return tuple(
        Channel(row["key"], row["label"], row.get("class_2007", ""))
        for row in table("channels")["channel"]
    )


@cache
def _by_name() -> dict[str, Channel]:
    names: dict[str, Channel] = {}
    for found, row in zip(channels(), table("channels")["channel"], strict=True):
        names |= dict.fromkeys([found.key, found.label, *row["aliases"]], found)
    return names


def channel(name: str) -> Channel:
    """The channel of that key, label or usual other name."""
    try:
        return _by_name()[name]
    except KeyError:
        known = "、".join(c.key for c in channels())
        raise Refused(f"不认识的渠道“{name}”，请填：{known}。", field="channel") from None


@cache
def dispatch(key: str) -> Dispatch:
    """The way out of that key: direct, through_organ, post or electronic."""
    for row in table("channels")["dispatch"]:
        if row["key"] == key:
            return Dispatch(row["key"], row["label"], row["by"], row["article"])
    raise Refused(f"不认识的送达方式“{key}”，请重新选择。", field="dispatch")
