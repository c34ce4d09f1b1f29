"""SQLite: terms as phrases of FTS5."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

from modelsearch.backends.database.sqlite.query import BM25, Lexeme, SearchQueryExpression
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.query import Phrase, PlainText

from gongkai.text.backends.entries import Segmented, exact
from gongkai.text.backends.words import NEVER, is_beginning, phrase_of, terms_of


class ChineseSQLiteIndex(SQLiteIndex):
    def add_items(self, model: Any, objs: Any) -> None:
        super().add_items(model, [Segmented(obj) for obj in objs])


class _Weighted(BM25):
    """bm25 with a weight for each column of the table: autocomplete, body, title."""

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        sql, params = super().as_sql(compiler, connection)
        return sql.replace(")", ", 1.0, 1.0, 6.0)"), params


class _Compiler(SQLiteSearchQueryCompiler):
    query: Any
    fields: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = exact(self.query)

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        if isinstance(query, PlainText):
            terms, combine = terms_of(query.query_string), query.operator
        elif isinstance(query, Phrase):
            terms, combine = phrase_of(query.query_string), "and"
        else:
            return super().build_search_query_content(query, config=config)
        lexemes = [Lexeme(" ".join(words), prefix=is_beginning(words)) for words in terms]
        joined = reduce(and_ if combine == "and" else or_, lexemes or [Lexeme(NEVER)])
        return SearchQueryExpression(joined, config=config)

    def _build_rank_expression(self, vectors: Any, config: Any) -> Any:
        return _Weighted()


class ChineseSQLiteCompiler(_Compiler):
    def search(self, *args: Any, **kwargs: Any) -> Any:
        """Search in the title, in everything else, or in both.

        The table knows no other fields; modelsearch would ask it for a column of each name.
        """
        asked = self.fields
        if asked is not None:
            self.fields = sorted({"title" if name == "title" else "body" for name in asked})
        try:
            return super().search(*args, **kwargs)
        finally:
            self.fields = asked


class ChineseSQLiteAutocompleteCompiler(_Compiler, SQLiteAutocompleteQueryCompiler):
    def search(self, *args: Any, **kwargs: Any) -> Any:
        asked, self.fields = self.fields, None
        try:
            return super().search(*args, **kwargs)
        finally:
            self.fields = asked


class ChineseSQLiteBackend(SQLiteSearchBackend):
    """Finds every piece of Chinese in SQLite."""

    index_class = ChineseSQLiteIndex
    query_compiler_class = ChineseSQLiteCompiler
    autocomplete_query_compiler_class = ChineseSQLiteAutocompleteCompiler
