"""Damaged files: every reader gives a report in time, whatever the bytes are."""

from __future__ import annotations

import io
import time
import zipfile
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.screening.files.package import Package
from gongkai.screening.files.readers import READERS
from gongkai.screening.files.reading import Opened, read_with
from gongkai.screening.limits import Budget, Unreadable
from tests.screening.office_made import TABLE_SLIDE, odf, ofd, packed, path, pptx, words
from tests.screening.old_made import HIDDEN, Run, doc, native, ppt, slide_of, xls
from tests.screening.test_files import book, note, vanish, word

QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)
ZIPS = ("docx", "xlsx", "pptx", "ofd", "odf")
OLD = ("doc", "xls", "ppt")
MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, 2**20),
        st.sampled_from(["flip", "cut", "double", "ones", "digit"]),
        st.integers(1, 255),
    ),
    min_size=1,
    max_size=6,
)


@cache
def valid(kind: str) -> bytes:
    """A file with something in most places."""
    made = {
        "docx": lambda: word(vanish),
        "xlsx": lambda: book(note),
        "pptx": lambda: pptx(TABLE_SLIDE),
        "ofd": lambda: ofd(words("盖住"), path("10 18 170 12")),
        "odf": lambda: odf("<text:p><text:hidden-text>底</text:hidden-text></text:p>"),
        "doc": lambda: doc(
            Run("看不见", HIDDEN), **{"ObjectPool/_1/\x01Ole10Native": native("a.txt", b"x")}
        ),
        "xls": xls,
        "ppt": lambda: ppt(slide_of("底稿", hidden=True)),
    }
    return made[kind]()


def damaged(data: bytes, mutations: list[tuple[int, str, int]]) -> bytes:
    body = bytearray(data)
    for place, how, value in mutations:
        at = place % max(len(body), 1)
        if how == "flip" and body:
            body[at] ^= value
        elif how == "cut":
            del body[at : at + value]
        elif how == "double":
            body[at:at] = body[at : at + value]
        elif how == "ones":
            body[at : at + 4] = b"\xff\xff\xff\xff"
        else:
            body[at : at + 1] = b"9" * (value % 20)
    return bytes(body)


def read(kind: str, data: bytes) -> None:
    """Reads as ``screen_file`` would; anything but a reading or ``Unreadable`` fails the test."""
    started = time.process_time()
    try:
        budget = Budget()
        package = Package(data, budget) if kind in ZIPS else None
        read_with(READERS[kind], Opened(data, "", budget, package))
    except (Unreadable, RecursionError):
        pass
    assert time.process_time() - started < 3


@pytest.mark.parametrize("kind", OLD + ZIPS)
def test_the_valid_file_is_read(kind: str) -> None:
    budget = Budget()
    data = valid(kind)
    package = Package(data, budget) if kind in ZIPS else None
    assert any(
        p.hidden for p in read_with(READERS[kind], Opened(data, "", budget, package)).passages
    )


@pytest.mark.parametrize("kind", OLD + ZIPS)
@QUICK
@given(mutations=MUTATIONS)
def test_damaged_bytes_are_unreadable_at_worst(
    kind: str, mutations: list[tuple[int, str, int]]
) -> None:
    read(kind, damaged(valid(kind), mutations))


@pytest.mark.parametrize("kind", ZIPS)
@QUICK
@given(mutations=MUTATIONS, which=st.integers(0, 99))
def test_damaged_parts_are_unreadable_at_worst(
    kind: str, mutations: list[tuple[int, str, int]], which: int
) -> None:
    with zipfile.ZipFile(io.BytesIO(valid(kind))) as archive:
        members: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    name = sorted(members)[which % len(members)]
    part = members[name]
    members[name] = damaged(part if isinstance(part, bytes) else part.encode(), mutations)
    read(kind, packed(members))
