"""Pictures: where they were taken, what else they carry, and whether they look like a scanned
page.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import ExifTags, Image, UnidentifiedImageError

from gongkai.screening.findings import Finding, finding
from gongkai.screening.limits import MAX_PIXELS, Unreadable
from gongkai.screening.passages import Passage

_PAPER_HEIGHT = 800
_WHITE = 200


def look(data: bytes, place: str) -> tuple[list[Finding], list[Passage]]:
    """Findings about the picture, and the words in its metadata. Raises ``Unreadable`` for
    giants and wrecks.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise Unreadable("图片像素过大")
                return list(_findings(image, place)), list(_words(image, place))
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as broken:
        raise Unreadable("图片已损坏或像素过大") from broken
    except (OSError, SyntaxError, ValueError, EOFError) as broken:
        raise Unreadable("图片已损坏，打不开") from broken


def _findings(image: Image.Image, place: str) -> Iterator[Finding]:
    if image.getexif().get_ifd(ExifTags.IFD.GPSInfo):
        yield finding("image_place", place, excerpt="GPS")
    scanned = getattr(image, "n_frames", 1) > 1 and image.format == "TIFF"
    yield finding("image_page" if scanned or _like_paper(image) else "image_text", place)


def _like_paper(image: Image.Image) -> bool:
    """A mostly white picture as large as a page."""
    if max(image.size) < _PAPER_HEIGHT:
        return False
    small = image.convert("L").resize((64, 64))
    pixels = small.tobytes()
    return sum(pixel >= _WHITE for pixel in pixels) > len(pixels) * 0.6


def _words(image: Image.Image, place: str) -> Iterator[Passage]:
    exif = image.getexif()
    values = [*exif.values(), *exif.get_ifd(ExifTags.IFD.Exif).values(), *image.info.values()]
    words = [text for value in values if (text := _word(value))]
    if words:
        yield Passage(f"{place}图片属性", "\n".join(words), quiet=True)


def _word(value: object) -> str:
    """Bytes are read as UTF-8: Pillow shows UTF-8 in EXIF garbled."""
    if isinstance(value, str):
        try:
            return value.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return value
    return (
        value.decode("utf-8", "ignore") if isinstance(value, bytes) and len(value) < 65536 else ""
    )
