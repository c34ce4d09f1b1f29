"""Opens files in a child process with bounded memory and time. A child that dies leaves the file
unscreened.
"""

from __future__ import annotations

import hashlib
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Self

from gongkai.refusal import Refused
from gongkai.screening import ocr
from gongkai.screening.findings import Report, finding
from gongkai.screening.policy import DEFAULT, Policy

TIMEOUT = 30.0
"""Seconds for one file."""
_START = 20.0
"""Seconds more for the first file, while the child loads its libraries."""
_JOBS_A_CHILD = 200
_DIED = "审查进程超时或内存不足，文件没有审完"


class Sandbox:
    """A child that screens file after file; it is replaced when it dies, hangs, or has done its
    share.
    """

    def __init__(self, policy: Policy = DEFAULT) -> None:
        self._policy = policy
        self._child: subprocess.Popen[bytes] | None = None
        self._jobs = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def screen(
        self, path: Path, name: str, timeout: float = TIMEOUT, *, policy: Policy | None = None
    ) -> Report:
        """The report on a file, by the sandbox's own policy or the one given; "unreadable" with
        the reason when the child did not survive it.
        """
        if not path.is_file():
            return _lost(path, name, "文件不存在或无权读取")
        answer = self._job("screen", path, name, timeout, policy)
        return _lost(path, name, _DIED) if answer is None else Report.from_dict(answer)

    def clean(
        self, path: Path, name: str, timeout: float = TIMEOUT
    ) -> tuple[dict[str, Any], Report]:
        """The clean copy in plain types, and the report on it. Raises ``Refused`` with the words
        of the child, or when the child did not survive.
        """
        answer = self._job("clean", path, name, timeout) if path.is_file() else None
        if answer is None:
            raise Refused(f"{_DIED}，没有生成干净副本。请检查文件，拆小后再试。", rule="FILE-CLEAN")
        if "refused" in answer:
            raise Refused(answer["refused"], rule="FILE-CLEAN")
        return answer["cleaned"], Report.from_dict(answer["report"])

    def _job(
        self, verb: str, path: Path, name: str, timeout: float, policy: Policy | None = None
    ) -> dict[str, Any] | None:
        """What the child answers; None when it died or ran out of time."""
        if ocr.available():
            timeout = max(timeout, ocr.SECONDS) if timeout == TIMEOUT else timeout
        fresh = self._child is None or self._jobs >= _JOBS_A_CHILD
        child = self._start() if fresh or self._child is None else self._child
        self._jobs += 1
        job = {
            "verb": verb,
            "path": str(path),
            "name": name,
            "seconds": max(1, int(timeout)),
            "policy": plain(policy or self._policy),
        }
        answer = _ask(child, json.dumps(job).encode() + b"\n", timeout + (_START if fresh else 0))
        if answer is None:
            self.close()
            return None
        told: dict[str, Any] = json.loads(answer.decode("utf-8", "surrogatepass"))
        return told

    def _start(self) -> subprocess.Popen[bytes]:
        self.close()
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
        self._child = subprocess.Popen(
            [sys.executable, "-I", "-m", "gongkai.screening.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd="/",
        )
        self._jobs = 0
        return self._child

    def close(self) -> None:
        """Ends the child."""
        if self._child is None:
            return
        self._child.kill()
        self._child.communicate()
        self._child = None


def screen_file_isolated(
    path: Path | str, name: str, timeout: float = TIMEOUT, *, policy: Policy = DEFAULT
) -> Report:
    """``screen_file`` in a child process of its own; ``timeout`` in seconds."""
    with Sandbox(policy) as sandbox:
        return sandbox.screen(Path(path).resolve(), name, timeout)


def screen_files_isolated(
    files: Iterable[tuple[Path | str, str]], policy: Policy = DEFAULT, *, timeout: float = TIMEOUT
) -> list[Report]:
    """The reports on all files (path and name) of a submission, in order, by one child. A child
    that dies is replaced: its file counts as not screened, the others are.
    """
    with Sandbox(policy) as sandbox:
        return [sandbox.screen(Path(path).resolve(), name, timeout) for path, name in files]


def plain(policy: Policy) -> dict[str, Any]:
    return {
        "office_phones": sorted(policy.office_phones),
        "words": list(policy.words),
        "masking": {"id_first": policy.masking.id_first, "id_last": policy.masking.id_last},
        "on": policy.on.isoformat(),
        "pepper": policy.pepper.hex(),
    }


def _ask(child: subprocess.Popen[bytes], job: bytes, timeout: float) -> bytes | None:
    """One line there, one line back; None when the child died or ran out of time."""
    stdin, stdout = child.stdin, child.stdout
    if stdin is None or stdout is None:
        return None
    try:
        stdin.write(job)
        stdin.flush()
        return _line(stdout, time.monotonic() + timeout)
    except OSError:
        return None


def _line(stream: IO[bytes], until: float) -> bytes | None:
    pieces: list[bytes] = []
    while (left := until - time.monotonic()) > 0:
        if not select.select([stream], [], [], left)[0]:
            return None
        piece = os.read(stream.fileno(), 1 << 20)
        if not piece:
            return None
        pieces.append(piece)
        if piece.endswith(b"\n"):
            return b"".join(pieces)
    return None


def _lost(path: Path, name: str, reason: str) -> Report:
    lost = finding(
        "unreadable",
        name,
        excerpt=reason,
        advice=f"{reason}。请检查文件，拆成几个小文件或另存为pdf后重新上传。",
    )
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        digest = ""
    return Report("unreadable", (lost,), "", "application/octet-stream", digest)
