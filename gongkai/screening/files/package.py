"""Opens zip packages (also docx, xlsx, ofd) without trusting anything that they say about
themselves.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from gongkai.screening.files import ziplayout
from gongkai.screening.limits import (
    MAX_ENTRIES,
    MAX_MEMBER,
    MAX_RATIO,
    RATIO_FROM,
    Budget,
    Unreadable,
)

_ENCRYPTED = 0x1
_UTF8 = 0x800
_LINK = 0o120000


class Package:
    """A zip in memory. Members are read within the budget; sizes are counted, not believed."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        ziplayout.check_count(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (
            zipfile.BadZipFile,
            ValueError,
            NotImplementedError,
            OSError,
            IndexError,
        ) as broken:
            raise Unreadable("压缩包已损坏，打不开") from broken
        except Exception as broken:  # struct.error
            raise Unreadable("压缩包已损坏，打不开") from broken
        self._budget = budget
        self._counted: set[str] = set()
        self._check()
        ziplayout.check(data, self._zip)
        self.names = [m.filename for m in self._zip.infolist() if not m.is_dir()]
        """Names of the members as stored, without folders."""

    def _check(self) -> None:
        members = self._zip.infolist()
        if len(members) > MAX_ENTRIES:
            raise Unreadable("压缩包里的文件过多")
        if len({m.filename.lower() for m in members}) != len(members):
            raise Unreadable("压缩包里有同名文件")
        if any(m.flag_bits & _ENCRYPTED for m in members):
            raise Unreadable("文件已加密，请去掉密码后再上传")
        if any((m.external_attr >> 16) & 0o170000 == _LINK for m in members):
            raise Unreadable("压缩包里有不安全的路径（链接）")
        for member in members:
            if member.file_size > MAX_MEMBER or _too_dense(member):
                raise Unreadable("压缩比异常，疑似压缩炸弹")

    @property
    def remarks(self) -> str:
        """Comments on the archive and on its members: nobody sees them, everybody gets them."""
        notes = [self._zip.comment, *(m.comment for m in self._zip.infolist())]
        return "\n".join(_text(note) for note in notes if note.strip())

    def shown(self) -> Iterator[tuple[str, str]]:
        """Stored name and the name a person reads (old Chinese zips hold GB18030)."""
        for member in self._zip.infolist():
            if not member.is_dir():
                yield member.filename, _readable(member)

    def read(self, name: str) -> bytes:
        """One member. Raises ``Unreadable`` beyond a limit or when it is broken."""
        try:
            with self._zip.open(name) as member:
                data = member.read(MAX_MEMBER + 1)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
            ValueError,
        ) as broken:
            raise Unreadable("压缩包里的文件已损坏") from broken
        except Exception as broken:  # zlib.error and lzma errors share no base class
            raise Unreadable("压缩包里的文件已损坏") from broken
        if len(data) > MAX_MEMBER:
            raise Unreadable("压缩包里的文件过大")
        if name not in self._counted:
            self._counted.add(name)
            self._budget.spend(len(data))
        return data


def _too_dense(member: zipfile.ZipInfo) -> bool:
    return member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(
        member.compress_size, 1
    )


def _text(note: bytes) -> str:
    try:
        return note.decode("utf-8")
    except UnicodeError:
        return note.decode("gb18030", "replace")


def _readable(member: zipfile.ZipInfo) -> str:
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
