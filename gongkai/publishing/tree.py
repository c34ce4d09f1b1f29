"""Files of the tree: written aside and moved into place, compressed beforehand."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import brotli

COMPRESSED = {".html", ".xml", ".txt", ".css", ".js", ".json", ".jsonld", ".svg", ".csv"}
TWINS = {".gz", ".br"}
_GZIP, _BROTLI = 6, 5  # brotli 11 saves 8 % more and takes forty times as long
_numbers = count()


def write(root: Path, path: str, content: bytes, *, twins: bool = True) -> None:
    """Put ``content`` at ``path`` below ``root`` with its compressed twins, each by one rename."""
    target = inside(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if twins and target.suffix in COMPRESSED:
        # mtime=0: the same page gives the same bytes on any day.
        _put(f"{target}.gz", gzip.compress(content, _GZIP, mtime=0))
        _put(f"{target}.br", brotli.compress(content, quality=_BROTLI))
    _put(str(target), content)


def holds(root: Path, path: str, content: bytes) -> bool:
    """Whether exactly these bytes stand at ``path``, and the twins say the same.

    After a power cut a file may be cut short, and after a kill a twin be newer than its file.
    """
    target = inside(root, path)
    try:
        return target.read_bytes() == content and all(said == content for _, said in _twins(target))
    except OSError:
        return False


def settle() -> None:
    """Put everything written so far onto the disk: once a run, not once a file."""
    os.sync()


def remove(root: Path, path: str) -> None:
    """Take a file and its twins away, and folders that are empty then."""
    target = inside(root, path)
    for name in (f"{target.name}.gz", f"{target.name}.br", target.name):
        target.with_name(name).unlink(missing_ok=True)
    folder = target.parent
    while folder != root and folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def inside(root: Path, path: str) -> Path:
    """The file of a tree path; raises ValueError for a path that leaves the tree."""
    # By the names alone: there are no links in the tree, and asking the disk for each part of each
    # path would take longer than writing the file.
    top = os.path.abspath(root)  # noqa: PTH100
    target = os.path.abspath(f"{top}/{path}")  # noqa: PTH100
    if not target.startswith(f"{top}/"):
        raise ValueError(f"{path} leaves the tree")
    return Path(target)


def contents(root: Path) -> dict[str, bytes]:
    """Every uncompressed file below ``root`` by its path."""
    return {path: (root / path[1:]).read_bytes() for path in paths(root)}


def paths(root: Path) -> set[str]:
    """Every uncompressed file below ``root``."""
    if not root.exists():
        return set()
    files = (f for f in root.rglob("*") if f.is_file() and f.suffix not in TWINS)
    return {"/" + f.relative_to(root).as_posix() for f in files}


def lone_twins(root: Path) -> set[str]:
    """Twins without their file: a web server would still send them to most readers."""
    if not root.exists():
        return set()
    twins = (f for f in root.rglob("*") if f.suffix in TWINS and not f.with_suffix("").exists())
    return {"/" + f.relative_to(root).as_posix() for f in twins}


def sweep(root: Path, wanted: set[str]) -> list[str]:
    """Remove everything that is not wanted: leftovers of a killed run, files that nobody wrote."""
    extra = sorted((paths(root) - wanted) | lone_twins(root))
    for path in extra:
        remove(root, path)
    return extra


def _twins(target: Path) -> Iterator[tuple[str, bytes]]:
    """What a reader gets who takes compressed files; OSError for a twin that is missing or cut."""
    if target.suffix not in COMPRESSED:
        return
    try:
        yield ".gz", gzip.decompress(target.with_name(f"{target.name}.gz").read_bytes())
        yield ".br", brotli.decompress(target.with_name(f"{target.name}.br").read_bytes())
    except (brotli.error, zlib.error, EOFError) as error:
        raise OSError("a twin was cut short") from error


def _put(target: str, content: bytes) -> None:
    folder, _, _ = target.rpartition("/")
    temporary = f"{folder}/.new-{os.getpid()}-{next(_numbers)}"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fchmod(handle, 0o644)  # whatever the umask: the web server is another user
        os.replace(temporary, target)  # noqa: PTH105 - a third of the time of Path's
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
