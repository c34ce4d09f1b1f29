"""What people meant: by pinyin, by sound, with one character wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.vocabulary import Vocabulary, vocabulary_of

TITLES = [
    "律师事务所年度检查公告",
    "律师执业管理办法解读",
    "公共法律服务中心揭牌",
    "公共法律服务进社区",
    "法律援助中心搬迁公告",
    "法律援助便民措施",
    "公证便民措施",
]


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary_of(TITLES, ["司法鉴定"])


def test_phrases_are_what_two_titles_share(words) -> None:
    assert {"律师", "公共法律服务", "法律援助", "便民措施", "司法鉴定"} <= set(words.words)
    # A piece of one longer phrase only, and what stands in one title only, are no phrases.
    assert not {"共法律", "共法", "民措施", "揭牌", "执业"} & set(words.words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lvshi", "律师"),
        ("LÜ SHI", "律师"),
        ("lushi", "律师"),
        ("ls", "律师"),
        ("fa lv yuan zhu", "法律援助"),
        ("flyz", "法律援助"),
        ("律是", "律师"),
        ("法律元助", "法律援助"),
        ("法律缓助", "法律援助"),
        ("司法见定", "司法鉴定"),
        ("律是 公告", "律师 公告"),
    ],
)
def test_what_was_meant(words, typed: str, meant: str) -> None:
    assert words.suggest(typed) == meant


@pytest.mark.parametrize(
    "typed", ["律师", "法律援助", "xyz", "火星移民", "法院", "", "  ", "12345"]
)
def test_nothing_is_suggested_where_nothing_is_better(words, typed: str) -> None:
    assert words.suggest(typed) == ""


def test_it_is_kept_as_json(words) -> None:
    again = Vocabulary.from_dict(json.loads(json.dumps(words.as_dict())))
    assert again == words and again.suggest("lvshi") == "律师"


@given(st.text(max_size=40))
def test_whatever_is_typed_there_is_an_answer(typed: str) -> None:
    words = vocabulary_of(TITLES)
    assert isinstance(words.suggest(typed), str)
