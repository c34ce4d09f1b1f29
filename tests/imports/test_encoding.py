"""Text from offices' files: right in each encoding that they save, or refused, never wrong."""

from __future__ import annotations

import pytest

from gongkai.imports.encoding import decoded
from gongkai.refusal import Refused

# Two names whose signs only four bytes of GB18030 hold.
TEXT = "资产编号,设备类型,管理人\r\nXF-001,台式机,王\u3402\U00020bb7\r\nXF-002,打印机,李四\r\n"
ENCODINGS = [
    "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
]  # fmt: skip


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as told:
        decoded(content, "台账.csv")
    return told.value.message


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_it_works(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding), "台账.csv") == TEXT


def test_a_name_alone_is_read() -> None:
    assert decoded("王".encode("gb18030"), "台账.csv") == "王"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_cut_gives_other_words(encoding: str) -> None:
    """Wherever a file is cut off: what is read is how the text begins, or nothing."""
    content = TEXT.encode(encoding)
    for end in range(60, len(content)):
        try:
            found = decoded(content[:end], "台账.csv")
        except Refused as told:
            assert "不完整" in told.message or "编码" in told.message, end
        else:
            assert TEXT.startswith(found), end


def test_a_cut_character_says_that_the_file_is_not_whole() -> None:
    for encoding, sign in (("utf-8", "四"), ("gb18030", "四"), ("gb18030", "\U00020bb7")):
        content, part = TEXT.encode(encoding), sign.encode(encoding)
        at = content.index(part)
        for kept in range(1, len(part)):
            assert "末尾不完整" in refused(content[: at + kept]), (encoding, kept)
    assert "末尾不完整" in refused(TEXT.encode("utf-16")[:-1])


def test_one_damaged_byte_in_utf_8_is_not_read_as_gb18030() -> None:
    content = TEXT.encode()
    assert "第 2 行" in refused(content.replace("台".encode(), "台".encode()[:2] + b"\xff"))


def test_other_encodings_are_refused() -> None:
    words = "資產編號,設備類型,使用處室,管理人,啟用日期\nXF-001,桌上型電腦,律師管理處,趙一,2014\n"
    assert "编码无法识别" in refused(words.encode("big5"))
    assert "不是文本" in refused(b"\x00\x00\x01\x00" * 30)
