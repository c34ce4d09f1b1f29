"""Search over invented documents: recall and time of the public index beside plain SQLite.

    python bench/search.py [--documents 20000] [--queries 40] [--seed 1]

Truth is the exact piece of text, looked for in every document. All engines answer the same
queries in the same run: how many there are, and the ten best. Figures of different runs or
machines cannot be compared, the ratios can.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from gongkai.text.backends.words import terms_of, words_of
from gongkai.text.index import Document, search, update, write
from gongkai.text.segment import query_terms, stream

KINDS = ("one character", "two characters", "three or four", "several terms", "phrase", "number")
ISSUERS = ("示司发", "示司函", "示政办发", "示司办")


def corpus(count: int, chance: random.Random) -> Iterator[Document]:
    """Documents of 300 to 3,000 characters whose words are as unequal as real ones."""
    signs = [chr(0x4E00 + chance.randrange(20_000)) for _ in range(3_000)]
    sign_weights = list(accumulate(1 / (rank + 20) for rank in range(len(signs))))
    words = [
        "".join(
            chance.choices(signs, cum_weights=sign_weights, k=chance.choice((1, 2, 2, 2, 3, 4)))
        )
        for _ in range(40_000)
    ]
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(words))))
    for number in range(count):
        year = 2008 + number % 19
        taken = chance.choices(words, cum_weights=weights, k=chance.randint(140, 1_360))
        for at in range(9, len(taken), 11):
            taken[at] += chance.choice("，，，。、；")
        taken.insert(len(taken) // 2, f"根据{chance.choice(ISSUERS)}〔{year}〕{number % 400}号文件")
        taken.insert(len(taken) // 3, f"{year}年{number % 12 + 1}月，PDF {number}份")
        title = "".join(chance.choices(words, cum_weights=weights, k=chance.randint(4, 14)))
        yield Document(
            id=str(number),
            site="main",
            url=f"/{number}/",
            title=title,
            body="".join(taken),
            index_number=f"11441700007280420Y/{year}-{number % 100_000:05d}",
            document_number=f"{chance.choice(ISSUERS)}〔{year}〕{number % 400}号",
            published=f"{year}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            year=year,
        )


def questions(kind: str, documents: list[Document], chance: random.Random) -> str:
    """A query of ``kind`` that at least one document answers."""
    chosen = chance.choice(documents)

    def piece(length: int) -> str:
        while True:
            start = chance.randrange(len(chosen.body) - length)
            found = chosen.body[start : start + length]
            if found.isalnum():
                return found

    if kind == "number":
        return chance.choice((chosen.document_number, chosen.index_number))
    if kind == "several terms":
        return " ".join(piece(2) for _ in range(3))
    lengths = {
        "one character": (1,),
        "two characters": (2,),
        "three or four": (3, 4),
        "phrase": (7,),
    }
    return piece(chance.choice(lengths[kind]))


def truth(streams: dict[str, str], query: str) -> int:
    signs = [term.signs for term in query_terms(query)]
    return sum(all(sign in text for sign in signs) for text in streams.values())


def of_sqlite(path: Path, documents: list[Document], table: str) -> Callable[[str], int]:
    """FTS5 over trigrams (LIKE for what is shorter) or over our pairs."""
    base = sqlite3.connect(path)
    tokenizer = "trigram" if table == "trigram" else "unicode61"
    base.execute(
        f"create virtual table {table} using fts5(title, body, numbers, tokenize={tokenizer})"
    )
    change = stream if table == "trigram" else words_of
    rows = (
        (change(d.title), change(d.body), change(f"{d.index_number}\n\n{d.document_number}"))
        for d in documents
    )
    with base:
        base.executemany(f"insert into {table} values (?, ?, ?)", rows)

    def ask(query: str) -> int:
        if table == "trigram":
            signs = [term.signs for term in query_terms(query)]
            if min(map(len, signs)) < 3:
                return like(signs)
            match = " ".join(f'"{sign}"' for sign in signs)
        else:
            terms = terms_of(query)
            match = " ".join(f'"{" ".join(t)}"{"*" if len(t[-1]) == 5 else ""}' for t in terms)
        where = f"from {table} where {table} match ?"
        base.execute(f"select rowid {where} order by rank limit 10", [match]).fetchall()
        return int(base.execute(f"select count(*) {where}", [match]).fetchone()[0])

    def like(signs: list[str]) -> int:
        one = "(title like ? or body like ? or numbers like ?)"
        where = f"from {table} where {' and '.join([one] * len(signs))}"
        values = [f"%{sign}%" for sign in signs for _ in range(3)]
        base.execute(f"select rowid {where} limit 10", values).fetchall()
        return int(base.execute(f"select count(*) {where}", values).fetchone()[0])

    return ask


def measured(ask: Callable[[str], int], asked: list[str], expected: list[int]) -> dict[str, float]:
    times, found = [], []
    for query in asked:
        started = time.perf_counter()
        found.append(ask(query))
        times.append((time.perf_counter() - started) * 1000)
    return {
        "recall": round(sum(map(min, found, expected)) / sum(expected), 4),
        "precision": round(sum(expected) / max(1, sum(map(max, found, expected))), 4),
        "p50_ms": round(statistics.median(times), 3),
        "p95_ms": round(sorted(times)[int(len(times) * 0.95)], 3),
    }


def _many(path: str, asked: list[str]) -> None:
    for query in asked:
        search(path, query)


def a_second(path: Path, asked: list[str], processes: int) -> float:
    started = time.perf_counter()
    running = [
        multiprocessing.Process(target=_many, args=(str(path), asked)) for _ in range(processes)
    ]
    for process in running:
        process.start()
    for process in running:
        process.join()
    return round(processes * len(asked) / (time.perf_counter() - started), 1)


def one_change(path: Path, document: Document) -> float:
    """Milliseconds from the order to take an item out until a search sees that it is gone."""
    query = document.index_number
    started = time.perf_counter()
    update(path, remove=[document.id])
    assert not any(hit.id == document.id for hit in search(path, query).hits)
    return round((time.perf_counter() - started) * 1000, 1)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--documents", type=int, default=20_000)
    options.add_argument("--queries", type=int, default=40, help="of each kind")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", action="store_true", help="leave SQLite out")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), chosen)


def run(folder: Path, chosen: argparse.Namespace) -> None:
    chance = random.Random(chosen.seed)
    documents = list(corpus(chosen.documents, chance))
    path = folder / "index"
    started = time.perf_counter()
    write(path, documents)
    took = time.perf_counter() - started
    size = sum(file.stat().st_size for file in path.iterdir()) / 1e6
    built = {
        "documents": len(documents),
        "a_second": round(len(documents) / took),
        "MB": round(size),
    }
    print(json.dumps({"built": built}))

    engines: dict[str, Callable[[str], int]] = {"index": lambda query: search(path, query).total}
    if not chosen.only:
        for table in ("trigram", "pairs"):
            engines[f"FTS5 {table}"] = of_sqlite(folder / f"{table}.sqlite3", documents, table)
    streams = {
        d.id: "\n".join(map(stream, (d.title, d.body, d.index_number, d.document_number)))
        for d in documents
    }
    asked: dict[str, list[str]] = {
        kind: [questions(kind, documents, chance) for _ in range(chosen.queries)] for kind in KINDS
    }
    for kind, queries in asked.items():
        expected = [truth(streams, query) for query in queries]
        rows = {name: measured(ask, queries, expected) for name, ask in engines.items()}
        for name, row in rows.items():
            ratio = round(row["p95_ms"] / rows["index"]["p95_ms"], 1)
            print(json.dumps({"kind": kind, "engine": name, **row, "p95_ratio": ratio}))
    mixed = [query for queries in asked.values() for query in queries]
    chance.shuffle(mixed)
    mixed *= 5
    rates = {f"{n}_processes": a_second(path, mixed, n) for n in (1, 2)}
    print(json.dumps({"queries_a_second": rates, "removal_ms": one_change(path, documents[0])}))


if __name__ == "__main__":
    main()
