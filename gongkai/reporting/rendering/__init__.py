"""The report as a file: web page, Word, PDF, data. The same document gives the same bytes."""

from __future__ import annotations

from gongkai.reporting.rendering.page import render_html
from gongkai.reporting.rendering.plain import render_json
from gongkai.reporting.rendering.print import render_pdf
from gongkai.reporting.rendering.word import render_docx

FORMATS = ("json", "html", "docx", "pdf")

__all__ = ["FORMATS", "render_docx", "render_html", "render_json", "render_pdf"]
