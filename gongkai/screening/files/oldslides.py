"""ppt (PowerPoint 97 to 2003, WPS): all texts in the order of the records, hidden slides, notes,
comments, objects.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gongkai.screening.files.oldshapes import Drawing
from gongkai.screening.files.oleparts import Storage
from gongkai.screening.files.reading import Reading
from gongkai.screening.findings import finding
from gongkai.screening.limits import MAX_MEMBER, Unreadable
from gongkai.screening.passages import Passage

_SLIDE, _NOTES, _MASTER, _COMMENT = 0x03EE, 0x03F0, 0x03F8, 0x2EE0
_CHARS, _BYTES, _STRING = 0x0FA0, 0x0FA8, 0x0FBA
_SHOW, _OBJECT, _VBA, _LOCK, _EDIT = 0x03F9, 0x1011, 0x03FF, 0x2F14, 0x0FF5
_VBA_ATOM = 0x0400
_LIST = 0x0FF0
_DEEP = 40
_MOST = 1_000_000
_ENCRYPTED = 0xF3D1C4DF
_STORIES = {_SLIDE: "幻灯片", _NOTES: "备注", _MASTER: "母版", _COMMENT: "批注"}


@dataclass
class _Story:
    kind: int
    texts: list[str] = field(default_factory=list)
    hidden: bool = False
    data: bytes = b""
    """The records of a slide or a master."""


class _Walk:
    """Walks the records; a record belongs to the nearest slide, notes page or comment around."""

    def __init__(self, data: bytes, storage: Storage) -> None:
        self._data, self._left, self._storage = data, _MOST, storage
        self.outline = _Story(0)
        self.stories: list[_Story] = []
        self.objects: list[bytes] = []
        self.macros = self.locked = False
        self.edits = 0
        self.lists: list[bytes] = []
        self._records(0, len(data), self.outline, 0)

    def _records(self, at: int, end: int, story: _Story, depth: int) -> None:
        if depth > _DEEP:
            raise Unreadable("ppt文件内部嵌套过深")
        while at + 8 <= end:
            first, kind, size = struct.unpack_from("<HHI", self._data, at)
            body, at = at + 8, at + 8 + size
            self._left -= 1
            if at > end or self._left < 0:
                raise Unreadable("ppt文件已损坏")
            if first & 0xF == 0xF:
                inner = story
                if kind in _STORIES:
                    drawn = self._data[body:at] if kind in {_SLIDE, _MASTER} else b""
                    inner = _Story(kind, data=drawn)
                    self.stories.append(inner)
                elif kind == _LIST and first >> 4 == 0:
                    self.lists.append(self._data[body:at])
                self.macros = self.macros or (kind == _VBA and _has_macros(self._data[body:at]))
                self._records(body, at, inner, depth + 1)
            else:
                self._atom(kind, first >> 4, self._data[body:at], story)

    def _atom(self, kind: int, instance: int, data: bytes, story: _Story) -> None:
        if kind in {_CHARS, _STRING}:
            story.texts.append(data.decode("utf-16-le", "replace"))
        elif kind == _BYTES:
            story.texts.append(data.decode("latin-1"))
        elif kind == _SHOW and len(data) >= 12:
            story.hidden = story.hidden or bool(data[10] & 0x04)
        elif kind == _OBJECT:
            self.objects.append(_unpacked(data) if instance else data)
            self._storage.spend(len(self.objects[-1]))
        elif kind == _LOCK:
            self.locked = True
        elif kind == _EDIT:
            self.edits += 1


def _has_macros(info: bytes) -> bool:
    """Ordinary files carry an empty record about macros: an atom that refers to no project and
    says there are none (MS-PPT 2.4.10, 2.4.11). Anything else counts as macros.
    """
    if len(info) != 20 or struct.unpack_from("<H", info, 2)[0] != _VBA_ATOM:
        return True
    return struct.unpack_from("<II", info, 8) != (0, 0)


def _unpacked(data: bytes) -> bytes:
    """An object storage: four bytes of length, then deflated bytes."""
    stream = zlib.decompressobj()
    unpacked = stream.decompress(data[4:], MAX_MEMBER)
    if stream.unconsumed_tail:
        raise Unreadable("压缩比异常，疑似压缩炸弹")
    return unpacked


def passages(storage: Storage, reading: Reading) -> Iterator[Passage]:
    """The outline, then slides, notes and comments."""
    data = storage.read("PowerPoint Document")
    user = storage.read("Current User") if storage.has("Current User") else b""
    if len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _ENCRYPTED:
        raise Unreadable("文件已加密，请去掉密码后再上传")
    walk = _Walk(data, storage)
    if walk.locked:
        raise Unreadable("文件已加密，请去掉密码后再上传")
    if walk.macros:
        reading.findings.append(finding("macro", "宏", excerpt="VBA"))
    where = "/".join(storage.place) or "演示文稿"
    reading.findings.append(finding("old_format", where))
    if walk.edits > 1:
        reading.findings.append(finding("earlier_revision", where, excerpt="快速保存的旧内容"))
    reading.attached += [(f"内嵌对象{n}.bin", blob) for n, blob in enumerate(walk.objects, 1)]
    yield Passage("大纲", _readable(walk.outline.texts))
    masters = [Drawing(story.data) for story in walk.stories if story.kind == _MASTER]
    plain = not any(master.coloured for master in masters)
    counts: dict[int, int] = {}
    anywhere = False
    for story in walk.stories:
        counts[story.kind] = counts.get(story.kind, 0) + 1
        label = f"{_STORIES[story.kind]}{counts[story.kind]}"
        yield from _story(story, label)
        if story.kind == _SLIDE and not story.hidden:
            drawing = Drawing(story.data)
            anywhere = anywhere or drawing.coloured
            yield Passage(f"{label}的白字", _readable(drawing.white(plain)), hidden="hidden_text")
            under = _readable(drawing.covered())
            yield Passage(f"{label}被其他图形盖住的文字", under, hidden="hidden_text")
    for data in walk.lists:
        yield from _outline(Drawing(data), plain and not anywhere)


def _outline(texts: Drawing, plain: bool) -> Iterator[Passage]:
    """Titles and points stand apart from their shapes: on a coloured slide nobody can say on what
    ground they are.
    """
    yield Passage("大纲里的白字", _readable(texts.white(plain)), hidden="hidden_text")
    words = _readable(texts.doubtful(plain))
    yield Passage("大纲里可能看不见的白字", words, hidden="hidden_text", severity="review")


def _story(story: _Story, label: str) -> Iterator[Passage]:
    text = _readable(story.texts)
    if story.kind == _COMMENT:
        yield Passage(label, text or "（空批注）", hidden="comment")
    elif story.kind == _NOTES:
        yield Passage(label, text.replace("*", ""), hidden="hidden_text")
    elif story.kind == _MASTER:
        yield Passage(label, text, quiet=True)
    elif story.hidden:
        yield Passage(f"隐藏的{label}", text or "（无文字）", hidden="hidden_text")
    else:
        yield Passage(label, text)


def _readable(texts: Iterable[str]) -> str:
    return "\n".join(texts).replace("\r", "\n").replace("\x0b", "\n").strip()
