"""Taking a bundle in on the outer host: no database, no ledger, only files."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gongkai.exchange.actions import exchange_key, settle
from gongkai.exchange.bundle import MANIFEST, read_files, read_manifest
from gongkai.exchange.rules import Manifest
from gongkai.refusal import Refused

CURRENT, RELEASES = "current", "releases"
_NAME = re.compile(r"(\d{9,})-\w+")


@dataclass(frozen=True)
class Unpacked:
    """What ``target/current`` shows now."""

    tree: Path
    seq: int
    files: int


def unpack(bundle: Path, target: Path) -> Unpacked:
    """Put the bundle's tree at ``target/current``, at once and as a whole.

    The bundle is read through and verified before anything is written, and again while it is
    written. An older number is refused; the same bundle again repairs a tree that was altered.
    Older trees are removed: what was withdrawn must not stay on an outer host.
    """
    key = exchange_key()
    with bundle.open("rb") as file:
        manifest, content = read_manifest(file, key)
        for _, chunks in read_files(file, manifest):
            for _ in chunks:
                pass
        target.mkdir(parents=True, exist_ok=True)
        with _alone(target):
            _refuse_older(manifest, content, target)
            file.seek(0)
            if read_manifest(file, key)[1] != content:
                raise Refused("传输包在读取时被改动，已拒收。")
            tree = _write(file, manifest, content, target)
            _switch(target, tree)
            _remove_others(target, tree)
    return Unpacked(tree, manifest.seq, len(manifest.files))


def current_seq(target: Path) -> int:
    """The number of the tree that is shown; 0 when there is none."""
    link = target / CURRENT
    name = _NAME.fullmatch(link.readlink().name) if link.is_symlink() else None
    return int(name[1]) if name else 0


def _refuse_older(manifest: Manifest, content: bytes, target: Path) -> None:
    shown = current_seq(target)
    if manifest.seq < shown:
        raise Refused(f"传输包（{manifest.seq} 号）比现有内容（{shown} 号）旧，已拒收。")
    if manifest.seq == shown and (target / CURRENT / MANIFEST).read_bytes() != content:
        raise Refused(f"{shown} 号传输包已收过，内容与这次不同，已拒收，请报告网络安全管理员。")


def _write(file: BinaryIO, manifest: Manifest, content: bytes, target: Path) -> Path:
    releases = target / RELEASES
    releases.mkdir(exist_ok=True)
    tree = Path(tempfile.mkdtemp(prefix=f"{manifest.seq:09d}-", dir=releases))
    try:
        tree.chmod(0o755)
        for entry, chunks in read_files(file, manifest):
            _put(tree / entry.path, chunks)
        _put(tree / MANIFEST, iter([content]))
        for folder, _, _ in os.walk(tree):
            _settle_folder(Path(folder))
    except BaseException:
        shutil.rmtree(tree)
        raise
    return tree


def _put(path: Path, chunks: Iterator[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
        out.writelines(chunks)
        settle(out)


def _switch(target: Path, tree: Path) -> None:
    """One rename: a visitor sees the old tree or the new one."""
    _settle_folder(tree.parent)
    aside = target / f".{CURRENT}.new"
    aside.unlink(missing_ok=True)
    aside.symlink_to(Path(RELEASES) / tree.name)
    aside.replace(target / CURRENT)
    _settle_folder(target)


def _remove_others(target: Path, tree: Path) -> None:
    for other in (target / RELEASES).iterdir():
        if other != tree:
            shutil.rmtree(other)


def _settle_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    with (target / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
