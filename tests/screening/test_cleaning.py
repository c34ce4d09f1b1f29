"""Clean copies: made by the child, refused with words, or made whole. All people invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.refusal import Refused
from gongkai.screening.cleaning import clean_and_screen, clean_and_screen_isolated, clean_copy
from tests.screening.cleaning_made import (
    HIDING,
    book,
    deleted,
    hidden_row,
    word,
)
from tests.screening.pdf_made import notice
from tests.screening.test_pictures import photo


def test_the_child_cleans_like_we_do(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(HIDING["white"])
    assert clean_and_screen_isolated(file, "a.pdf") == clean_and_screen(file, "a.pdf")
    with pytest.raises(Refused, match="扩展名"):
        clean_and_screen_isolated(file, "a.docx")
    with pytest.raises(Refused, match="没有生成"):
        clean_and_screen_isolated(tmp_path / "nowhere.pdf", "a.pdf")


@pytest.mark.parametrize(
    ("data", "name"), [("通知".encode(), "a.txt"), (b"", "a.pdf"), (b"x", "a.zip")]
)
def test_other_files_are_refused_with_words(data: bytes, name: str) -> None:
    with pytest.raises(Refused, match="干净副本"):
        clean_copy(data, name)


BASES = [
    (notice(), "a.pdf"),
    (word(deleted), "a.docx"),
    (book(hidden_row), "a.xlsx"),
    (photo(), "a.jpg"),
]


@given(
    base=st.sampled_from(BASES),
    spots=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=9),
)
def test_a_mutated_file_is_cleaned_or_refused(
    base: tuple[bytes, str], spots: list[tuple[float, int]]
) -> None:
    body = bytearray(base[0])
    for share, value in spots:
        body[min(int(share * len(body)), len(body) - 1)] = value
    try:
        copy = clean_copy(bytes(body), base[1])
    except Refused as refused:
        assert refused.message
    else:
        assert copy.data
