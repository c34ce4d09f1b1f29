"""Runs the screening over a submission and keeps what it found as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai import screening
from gongkai.files.models import StoredFile
from gongkai.screening import Policy

EDITION = screening.EDITION
_VERDICTS = ("clean", "review", "block", "unreadable")
_SEVERITIES = ("block", "review", "note")


def findings_in(
    texts: Mapping[str, str],
    files: Sequence[StoredFile] = (),
    *,
    policy: Policy = screening.DEFAULT,
) -> tuple[str, list[dict[str, Any]]]:
    """The verdict over all texts and files, and the findings as JSON, worst first."""
    found = [
        f
        for place, text in texts.items()
        for f in screening.screen_text(text, place=place, policy=policy)
    ]
    parts = [(str(screening.worst(found)), [_row(f) for f in found])]
    reports = screening.screen_files_isolated([(f.path, f.name) for f in files], policy)
    for file, report in zip(files, reports, strict=True):
        rows = [_of_file(_row(f), file) for f in report.findings]
        parts.append((str(report.verdict), rows))
    return together(parts)


def _of_file(row: dict[str, Any], file: StoredFile) -> dict[str, Any]:
    """A finding names its file, in words and in its key: the same number in the same line of two
    files is two findings, and settling one leaves the other open.
    """
    return row | {
        "file": file.sha256,
        "key": f"{row['key']}:{file.sha256[:16]}",
        "place": f"附件“{file.name}” {row['place']}",
    }


def together(
    parts: Iterable[Sequence[Any]],
) -> tuple[str, list[dict[str, Any]]]:
    """Several screenings as one: the worst verdict, and every finding once, worst first."""
    parts = list(parts)
    rows = {row["key"]: row for _, found in parts for row in found}
    ranked = sorted(rows.values(), key=lambda row: _SEVERITIES.index(row["severity"]))
    return max((verdict for verdict, _ in parts), key=_VERDICTS.index), ranked


def _row(finding: screening.Finding) -> dict[str, Any]:
    kind = screening.KINDS[finding.kind]
    return {
        "key": finding.key,
        "kind": finding.kind,
        "label": finding.label,
        "severity": finding.severity,
        "place": finding.place,
        "start": finding.start,
        "end": finding.end,
        "excerpt": finding.excerpt,
        "advice": finding.advice,
        "rule": finding.rule,
        "second_person": kind.needs_second_person,
        "overridable": kind.overridable,
    }
