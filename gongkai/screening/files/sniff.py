"""What a file is, by its content. The name has to agree."""

from __future__ import annotations

import io

import olefile

from gongkai.screening.files.package import Package

_OOXML = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "docx": f"{_OOXML}.wordprocessingml.document",
    "xlsx": f"{_OOXML}.spreadsheetml.sheet",
    "pptx": f"{_OOXML}.presentationml.presentation",
    "ofd": "application/ofd",
    "odf": "application/vnd.oasis.opendocument",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "zip": "application/zip",
    "pdf": "application/pdf",
    "text": "text/plain",
    "csv": "text/csv",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tiff": "image/tiff",
    "webp": "image/webp",
    "heic": "image/heic",
    "mp4": "video/mp4",
    "ole": "application/x-ole-storage",
    "object": "application/x-ole-storage",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "gzip": "application/gzip",
    "rtf": "application/rtf",
    "markup": "text/html",
    "unknown": "application/octet-stream",
}
PICTURES = {"jpeg", "png", "gif", "bmp", "tiff", "webp"}
OLD = {"doc", "xls", "ppt", "object"}
"""Kinds that sit in an OLE storage; "object" is a lone embedded object."""
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
)
_MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}
_NAMES: dict[str, set[str]] = {
    "docx": {"docx", "wps"},
    "xlsx": {"xlsx", "et"},
    "pptx": {"pptx", "dps"},
    "ofd": {"ofd"},
    "zip": {"zip"},
    "pdf": {"pdf"},
    "text": {"txt", "csv", "md", "log"},
    "jpeg": {"jpg", "jpeg", "jpe"},
    "png": {"png"},
    "gif": {"gif"},
    "bmp": {"bmp"},
    "tiff": {"tif", "tiff"},
    "webp": {"webp"},
    "heic": {"heic", "heif", "hif", "avif"},
    "mp4": {"mp4"},
    "doc": {"doc", "wps", "bin"},
    "xls": {"xls", "et", "bin"},
    "ppt": {"ppt", "dps", "bin"},
    "object": {"bin"},
    "ole": {"doc", "xls", "ppt", "wps", "et", "dps", "docx", "xlsx", "pptx", "bin"},
    "xlsb": {"xlsb"},
    "odf": {"odt", "ods", "odp"},
    "rar": {"rar"},
    "7z": {"7z"},
    "gzip": {"gz", "tgz"},
    "rtf": {"rtf", "doc"},
    "markup": {"html", "htm", "xml", "svg", "mht"},
}


def sniff(data: bytes) -> str:
    """The kind of a file by its first bytes; a zip still has to be looked into."""
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return "zip"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _MP4_BRANDS | _HEIC_BRANDS:
        return "mp4" if data[8:12] in _MP4_BRANDS else "heic"
    for magic, kind in _MAGIC:
        if data.startswith(magic) and (kind != "bmp" or data[6:10] == bytes(4)):
            return kind
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg", b"mime-version")):
        return "markup"
    return "text" if decode(data) is not None else "unknown"


def look_inside(package: Package) -> str:
    """Which kind of package a zip is."""
    names = set(package.names)
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" in names:
        if "xl/workbook.bin" in names:
            return "xlsb"
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(name.startswith(folder) for name in names):
                return kind
    if "mimetype" in names and "content.xml" in names:
        return "odf"
    return "zip"


def look_in_ole(data: bytes) -> str:
    """Which old format an OLE storage holds; "ole" when it is none that is read here."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as storage:
            for stream, kind in _STREAMS:
                if storage.exists(stream):
                    return kind
    except Exception:  # a broken directory may raise anything
        return "ole"
    return "ole"


_STREAMS = (
    ("EncryptedPackage", "ole"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("\x01Ole10Native", "object"),
    ("\x01Ole", "object"),
    ("\x01CompObj", "object"),
    ("Package", "object"),
    ("CONTENTS", "object"),
)


def agrees(kind: str, name: str) -> bool:
    """Whether the name's ending fits the content. A name without an ending says nothing and
    passes.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return not ending or ending in _NAMES.get(kind, set())


def polyglot(kind: str, data: bytes) -> bool:
    """Whether a second format hides behind the first one's end."""
    if kind == "pdf" or kind in PICTURES or kind in OLD or kind == "mp4":
        return _zip_behind(data)
    if kind in {"text", "unknown"}:
        return b"%PDF-" in data[:1024] or _zip_behind(data)
    return False


def _zip_behind(data: bytes) -> bool:
    """A whole zip at the very end. One embedded in a storage is not at the end, and padded."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0 or end + 22 > len(data) or b"PK\x03\x04" not in data:
        return False
    return end + 22 + int.from_bytes(data[end + 20 : end + 22], "little") == len(data)


def decode(data: bytes) -> str | None:
    """Text as UTF-8, UTF-16 with a mark, or GB18030; None if it is none of them."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    codecs = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        return None if _binary(text) else text
    return None


def _binary(text: str) -> bool:
    head = text[:65536]
    return (
        "\0" in text
        or sum(head.count(chr(n)) for n in (*range(1, 9), *range(14, 32))) > len(head) // 500
    )
