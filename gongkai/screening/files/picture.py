"""Pictures: where they were taken, what else they carry, whether they look like a scanned page,
and what codes are in them.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import ExifTags, Image, ImageChops, ImageOps, ImageStat

from gongkai.screening.files.codes import codes
from gongkai.screening.files.machine import pictured
from gongkai.screening.files.pictureparts import Container, container
from gongkai.screening.files.picturewords import carried_words
from gongkai.screening.findings import Finding, finding
from gongkai.screening.limits import MAX_PIXELS, Unreadable
from gongkai.screening.passages import Passage

_PAPER_HEIGHT = 800
_WHITE = 200
_MAX_FRAMES = 300
_READ_FRAMES = 40
_FRAMES_PIXELS = 4 * MAX_PIXELS
_TRAILING = 8
_UNLIKE = 30.0
"""Mean difference of 255 between a picture and its own thumbnail."""
_Found = tuple[list[Finding], list[Passage]]


def look(data: bytes, place: str) -> _Found:
    """Findings about the picture, the words it carries, and the text of codes in it. Raises
    ``Unreadable`` for giants and wrecks.
    """
    with opened(data) as image:
        findings, passages = _carried(image, data, place)
        frames = getattr(image, "n_frames", 1)
        if frames > _MAX_FRAMES or frames * image.width * image.height > _FRAMES_PIXELS:
            raise Unreadable("图片帧数过多，请拆开后上传")
        scanned = frames > 1 or _like_paper(image)
        if frames > 1:
            why = f"共{frames}幅画面，请逐幅看"
            findings.append(finding("image_page", place, excerpt=why, value=why))
        for number in range(min(frames, _READ_FRAMES)):
            image.seek(number)
            label = f"第{number + 1}幅" if frames > 1 else ""
            frame = ImageOps.exif_transpose(image).convert("RGB")
            told, read = pictured(
                "image_page" if scanned else "image_text", f"{place}{label}", label, frame
            )
            findings += [told] if frames == 1 else []
            passages += [*read, *codes(frame, label)]
    return findings, passages


def carried(data: bytes, place: str) -> _Found:
    """Only what a picture carries beside what it shows."""
    with opened(data) as image:
        return _carried(image, data, place)


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, its size known before a pixel is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning)
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise Unreadable("图片像素过大")
                yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as giant:
        raise Unreadable("图片像素过大") from giant
    except Unreadable:
        raise
    except Exception as broken:  # the decoders of Pillow raise whatever they stumble over
        raise Unreadable("图片已损坏，打不开") from broken


def _carried(image: Image.Image, data: bytes, place: str) -> _Found:
    image.load()
    parts = container(data, image.format or "")
    findings = list(_findings(image, parts, place))
    passages = list(carried_words(image, parts.sides, ""))
    rest = parts.rest.strip(b"\0\r\n ")
    if len(rest) >= _TRAILING:
        words = rest[: 2**20].decode("utf-8", "ignore").replace("\0", "").strip()
        passages.append(
            Passage("图片结束标志之后", words or f"{len(rest)}字节", hidden="hidden_text")
        )
    return findings, passages


def _findings(image: Image.Image, parts: Container, place: str) -> Iterator[Finding]:
    located = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    if located or any(b"GPSLatitude" in blob for _, blob in parts.sides):
        yield finding("image_place", place, excerpt="GPS")
    for number, small in enumerate(_thumbnails(parts), 1):
        if _unlike(image, small):
            words = f"缩略图{number}与图片不同"
            yield finding("hidden_text", f"{place}缩略图", excerpt=words, value=words)
    if _under_clear(image):
        yield finding(
            "hidden_text", f"{place}透明处", excerpt="透明的地方下面还有图像", value="clear"
        )


def _thumbnails(parts: Container) -> Iterator[bytes]:
    """Small JPEGs in the side parts, whatever program put them there."""
    for _, blob in parts.sides:
        start = blob.find(b"\xff\xd8\xff")
        if start >= 0:
            yield blob[start:]


def _unlike(image: Image.Image, small: bytes) -> bool:
    try:
        with opened(small) as other:
            shape = (32, 32)
            one = image.convert("L").resize(shape)
            two = other.convert("L").resize(shape)
            turned = [two, *(two.rotate(angle) for angle in (90, 180, 270))]
    except Unreadable:
        return False
    return min(ImageStat.Stat(ImageChops.difference(one, t)).mean[0] for t in turned) > _UNLIKE


def _under_clear(image: Image.Image) -> bool:
    """Cut-out places often keep their colours: lifting the transparency shows them again."""
    if image.mode not in {"RGBA", "LA"}:
        return False
    clear = image.getchannel("A").point(lambda value: 255 if value < 8 else 0)
    if clear.histogram()[255] * 200 < image.width * image.height:
        return False
    return max(ImageStat.Stat(image.convert("RGB"), clear).stddev) > 24


def _like_paper(image: Image.Image) -> bool:
    """A mostly white picture as large as a page."""
    if max(image.size) < _PAPER_HEIGHT:
        return False
    pixels = image.convert("L").resize((64, 64)).tobytes()
    return sum(pixel >= _WHITE for pixel in pixels) > len(pixels) * 0.6
