"""The report on paper: every format holds the form's tables and the counted numbers."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import pytest
from docx import Document
from people import Bureau
from pypdf import PdfReader
from report_world import NEXT_YEAR, SPRING, SPRING_2014, YEAR, answered, application, message, on

from gongkai.cases.rules import Kind
from gongkai.reporting import actions
from gongkai.reporting.document import ReportDocument, ReportTable, report_document
from gongkai.reporting.queries import as_file, check_report, count_cells, figures_of
from gongkai.reporting.rendering import render_docx, render_html, render_json, render_pdf
from gongkai.reporting.rules import check
from gongkai.statute import report_form


@pytest.fixture
def document(b: Bureau) -> ReportDocument:
    with on(SPRING):
        answered(b, application(b))
        application(b, "biz")
    with on(NEXT_YEAR):
        return report_document(b.agency, YEAR)


def grid(table: ReportTable) -> list[list[str]]:
    """The table with every merged cell written out; fails where cells overlap or leave a gap."""
    lines = (*table.head, *table.body)
    found: dict[tuple[int, int], str] = {}
    for row, line in enumerate(lines):
        column = 0
        for cell in line:
            while (row, column) in found:
                column += 1
            for r in range(row, row + cell.rowspan):
                for c in range(column, column + cell.colspan):
                    assert (r, c) not in found, f"{table.caption}: two cells at {r}, {c}"
                    found[r, c] = cell.text
    whole = [(r, c) for r in range(len(lines)) for c in range(table.width)]
    assert sorted(found) == whole, f"{table.caption} has gaps or hangs over"
    return [[found[r, c] for c in range(table.width)] for r in range(len(lines))]


def text_of(document: ReportDocument) -> str:
    return "\n".join(p for section in document.sections for p in section.paragraphs)


def test_the_report_has_the_sections_tables_and_numbers_of_the_form(
    b: Bureau, document: ReportDocument
) -> None:
    form = report_form(YEAR)
    assert document.title == "临江市司法局2025年政府信息公开工作年度报告"
    assert tuple(section.heading for section in document.sections) == form.sections
    assert [t.number for section in document.sections for t in section.tables] == [1, 2, 3]
    assert "新收政府信息公开申请2件" in text_of(document) and "办结1件" in text_of(document)
    with on(NEXT_YEAR):
        cells = count_cells(b.agency, YEAR)
    shown = {
        cell.key: cell.text
        for section in document.sections for table in section.tables
        for line in table.body for cell in line if cell.key
    }  # fmt: skip
    assert shown == {k: "待填" if v is None else str(v) for k, v in cells.items()}


@pytest.mark.parametrize("year", [2014, 2019, 2021])
def test_merged_cells_leave_no_gap(b: Bureau, year: int) -> None:
    with on(NEXT_YEAR):
        found = report_document(b.agency, year)
    tables = [table for section in found.sections for table in section.tables]
    assert len(tables) == len(report_form(year).tables)
    for table in tables:
        grid(table)
        for line in table.head:
            assert all(cell.scope for cell in line)


def test_table_2_is_laid_out_as_printed(document: ReportDocument) -> None:
    (table,) = document.sections[2].tables
    lines = grid(table)
    assert (len(lines), table.width) == (3 + 25, 3 + 7)
    assert lines[0][0].startswith("（本列数据的勾稽关系为")
    assert lines[1][3] == lines[2][3] == "自然人"
    assert lines[1][4:9] == ["法人或其他组织"] * 5
    secret = next(line for line in lines if line[2] == "1.属于国家秘密")
    assert secret[:2] == ["三、本年度办理结果", "（三）不予公开"]


def test_the_report_of_2014_has_seven_sections_and_the_years_mail(b: Bureau) -> None:
    with on(SPRING_2014):
        message(b, Kind.ENQUIRY)
        message(b, Kind.COMPLAINT)
        found = report_document(b.agency, 2014)
    assert len(found.sections) == 7
    words = text_of(found)
    assert "收到咨询1件，答复1件；收到投诉1件，办结1件。答复率100%" in words.replace("100.0", "100")
    assert "没有收到政府信息公开申请" in words and "没有收取和减免费用" in words
    assert "没有因政府信息公开引起的行政复议。" in words
    assert "机关在用计算机0台" in words and "截至2014年3月3日" in words
    assert found.sections[6].tables[0].caption == "政府信息公开情况统计表"
    with on(SPRING_2014):
        assert not report_document(b.agency, 2010).sections[6].tables


def test_a_written_text_takes_its_numbers_from_the_cells(b: Bureau) -> None:
    with on(SPRING):
        application(b)
    with on(NEXT_YEAR):
        report = actions.draft_report(b.agency, YEAR, by=b.information_office)
        actions.set_text(report, 1, "全年新收{2.new.tot}件。", by=b.information_office)
        first = report_document(b.agency, YEAR).sections[0]
        actions.correct_cell(
            report, 2, "new", "tot", 7, reason="试改", by=b.information_office, second=b.leader
        )
        second = report_document(b.agency, YEAR).sections[0]
    assert (first.paragraphs, first.drafted) == (("全年新收1件。",), False)
    assert second.paragraphs == ("全年新收7件。",)


def test_a_frozen_report_stays_as_it_was(b: Bureau) -> None:
    with on(SPRING):
        case = application(b)
    with on(NEXT_YEAR):
        report = actions.draft_report(b.agency, YEAR, by=b.information_office)
        for row in ("行政许可", "行政处罚", "行政强制"):
            actions.enter_cell(
                report, 1, row, "decisions", 3, source="台账", by=b.information_office
            )
        actions.enter_cell(
            report, 1, "行政事业性收费_万元", "amount", 0, source="财务", by=b.information_office
        )
        assert check_report(actions.freeze(report, by=b.leader)).violations == []
        before = report_document(b.agency, YEAR)
        answered(b, case)
        message(b, Kind.ENQUIRY)
        assert report_document(b.agency, YEAR) == before
    assert before.frozen and before.version == 1


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_web_page_stands_alone(document: ReportDocument) -> None:
    page = _Page()
    html = render_html(document)
    page.feed(html)
    tags = [tag for tag, _ in page.tags]
    assert (tags.count("h1"), tags.count("h2"), tags.count("table")) == (1, 6, 3)
    assert tags.count("caption") == tags.count("thead") == 3
    heads = [attrs for tag, attrs in page.tags if tag == "th"]
    assert heads and all(attrs["scope"] for attrs in heads)
    assert not {"script", "link", "img"} & set(tags)
    assert not re.search(r"https?://", html)
    assert 'data-cell="2.new.tot">2</td>' in html


def test_a_text_is_no_markup(b: Bureau) -> None:
    with on(NEXT_YEAR):
        report = actions.draft_report(b.agency, YEAR, by=b.information_office)
        actions.set_text(report, 5, "<script>alert(1)</script>", by=b.information_office)
        html = render_html(report_document(b.agency, YEAR))
    assert "<script>" not in html and "&lt;script&gt;" in html


def test_the_word_file_opens_with_the_layout_of_the_standard(document: ReportDocument) -> None:
    content = render_docx(document)
    assert content == render_docx(document)
    opened = Document(io.BytesIO(content))
    section = opened.sections[0]
    layout = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(length.mm) for length in layout] == [210, 297, 37, 28]
    assert opened.styles["Normal"].font.name == "仿宋_GB2312"
    title = opened.paragraphs[0]
    assert (title.text, title.runs[0].font.size.pt) == (document.title, 22)
    assert title.runs[0].font.name == "方正小标宋简体"
    assert len(opened.tables) == 3
    words = [[cell.text for cell in row.cells] for row in opened.tables[1].rows]
    (table,) = document.sections[2].tables
    assert words == grid(table)


def test_the_pdf_holds_title_and_table(document: ReportDocument) -> None:
    content = render_pdf(document)
    assert content == render_pdf(document)
    pages = PdfReader(io.BytesIO(content)).pages
    words = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    for text in (
        document.title,
        "法人或其他组织",
        "行政规范性文件",
        "未经复议直接起诉",
        "新收政府信息公开申请2件",
    ):
        assert text in words, text
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)


def test_the_data_is_what_the_check_reads(b: Bureau, document: ReportDocument) -> None:
    with on(NEXT_YEAR):
        tables = as_file(b.agency, YEAR, figures_of(b.agency, YEAR))
    told = json.loads(render_json(document, tables))
    assert told["table2"]["new"] == [1, 1, 0, 0, 0, 0, 2]
    assert told["table1"]["规章"] == {"made": 0, "repealed": 0, "valid": 0}
    assert told["table1"]["行政许可"] is None
    assert told["cut_off"] == "2025-12-31" and len(told["sections"]) == 6
    faults = check(told)["violations"]
    assert {f["rule"] for f in faults} == {"X4"} and len(faults) == 4
