"""Makes the clean copy of one file, by what kind of file it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gongkai.refusal import Refused
from gongkai.screening.cleaning import books, pdfs, pictures, slides, words
from gongkai.screening.cleaning.result import Cleaned, Dropped, no
from gongkai.screening.files import screen_file, sniff
from gongkai.screening.files.package import Package
from gongkai.screening.findings import Report
from gongkai.screening.limits import MAX_FILE, Budget, Unreadable
from gongkai.screening.policy import DEFAULT, Policy

_CLEANERS: dict[str, Callable[[bytes, Dropped], bytes]] = {
    "pdf": pdfs.clean,
    "docx": words.clean,
    "xlsx": books.clean,
    "pptx": slides.clean,
    **dict.fromkeys(sniff.PICTURES, pictures.clean),
}


def clean_copy(data: bytes, name: str) -> Cleaned:
    """A copy with only what a reader sees. Raises ``Refused`` with what to do instead where a
    copy would lose what matters, or where the file cannot be read.
    """
    if len(data) > MAX_FILE:
        raise no("文件过大，不能生成干净副本。请拆成几个文件后上传。")
    dropped = Dropped()
    try:
        kind = _kind(data)
        if not sniff.agrees(kind, name):
            raise no("扩展名与内容不符，不能生成干净副本。请用原软件按真实格式另存后上传。")
        cleaner = _CLEANERS.get(kind)
        if cleaner is None:
            raise no("这种文件不能生成干净副本。请另存为docx、xlsx、pptx、pdf或图片后上传。")
        cleaned = cleaner(data, dropped)
    except Unreadable as reason:
        raise no(f"不能生成干净副本：{reason}。") from reason
    except RecursionError as deep:
        raise no("文件结构嵌套过深，不能生成干净副本。请重新导出后上传。") from deep
    except Refused:
        raise
    except Exception as broken:  # hostile bytes meet third-party readers here
        raise no("文件内部结构已损坏，不能生成干净副本。请用原软件另存后上传。") from broken
    return Cleaned(cleaned, name, sniff.MEDIA[kind], dropped.words())


def _kind(data: bytes) -> str:
    kind = sniff.sniff(data)
    return sniff.look_inside(Package(data, Budget())) if kind == "zip" else kind


def clean_and_screen(
    path: Path | str, name: str, policy: Policy = DEFAULT
) -> tuple[Cleaned, Report]:
    """The copy and what is still found in it. Only a copy that passes may be published."""
    with Path(path).open("rb") as file:
        data = file.read(MAX_FILE + 1)
    cleaned = clean_copy(data, name)
    return cleaned, screen_file(cleaned.data, cleaned.name, policy=policy)
