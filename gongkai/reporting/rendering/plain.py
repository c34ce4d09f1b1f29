"""The report as data: the form that ``gongkai report check`` reads, and its text."""

from __future__ import annotations

import json
from typing import Any

from gongkai.reporting.document.shape import ReportDocument


def render_json(document: ReportDocument, tables: dict[str, Any]) -> str:
    """``tables`` (from ``queries.as_file``) with title, cut-off and sections, as one object."""
    told = {
        **tables,
        "title": document.title,
        "cut_off": document.cut_off.isoformat(),
        "signed": document.dated.isoformat(),
        "state": "frozen" if document.frozen else "draft",
        "version": document.version,
        "preface": document.preface,
        "sections": [
            {"heading": s.heading, "paragraphs": list(s.paragraphs), "drafted": s.drafted}
            for s in document.sections
        ],
    }
    return json.dumps(told, ensure_ascii=False)
