"""Fixed lists: themes, genres, what must be published, what a guide must hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.statute.source import table


@dataclass(frozen=True, slots=True)
class GuideElement:
    """What the guide (指南) must hold; ``period`` names the period that it must state, if any."""

    key: str
    label: str
    period: str


@cache
def themes() -> tuple[str, ...]:
    """The 22 classes of the State Council's theme catalogue."""
    return tuple(table("lists")["theme"][0]["names"])


@cache
def genres(*, documents_only: bool = False) -> tuple[str, ...]:
    """The 15 kinds of official documents, then the kinds for what is no document."""
    documents, others = (tuple(row["names"]) for row in table("lists")["genre"])
    return documents if documents_only else documents + others


@cache
def article_20() -> tuple[str, ...]:
    """What every organ publishes: item ``n`` of article 20 stands at place ``n - 1``."""
    return tuple(table("lists")["article_20"]["items"])


@cache
def article_21() -> tuple[str, ...]:
    """What city and county organs publish besides (article 21)."""
    return tuple(table("lists")["article_21"]["items"])


@cache
def guide_elements() -> tuple[GuideElement, ...]:
    """The elements of the guide (article 12)."""
    return tuple(
        GuideElement(row["key"], row["label"], row.get("period", ""))
        for row in table("lists")["guide"]["elements"]
    )
