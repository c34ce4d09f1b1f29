"""What is put into the index, what comes out, and its fields."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cache

import tantivy

from gongkai.text.segment import BREAK, pairs, stream


class NoIndex(FileNotFoundError):
    """There is no search index at this path: it has to be written first."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One released thing. ``published`` is an ISO date or moment, or empty; ``body`` plain text."""

    id: str
    site: str
    url: str
    title: str
    body: str = ""
    index_number: str = ""
    document_number: str = ""
    column: str = ""
    agency: str = ""
    year: int = 0
    published: str = ""
    genre: str = ""
    theme: str = ""
    validity: str = ""
    kind: str = ""


TEXTS = tuple(field.name for field in fields(Document) if field.name != "year")


@dataclass(frozen=True)
class Hit:
    """One found document; ``highlight`` is safe HTML, everything else plain text."""

    id: str
    title: str
    url: str
    index_number: str
    document_number: str
    published: str
    column: str
    site: str
    validity: str
    highlight: str


@dataclass(frozen=True)
class Result:
    """``total`` counts all that was found, ``hits`` are the ones asked for."""

    total: int
    took_ms: float
    hits: tuple[Hit, ...]


#: Found only whole: what one filters by.
EXACT = ("id", "site", "column", "agency", "genre", "theme", "validity", "kind")
#: Cut into pairs, with their positions, in a field named after it.
CUT = ("title", "body", "index_number", "document_number")
#: The single characters, for queries of one.
SINGLE = ("title_signs", "all_signs")


@cache
def schema() -> tantivy.Schema:
    """The fields of the index. Whoever changes them changes what ``write`` accepts to reuse."""
    build = tantivy.SchemaBuilder()
    for name in EXACT:
        build.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in CUT:
        build.add_text_field(f"{name}_pairs", tokenizer_name="whitespace")
    for name in SINGLE:
        build.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    build.add_integer_field("year", indexed=True)
    build.add_integer_field("day", indexed=True)
    build.add_integer_field("order", fast=True)
    build.add_float_field("freshness", fast=True)
    build.add_bytes_field("shown", stored=True)  # a stored text field would be indexed as well
    return build.build()


def row(document: Document) -> tantivy.Document:
    """``document`` as the index keeps it."""
    made = tantivy.Document()
    plain = {name: writable(getattr(document, name)) for name in TEXTS}
    for name in EXACT:
        made.add_text(name, plain[name])
    signs = {name: stream(plain[name]) for name in CUT}
    for name, text in signs.items():
        made.add_text(f"{name}_pairs", " ".join(pairs(text)))
    made.add_text("title_signs", " ".join(sorted(set(signs["title"]) - {BREAK})))
    made.add_text("all_signs", " ".join(sorted(set().union(*signs.values()) - {BREAK})))
    made.add_integer("year", document.year)
    moment = moment_of(document.published)
    made.add_integer("day", day_number(moment))
    made.add_integer("order", order_of(moment, document.id))
    made.add_float("freshness", 1 + day_number(moment) / 1_000_000)
    made.add_bytes("shown", json.dumps(plain, ensure_ascii=False).encode())
    return made


def writable(text: str) -> str:
    """``text`` without half surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def moment_of(iso: str) -> datetime:
    """An ISO date or moment; nothing is older than an empty one. Raises ValueError."""
    moment = datetime.fromisoformat(iso) if iso else datetime(1, 1, 1, tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def day_number(moment: datetime) -> int:
    """The day as written (not moved to another zone), counted."""
    return moment.date().toordinal()


def order_of(moment: datetime, key: str) -> int:
    """Newest first and, within a second, always the same way."""
    since = moment - datetime(1, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 2**20 + zlib.crc32(
        writable(key).encode()
    ) % 2**20
