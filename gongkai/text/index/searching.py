"""Searching the index: every term must stand there, title before text, never an error."""

from __future__ import annotations

import json
import time
from dataclasses import fields
from pathlib import Path
from typing import Literal, TypedDict, Unpack

import tantivy
from tantivy import Occur, Query

from gongkai.text.highlight import mark
from gongkai.text.index.documents import (
    Hit,
    Result,
    day_number,
    moment_of,
    schema,
    writable,
)
from gongkai.text.index.reading import searcher_of
from gongkai.text.segment import Term, query_terms

Sort = Literal["relevance", "date"]
Scope = Literal["all", "title", "index_number", "document_number"]

#: Characters of a query that are read, results a page may have, and the last that can be asked for.
LONGEST, MOST, DEEPEST = 200, 100, 10_000
SNIPPET = 120

#: How much a field weighs.
WEIGHTS = {"title": 6.0, "document_number": 6.0, "index_number": 6.0, "body": 1.0}
_FOUND_BY_ONE = {
    "all": (("title_signs", 6.0), ("all_signs", 1.0)),
    "title": (("title_signs", 1.0),),
}


_SHOWN = tuple(field.name for field in fields(Hit) if field.name != "highlight")


class Filters(TypedDict, total=False):
    """What the result is narrowed to; None and "" do not narrow. Days are ISO dates, inclusive."""

    column: str | None
    agency: str | None
    genre: str | None
    theme: str | None
    validity: str | None
    kind: str | None
    year: int | None
    since: str | None
    until: str | None


def search(
    path: Path | str,
    query: str,
    *,
    site: str | None = None,
    limit: int = 10,
    offset: int = 0,
    sort: Sort = "relevance",
    scope: Scope = "all",
    **filters: Unpack[Filters],
) -> Result:
    """What holds every blank-parted term of ``query``, exactly as written (see ``segment``).

    Nothing typed is an operator, and a query without a letter or digit finds nothing; none at all
    finds everything that the filters leave. ``date`` is newest first. Raises NoIndex if there is
    none at ``path``, ValueError for an ill ``since``.
    """
    started = time.perf_counter()
    searcher = searcher_of(str(path))
    total, hits = 0, []
    if wanted := _wanted(query, scope, site, filters):
        sort = sort if query.strip() else "date"
        first = min(max(offset, 0), DEEPEST)
        found = searcher.search(
            Query.boolean_query([(Occur.Must, part) for part in wanted]),
            limit=min(max(limit, 1), MOST),
            offset=first,
            order_by_field="order" if sort == "date" else None,
            weight_by_field=None if sort == "date" else "freshness",
        )
        total = found.count  # type: ignore[attr-defined]  # missing in tantivy's stub
        hits = [_hit(searcher.doc(address), query) for _, address in found.hits[: max(limit, 0)]]
    return Result(total, round((time.perf_counter() - started) * 1000, 3), tuple(hits))


def count(
    path: Path | str,
    query: str,
    *,
    site: str | None = None,
    scope: Scope = "all",
    **filters: Unpack[Filters],
) -> int:
    """How many documents ``search`` finds, without fetching any. Raises as ``search`` does."""
    wanted = _wanted(query, scope, site, filters)
    if not wanted:
        return 0
    whole = Query.boolean_query([(Occur.Must, part) for part in wanted])
    found = searcher_of(str(path)).search(whole, limit=1)
    return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stub


def _wanted(query: str, scope: Scope, site: str | None, filters: Filters) -> list[Query]:
    """What a document must hold; nothing when the question asks for nothing."""
    terms = query_terms(query[:LONGEST])
    if not terms and (query.strip() or not any(filters.values())):
        return []
    return [_for_term(term, scope) for term in terms] + _for_filters(site, filters)


def _for_term(term: Term, scope: Scope) -> Query:
    if term.is_prefix and scope in _FOUND_BY_ONE:
        return _any([(f, term.tokens, weight) for f, weight in _FOUND_BY_ONE[scope]])
    if term.is_prefix:
        return Query.regex_query(schema(), f"{scope}_pairs", f"{term.signs}.*")
    fields = WEIGHTS if scope == "all" else {scope: 1.0}
    return _any([(f"{name}_pairs", term.tokens, weight) for name, weight in fields.items()])


def _any(choices: list[tuple[str, list[str], float]]) -> Query:
    parts = [Query.boost_query(_row(field, tokens), weight) for field, tokens, weight in choices]
    return Query.boolean_query([(Occur.Should, part) for part in parts])


def _row(field: str, tokens: list[str]) -> Query:
    if len(tokens) == 1:
        return Query.term_query(schema(), field, tokens[0])
    return Query.phrase_query(schema(), field, list(tokens))


def _for_filters(site: str | None, filters: Filters) -> list[Query]:
    chosen: dict[str, object] = {"site": site, **filters}
    since, until = chosen.pop("since", None), chosen.pop("until", None)
    made = [
        Query.term_query(schema(), name, writable(value) if isinstance(value, str) else value)
        for name, value in chosen.items()
        if value not in (None, "")
    ]
    if since or until:
        made.append(_days(str(since or "0001-01-01"), str(until or "9999-12-31")))
    return [Query.const_score_query(part, 0.0) for part in made]


def _days(since: str, until: str) -> Query:
    lower, upper = day_number(moment_of(since)), day_number(moment_of(until))
    return Query.range_query(schema(), "day", tantivy.FieldType.Integer, lower, upper)


def _hit(found: tantivy.Document, query: str) -> Hit:
    shown: dict[str, str] = json.loads(bytes(found["shown"][0]))
    marked = mark(shown["body"] or shown["title"], query, width=SNIPPET)
    return Hit(highlight=marked, **{name: shown[name] for name in _SHOWN})
