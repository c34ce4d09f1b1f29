"""What a file is, by its content. The name has to agree."""

from __future__ import annotations

from gongkai.screening.files.package import Package
from gongkai.screening.limits import Unreadable

_OOXML = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "docx": f"{_OOXML}.wordprocessingml.document",
    "xlsx": f"{_OOXML}.spreadsheetml.sheet",
    "pptx": f"{_OOXML}.presentationml.presentation",
    "ofd": "application/ofd",
    "odf": "application/vnd.oasis.opendocument",
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
    "mp4": "video/mp4",
    "ole": "application/x-ole-storage",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "gzip": "application/gzip",
    "rtf": "application/rtf",
    "markup": "text/html",
    "unknown": "application/octet-stream",
}
PICTURES = {"jpeg", "png", "gif", "bmp", "tiff", "webp"}
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
_NAMES: dict[str, set[str]] = {
    "docx": {"docx"},
    "xlsx": {"xlsx"},
    "pptx": {"pptx"},
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
    "mp4": {"mp4"},
    "ole": {"doc", "xls", "ppt", "wps", "et", "dps"},
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
    if data[4:8] == b"ftyp" and data[8:12] in _MP4_BRANDS:
        return "mp4"
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
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(name.startswith(folder) for name in names):
                return kind
    if "mimetype" in names and "content.xml" in names:
        return "odf"
    return "zip"


def agrees(kind: str, name: str) -> bool:
    """Whether the name's ending fits the content. A name without an ending says nothing and
    passes.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return not ending or ending in _NAMES.get(kind, set())


def polyglot(kind: str, data: bytes) -> bool:
    """Whether a second format hides behind the first one's end."""
    if kind == "pdf" or kind in PICTURES:
        return data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000)) >= 0 and b"PK\x03\x04" in data
    return kind in {"text", "unknown"} and b"%PDF-" in data[:1024]


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


def refuse(kind: str, data: bytes) -> None:
    """Raises ``Unreadable`` with the reason for the kinds that are not read."""
    if kind == "ole":
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("文件已加密，请去掉密码后再上传")
        raise Unreadable(
            "旧格式（doc、xls、ppt、wps）分不清正文和已删除的内容，请另存为docx、xlsx后上传"
        )
    reasons = {
        "pptx": "暂不能审查pptx，请另存为pdf后上传",
        "ofd": "暂不能审查ofd，请同时提供同一内容的pdf后上传",
        "odf": "暂不能审查odt、ods，请另存为docx、xlsx后上传",
        "rar": "不接受rar，请解压后用zip打包或逐个上传",
        "7z": "不接受7z，请解压后用zip打包或逐个上传",
        "gzip": "不接受gz，请解压后逐个上传",
        "rtf": "暂不能审查rtf，请另存为docx后上传",
        "markup": "不接受网页、xml、svg文件，请另存为pdf或图片后上传",
        "unknown": "认不出是什么文件",
    }
    if kind in reasons:
        raise Unreadable(reasons[kind])
