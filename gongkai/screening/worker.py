"""The child process that opens files: limits first, then one file a line, one report a line.

A file that kills it harms nobody: the parent reports it as not screened.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from datetime import date
from typing import Any

MEMORY = 1024 * 2**20
"""Bytes of address space."""


def memory() -> int:
    """Machine reading of pictures needs more; only where it is installed."""
    from gongkai.screening import ocr

    return ocr.MEMORY if ocr.available() else MEMORY


def bound(cpu_seconds: int) -> None:
    """No core files, no written files, so much memory, and so many seconds of processor from
    now.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + cpu_seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
    resource.setrlimit(resource.RLIMIT_AS, (memory(), memory()))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def policy_from(data: dict[str, Any]) -> Any:
    """The policy as it was sent."""
    from gongkai.screening.policy import Masking, Policy

    return Policy(
        office_phones=frozenset(data["office_phones"]),
        words=tuple(data["words"]),
        masking=Masking(**data["masking"]),
        on=date.fromisoformat(data["on"]),
        pepper=bytes.fromhex(data["pepper"]),
    )


def main() -> None:
    """Answers jobs from standard input until it closes. Stray output of libraries goes to
    standard error.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogatepass")
    os.dup2(2, 1)
    from gongkai.screening.files import screen_file

    for line in sys.stdin:
        job = json.loads(line)
        bound(job["seconds"])
        policy = policy_from(job["policy"])
        if job["verb"] == "clean":
            answer = _clean(job["path"], job["name"], policy)
        else:
            answer = screen_file(job["path"], job["name"], policy=policy).as_dict()
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _clean(path: str, name: str, policy: Any) -> dict[str, Any]:
    from gongkai.refusal import Refused
    from gongkai.screening.cleaning.copy import clean_and_screen

    try:
        cleaned, report = clean_and_screen(path, name, policy)
    except Refused as refused:
        return {"refused": str(refused)}
    return {"cleaned": cleaned.as_dict(), "report": report.as_dict()}


if __name__ == "__main__":
    main()
