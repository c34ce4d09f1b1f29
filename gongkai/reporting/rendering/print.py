"""The report as PDF."""

from __future__ import annotations

import hashlib
from typing import Any

from gongkai.refusal import Refused
from gongkai.reporting.document.shape import ReportDocument
from gongkai.reporting.rendering.page import render_html


def render_pdf(document: ReportDocument) -> bytes:
    """The web page printed on A4; a page asks nothing from the net. Same document, same bytes."""
    from weasyprint import HTML

    page = render_html(document)
    identifier = hashlib.sha256(page.encode()).hexdigest()[:32].encode()
    made = HTML(string=page, url_fetcher=_nothing).write_pdf(pdf_identifier=identifier)
    if not made:
        raise Refused("生成 PDF 失败，请改用 html 或 docx 格式。")
    return bytes(made)


def _nothing(url: str, *args: Any, **options: Any) -> Any:
    raise ValueError(f"a report loads nothing: {url}")
