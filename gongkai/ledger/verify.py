"""Verifies an exported ledger with nothing but the file: ``python -m gongkai.ledger.verify FILE``.

An export is JSON, one object a line: a header, the entries in order, and a footer that names how
many there are and the last digest. Whoever cuts entries off the end must cut or forge the footer;
a checkpoint kept elsewhere (``--head``) finds the forged one too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gongkai.ledger.chain import GENESIS, digest

FORMAT = "gongkai-ledger-1"


def first_fault(entries: Iterable[dict[str, Any]]) -> str | None:
    """The first entry that does not follow from the one before it, in one Chinese line."""
    previous, expected = GENESIS, 1
    for entry in entries:
        if entry.get("seq") != expected:
            return f"第 {expected} 条缺失或次序被改动（此处是第 {entry.get('seq')} 条）"
        if entry.get("previous") != previous:
            return f"第 {expected} 条与前一条不相接"
        if digest(entry) != entry.get("hash"):
            return f"第 {expected} 条的内容被改动"
        previous, expected = entry["hash"], expected + 1
    return None


def verify_export(lines: Iterable[str], *, head: str = "") -> tuple[int, str | None]:
    """How many entries the export holds, and its first fault (None: none).

    ``head`` is a digest kept elsewhere that must be among the entries.
    """
    records = list(_parsed(lines))
    if not records or records[0].get("format") != FORMAT:
        return 0, "不是台账导出文件，或文件头被删去"
    footer = records[-1]
    entries = records[1:-1] if "entries" in footer else records[1:]
    fault = first_fault(entries)
    if fault is None and "entries" not in footer:
        fault = f"第 {len(entries)} 条之后被截断（缺少文件尾）"
    if fault is None and (footer["entries"], footer["head"]) != (len(entries), _last(entries)):
        fault = f"第 {len(entries)} 条之后被截断（文件尾记有 {footer['entries']} 条）"
    if fault is None and head and head not in {entry["hash"] for entry in entries}:
        fault = "另存的校验点不在本文件中，台账被截断或替换"
    return len(entries), fault


def _parsed(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.strip():
            try:
                value = json.loads(line)
            except json.JSONDecodeError:
                value = {}
            yield value if isinstance(value, dict) else {}


def _last(entries: list[dict[str, Any]]) -> str:
    return str(entries[-1]["hash"]) if entries else GENESIS


def main(arguments: list[str]) -> int:
    """Exit 0: sound; 1: the first bad entry is printed; 2: could not read."""
    if len(arguments) not in {1, 2}:
        sys.stderr.write("用法：python -m gongkai.ledger.verify 文件 [校验点]\n")
        return 2
    try:
        with Path(arguments[0]).open(encoding="utf-8") as file:
            count, fault = verify_export(file, head=arguments[1] if len(arguments) == 2 else "")
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"无法读取：{error}\n")
        return 2
    sys.stdout.write(json.dumps({"entries": count, "fault": fault}, ensure_ascii=False) + "\n")
    return 1 if fault else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
