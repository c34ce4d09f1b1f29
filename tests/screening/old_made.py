"""Makes doc, xls and ppt files for the tests, byte by byte. All people invented."""

from __future__ import annotations

import struct
from dataclasses import dataclass

ID = "990101199003078535"
NOTICE = "关于做好政府信息公开工作的通知"
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALL = 512, 4096


def storage(streams: dict[str, bytes]) -> bytes:
    """An OLE storage; "/" in a name makes storages. Streams are padded past the small limit."""
    folders = sorted({"/".join(name.split("/")[:n]) for name in streams
                      for n in range(1, name.count("/") + 1)})  # fmt: skip
    sectors: list[bytes] = []
    fat: list[int] = []

    def chain(data: bytes) -> int:
        first, count = len(sectors), -(-len(data) // _SECTOR)
        for n in range(count):
            sectors.append(data[n * _SECTOR : (n + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            fat.append(first + n + 1 if n + 1 < count else _END)
        return first

    entries: list[tuple[str, int, int, int]] = [("Root Entry", 5, _END, 0)]
    entries += [(name, 1, 0, 0) for name in folders]
    for name, data in streams.items():
        padded = data.ljust(_SMALL, b"\0")
        entries.append((name, 2, chain(padded), len(padded)))
    directory = b"".join(_entry(entries, n) for n in range(len(entries)))
    start = chain(directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0"))
    count = 1
    while count * 128 < len(sectors) + count:
        count += 1
    assert count <= 109
    place = len(sectors)
    fat += [_FAT] * count
    table = b"".join(struct.pack("<I", n) for n in fat).ljust(count * _SECTOR, b"\xff")
    sectors += [table[n * _SECTOR : (n + 1) * _SECTOR] for n in range(count)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, start, 0, _SMALL,
                          _END, 0, _END, 0, place)  # fmt: skip
    header += b"".join(struct.pack("<I", place + n) for n in range(1, count))
    return header.ljust(_SECTOR, b"\xff") + b"".join(sectors)


def _entry(entries: list[tuple[str, int, int, int]], number: int) -> bytes:
    """One entry of the directory; the children of a storage hang in a row to the right."""
    name, kind, start, size = entries[number]
    own = "" if number == 0 else name
    inside = [n for n, (other, *_) in enumerate(entries)
              if n and other.rpartition("/")[0] == own]  # fmt: skip
    child = inside[0] if kind in {1, 5} and inside else _FREE
    beside = [n for n, (other, *_) in enumerate(entries)
              if n and other.rpartition("/")[0] == name.rpartition("/")[0]]  # fmt: skip
    later = [n for n in beside if n > number] if number else []
    wide = (name.rpartition("/")[2] if number else name).encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16xI16xII4x", wide, len(wide), kind, 1, _FREE,
                       later[0] if later else _FREE, child, 0, start, size)  # fmt: skip


@dataclass
class Run:
    """A stretch of a doc with its marks, as changes of properties."""

    text: str
    look: bytes = b""


HIDDEN = struct.pack("<HB", 0x083C, 1)
DELETED = struct.pack("<HB", 0x0800, 1)
INSERTED = struct.pack("<HB", 0x0801, 1)
WHITE = struct.pack("<HI", 0x6870, 0xFFFFFF)
TINY = struct.pack("<HH", 0x4A43, 2)


def doc_streams(
    *runs: Run,
    parts: tuple[str, ...] = (),
    flags: int = 0,
    left: str = "",
    styles: tuple[bytes, ...] = (),
    style: int = 0,
) -> dict[str, bytes]:
    """A doc: the notice and ``runs`` as body, ``parts`` as footnotes, headers, macros, comments,
    end notes, boxes; ``left`` lies in the stream without belonging to the text. ``styles`` is the
    style sheet; what comes after the notice has the paragraph style of number ``style``.
    """
    body = [Run(NOTICE + "\r"), *runs]
    texts = ["".join(r.text for r in body), *parts]
    first = 0x400
    stream = bytearray(first)
    plc_places, pages = [first], bytearray()
    looks: list[tuple[int, bytes]] = []
    for run in [*body, Run("".join(parts))]:
        stream += run.text.encode("utf-16-le")
        plc_places.append(len(stream))
        looks.append((len(stream), run.look))
    total = (len(stream) - first) // 2
    stream += left.encode("utf-16-le")
    last = len(stream)
    page = bytearray(512)
    struct.pack_into(f"<{len(looks) + 1}I", page, 0, first, *(end for end, _ in looks))
    at = 510
    for n, (_, look) in enumerate(looks):
        if look:
            at -= (len(look) + 2) // 2 * 2
            page[at] = len(look)
            page[at + 1 : at + 1 + len(look)] = look
            page[4 * (len(looks) + 1) + n] = at // 2
    page[511] = len(looks)
    stream += bytes(-len(stream) % 512)
    number = len(stream) // 512
    pages += page
    stream += pages
    paragraphs = bytearray(512)
    struct.pack_into("<III", paragraphs, 0, first, plc_places[1], last)
    for n, number_ in enumerate((0, style)):
        paragraphs[12 + 13 * n] = (500 + 4 * n) // 2
        struct.pack_into("<BBH", paragraphs, 500 + 4 * n, 0, 1, number_)
    paragraphs[511] = 2
    stream += paragraphs
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", stream, 10, 0x0200 | flags)
    struct.pack_into("<II", stream, 0x18, first, last)
    struct.pack_into(f"<{len(texts)}I", stream, 0x4C, *(len(t) for t in texts))
    piece = struct.pack("<IIHIH", 0, total, 0, first, 0)
    clx = b"\x02" + struct.pack("<I", len(piece)) + piece
    bins = struct.pack("<III", first, last, number)
    struct.pack_into("<II", stream, 0x1A2, 0, len(clx))
    struct.pack_into("<II", stream, 0xFA, len(clx), len(bins))
    sheet = struct.pack("<HHH", 4, len(styles), 10) + b"".join(styles) if styles else b""
    papers = struct.pack("<III", first, last, number + 1)
    struct.pack_into("<II", stream, 0xA2, len(clx + bins), len(sheet))
    struct.pack_into("<II", stream, 0x102, len(clx + bins + sheet), len(papers))
    return {"WordDocument": bytes(stream), "1Table": clx + bins + sheet + papers}


def doc_style(look: bytes = b"", *, base: int = 0xFFF, kind: int = 1, ground: bytes = b"") -> bytes:
    """A style of a doc: 1 of paragraphs, 2 of characters; ``ground``: looks of the paragraph."""
    parts = [b"\0\0" + ground, look] if kind == 1 else [look]
    changes = b"".join(struct.pack("<H", len(p)) + p + bytes(len(p) % 2) for p in parts)
    body = struct.pack("<HHHHH", 0, kind | base << 4, len(parts), 0, 0)
    body += struct.pack("<H", 1) + "甲".encode("utf-16-le") + b"\0\0" + changes
    return struct.pack("<H", len(body)) + body + bytes(len(body) % 2)


def doc(*runs: Run, parts: tuple[str, ...] = (), flags: int = 0, left: str = "",
        styles: tuple[bytes, ...] = (), style: int = 0, **streams: bytes) -> bytes:  # fmt: skip
    """A doc file."""
    return storage(
        {
            **doc_streams(*runs, parts=parts, flags=flags, left=left, styles=styles, style=style),
            **streams,
        }
    )


def summary(**texts: str) -> bytes:
    """A SummaryInformation stream: title, author, keywords, last."""
    numbers = {"title": 2, "author": 4, "keywords": 5, "last": 8}
    values = [(1, struct.pack("<IHH", 2, 936, 0))]
    for name, text in texts.items():
        raw = text.encode("gb18030") + b"\0"
        values.append(
            (numbers[name], struct.pack("<II", 0x1E, len(raw)) + raw + bytes(-len(raw) % 4))
        )
    offset, index, body = 8 + 8 * len(values), b"", b""
    for number, value in values:
        index += struct.pack("<II", number, offset + len(body))
        body += value
    section = struct.pack("<II", 8 + len(index) + len(body), len(values)) + index + body
    return struct.pack("<HHI16xI16sI", 0xFFFE, 0, 0x20105, 1, bytes(16), 48) + section


def native(name: str, data: bytes) -> bytes:
    """An Ole10Native stream: a file packed into an object."""
    label = name.encode("gb18030") + b"\0"
    body = struct.pack("<H", 2) + label + label + struct.pack("<HHI", 0, 3, len(label)) + label
    body += struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


def record(kind: int, body: bytes = b"") -> bytes:
    """A BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def _string(text: str, wide: bool = True) -> bytes:
    return struct.pack("<H" if wide else "<B", len(text)) + b"\x01" + text.encode("utf-16-le")


@dataclass
class OldSheet:
    """A sheet: cells as (row, column, style, value); ``more`` are records of its own."""

    name: str
    cells: list[tuple[int, int, int, str | float]]
    state: int = 0
    kind: int = 0
    more: bytes = b""


PLAIN, PALE, BLANK = 15, 16, 17
"""Numbers of the cell formats that the workbook has."""


def xls_stream(*sheets: OldSheet, extra: bytes = b"") -> bytes:
    """A workbook stream with a first sheet of two columns and ``sheets``."""
    first = OldSheet("统计", [(0, 0, PLAIN, "年份"), (0, 1, PLAIN, "件数"), (1, 1, PLAIN, 12)])
    sheets = (first, *sheets)
    font = struct.pack("<HHHHHBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0, 5) + b"\0Arial"
    pale = struct.pack("<HHHHHBBBBB", 200, 0, 9, 400, 0, 0, 0, 134, 0, 5) + b"\0Arial"
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 1996, 0, 6)) + extra
    head += record(0x42, struct.pack("<H", 1200))
    head += record(0x31, font) * 4 + record(0x31, pale)
    head += record(0x41E, struct.pack("<H", 164) + _string(";;;"))
    for n in range(18):
        style = 0xFFF5 if n < 15 else 1
        ink, form = (5, 0) if n == PALE else (0, 164 if n == BLANK else 0)
        head += record(
            0xE0, struct.pack("<HHHBBBBIiH", ink, form, style, 0x20, 0, 0, 0, 0, 0, 0x20C0)
        )
    bodies = [_sheet(sheet) for sheet in sheets]
    bounds = [struct.pack("<BB", s.state, s.kind) + _string(s.name, wide=False) for s in sheets]
    at = len(head) + sum(len(b) + 8 for b in bounds) + 4
    for bound, body in zip(bounds, bodies, strict=True):
        head += record(0x85, struct.pack("<I", at) + bound)
        at += len(body)
    return head + record(0x0A) + b"".join(bodies)


def _sheet(sheet: OldSheet) -> bytes:
    body = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 1996, 0, 6)) + sheet.more
    for row, column, style, value in sheet.cells:
        where = struct.pack("<HHH", row, column, style)
        if isinstance(value, str):
            body += record(0x204, where + _string(value))
        else:
            body += record(0x203, where + struct.pack("<d", value))
    return body + record(0x0A)


def hidden_column(column: int, width: int = 0x900, hidden: int = 1) -> bytes:
    """A COLINFO record."""
    return record(0x7D, struct.pack("<HHHHHH", column, column, width, PLAIN, hidden, 0))


def hidden_row(row: int) -> bytes:
    """A ROW record."""
    return record(0x208, struct.pack("<HHHHHHI", row, 0, 9, 0, 0, 0, 0x20 | 0x100))


def xls(*sheets: OldSheet, extra: bytes = b"", **streams: bytes) -> bytes:
    """An xls file."""
    return storage({"Workbook": xls_stream(*sheets, extra=extra), **streams})


def atom(kind: int, body: bytes, instance: int = 0) -> bytes:
    """A record of a ppt."""
    return struct.pack("<HHI", instance << 4, kind, len(body)) + body


def box(kind: int, *inside: bytes) -> bytes:
    """A record that holds records."""
    body = b"".join(inside)
    return struct.pack("<HHI", 0x0F, kind, len(body)) + body


def chars(text: str) -> bytes:
    """A text of a ppt."""
    return atom(0x0FA0, text.encode("utf-16-le"))


SHOW = struct.pack("<IIBBHI", 0, 0, 0, 0, 0x04, 0)
"""What a hidden slide carries."""


def slide_of(text: str, *, hidden: bool = False) -> bytes:
    """A slide with one text."""
    return box(0x03EE, chars(text), *([atom(0x03F9, SHOW)] if hidden else []))


def ppt(*records: bytes, current: bytes = b"", **streams: bytes) -> bytes:
    """A ppt with one slide that shows the notice, and ``records``."""
    data = box(0x03E8, box(0x0FF0)) + box(0x03EE, chars(NOTICE)) + b"".join(records)
    padded = data + atom(0x0FFF, bytes(max(4096 - len(data) - 8, 0)))
    user = {"Current User": current} if current else {}
    return storage({"PowerPoint Document": padded, **user, **streams})


def looks(*runs: tuple[int, int | None], tabs: int = 0) -> bytes:
    """The looks of a text (StyleTextPropAtom): lengths and colours; one paragraph with an
    alignment and ``tabs`` tabulators. The last length has the end of the text in it.
    """
    length = sum(count for count, _ in runs)
    body = struct.pack("<IHIH", length, 0, 0x0800 | (0x100000 if tabs else 0), 1)
    body += struct.pack("<H", tabs) + bytes(4 * tabs) if tabs else b""
    for count, colour in runs:
        body += struct.pack("<IIHH", count, 0x0001 | 0x20000 | (0 if colour is None else 0x40000),
                            1, 24)  # fmt: skip
        body += b"" if colour is None else struct.pack("<I", colour)
    return atom(0x0FA1, body)


def drawn_shape(
    text: str = "",
    *,
    style: bytes = b"",
    place: tuple[int, int, int, int] = (100, 100, 900, 200),
    flags: int = 0x0A00,
    **said: int,
) -> bytes:
    """A shape of a slide; ``place``: left, top, right, bottom; ``said``: properties (p385=…)."""
    left, top, right, bottom = place
    numbers = sorted((int(name[1:]), value) for name, value in said.items())
    options = b"".join(struct.pack("<HI", number, value) for number, value in numbers)
    return box(
        0xF004,
        struct.pack("<HHIII", (1 << 4) | 2, 0xF00A, 8, 1, flags),
        struct.pack("<HHI", len(numbers) << 4 | 3, 0xF00B, len(options)) + options,
        atom(0xF010, struct.pack("<4h", top, left, right, bottom)),
        box(0xF00D, atom(0x0F9F, bytes(4)), chars(text), style) if text else b"",
    )


def slide_with(*shapes: bytes, scheme: tuple[int, ...] = (), kind: int = 0x03EE) -> bytes:
    """A slide (or a master, 0x03F8) with shapes and perhaps eight colours."""
    colours = atom(0x07F0, struct.pack("<8I", *scheme), 1) if scheme else b""
    return box(kind, box(0x040C, box(0xF002, *shapes)), colours)
