"""Which reader reads which kind of file. A kind without one is turned down with what to do."""

from __future__ import annotations

from gongkai.screening.files import (
    archive,
    odf,
    ofd,
    ole,
    pdf,
    picture,
    plain,
    sheet,
    slides,
    sniff,
    word,
)
from gongkai.screening.files.office import office
from gongkai.screening.files.reading import Opened, Reader, Reading
from gongkai.screening.findings import finding
from gongkai.screening.limits import Unreadable


def _pdf(opened: Opened) -> Reading:
    findings, passages, attached = pdf.look(opened.data, opened.place)
    return Reading(findings, passages, attached)


def _picture(opened: Opened) -> Reading:
    findings, passages = picture.look(opened.data, opened.place or "图片")
    return Reading(findings, passages)


def _film(opened: Opened) -> Reading:
    return Reading([finding("film", opened.place or "视频", excerpt="视频")])


def _plain(opened: Opened) -> Reading:
    return Reading(passages=plain.passages(opened.data))


READERS: dict[str, Reader] = {
    "docx": office(word.passages),
    "xlsx": office(sheet.passages),
    "pptx": office(slides.passages),
    "ofd": ofd.read,
    "odf": odf.read,
    "zip": archive.read,
    "pdf": _pdf,
    "text": _plain,
    "ole": ole.read,
    "mp4": _film,
    **dict.fromkeys(sniff.OLD, ole.read),
    **dict.fromkeys(sniff.PICTURES, _picture),
}

REASONS = {
    "rar": "不接受rar，请解压后用zip打包或逐个上传",
    "7z": "不接受7z，请解压后用zip打包或逐个上传",
    "gzip": "不接受gz，请解压后逐个上传",
    "rtf": "不接受rtf，请用WPS或Word打开，另存为docx后上传",
    "xlsb": "不接受xlsb，请用WPS或Excel打开，另存为xlsx后上传",
    "markup": "不接受网页、xml、svg文件，请另存为pdf或图片后上传",
    "heic": "不接受heic、avif照片，请用看图软件打开，另存为jpg或png后上传",
    "unknown": "认不出是什么文件",
}


def reader_for(kind: str) -> Reader:
    """The reader of a kind. Raises ``Unreadable`` with the way out where there is none."""
    if kind not in READERS:
        raise Unreadable(REASONS.get(kind, REASONS["unknown"]))
    return READERS[kind]
