"""Files of the tree: written aside and moved into place, compressed beforehand."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from pathlib import Path

import brotli

COMPRESSED = {".html", ".xml", ".txt", ".css", ".js", ".json", ".svg", ".csv"}


def write(root: Path, path: str, content: bytes) -> None:
    """Put ``content`` at ``path`` below ``root`` with its compressed twins, each by one rename."""
    target = inside(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix in COMPRESSED:
        # mtime=0: the same page gives the same bytes on any day.
        _put(target.with_name(target.name + ".gz"), gzip.compress(content, 6, mtime=0))
        _put(target.with_name(target.name + ".br"), brotli.compress(content, quality=5))
    _put(target, content)


def holds(root: Path, path: str, digest: str) -> bool:
    """Whether exactly these bytes stand at ``path``: a file cut short by a power cut does not."""
    target = inside(root, path)
    return target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == digest


def settle() -> None:
    """Put everything written so far onto the disk: once a run, not once a file."""
    os.sync()


def remove(root: Path, path: str) -> None:
    """Take a file and its twins away, and folders that are empty then."""
    target = inside(root, path)
    for name in (target.name, target.name + ".gz", target.name + ".br"):
        target.with_name(name).unlink(missing_ok=True)
    folder = target.parent
    while folder != root and folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def inside(root: Path, path: str) -> Path:
    """The file of a tree path; raises ValueError for a path that leaves the tree."""
    target = (root / path.lstrip("/")).resolve()
    if not target.is_relative_to(root.resolve()):
        raise ValueError(f"{path} leaves the tree")
    return target


def contents(root: Path) -> dict[str, bytes]:
    """Every uncompressed file below ``root`` by its path."""
    if not root.exists():
        return {}
    files = (f for f in root.rglob("*") if f.is_file() and f.suffix not in {".gz", ".br"})
    return {"/" + f.relative_to(root).as_posix(): f.read_bytes() for f in files}


def _put(target: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(target)
