"""Text of a file in whatever encoding an office saved it; refused rather than read wrongly. Pure.

Traps: a UTF-8 file that was cut off decodes as GB18030 without an error, into other characters;
so does Big5. A decoding that succeeds proves nothing, so the result is looked at.
"""

from __future__ import annotations

import codecs
import unicodedata

from gongkai.refusal import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAVE = "请用表格或文字软件打开后另存为 UTF-8 或 GB18030，再导入。"
_FEW = 8


def decoded(content: bytes, name: str) -> str:
    """The text. Raises Refused when the encoding is unknown, or the file damaged or cut off."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content.removeprefix(mark), encoding, name)
    if b"\0" in content:
        return _strict(content, _utf16_without_mark(content, name), name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content):
            raise _damaged(name, content, error) from error
    text = _strict(content, "gb18030", name)
    if not _reads_as_chinese(text):
        raise Refused(f"“{name}”的编码无法识别。{_SAVE}", field="file")
    return text


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(name, content, error) from error
    if "\0" in text:
        raise Refused(f"“{name}”不是文本文件。{_SAVE}", field="file")
    return text


def _damaged(name: str, content: bytes, error: UnicodeDecodeError) -> Refused:
    if error.end >= len(content) - 3 or error.reason == "unexpected end of data":
        return Refused(f"“{name}”的末尾不完整，可能没有传完，请重新保存后再导入。", field="file")
    line = content.count(b"\n", 0, error.start) + 1
    return Refused(f"“{name}”的编码无法识别，第 {line} 行有读不出的字符。{_SAVE}", field="file")


def _utf16_without_mark(content: bytes, name: str) -> str:
    """Commas, figures and line ends have a zero byte, on one side of each pair only."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    if max(even, odd) < 2 or min(even, odd) > 0:
        raise Refused(f"“{name}”不是文本文件。{_SAVE}", field="file")
    return "utf-16-le" if odd else "utf-16-be"


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether far more sequences are right in UTF-8 than wrong: in GB18030 hardly one is."""
    text = content.decode("utf-8", "replace")
    right = sum(ord(sign) > 127 and sign != "\ufffd" for sign in text)
    return right > 2 * text.count("\ufffd")


def _reads_as_chinese(text: str) -> bool:
    """No signs that nobody types, and most characters are common ones.

    Common: the 3755 of the first level of GB 2312. Rare characters of names are a few among them.
    """
    odd = {"Cn", "Co", "Cc"}
    if any(unicodedata.category(sign) in odd for sign in text if sign not in "\r\n\t"):
        return False
    han = [sign for sign in text if "\u3400" <= sign <= "\u9fff" or sign > "\U0001ffff"]
    return len(han) < _FEW or 2 * sum(map(_is_common, han)) > len(han)


def _is_common(sign: str) -> bool:
    code = sign.encode("gb18030")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
