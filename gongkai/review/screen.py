"""Runs the screening over a submission and keeps what it found as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai import screening
from gongkai.files.models import StoredFile

EDITION = screening.EDITION


def findings_in(
    texts: Mapping[str, str], files: Sequence[StoredFile] = ()
) -> tuple[str, list[dict[str, Any]]]:
    """The verdict over all texts and files, and the findings as JSON, worst first."""
    findings = [
        f for place, text in texts.items() for f in screening.screen_text(text, place=place)
    ]
    reports = [screening.screen_file_isolated(file.path, file.name) for file in files]
    for report in reports:
        findings.extend(report.findings)
    verdicts = [screening.worst(findings), *(report.verdict for report in reports)]
    order = ("clean", "review", "block", "unreadable")
    rows = {f.key: _row(f) for f in findings}
    ranked = sorted(rows.values(), key=lambda r: ("block", "review", "note").index(r["severity"]))
    return max(verdicts, key=order.index), ranked


def _row(finding: screening.Finding) -> dict[str, Any]:
    kind = screening.KINDS[finding.kind]
    return {
        "key": finding.key,
        "kind": finding.kind,
        "label": finding.label,
        "severity": finding.severity,
        "place": finding.place,
        "excerpt": finding.excerpt,
        "advice": finding.advice,
        "rule": finding.rule,
        "second_person": kind.needs_second_person,
        "overridable": kind.overridable,
    }
