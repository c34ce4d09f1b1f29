"""The letter as PDF, in the letter form of GB/T 9704-2012: what applicants can open anywhere.

Made from the text that was approved, each time; the same letter gives the same bytes.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils.html import format_html, format_html_join

from gongkai.cases.models import Letter
from gongkai.refusal import Refused

_STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm;
  @bottom-center { content: "— " counter(page) " —"; font: 14pt "SimSun", "宋体", serif } }
body { font: 16pt/28.95pt "仿宋_GB2312", "FangSong", "仿宋", "Noto Serif CJK SC",
  "Noto Sans CJK SC", serif; margin: 0 }
.organ { color: #e60012; font-size: 30pt; line-height: 44pt; text-align: center;
  border-bottom: 2pt solid #e60012; margin: 0 0 10pt }
.number { text-align: right; margin: 0 0 29pt }
h1 { font-size: 22pt; line-height: 34pt; text-align: center; font-weight: bold; margin: 0 0 29pt }
p { margin: 0; text-indent: 2em; text-align: justify }
p.plain { text-indent: 0 }
.close { margin-top: 29pt; text-align: right; break-inside: avoid }
.close p { text-align: right; text-indent: 0; padding-right: 3em }
"""


def to_pdf(letter: Letter) -> bytes:
    """The letter on paper. Raises Refused when its text is not what was made and approved."""
    from weasyprint import HTML

    if hashlib.sha256(letter.text.encode()).hexdigest() != letter.text_hash:
        raise Refused("文书内容与生成时不一致，不能输出，请联系系统管理员。")
    page = _page(letter)
    identifier = hashlib.sha256(page.encode()).hexdigest()[:32].encode()
    made = HTML(string=page, url_fetcher=_nothing).write_pdf(pdf_identifier=identifier)
    if not made:
        raise Refused("生成 PDF 失败，请下载 Word 文书。")
    return bytes(made)


def _page(letter: Letter) -> str:
    title, addressee, *paragraphs, organ, dated = letter.text.splitlines()
    return format_html(
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{}</title>'
        '<style>{}</style></head><body><div class="organ">{}</div><div class="number">{}</div>'
        '<h1>{}</h1><p class="plain">{}</p>{}<div class="close"><p>{}</p><p>{}</p></div>'
        "</body></html>",
        title, format_html(_STYLE.replace("{", "{{").replace("}", "}}")), organ, letter.number,
        title, addressee, format_html_join("", "<p>{}</p>", ((p,) for p in paragraphs)), organ,
        dated,
    )  # fmt: skip


def _nothing(url: str, *args: Any, **options: Any) -> Any:
    raise ValueError(f"a letter loads nothing: {url}")
