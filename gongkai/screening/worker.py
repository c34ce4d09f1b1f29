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


def bound(cpu_seconds: int) -> None:
    """No core files, no written files, so much memory, and so many seconds of processor from
    now.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + cpu_seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
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
        report = screen_file(job["path"], job["name"], policy=policy_from(job["policy"]))
        answers.write(json.dumps(report.as_dict()) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
