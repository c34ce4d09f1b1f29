"""doc, xls, ppt (also wps, et, dps) and single embedded objects: storages of streams."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

import olefile

from gongkai.screening.files import oldslides, oldword, sheetold, sniff
from gongkai.screening.files.carve import pictures
from gongkai.screening.files.oleparts import Storage, native_file, summary, unused
from gongkai.screening.files.reading import Opened, Reading
from gongkai.screening.files.remains import runs
from gongkai.screening.findings import finding
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Passage

_LOCKED = ("EncryptedPackage", "EncryptionInfo", "EncryptedSummary", "DataSpaces")
_MACROS = ("VBA", "_VBA_PROJECT", "MACROS", "_VBA_PROJECT_CUR", "_SRPROJECTS")
_MOST_STREAMS = 2000
_UNKNOWN = "认不出是哪种旧格式文件，请用WPS或Office打开，另存为docx、xlsx、pptx后上传"
_READ = {"WordDocument", "Workbook", "Book", "PowerPoint Document"}

_READERS: tuple[tuple[str, Callable[[Storage, Reading], Iterable[Passage]]], ...] = (
    ("WordDocument", oldword.passages),
    ("Workbook", sheetold.passages),
    ("Book", sheetold.passages),
    ("PowerPoint Document", oldslides.passages),
)


def read(opened: Opened) -> Reading:
    """The document, the objects embedded in it, its properties, and what its other streams say."""
    if any(word.encode("utf-16-le") in opened.data for word in _LOCKED[:2]):
        raise Unreadable("文件已加密，请去掉密码后再上传")
    try:
        ole = olefile.OleFileIO(io.BytesIO(opened.data))
    except Exception as broken:  # a broken directory may raise anything
        raise Unreadable("旧格式文件已损坏，请另存为docx、xlsx、pptx后上传") from broken
    with ole:
        return _read(ole, opened)


def _read(ole: olefile.OleFileIO, opened: Opened) -> Reading:
    paths = ole.listdir()
    if len(paths) > _MOST_STREAMS:
        raise Unreadable("文件内部结构过于复杂")
    reading = Reading()
    words = {word.upper() for path in paths for word in path}
    if words & {word.upper() for word in _LOCKED}:
        raise Unreadable("文件已加密，请去掉密码后再上传")
    if words & set(_MACROS):
        reading.findings.append(finding("macro", f"{opened.place}宏", excerpt="VBA"))
    storages = sorted({tuple(path[:-1]) for path in paths}, key=len)
    passages: list[Passage] = []
    known = False
    for place in storages:
        storage = Storage(ole, place, opened.budget)
        found = list(_document(storage, reading, opened.place))
        known = known or any(storage.has(name) for name, _ in _READERS) or bool(reading.attached)
        passages += found
    if not known and not any(ole.exists(name) for name in ("\x01CompObj", "\x01Ole", "CONTENTS")):
        raise Unreadable(_UNKNOWN)
    passages += _rest(ole, paths, reading, opened)
    passages.append(Passage("空闲扇区的残留", runs(unused(ole, opened.data)), quiet=True))
    reading.passages = passages
    return reading


def _document(storage: Storage, reading: Reading, place: str) -> Iterator[Passage]:
    """What one storage holds: a document of its own, or a file packed into an object."""
    label = f"内嵌对象{'/'.join(storage.place)}的" if storage.place else ""
    if label and any(storage.has(name) for name, _ in _READERS):
        reading.findings.append(finding("attachment", f"{place}内嵌文件", excerpt=label))
    for name, reader in _READERS:
        if storage.has(name):
            for passage in reader(storage, reading):
                passage.place = f"{label}{passage.place}"
                yield passage
            break
    if storage.has("CONTENTS") and sniff.sniff(blob := storage.read("CONTENTS")) != "unknown":
        reading.attached.append((f"{label or '内嵌'}文件", blob))
    if storage.has("Package"):
        reading.attached.append((f"{label or '内嵌'}文件", storage.read("Package")))
    if storage.has("\x01Ole10Native"):
        reading.attached.append(native_file(storage.read("\x01Ole10Native")))


def _rest(
    ole: olefile.OleFileIO, paths: list[list[str]], reading: Reading, opened: Opened
) -> Iterator[Passage]:
    """Properties of every storage, and a coarse net over streams that no reader took."""
    for path in paths:
        storage = Storage(ole, tuple(path[:-1]), opened.budget)
        if path[-1] in {"\x05SummaryInformation", "\x05DocumentSummaryInformation"}:
            data = storage.read(path[-1])
            yield from summary(data, path[-1])
        elif path[-1] not in {*_READ, "Package", "\x01Ole10Native"}:
            data = storage.read(path[-1])
            reading.pictures += pictures(data)
        else:
            continue
        name = "/".join(path).replace("\x01", "").replace("\x05", "")
        yield Passage(f"数据流 {name}", runs(data), quiet=True)
