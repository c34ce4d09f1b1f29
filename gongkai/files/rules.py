"""Which files are taken, and what a name may hold. Pure."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

LARGEST = 20 * 1024 * 1024
TAKEN = {
    "pdf": "PDF",
    "ofd": "OFD",
    "docx": "Word",
    "doc": "Word",
    "xlsx": "Excel",
    "xls": "Excel",
    "pptx": "演示文稿",
    "csv": "表格",
    "txt": "文本",
    "jpg": "图片",
    "jpeg": "图片",
    "png": "图片",
    "gif": "图片",
    "mp4": "视频",
    "zip": "压缩包",
}


def clean_name(name: str) -> str:
    """The last part of a file name without control characters; at most 120 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    return f"{stem[:110]}{dot}{suffix[:9]}" if dot else kept[:120]


def objection(name: str, size: int, *, accept: frozenset[str] | None = None) -> str:
    """Why a file of this name and size (bytes) is not taken, in Chinese; empty when it is."""
    suffix = PurePosixPath(name.lower()).suffix.lstrip(".")
    if suffix not in (accept or TAKEN.keys()):
        kinds = "、".join(sorted({TAKEN[s] for s in (accept or TAKEN)}))
        return f"“{name}”不是可接受的类型，请上传{kinds}。"
    if size == 0:
        return f"“{name}”是空文件，请核对后重新选择。"
    if size > LARGEST:
        return f"“{name}”为 {size / 1048576:.0f} MB，超过 20 MB，请压缩或分成几份。"
    return ""


def readable_size(size: int) -> str:
    """``1.5 MB``, ``38 KB``: for a link's text."""
    return f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, round(size / 1024))} KB"
