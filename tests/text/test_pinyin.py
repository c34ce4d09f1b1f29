"""Addresses are short ASCII; names sort as in a dictionary."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.pinyin import pinyin_key, slug


def test_a_title_becomes_an_address() -> None:
    assert slug("信息公开指南") == "xin-xi-gong-kai-zhi-nan"


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("2014年政府信息公开工作年度报告及其附件目录的通知", "2014-nzfxxgkgzndbgjqfjmldtz"),
        ("重庆", "chong-qing"),
        ("女律师", "nv-lv-shi"),
        ("Ａ市《通知》（2014）3号", "a-shi-tong-zhi-2014-3-hao"),
        ("！！", "wuti"),
        ("", "wuti"),
        ("Привет", "wuti"),
    ],
)
def test_slugs(title: str, made: str) -> None:
    assert slug(title) == made


@given(st.text(max_size=80), st.integers(1, 60))
def test_every_slug_is_an_address(title: str, longest: int) -> None:
    made = slug(title, longest)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= longest
    assert made == slug(title, longest)


def test_sorting_goes_by_syllable_then_tone() -> None:
    names = ["张三", "李四", "王五", "安一", "西安", "先生", "Ａ组", "妈", "马", "骂", "麻"]
    order = ["Ａ组", "安一", "李四", "妈", "麻", "马", "骂", "王五", "西安", "先生", "张三"]
    assert sorted(names, key=pinyin_key) == order


@given(st.text(max_size=20), st.text(max_size=20))
def test_only_equal_writings_have_equal_keys(one: str, other: str) -> None:
    from gongkai.text.segment import normalise

    assert (pinyin_key(one) == pinyin_key(other)) == (normalise(one) == normalise(other))
