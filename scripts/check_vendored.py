"""Compare every vendored file with the sum that ``VENDOR.json`` beside it states.

python scripts/check_vendored.py [FOLDER…]
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOMES = ("gongkai", "tests")


def problems(record: Path) -> Iterator[str]:
    """What differs between a folder and its record: changed, missing, or not recorded files."""
    folder = record.parent
    facts = json.loads(record.read_text(encoding="utf-8"))
    for key in ("name", "version", "licence", "sha256"):
        if not facts.get(key):
            yield f"{record}: does not state {key}"
    sums = facts.get("sha256") or {}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    if not any(name.upper().startswith("LICENSE") for name in there):
        yield f"{folder}: has no licence file"
    for name in sorted(there - set(sums) - {record.name}):
        yield f"{folder / name}: is not recorded"
    for name, expected in sums.items():
        if name not in there:
            yield f"{folder / name}: is missing"
        elif hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
            yield f"{folder / name}: was changed"


def unrecorded(home: Path) -> Iterator[str]:
    """Folders under ``vendor/`` that state nothing."""
    for vendor in home.rglob("vendor"):
        for folder in vendor.iterdir():
            if folder.is_dir() and not (folder / "VENDOR.json").exists():
                yield f"{folder}: has no VENDOR.json"


def main() -> int:
    homes = [Path(name) for name in sys.argv[1:]] or [ROOT / name for name in HOMES]
    records = [record for home in homes for record in home.rglob("VENDOR.json")]
    bad = [p for record in records for p in problems(record)]
    bad += [p for home in homes for p in unrecorded(home)]
    print("\n".join(bad) if bad else f"{len(records)} vendored packages as recorded")
    return 1 if bad or not records else 0


if __name__ == "__main__":
    sys.exit(main())
