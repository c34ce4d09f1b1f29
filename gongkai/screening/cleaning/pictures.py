"""Pictures are drawn anew: pixels only, turned as they are shown, in the same format."""

from __future__ import annotations

import io
from typing import Any

from PIL import ExifTags, Image, ImageOps

from gongkai.screening.cleaning.result import Dropped, no
from gongkai.screening.files.picture import opened
from gongkai.screening.files.pictureparts import container

_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "subsampling": 0, "optimize": True},
    "WEBP": {"quality": 92},
    "PNG": {"optimize": True},
    "TIFF": {"compression": "tiff_lzw"},
}
_PLAIN = {"1", "L", "RGB", "LA", "RGBA"}


def clean(data: bytes, dropped: Dropped) -> bytes:
    """The picture without anything but its pixels."""
    with opened(data) as image:
        form = "JPEG" if image.format == "MPO" else str(image.format)
        frames = getattr(image, "n_frames", 1)
        moving = frames > 1 and form not in {"TIFF", "JPEG"}
        pages = []
        for number in range(frames if form == "TIFF" else 1):
            image.seek(number)
            pages.append(_pixels(image, form))
        image.seek(0)
        _told(image, data, dropped)
    if moving:
        raise no("动图不能生成干净副本。请截取要公开的一幅，存为png或jpg后上传。")
    return written(pages, form)


def written(pages: list[Image.Image], form: str) -> bytes:
    """The bytes of one picture or of the pages of one TIFF."""
    out = io.BytesIO()
    more: dict[str, Any] = {"save_all": True, "append_images": pages[1:]} if pages[1:] else {}
    pages[0].save(out, form, **_OPTIONS.get(form, {}), **more)
    return out.getvalue()


def _pixels(image: Image.Image, form: str) -> Image.Image:
    """A new picture that shares nothing with the old one but its pixels. Places that are fully
    clear lose their colours.
    """
    shown = ImageOps.exif_transpose(image)
    clear = shown.mode in {"RGBA", "LA", "PA"} or "transparency" in shown.info
    mode = shown.mode if shown.mode in _PLAIN else "RGB"
    if clear:
        mode = "RGBA"
    shown = shown.convert("RGB" if form in {"JPEG", "BMP"} and mode not in {"1", "L"} else mode)
    fresh = Image.frombytes(shown.mode, shown.size, shown.tobytes())
    if fresh.mode == "RGBA":
        mask = fresh.getchannel("A").point(lambda value: 255 if value < 8 else 0)
        fresh.paste((0, 0, 0, 0), (0, 0), mask)
    return fresh


def _told(image: Image.Image, data: bytes, dropped: Dropped) -> None:
    exif = image.getexif()
    parts = container(data, image.format or "")
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        dropped.add("拍摄位置")
    if exif or parts.sides or image.info.get("comment") or image.info.get("xmp"):
        dropped.add("图片属性（拍摄时间、设备、作者、说明等）")
    if any(b"\xff\xd8\xff" in blob for _, blob in parts.sides):
        dropped.add("缩略图")
    if parts.rest.strip(b"\0\r\n "):
        dropped.add("图片结束标志之后的内容")
