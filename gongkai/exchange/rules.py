"""What a manifest says, what it may name, and its seal; pure Python."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from gongkai.refusal import Refused

FORMAT = "gongkai-bundle-1"
#: What crosses: pages and files, withdrawn addresses, the search index. Nothing beside them.
PARTS = ("sites", "gone", "index")
SHORTEST_KEY = 32


@dataclass(frozen=True)
class File:
    """One file of the tree; ``size`` in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """``seq`` rises with every bundle; ``ledger`` is the head of the ledger when it was made."""

    seq: int
    made_at: str
    ledger: str
    files: tuple[File, ...]

    def as_bytes(self) -> bytes:
        """The one spelling that is sealed."""
        told = {"format": FORMAT, **asdict(self)}
        return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def manifest_from(content: bytes) -> Manifest:
    """The manifest of bytes whose seal was verified; Refused for what no pack would write."""
    try:
        told = json.loads(content)
        if told.pop("format") != FORMAT:
            raise ValueError("format")
        files = tuple(File(**file) for file in told.pop("files"))
        manifest = Manifest(**told, files=files)
        sound = manifest.as_bytes() == content and isinstance(manifest.seq, int)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused("传输包的清单无法识别，请核对两端版本后重新制作。") from error
    if not sound:
        raise Refused("传输包的清单无法识别，请核对两端版本后重新制作。")
    if wrong := misplaced(file.path for file in files):
        raise Refused(f"传输包含有越出目录的路径“{wrong}”，已整包拒收，请报告网络安全管理员。")
    return manifest


def misplaced(paths: Iterable[str]) -> str | None:
    """The first path that is not plainly inside one of the parts, or stands twice; None if none."""
    seen: set[str] = set()
    for path in paths:
        parts = PurePosixPath(path).parts
        plain = "/".join(parts) == path and not {"..", ".", "/"} & set(parts)
        if not plain or len(parts) < 2 or parts[0] not in PARTS or set(path) & {"\\", "\0"}:
            return path
        if path in seen:
            return path
        seen.add(path)
    return None


def seal(content: bytes, key: str) -> bytes:
    """The seal of a manifest: HMAC-SHA256 in hexadecimal."""
    return hmac.new(key.encode(), content, "sha256").hexdigest().encode()


def is_sealed(content: bytes, sealed: bytes, key: str) -> bool:
    """Whether the seal is ours; takes as long for a wrong one."""
    return hmac.compare_digest(seal(content, key), sealed)
