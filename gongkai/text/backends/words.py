"""Pairs of characters as words that any database takes as they are.

Which characters make a word depends on the database, its locale and its version of Unicode; five
small Latin letters a character do not.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from gongkai.text.segment import BREAK, Term, index_tokens, query_terms, stream

#: Begins each indexed text, so that nothing is found across two fields.
BORDER = "zzzzz"
#: A word that no text has: what a query without letters looks for.
NEVER = "zzzzzzzzzz"


@lru_cache(maxsize=65_536)
def _letters(char: str) -> str:
    made, code = "", ord(char)
    for _ in range(5):
        code, rest = divmod(code, 26)
        made = chr(97 + rest) + made
    return made


def _word(token: str) -> str:
    return "".join(map(_letters, token))


def words_of(text: str, cost: Counter[str] | None = None) -> str:
    """``text`` as the words to index, parted by blanks.

    ``cost`` counts the words already in the entry; the rest of a text is left out when the entry
    would not fit into a tsvector.
    """
    tokens = index_tokens(text)
    if cost is not None:
        tokens = tokens[: _fitting(tokens, cost)]
    return " ".join([BORDER, *map(_word, tokens)])


#: Bytes of a tsvector (at most 2**20): a word with its place in the list, and one more position.
_ROOM, _NEW, _AGAIN = 1_000_000, 15, 2


def _fitting(tokens: list[str], cost: Counter[str]) -> int:
    used = _NEW * len(cost) + _AGAIN * cost.total()
    for at, token in enumerate(tokens):
        used += _AGAIN if token in cost else _NEW
        if used > _ROOM:
            return at
        cost[token] += 1
    return len(tokens)


def words_of_term(term: Term) -> list[str]:
    """The words that must follow one another; a single one of five letters is a beginning."""
    return [_word(token) for token in term.tokens]


def terms_of(query: str) -> list[list[str]]:
    """The terms of what was typed, as words."""
    return [words_of_term(term) for term in query_terms(query)]


def phrase_of(query: str) -> list[list[str]]:
    """All that was typed as one term."""
    signs = stream(query).strip(BREAK)
    return [words_of_term(Term(signs))] if signs else []


def is_beginning(words: list[str]) -> bool:
    """Whether the term is a single character, which is the beginning of an indexed word."""
    return len(words[-1]) == len(BORDER)
