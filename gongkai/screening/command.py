"""What ``gongkai screen PATH…`` prints, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gongkai.screening.policy import DEFAULT, Policy
from gongkai.screening.sandbox import Sandbox


def run(paths: Iterable[Path | str], *, policy: Policy = DEFAULT) -> Iterator[dict[str, Any]]:
    """One object a file; folders are walked in order. A path that is not
    there is unreadable.
    """
    with Sandbox(policy) as sandbox:
        for path in paths:
            for file in _files(Path(path)):
                report = sandbox.screen(file.resolve(), file.name)
                yield {
                    "path": str(file),
                    "verdict": report.verdict,
                    "findings": [
                        {
                            "kind": f.kind,
                            "severity": f.severity,
                            "place": f.place,
                            "excerpt": f.excerpt,
                            "rule": f.rule,
                        }
                        for f in report.findings
                    ],
                }


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for inside in sorted(path.rglob("*")):
        if inside.is_file():
            yield inside
