"""A bundle on disk: a plain tar that any gate can look into, and of which every byte is fixed.

Its bytes follow from the manifest and the files alone. Reading compares with what must stand there
and never believes a header, so no trick of the tar format can name another place.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gongkai.exchange.rules import File, Manifest, is_sealed, manifest_from, seal
from gongkai.refusal import Refused

MANIFEST, SEAL, TREE = "manifest.json", "manifest.hmac", "tree/"
_BLOCK, _CHUNK = tarfile.BLOCKSIZE, 1 << 20
_LARGEST_MANIFEST = 256 << 20
_SEAL_SIZE = 64
_END = bytes(2 * _BLOCK)


class Altered(Refused):
    """The bundle is not what was packed."""

    def __init__(self, what: str) -> None:
        super().__init__(f"传输包与清单不符（{what}），已整包拒收；请重新制作、重新传输。")


def write_bundle(out: BinaryIO, manifest: Manifest, root: Path, key: str) -> None:
    """Write manifest, seal and files; raises Altered when a file changed since it was listed."""
    content = manifest.as_bytes()
    _put(out, MANIFEST, content)
    _put(out, SEAL, seal(content, key))
    for file in manifest.files:
        out.write(_header(TREE + file.path, file.size))
        with (root / file.path).open("rb") as source:
            for chunk in _checked(source, file):
                out.write(chunk)
            if source.read(1):
                raise Altered(file.path)
        out.write(_padding(file.size))
    out.write(_END)


def read_manifest(bundle: BinaryIO, key: str) -> tuple[Manifest, bytes]:
    """The manifest with its bytes, verified; the bundle then stands at its first file."""
    head = bundle.read(_BLOCK)
    try:
        size = tarfile.TarInfo.frombuf(head, "utf-8", "strict").size
    except tarfile.TarError as error:
        raise Altered("不是传输包") from error
    if head != _header(MANIFEST, size) or size > _LARGEST_MANIFEST:
        raise Altered("不是传输包")
    content = bundle.read(size)
    _expect(bundle, _padding(size) + _header(SEAL, _SEAL_SIZE), "清单")
    sealed = bundle.read(_SEAL_SIZE)
    _expect(bundle, _padding(_SEAL_SIZE), "清单")
    if not is_sealed(content, sealed, key):
        raise Refused(
            "传输包的封签不对：内容被改动，或两端的 GONGKAI_EXCHANGE_KEY 不一致。已整包拒收。"
        )
    return manifest_from(content), content


def read_files(bundle: BinaryIO, manifest: Manifest) -> Iterator[tuple[File, Iterator[bytes]]]:
    """Each file with its content, which must be taken to its end; the whole bundle is checked.

    Raises Altered at the first byte that is not as packed, be it missing or too many.
    """
    for file in manifest.files:
        _expect(bundle, _header(TREE + file.path, file.size), file.path)
        yield file, _checked(bundle, file)
        _expect(bundle, _padding(file.size), file.path)
    _expect(bundle, _END, "包尾")
    if bundle.read(1):
        raise Altered("包尾之后还有内容")


def _checked(source: BinaryIO, file: File) -> Iterator[bytes]:
    digest, left = hashlib.sha256(), file.size
    while left:
        chunk = source.read(min(left, _CHUNK))
        if not chunk:
            raise Altered(file.path)
        digest.update(chunk)
        left -= len(chunk)
        yield chunk
    if digest.hexdigest() != file.sha256:
        raise Altered(file.path)


def _put(out: BinaryIO, name: str, content: bytes) -> None:
    out.write(_header(name, len(content)) + content + _padding(len(content)))


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.PAX_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def _expect(bundle: BinaryIO, wanted: bytes, place: str) -> None:
    if bundle.read(len(wanted)) != wanted:
        raise Altered(place)
