"""PostgreSQL: all words of a term by the index, their order by the text beside it.

A tsvector forgets positions after the 16,383rd word of a text and after the 255th of a word, so a
phrase query would miss what stands late in a long document. Presence is never forgotten.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText

from gongkai.text.backends.entries import Segmented, exact
from gongkai.text.backends.words import NEVER, is_beginning, phrase_of, terms_of


class ChinesePostgresIndex(PostgresIndex):
    def add_items(self, model: Any, objs: Any) -> None:
        super().add_items(model, [Segmented(obj, limited=True) for obj in objs])


def _terms(query: Any) -> tuple[list[list[str]], str]:
    if isinstance(query, Phrase):
        return phrase_of(query.query_string), "and"
    return terms_of(query.query_string), query.operator


class _Compiler(PostgresSearchQueryCompiler):
    #: Whether the vectors must answer for the order of words, for want of a text beside them.
    in_order = False
    query: Any
    queryset: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = exact(self.query)

    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:
        if not isinstance(query, PlainText | Phrase):
            return super().build_tsquery_content(query, config=config, invert=invert)
        terms, combine = _terms(query)
        # Without a word of the term there is no term; without the term there may be all words.
        row = " <-> " if invert or self.in_order else " & "
        parts = [
            f"{words[0]}:*" if is_beginning(words) else f"({row.join(words)})" for words in terms
        ]
        joined = (" & " if combine == "and" else " | ").join(parts or [NEVER])
        return SearchQuery(joined, search_type="raw", config=config, invert=invert)

    def get_fields_vectors(self, search_query: Any) -> Any:
        """The index has one vector for the title and one for everything else."""
        vectors = self.get_index_vectors(search_query)
        asked = {name == "title" for name in self.fields}
        return vectors if asked == {True, False} else vectors[:1] if True in asked else vectors[1:]


class ChinesePostgresCompiler(_Compiler):
    def search(self, *args: Any, **kwargs: Any) -> Any:
        everything = self.queryset
        if not isinstance(self.query, MatchAll):
            texts = {"_title_text": "index_entries__title_text"}
            texts["_body_text"] = "index_entries__body_text"
            named = {name: F(column) for name, column in texts.items()}
            self.queryset = everything.alias(**named).filter(self._exactly(self.query))
        try:
            return super().search(*args, **kwargs)
        finally:
            self.queryset = everything

    def _exactly(self, query: Any) -> Q:
        """The words of each term, one after the other."""
        if isinstance(query, MatchAll):
            return ~Q(pk__in=[])
        if isinstance(query, Not):
            return ~self._exactly(query.subquery)
        if isinstance(query, Boost):
            return self._exactly(query.subquery)
        if isinstance(query, And | Or):
            combine = and_ if isinstance(query, And) else or_
            return reduce(combine, map(self._exactly, query.subqueries))
        terms, operator = _terms(query)
        found = [self._holds(f" {' '.join(words)}") for words in terms]
        return reduce(and_ if operator == "and" else or_, found or [Q(pk__in=[])])

    def _holds(self, row: str) -> Q:
        columns = {"_title_text" if name == "title" else "_body_text" for name in self.fields or ()}
        chosen = sorted(columns) or ["_title_text", "_body_text"]
        return reduce(or_, (Q(**{f"{column}__contains": row}) for column in chosen))


class ChinesePostgresAutocompleteCompiler(_Compiler, PostgresAutocompleteQueryCompiler):
    in_order = True

    def get_fields_vectors(self, search_query: Any) -> Any:
        return self.get_index_vectors(search_query)


class ChinesePostgresBackend(PostgresSearchBackend):
    """Finds every piece of Chinese in PostgreSQL; the encoding of the database must be UTF-8."""

    index_class = ChinesePostgresIndex
    query_compiler_class = ChinesePostgresCompiler
    autocomplete_query_compiler_class = ChinesePostgresAutocompleteCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        # No stemming and no stop words: the words are code.
        super().__init__({**params, "SEARCH_CONFIG": "simple"})
