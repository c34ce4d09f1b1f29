"""What holds for every text, and the time for the nastiest ones."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening import Masking, Policy, mask, screen_text
from gongkai.screening.checks import id18_check
from gongkai.screening.normalise import fold, normalise

ODD = "\u200b\ufeff\u0301\u20e3①⒈\uff21\uff11²\ufdfa\u3007一壹\ud800\U0001d7d9ᄀ\u202e\x00"
WORDS = ("姓名\t", "证件号\n",
         "卡号：", "密码：", "机密", "★", "住址：", "路", "号", "学生", "@a.b",
         "护照", "内线", "军用", "13912345678", "名单\n", "10.1.", "\r\n", "*****")  # fmt: skip
people = st.builds(
    lambda born, order: _valid(f"990101{born:%Y%m%d}{order:03}"),
    st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    st.integers(0, 999),
)
texts = st.lists(
    st.one_of(st.text(max_size=8), st.text(ODD, max_size=5), st.sampled_from(WORDS), people,
              st.text("0123456789- *xX.", max_size=20)),
    max_size=9,
).map("".join)  # fmt: skip
rules = st.sampled_from([Masking(), Masking(6, 0), Masking(0, 0), Masking(3, 3), Masking(0, 3)])


def _valid(base: str) -> str:
    return base + id18_check(base)


@given(texts)
def test_the_offset_map_is_monotone_and_points_to_the_character(text: str) -> None:
    made = normalise(text)
    origins = [made.origin(n) for n in range(len(made.text))]
    assert all(a <= b for a, b in pairwise(origins))
    for char, origin in zip(made.text, origins, strict=True):
        assert 0 <= origin < len(text)
        was = text[origin]
        assert char == was or char in fold(was) or (char.isdigit() and not was.isascii())


@given(texts)
def test_no_text_makes_a_detector_raise_and_spans_lie_in_the_text(text: str) -> None:
    for found in screen_text(text, policy=Policy(words=("军用",))):
        assert 0 <= found.start <= found.end <= len(text)
        assert found.end > found.start


@given(texts, rules)
def test_masking_twice_is_masking_once(text: str, rule: Masking) -> None:
    policy = Policy(masking=rule)
    once = mask(text, policy)
    assert mask(once, policy) == once


@given(people, rules)
def test_a_masked_number_shows_no_date_of_birth_and_is_no_finding(
    number: str, rule: Masking
) -> None:
    covered = mask(f"身份证号{number}。", Policy(masking=rule))
    inside = covered.removeprefix("身份证号").removesuffix("。")
    assert len(inside) == 18 and inside[6:14] == "*" * 8
    assert not screen_text(covered)


@pytest.mark.parametrize(
    "piece",
    ["1 ", "1 - ", "1", "990101199003078535 ", "(1)", "（）", "\u200b", "1\u200b", "e\u0301",
     "机密",
     "1*", "a@b.", "@", "1.", "10.1.1.1.", "路1号1室", "住址甲路", "password:", "一 ", "\ud800",
     "张小三\t990101199003078535\t", "关于做好信息公开工作的通知"],
)  # fmt: skip
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    text = "姓名\t证件号\n" + piece * (250_000 // len(piece.encode("utf-8", "surrogatepass")))
    begun = time.process_time()
    screen_text(text)
    assert time.process_time() - begun < 1


def test_too_much_to_list_blocks_and_says_so() -> None:
    found = screen_text("990101199003078535，" * 3000)
    assert found[0].kind == "too_many" and found[0].severity == "block"
