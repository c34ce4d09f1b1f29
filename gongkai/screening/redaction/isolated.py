"""Redaction in a child process: hostile bytes meet readers and painters there, with bounded memory
and time, and nothing that they do outlives the answer.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai.refusal import Refused
from gongkai.screening import ocr
from gongkai.screening.policy import DEFAULT, Policy
from gongkai.screening.redaction.boxes import Box, Ground
from gongkai.screening.redaction.looking import Found
from gongkai.screening.redaction.making import Redacted
from gongkai.screening.sandbox import plain as plain_policy

LOOK_SECONDS = 30
"""For one page, or for a search."""
MAKE_SECONDS = 600
"""For a whole result with its proof and screening."""
_DIED = "文件过大或太复杂，没有处理完。请把文件分成几份，每份分别办理"


def page_count(path: Path | str, name: str) -> int:
    """How many pages can be redacted. Raises ``Refused`` for files that cannot be."""
    return int(_ask({"verb": "count"}, path, name, LOOK_SECONDS)["pages"])


def page_picture(path: Path | str, name: str, page: int, width: int = 1000) -> bytes:
    """Page ``page`` (from 1) as PNG, ``width`` pixels wide."""
    told = _ask({"verb": "picture", "page": page, "width": width}, path, name, LOOK_SECONDS)
    return base64.b64decode(told["picture"])


def find_phrase(path: Path | str, name: str, phrase: str, ground: str) -> Found:
    """Boxes around a phrase on every page."""
    return _found({"by": "phrase", "phrase": phrase, "ground": ground}, path, name)


def find_findings(
    path: Path | str, name: str, grounds: Mapping[str, str], *, policy: Policy = DEFAULT
) -> Found:
    """Boxes around what screening finds; ``grounds``: a ground for each kind that is wanted."""
    return _found({"by": "findings", "grounds": dict(grounds)}, path, name, policy)


def find_again(
    path: Path | str, name: str, boxes: Iterable[Box], keys: Mapping[str, str],
    *, policy: Policy = DEFAULT, pepper: bytes = b"",
) -> Found:  # fmt: skip
    """Boxes around boxed words wherever else they stand; ``keys`` of ``Still`` with grounds."""
    asked = {"by": "keys", "keys": dict(keys), "pepper": pepper.hex()}
    return _found({**asked, "boxes": [box.as_dict() for box in boxes]}, path, name, policy)


def redact(
    path: Path | str, name: str, boxes: Sequence[Box], grounds: Mapping[str, Ground],
    *, policy: Policy = DEFAULT, pepper: bytes = b"",
) -> Redacted:  # fmt: skip
    """``making.redact`` in a child of its own."""
    job = {
        "verb": "redact",
        "boxes": [box.as_dict() for box in boxes],
        "grounds": {key: asdict(ground) for key, ground in grounds.items()},
        "pepper": pepper.hex(),
    }
    seconds = max(MAKE_SECONDS, ocr.SECONDS) if ocr.available() else MAKE_SECONDS
    return Redacted.from_dict(_ask(job, path, name, seconds, policy)["redacted"])


def _found(job: dict[str, Any], path: Path | str, name: str, policy: Policy = DEFAULT) -> Found:
    told = _ask({"verb": "find", **job}, path, name, LOOK_SECONDS * 2, policy)
    return Found([Box(**box) for box in told["boxes"]], told["blind"], told["kinds"])


def _ask(
    job: dict[str, Any], path: Path | str, name: str, seconds: int, policy: Policy = DEFAULT
) -> dict[str, Any]:
    whole = {**job, "path": str(Path(path).resolve()), "name": name, "seconds": seconds}
    whole["policy"] = plain_policy(policy)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "gongkai.screening.redaction.worker"],
            input=json.dumps(whole).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds + 20,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            cwd="/",
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout.decode("utf-8", "surrogatepass"))
    except (subprocess.SubprocessError, ValueError, OSError) as died:
        raise Refused(f"{_DIED}。", field="file", rule="REDACT-FILE") from died
    if "refused" in told:
        raise Refused(told["refused"], field=told["field"], rule=told["rule"])
    return told
