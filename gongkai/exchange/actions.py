"""Packing the published tree for the way out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from gongkai.exchange.bundle import write_bundle
from gongkai.exchange.rules import PARTS, SHORTEST_KEY, File, Manifest
from gongkai.ledger.actions import record
from gongkai.ledger.moments import utc_text
from gongkai.publishing.actions import alone
from gongkai.refusal import Refused


@dataclass(frozen=True)
class Packed:
    """A bundle on disk."""

    path: Path
    seq: int
    files: int
    bytes: int


def pack(out: Path, *, by: object = None) -> Packed:
    """Pack the published tree into ``out``: a new file, or a folder for one named by its number.

    The number is that of the ledger entry, which rises for ever; the entry's hash travels along,
    so that every release carries the head of the ledger.
    """
    key, root = exchange_key(), Path(settings.TREE_ROOT)
    with alone():
        files = tuple(_listed(root))
        if not files:
            raise Refused("还没有发布任何页面，请先运行 gongkai publish。")
        manifest = _numbered(files, by)
        path = out / f"gongkai-{manifest.seq:09d}.tar" if out.is_dir() else out
        _write_aside(path, manifest, root, key)
    return Packed(path, manifest.seq, len(files), path.stat().st_size)


def exchange_key() -> str:
    """The key that both hosts share; raises Refused where it is not set."""
    key: str = settings.EXCHANGE_KEY
    if len(key) < SHORTEST_KEY:
        raise Refused(
            f"请在内外两端设置同一个 GONGKAI_EXCHANGE_KEY（至少 {SHORTEST_KEY} 个随机字符）。"
        )
    return key


@transaction.atomic
def _numbered(files: tuple[File, ...], by: object) -> Manifest:
    # A short transaction: while the files are being written, submissions go on.
    listing = hashlib.sha256(repr(files).encode()).hexdigest()
    entry = record("exchange.packed", "tree", by=by, data={"files": len(files), "listing": listing})
    return Manifest(seq=entry.seq, made_at=utc_text(entry.at), ledger=entry.hash, files=files)


def _listed(root: Path) -> Iterator[File]:
    found = (path for part in PARTS for path in (root / part).rglob("*"))
    for path in sorted(found):
        if path.is_symlink():
            raise Refused(f"发布目录里有符号链接“{path.name}”，可能指向未公开的文件，请先删除。")
        if path.is_file() and not _is_passing(path):
            with path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            yield File(path.relative_to(root).as_posix(), digest, path.stat().st_size)


def _is_passing(path: Path) -> bool:
    """Locks, and files that a killed publisher left half written."""
    return path.name.startswith(".new-") or path.suffix == ".lock"


def _write_aside(path: Path, manifest: Manifest, root: Path, key: str) -> None:
    """A courier never finds half a bundle under its name."""
    aside = path.with_name(f".{path.name}.new")
    try:
        with aside.open("wb") as out:
            write_bundle(out, manifest, root, key)
            settle(out)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def settle(file: BinaryIO) -> None:
    """On disk, not only on its way there."""
    file.flush()
    os.fsync(file.fileno())
