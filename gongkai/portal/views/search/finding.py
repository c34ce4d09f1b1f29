"""Asking the index and the phrases beside it."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from gongkai.portal import contexts
from gongkai.portal.index import choices_path, index_path, phrases_path
from gongkai.portal.views.search.asked import NARROWING, PAGE, Asked
from gongkai.text.index import Hit, NoIndex, Result, count, search
from gongkai.text.vocabulary import Vocabulary

_MARK = re.compile(r"<mark>(.*?)</mark>", re.S)


def found(asked: Asked, *, site: str | None, limit: int = PAGE) -> Result:
    """What the index finds on one site, or on all; nothing when no index is published yet."""
    try:
        return search(
            index_path(), asked.query, site=site, limit=limit, offset=(asked.number - 1) * limit,
            sort=asked.sort, scope=asked.scope, **asked.filters,
        )  # fmt: skip
    except NoIndex:
        return Result(total=0, took_ms=0.0, hits=())


def meant(query: str) -> str:
    """What was probably meant by a query that found nothing, or by pinyin; empty if unknown."""
    return _phrases().suggest(query) if query else ""


def narrowing(asked: Asked, *, site: str | None) -> tuple[contexts.Filter, ...]:
    """The columns, years, organs, genres and validities that the found things have, each counted;
    a kind with one value only narrows nothing, unless it was chosen.
    """
    offered = _choices(site)
    filters = []
    for name, label in NARROWING.items():
        chosen = asked.narrow.get(name, "")
        counted = [
            (value, _count(asked.narrowed(name, value), site)) for value in offered.get(name, [])
        ]
        options = [(value, n) for value, n in counted if n or value == chosen]
        if len(options) > 1 or chosen:
            filters.append(contexts.Filter(label, _options(asked, name, chosen, options)))
    return tuple(filters)


def shown_hit(hit: Hit, origin: str = "") -> contexts.Hit:
    """A hit in pieces of plain text, the found ones marked; ``origin`` of another site's."""
    return contexts.Hit(
        title=(contexts.Piece(hit.title),),
        url=f"{origin}{hit.url}",
        excerpt=_pieces(hit.highlight),
        column=hit.column,
        on=date.fromisoformat(hit.published[:10]),
        document_number=hit.document_number,
        index_number=hit.index_number,
        validity=hit.validity,
    )


def _options(
    asked: Asked, name: str, chosen: str, options: list[tuple[str, int]]
) -> tuple[contexts.Option, ...]:
    every = contexts.Option("全部", asked.narrowed(name, "").address, current=not chosen)
    return every, *(
        contexts.Option(value, asked.narrowed(name, value).address, value == chosen, n)
        for value, n in options
    )


def _count(asked: Asked, site: str | None) -> int:
    try:
        return count(index_path(), asked.query, site=site, scope=asked.scope, **asked.filters)
    except NoIndex:
        return 0


def _choices(site: str | None) -> dict[str, list[str]]:
    told = _read(choices_path())
    if site is not None:
        return dict(told.get(site, {}))
    merged: dict[str, list[str]] = {}
    for of_site in told.values():
        for name, values in of_site.items():
            merged[name] = list(dict.fromkeys([*merged.get(name, []), *values]))
    return merged | {"year": sorted(merged.get("year", []), reverse=True)}


def _phrases() -> Vocabulary:
    path = phrases_path()
    return _vocabulary(path, _stamp(path))


@lru_cache(maxsize=4)
def _vocabulary(path: Path, stamp: int) -> Vocabulary:
    return Vocabulary.from_dict(_read(path))


def _read(path: Path) -> dict[str, Any]:
    return _parsed(path, _stamp(path))


@lru_cache(maxsize=8)
def _parsed(path: Path, stamp: int) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _stamp(path: Path) -> int:
    """Changes with the file: each writing puts a new one in its place."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _pieces(highlight: str) -> tuple[contexts.Piece, ...]:
    parts = _MARK.split(highlight)
    return tuple(
        contexts.Piece(unescape(text), hit=place % 2 == 1)
        for place, text in enumerate(parts)
        if text
    )
