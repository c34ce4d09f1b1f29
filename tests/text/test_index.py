"""The public index finds every piece, marks it safely, and changes in one step."""

# ruff: noqa: RUF001 - look-alikes are what is tested

from __future__ import annotations

import dataclasses
import random
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.text.index import Document, IndexBusy, NoIndex, search, update, write
from gongkai.text.segment import query_terms, stream

WORDS = "政府信息公开司法局办法通知示范市陕西行政复议律师公证法律援助年度报告目录指南申请答复监督"
LATIN = [
    "2014",
    "28号",
    "A市",
    "PDF",
    "open data",
    "〔2015〕7号",
    "，",
    "。",
    "《",
    "》",
    "\n\n",
    " ",
]


def document(key: str, title: str = "通知", body: str = "", **more: object) -> Document:
    plain = Document(id=key, site="main", url=f"/{key}/", title=title, body=body)
    return dataclasses.replace(plain, **more)  # type: ignore[arg-type]


def invented(count: int, seed: int = 7) -> list[Document]:
    chance = random.Random(seed)

    def text(length: int) -> str:
        return "".join(
            chance.choice(LATIN) if chance.random() < 0.12 else chance.choice(WORDS)
            for _ in range(length)
        )

    return [
        document(
            f"d{i}",
            text(chance.randint(4, 20)),
            text(chance.randint(0, 200)),
            document_number=f"示司发〔{2010 + i % 9}〕{i}号",
            index_number=f"11441700007280420Y/{2010 + i % 9}-{i:05d}",
            published=f"2014-{i % 12 + 1:02d}-{i % 28 + 1:02d}",
            year=2010 + i % 9,
            column="guide" if i % 2 else "report",
        )
        for i in range(count)
    ]


def ids(path: Path, query: str, **more: object) -> set[str]:
    found = search(path, query, limit=100, **more)  # type: ignore[arg-type]
    assert found.total == len(found.hits) or found.total > 100
    return {hit.id for hit in found.hits}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_what_was_written_is_found(path: Path) -> None:
    assert (
        write(path, [document("a", "信息公开指南", "全文", column="guide", published="2014-03-05")])
        == 1
    )
    found = search(path, "公开指")
    assert found.total == 1
    assert found.took_ms > 0
    hit = found.hits[0]
    assert (hit.id, hit.title, hit.url, hit.site) == ("a", "信息公开指南", "/a/", "main")
    assert (hit.column, hit.published, hit.highlight) == ("guide", "2014-03-05", "全文")


def test_recall_and_precision_are_one(path: Path) -> None:
    documents = invented(90)
    write(path, documents)
    chance = random.Random(1)
    holds = {
        d.id: [stream(t) for t in (d.title, d.body, d.index_number, d.document_number)]
        for d in documents
    }
    for _ in range(600):
        chosen = chance.choice(documents)
        source = chance.choice(
            [chosen.title, chosen.body, chosen.index_number, chosen.document_number]
        )
        start = chance.randrange(max(1, len(source)))
        query = source[start : start + chance.choice([1, 2, 2, 2, 3, 4, 8, 15, 60])]
        terms = query_terms(query)
        expected = {
            key
            for key, streams in holds.items()
            if terms and all(any(term.signs in signs for signs in streams) for term in terms)
        }
        assert ids(path, query) == expected, query
        assert not terms or chosen.id in expected


@pytest.mark.parametrize(
    "query",
    [
        "示司发〔2014〕3号",
        "示司发[2014]3号",
        "示司发 (2014) 3 号",
        "示司发（２０１４）３号",
        "2014〕3号",
    ],
)
def test_document_numbers_in_any_writing(path: Path, query: str) -> None:
    write(
        path,
        [
            document("field", document_number="示司发〔2014〕3号"),
            document("text", body="根据示司发 [2014] 3 号办理"),
            document("other", document_number="示司发〔2014〕33号"),
        ],
    )
    assert ids(path, query) == {"field", "text"}


@pytest.mark.parametrize(
    "query", ["", "  ", "，。！", "《》", '"', "* AND", "\u200b", "\ud800", "|"]
)
def test_nothing_is_found_for_nothing(path: Path, query: str) -> None:
    write(path, [document("a", "通知，《公开》", '| * "')])
    assert search(path, query).total == 0


@pytest.mark.parametrize(
    "query",
    [
        '"公开',
        "公开 OR",
        "title:公开",
        "公开~2",
        "-公开",
        "+公开",
        "(公开",
        "公开^3",
        "公.*",
        "[公 TO 开]",
        "\\公开",
        "公开" * 500,
        "a b c d e f " * 80,
        "\x00公开",
        "公\ud800开",
        "公开/*--",
        "{}",
        "NOT 公开",
    ],
)
def test_whatever_is_typed_is_only_text(path: Path, query: str) -> None:
    write(path, [document("a", "公开")])
    for scope in ("all", "title", "index_number", "document_number"):
        search(path, query, scope=scope)  # type: ignore[arg-type]


def test_terms_are_all_wanted(path: Path) -> None:
    write(path, [document("a", "信息公开", "目录"), document("b", "信息公开", "指南")])
    assert ids(path, "公开 目录") == {"a"}
    assert ids(path, "公开　目录") == {"a"}
    assert ids(path, "公开目录") == set()


def test_a_title_weighs_more_than_a_text(path: Path) -> None:
    long = "其他事项" * 10
    write(path, [document("text", long, "律师" * 3), document("title", "律师" + long, long)])
    assert [hit.id for hit in search(path, "律师").hits] == ["title", "text"]
    assert [hit.id for hit in search(path, "律").hits] == ["title", "text"]


def test_newest_first(path: Path) -> None:
    days = [
        "2014-03-05",
        "",
        "2019-05-15T09:30:00+08:00",
        "1999-12-31",
        "2019-05-15T08:00:00+08:00",
    ]
    write(path, [document(f"d{i}", "公开", published=day) for i, day in enumerate(days)])
    found = search(path, "公开", sort="date")
    assert [hit.id for hit in found.hits] == ["d2", "d4", "d0", "d3", "d1"]


def test_equal_ranks_show_the_newest_first(path: Path) -> None:
    write(path, [document(f"d{y}", "公开", published=f"{y}-01-01") for y in (2011, 2014, 2009)])
    assert [hit.id for hit in search(path, "公开").hits] == ["d2014", "d2011", "d2009"]


def test_pages_do_not_overlap_and_repeat_exactly(path: Path, tmp_path: Path) -> None:
    documents = [document(f"d{i}", "公开", published="2014-03-05") for i in range(45)]
    write(path, documents)
    write(tmp_path / "again", documents)
    for sort in ("relevance", "date"):
        pages = [search(path, "公开", offset=n, limit=10, sort=sort) for n in range(0, 50, 10)]
        seen = [hit.id for page in pages for hit in page.hits]
        assert len(seen) == len(set(seen)) == 45
        assert {page.total for page in pages} == {45}
        other = search(tmp_path / "again", "公开", limit=100, sort=sort)
        assert [hit.id for hit in other.hits] == seen


def test_ill_pages_do_no_harm(path: Path) -> None:
    write(path, [document("a", "公开")])
    assert search(path, "公开", limit=0).hits == ()
    assert search(path, "公开", limit=-3, offset=-3).total == 1
    assert search(path, "公开", offset=10**12).total == 1
    assert len(search(path, "公开", limit=10**9).hits) == 1


def test_narrowing(path: Path) -> None:
    write(
        path,
        [
            document("a", "公开", year=2014, column="guide", published="2014-03-05", kind="page"),
            document("b", "公开", year=2015, column="report", published="2015-03-05", kind="page"),
            document("c", "公开", year=2014, column="report", site="other", genre="通知"),
        ],
    )
    assert ids(path, "公开") == {"a", "b", "c"}
    assert ids(path, "公开", site="main") == {"a", "b"}
    assert ids(path, "公开", year=2014, site="main") == {"a"}
    assert ids(path, "公开", column="report", kind=None, genre="") == {"b", "c"}
    assert ids(path, "公开", genre="通知") == {"c"}
    assert ids(path, "公开", column="rep") == set()
    assert ids(path, "公开", since="2014-03-05", until="2014-03-05") == {"a"}
    assert ids(path, "公开", since="2014-03-06") == {"b"}


def test_scopes(path: Path) -> None:
    write(
        path,
        [
            document("title", "2014公开"),
            document("body", body="2014公开"),
            document("document", document_number="示司发〔2014〕3号"),
            document("index", index_number="035210000/2014-00016"),
        ],
    )
    assert ids(path, "2014") == {"title", "body", "document", "index"}
    assert ids(path, "2014", scope="title") == ids(path, "公", scope="title") == {"title"}
    assert ids(path, "2014", scope="document_number") == {"document"}
    assert ids(path, "6", scope="index_number") == {"index"}


def test_a_change_is_seen_by_an_open_reader(path: Path) -> None:
    write(path, [document("a", "公开"), document("b", "公开")])
    assert ids(path, "公开") == {"a", "b"}
    update(path, add=[document("b", "目录"), document("c", "公开")], remove=["a", "none"])
    assert ids(path, "公开") == {"c"}
    assert ids(path, "目录") == {"b"}
    write(path, [document("z", "公开")])
    assert ids(path, "公开") == {"z"}


def test_a_change_by_another_process_is_seen(path: Path) -> None:
    write(path, [document("a", "公开")])
    assert ids(path, "公开") == {"a"}
    script = f"from gongkai.text.index import update; update({str(path)!r}, remove=['a'])"
    subprocess.run([sys.executable, "-c", script], check=True)
    assert ids(path, "公开") == set()


def test_an_index_can_begin_with_an_update(path: Path) -> None:
    with pytest.raises(NoIndex):
        search(path, "公开")
    update(path, add=[document("a", "公开")])
    assert ids(path, "公开") == {"a"}


def test_a_reader_need_not_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.text.index import reading

    monkeypatch.setattr(reading.os, "access", lambda *_: False)
    for title in ("信息公开", "公开指南"):
        write(path, [document("a", title)])
        for lock in path.glob(".*.lock"):
            lock.unlink()
        before = sorted(path.iterdir())
        assert search(path, "公开").hits[0].title == title
        assert sorted(path.iterdir()) == before


def test_every_file_can_be_read_by_who_may_read_any(path: Path) -> None:
    write(path, [document("a", "公开")])
    update(path, remove=["a"])
    assert len({file.stat().st_mode for file in path.iterdir()}) == 1


def test_a_failed_write_changes_nothing(path: Path) -> None:
    write(path, [document("a", "公开")])
    with pytest.raises(ValueError, match="twice"):
        write(path, [document("b", "公开"), document("b", "公开")])
    with pytest.raises(ValueError, match="Invalid isoformat"):
        update(path, add=[document("c", "公开", published="昨天")], remove=["a"])
    assert ids(path, "公开") == {"a"}
    update(path, remove=["a"])
    assert ids(path, "公开") == set()


def test_there_is_one_writer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.text.index import writing

    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    write(path, [document("a", "公开")])
    with writing._writer(path, 32_000_000, renew=False):
        with pytest.raises(IndexBusy):
            update(path, remove=["a"])
        assert ids(path, "公开") == {"a"}
    update(path, remove=["a"])
    assert ids(path, "公开") == set()


def test_an_index_of_an_older_version_is_remade(path: Path) -> None:
    import tantivy

    path.mkdir()
    old = tantivy.SchemaBuilder()
    old.add_text_field("old")
    tantivy.Index(old.build(), path=str(path))
    with pytest.raises(ValueError, match="schema"):
        update(path, add=[document("a", "公开")])
    write(path, [document("a", "公开")])
    assert ids(path, "公开") == {"a"}


def test_half_characters_do_no_harm(path: Path) -> None:
    write(path, [document("a\ud800", "公\ud800开", "\ud800目录")])
    assert search(path, "目录").hits[0].title == "公?开"
    update(path, remove=["a\ud800"])
    assert search(path, "目录").total == 0
