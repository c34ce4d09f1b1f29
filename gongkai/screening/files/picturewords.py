"""The words that a picture carries beside what it shows: EXIF, XMP, IPTC, comments, text chunks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from gongkai.screening.passages import Passage

_PEOPLE = {0x013B, 0x8298, 0x9C9D, 0xA430, 0xA431, 0xA435, 0xC62F}
"""Artist, copyright, author, owner of the camera, serial numbers of body and lens."""
_WINDOWS = range(0x9C9B, 0x9CA0)
_BYLINES = {(2, 80), (2, 85), (2, 110), (2, 115), (2, 116), (2, 122)}
_RUN = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]{4,}")
_MAX = 2**20


def carried_words(
    image: Image.Image, sides: list[tuple[str, bytes]], place: str
) -> Iterator[Passage]:
    """Names of people are a finding of their own; everything is searched."""
    people: list[str] = []
    others: list[str] = []
    for tag, value in _exif(image):
        (people if tag in _PEOPLE else others).extend(_texts(tag, value))
    for key, value in _iptc(image):
        (people if key in _BYLINES else others).extend(_texts(0, value))
    others += [text for value in image.info.values() for text in _texts(0, value)]
    known = "\n".join([*people, *others])
    runs = [run for _, blob in sides for run in _runs(blob) if run not in known]
    if people:
        yield Passage(f"{place}图片属性", "\n".join(people), hidden="properties")
    if others or runs:
        yield Passage(f"{place}图片属性", "\n".join([*others, *runs])[:_MAX], quiet=True)


def _exif(image: Image.Image) -> Iterator[tuple[int, Any]]:
    exif = image.getexif()
    yield from exif.items()
    for part in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, ExifTags.IFD.IFD1, ExifTags.IFD.Interop):
        yield from (
            (tag if part == ExifTags.IFD.Exif else 0, v) for tag, v in exif.get_ifd(part).items()
        )


def _iptc(image: Image.Image) -> Iterator[tuple[Any, Any]]:
    if not isinstance(image, ImageFile.ImageFile):
        return
    try:
        found = IptcImagePlugin.getiptcinfo(image)
    except (SyntaxError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return
    for key, value in (found or {}).items():
        for one in value if isinstance(value, list) else [value]:
            yield key, one


def _texts(tag: int, value: object) -> list[str]:
    if isinstance(value, str):
        return [_mended(value)] if value.strip() else []
    if not isinstance(value, bytes) or len(value) > _MAX:
        return []
    if tag in _WINDOWS or value.startswith(b"UNICODE\0"):
        body = value.removeprefix(b"UNICODE\0")
        return [
            t
            for codec in ("utf-16-le", "utf-16-be")
            if (t := body.decode(codec, "ignore").strip("\0"))
        ]
    return list(_runs(value.removeprefix(b"ASCII\0\0\0")))


def _mended(text: str) -> str:
    """Pillow shows UTF-8 in EXIF garbled."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _runs(blob: bytes) -> Iterator[str]:
    """Stretches of text in bytes of an unknown kind, in the encodings that are met."""
    head = blob[:_MAX]
    codecs = (
        ["utf-8", "gb18030"] if b"\0" not in head[:64:2] else ["utf-8", "utf-16-le", "utf-16-be"]
    )
    for codec in codecs:
        text = head.decode(codec, "replace")
        found = [run.strip() for run in _RUN.findall(text) if run.strip()]
        yield from found
        if codec == "utf-8" and "\ufffd" not in text:
            return
