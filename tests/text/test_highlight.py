"""What was searched for is marked; nothing else becomes HTML."""

# ruff: noqa: RUF001 - look-alikes are what is tested

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.highlight import mark
from gongkai.text.segment import query_terms, stream


def test_a_term_is_marked() -> None:
    assert mark("政府信息公开", "公开") == "政府信息<mark>公开</mark>"


@pytest.mark.parametrize(
    ("text", "query", "html"),
    [
        ("<b>公开</b>&\"'", "公开", "&lt;b&gt;<mark>公开</mark>&lt;/b&gt;&amp;&quot;&#x27;"),
        ("信息公开", "信息 息公", "<mark>信息公</mark>开"),
        ("示司发 [2014] 3 号", "示司发〔2014〕3号", "<mark>示司发 [2014] 3 号</mark>"),
        ("ＯＰＥＮ　data", "open", "<mark>ＯＰＥＮ</mark> data"),
        ("通　知", "通知", "<mark>通 知</mark>"),
        ("印发《办法》的", "办法的", "印发《<mark>办法》的</mark>"),
        ("公开", "目录", "公开"),
        ("公开", "", "公开"),
        ("公开", "（", "公开"),
        ("a.c abc", "a.c", "<mark>a.c</mark> abc"),
        ("", "公开", ""),
    ],
)
def test_marks(text: str, query: str, html: str) -> None:
    assert mark(text, query) == html


def test_a_snippet_is_cut_round_the_first_place() -> None:
    text = "前" * 100 + "公开" + "后" * 200
    html = mark(text, "公开", width=60)
    assert html == f"…{'前' * 30}<mark>公开</mark>{'后' * 28}…"
    assert mark(text, "无", width=10) == f"{'前' * 10}…"
    assert mark("公开" * 5, "公开公开公开公开公开", width=4) == "<mark>公开公开</mark>…"
    assert mark("前" * 40 + "公开", "公开", width=20) == f"…{'前' * 18}<mark>公开</mark>"


wild = st.text(st.sampled_from("公开信息aＡ1<>&\"'《》（|\\.*[]^ \n\u200b"), max_size=40)


@settings(max_examples=200)
@given(wild, wild, st.none() | st.integers(1, 30))
def test_only_marks_are_html(text: str, query: str, width: int | None) -> None:
    html = mark(text, query, width=width)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert not re.search(r"[<>\"']", bare)
    shown = " ".join(text.split())
    assert unescape(bare).strip("…") in shown
    assert re.fullmatch(r"([^<]|<mark>[^<]+</mark>)*", html)


@settings(max_examples=200)
@given(st.text(st.sampled_from("公开信息aＡ1《》（ "), max_size=30), st.data())
def test_what_is_found_is_marked(text: str, data: st.DataObject) -> None:
    query = text[data.draw(st.integers(0, 10)) :][:4]
    for term in query_terms(query):
        if term.signs in stream(text):
            assert "<mark>" in mark(text, query)
