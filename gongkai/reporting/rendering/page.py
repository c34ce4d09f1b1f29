"""The report as one HTML file that needs nothing beside itself."""

from __future__ import annotations

from django.template.loader import render_to_string

from gongkai.reporting.document.shape import ReportDocument
from gongkai.reporting.document.words import chinese_date


def render_html(document: ReportDocument) -> str:
    """An A4-like page; prints as it shows."""
    context = {"report": document, "dated": chinese_date(document.dated)}
    return render_to_string("reporting/report.html", context)
