"""The child process that opens the file to redact: limits first, then one job, one answer."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongkai.refusal import Refused
from gongkai.screening.limits import MAX_FILE
from gongkai.screening.worker import bound, policy_from

Job = dict[str, Any]
Answer = dict[str, Any]


def main() -> None:
    """Answers the one job on standard input. Stray output of libraries goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogatepass")
    os.dup2(2, 1)
    job = json.loads(sys.stdin.buffer.read())
    bound(job["seconds"])
    answers.write(json.dumps(answer(job)))
    answers.flush()


def answer(job: Job) -> Answer:
    """What the job asks for; a refusal with its field."""
    with Path(job["path"]).open("rb") as file:
        data = file.read(MAX_FILE + 1)
    try:
        return _VERBS[job["verb"]](data, job)
    except Refused as refused:
        return {"refused": refused.message, "field": refused.field, "rule": refused.rule}


def _count(data: bytes, job: Job) -> Answer:
    from gongkai.screening.redaction.looking import page_count

    return {"pages": page_count(data, job["name"])}


def _picture(data: bytes, job: Job) -> Answer:
    from gongkai.screening.redaction.looking import page_picture

    picture = page_picture(data, job["name"], job["page"], job["width"])
    return {"picture": base64.b64encode(picture).decode("ascii")}


def _find(data: bytes, job: Job) -> Answer:
    from gongkai.screening.redaction import looking
    from gongkai.screening.redaction.boxes import Box

    policy, name = policy_from(job["policy"]), job["name"]
    if job["by"] == "phrase":
        found = looking.find_phrase(data, name, job["phrase"], job["ground"])
    elif job["by"] == "findings":
        found = looking.find_findings(data, name, job["grounds"], policy)
    else:
        boxes = [Box(**box) for box in job["boxes"]]
        pepper = bytes.fromhex(job["pepper"])
        found = looking.find_again(data, name, boxes, job["keys"], policy=policy, pepper=pepper)
    plain = [box.as_dict() for box in found.boxes]
    return {"boxes": plain, "blind": found.blind, "kinds": found.kinds}


def _redact(data: bytes, job: Job) -> Answer:
    from gongkai.screening.redaction.boxes import Box, Ground
    from gongkai.screening.redaction.making import redact

    made = redact(
        data,
        job["name"],
        [Box(**box) for box in job["boxes"]],
        {key: Ground(**ground) for key, ground in job["grounds"].items()},
        policy=policy_from(job["policy"]),
        pepper=bytes.fromhex(job["pepper"]),
    )
    return {"redacted": made.as_dict()}


_VERBS: dict[str, Callable[[bytes, Job], Answer]] = {
    "count": _count, "picture": _picture, "find": _find, "redact": _redact,
}  # fmt: skip


if __name__ == "__main__":
    main()
