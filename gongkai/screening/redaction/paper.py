"""The source as a PDF, whatever it is: what is shown to the person who draws, and redacted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
from PIL import Image, ImageOps

from gongkai.refusal import Refused
from gongkai.screening.cleaning import pictures
from gongkai.screening.cleaning.result import Dropped
from gongkai.screening.files import sniff
from gongkai.screening.files.package import Package
from gongkai.screening.files.picture import opened as opened_picture
from gongkai.screening.limits import MAX_FILE, Budget, Unreadable
from gongkai.screening.redaction.picture import encoded, put

MOST_PAGES = 500
DOTS = 200
_OFFICE = {
    "docx": "Word", "doc": "Word", "xlsx": "Excel", "xls": "Excel", "pptx": "演示文稿",
    "ppt": "演示文稿", "ofd": "OFD", "odt": "文档", "ods": "表格", "odp": "演示文稿",
}  # fmt: skip


def no(message: str) -> Refused:
    """A refusal to redact this file."""
    return Refused(message, rule="REDACT-FILE", field="file")


@contextmanager
def readable() -> Iterator[None]:
    """Turns what hostile bytes do to readers into a refusal that says what to do."""
    try:
        yield
    except Unreadable as reason:
        raise no(f"不能制作区分处理件：{reason}。") from reason
    except Refused:
        raise
    except (RecursionError, MemoryError) as deep:
        raise no("文件过大或结构嵌套过深，不能制作区分处理件。请重新导出为PDF后再试。") from deep
    except Exception as broken:  # third-party readers raise whatever they stumble over
        raise no("文件内部结构已损坏，不能制作区分处理件。请重新导出为PDF后再试。") from broken


def as_pdf(data: bytes, name: str) -> bytes:
    """The source as PDF. Raises ``Refused`` for kinds that have no fixed pages, and says how the
    person makes a PDF of them.
    """
    if len(data) > MAX_FILE:
        raise no("文件过大，请拆成几个文件。")
    kind = _kind(data)
    if not sniff.agrees(kind, name):
        raise no("扩展名与内容不符。请用原软件按真实格式另存后上传。")
    if kind == "pdf":
        return data
    if kind in sniff.PICTURES:
        return _of_picture(data)
    label = _OFFICE.get(name.rpartition(".")[2].lower(), "这种")
    raise no(
        f"{label}文件没有固定的页面，不能直接画框。请在原软件里另存（导出）为PDF，"
        "上传PDF后再制作区分处理件。"
    )


def _kind(data: bytes) -> str:
    kind = sniff.sniff(data)
    return sniff.look_inside(Package(data, Budget())) if kind == "zip" else kind


def _of_picture(data: bytes) -> bytes:
    """A page for each frame, as many points as show its pixels at 200 dots an inch."""
    plain = pictures.clean(data, Dropped())
    made = pikepdf.Pdf.new()
    with opened_picture(plain) as image:
        frames = getattr(image, "n_frames", 1)
        if frames > MOST_PAGES:
            raise no(f"图片有{frames}幅，最多{MOST_PAGES}幅，请分成几份办理。")
        for number in range(frames):
            image.seek(number)
            shown = _on_white(ImageOps.exif_transpose(image))
            size = (shown.width * 72 / DOTS, shown.height * 72 / DOTS)
            put(made, encoded(shown), size)
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in {"RGBA", "LA", "PA"} and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(ground, clear).convert("RGB")
