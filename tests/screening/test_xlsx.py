"""xlsx against the list of places: the same file is clean without the payload."""
# ruff: noqa: E501  one line, one place

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from gongkai.screening import screen_file
from tests.screening.office_made import ID, kinds, places, relations, repacked, screened
from tests.screening.test_files import book

BASE = book()
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def printed(workbook: Workbook) -> None:
    workbook.active["F9"] = "外面"
    workbook.active.print_area = "A1:B2"


def merged(workbook: Workbook) -> None:
    workbook.active.append(["总计", None])
    workbook.active.merge_cells("A3:B3")


def same_colour(workbook: Workbook) -> None:
    workbook.active["B4"] = "红字"
    workbook.active["B4"].font = Font(color="FFFF0000")
    workbook.active["B4"].fill = PatternFill("solid", fgColor="FFFF0000")


def indexed_white(workbook: Workbook) -> None:
    from openpyxl.styles.colors import Color

    workbook.active["B4"] = "白字"
    workbook.active["B4"].font = Font(color=Color(indexed=9))


def theme_white(workbook: Workbook) -> None:
    from openpyxl.styles.colors import Color

    workbook.active["B4"] = "白字"
    workbook.active["B4"].font = Font(color=Color(theme=0))


def tiny(workbook: Workbook) -> None:
    workbook.active["B4"] = "小字"
    workbook.active["B4"].font = Font(size=1)


def rich(workbook: Workbook) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    workbook.active["B4"] = CellRichText("件", TextBlock(InlineFont(color="FFFFFFFF"), "底字"))


def flat_row(workbook: Workbook) -> None:
    workbook.active["A3"] = "旧行"
    workbook.active.row_dimensions[3].height = 0.5


def coded(workbook: Workbook) -> None:
    workbook.active["B4"] = "不显示"
    workbook.active["B4"].number_format = "[White];;;"


def named(workbook: Workbook) -> None:
    workbook.defined_names["n"] = DefinedName("n", attr_text=f'"{ID}"', hidden=True)


def valid(workbook: Workbook) -> None:
    rule = DataValidation("list", formula1=f'"甲,{ID}"')
    rule.add("A1")
    workbook.active.add_data_validation(rule)


def prompted(workbook: Workbook) -> None:
    rule = DataValidation("whole", promptTitle="填", prompt=f"如{ID}")
    rule.add("A1")
    workbook.active.add_data_validation(rule)


def ruled(workbook: Workbook) -> None:
    from openpyxl.formatting.rule import FormulaRule

    rule = FormulaRule(formula=[f'A1="{ID}"'])
    workbook.active.conditional_formatting.add("A1", rule)


def headed(workbook: Workbook) -> None:
    workbook.active.oddHeader.center.text = "机密★1年"


def linked(workbook: Workbook) -> None:
    workbook.active["A1"].hyperlink = f"http://a.example/{ID}"


def keyed(workbook: Workbook) -> None:
    workbook.properties.keywords = ID


def charted(workbook: Workbook) -> None:
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.title = f"图{ID}"
    chart.add_data(Reference(workbook.active, min_col=2, min_row=1, max_row=2))
    workbook.active.add_chart(chart, "D1")


@pytest.mark.parametrize(
    ("change", "kind", "place"),
    [
        (printed, "hidden_text", "打印区域以外的单元格F9"),
        (same_colour, "hidden_text", "隐藏的单元格B4"),
        (indexed_white, "hidden_text", "隐藏的单元格B4"),
        (theme_white, "hidden_text", "隐藏的单元格B4"),
        (tiny, "hidden_text", "隐藏的单元格B4"),
        (rich, "hidden_text", "白字B4"),
        (flat_row, "hidden_text", "隐藏的单元格A3"),
        (coded, "hidden_text", "隐藏的单元格B4"),
        (named, "hidden_text", "名称“n”"),
        (named, "id18", "名称“n”"),
        (valid, "id18", "有效性"),
        (prompted, "id18", "有效性"),
        (ruled, "id18", "有效性与条件格式"),
        (headed, "secrecy_mark", "页眉页脚"),
        (linked, "id18", "sheet1.xml.rels"),
        (keyed, "id18", "关键词"),
        (charted, "id18", "chart1"),
    ],
)  # fmt: skip
def test_each_place_is_found(change: Callable[[Workbook], None], kind: str, place: str) -> None:
    assert screened(BASE, "a.xlsx").verdict == "clean"
    report = screened(book(change), "a.xlsx")
    assert report.verdict == "block" and place in places(report, kind)


def with_part(name: str, text: str) -> bytes:
    return repacked(BASE, {name: text})


RECORDS = f'<pivotCacheRecords {S} count="1"><r><x v="0"/><s v="{ID}"/></r></pivotCacheRecords>'
FIELDS = (
    f'<pivotCacheDefinition {S}><cacheFields><cacheField name="姓名"><sharedItems><s v="张小三"/>'
    '</sharedItems></cacheField><cacheField name="证件号"/></cacheFields></pivotCacheDefinition>'
)
LINK = f"<externalLink {S}><externalBook><sheetDataSet><sheetData><row><cell><v>{{}}</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"
THREAD = '<ThreadedComments xmlns="t"><threadedComment ref="A1"><text>请核</text></threadedComment></ThreadedComments>'


@pytest.mark.parametrize(
    ("name", "text", "kind", "place"),
    [
        ("xl/threadedComments/t1.xml", THREAD, "comment", "单元格A1"),
        ("xl/pivotCache/pivotCacheRecords1.xml", RECORDS, "hidden_text", "数据透视表缓存"),
        ("xl/externalLinks/externalLink1.xml", LINK.format("旧值"), "hidden_text", "外部链接缓存"),
        ("xl/externalLinks/externalLink1.xml", LINK.format(ID), "id18", "外部链接缓存"),
        ("xl/externalLinks/x.xml", f'<externalLink {S}><ddeLink ddeService="cmd"/></externalLink>', "script", "调用"),
        ("xl/connections.xml", f'<connections {S}><connection name="人员库"><dbPr connection="Server=10.1.2.3;Password=Abc12345!"/></connection></connections>', "outside_part", "数据连接"),
        ("xl/model/item.data", "x" * 99, "hidden_text", "item.data"),
        ("customXml/item1.xml", f"<x>{ID}</x>", "id18", "customXml"),
        ("docProps/app.xml", "<p><Company>某某局</Company></p>", "properties", "单位"),
        ("xl/worksheets/sheet9.xml", f'<worksheet {S}><sheetData><row><c t="str"><v>底</v></c></row></sheetData></worksheet>', "hidden_text", "sheet9"),
        ("xl/drawings/drawing9.xml", f"<wsDr><p><r><t>{ID[:9]}</t></r><r><t>{ID[9:]}</t></r></p></wsDr>", "id18", "图形文字"),
        ("xl/vbaProject.bin", "x", "macro", "宏"),
        ("xl/macrosheets/sheet1.xml", "<x/>", "macro", "宏"),
        ("xl/externalLinks/_rels/externalLink1.xml.rels", relations(("r", "externalLinkPath", "file://server/a.xlsx")), "outside_part", "externalLink1"),
    ],
)  # fmt: skip
def test_each_part_beside_the_sheets_is_found(name: str, text: str, kind: str, place: str) -> None:
    report = screened(with_part(name, text), "a.xlsx")
    assert place in places(report, kind) and report.verdict in {"block", "review", "clean"}


def test_a_pivot_cache_is_read_as_a_table() -> None:
    data = repacked(
        BASE,
        {
            "xl/pivotCache/pivotCacheDefinition1.xml": FIELDS,
            "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": relations(
                ("r", "pivotCacheRecords", "pivotCacheRecords1.xml")
            ),
            "xl/pivotCache/pivotCacheRecords1.xml": RECORDS,
        },
    )
    report = screened(data, "a.xlsx")
    assert "数据透视表缓存" in places(report, "name_list")


def test_strings_that_no_cell_shows_any_more_are_searched() -> None:
    data = repacked(BASE, {"xl/sharedStrings.xml": f"<sst {S}><si><t>{ID}</t></si></sst>"})
    assert "未被引用的文字" in places(screened(data, "a.xlsx"), "id18")


def test_cells_under_a_merged_cell_are_hidden() -> None:
    data = repacked(
        book(merged),
        {SHEET: ("</row></sheetData>", '<c r="B3" t="str"><v>底</v></c></row></sheetData>')},
    )
    assert "隐藏的单元格B3" in places(screened(data, "a.xlsx"), "hidden_text")
    assert screened(book(merged), "a.xlsx").verdict == "clean"


def test_cells_without_names_count_from_the_left() -> None:
    cells = '<row><c t="str"><v>甲</v></c><c t="str"><v>乙</v></c></row>'
    text = f'<worksheet {S}><cols><col min="2" max="2" hidden="1"/></cols><sheetData>{cells}</sheetData></worksheet>'
    report = screened(repacked(BASE, {SHEET: text}), "a.xlsx")
    assert "隐藏的单元格B1" in places(report, "hidden_text")


def test_white_on_a_dark_head_is_seen() -> None:
    def head(workbook: Workbook) -> None:
        for cell in workbook.active[1]:
            cell.font = Font(color="FFFFFFFF")
            cell.fill = PatternFill("solid", fgColor="FF003366")

    report = screened(book(head), "a.xlsx")
    assert report.verdict == "clean" and "年份\t件数" in report.visible_text


def test_an_xlsb_is_turned_down() -> None:
    report = screened(repacked(BASE, {"xl/workbook.bin": b"x"}), "a.xlsb")
    assert "unreadable" in kinds(report) and "xlsx" in report.findings[-1].advice


def test_a_sheet_whose_columns_are_narrow_by_default_is_hidden() -> None:
    def narrow(workbook: Workbook) -> None:
        workbook.active.sheet_format.defaultColWidth = 0.1

    assert "隐藏的单元格A1" in places(screened(book(narrow), "a.xlsx"), "hidden_text")


def test_fifteen_thousand_rows_are_screened_in_time() -> None:
    words = "".join(
        f'<c t="inlineStr"><is><t>{w}</t></is></c>' for w in ("张小三", "某某镇", "已发放")
    )
    rows = "".join(
        f'<row>{words}<c><v>120.5</v></c><c t="str"><v>{int(ID[:17]) + n}X</v></c></row>'
        for n in range(15_000)
    )
    data = repacked(BASE, {SHEET: f"<worksheet {S}><sheetData>{rows}</sheetData></worksheet>"})
    started = time.process_time()
    report = screen_file(data, "a.xlsx")
    assert time.process_time() - started < 5
    assert report.verdict == "block" and "id18" in kinds(report)
    assert len(report.findings) > 1000
