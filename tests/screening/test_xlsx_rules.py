"""xlsx: conditional formats that hide cells, and ordinary ones that do not."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import (
    CellIsRule,
    ColorScaleRule,
    DataBarRule,
    FormulaRule,
    IconSetRule,
    Rule,
)
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from gongkai.screening import Report, screen_file
from gongkai.screening.cleaning import clean_copy
from tests.screening.office_made import kinds, places, repacked, screened
from tests.screening.test_files import book

WHITE, RED = Font(color="FFFFFFFF"), Font(color="FF9C0006")
DARK = PatternFill("solid", bgColor="FF003366")
PINK = PatternFill("solid", bgColor="FFFFC7CE")
ALIKE = PatternFill("solid", bgColor="FF9C0006")
BLACK = PatternFill("solid", bgColor="FF000000")
SHEET = "xl/worksheets/sheet1.xml"


def ruled(
    *rules: Any, value: object = "内部讨论意见", at: str = "D2", where: str = "D2:D9"
) -> bytes:
    """A small workbook with one more cell and rules over it."""

    def change(workbook: Workbook) -> None:
        workbook.active[at] = value
        for rule in rules:
            workbook.active.conditional_formatting.add(where, rule)

    return book(change)


def formula(text: str, **look: Any) -> Any:
    return FormulaRule(formula=[text], **(look or {"font": WHITE}))


def blank(condition: str = "TRUE") -> Any:
    look = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=";;;"))
    return Rule(type="expression", formula=[condition], dxf=look)


def textual(kind: str, text: str | None = None) -> Any:
    return Rule(type=kind, text=text, formula=["X"], dxf=DifferentialStyle(font=WHITE))


def said(report: Report) -> tuple[str, str]:
    """The place of what is hidden, and how grave it is."""
    found = [f for f in report.findings if f.kind == "hidden_text"]
    return (found[0].place, found[0].severity) if found else ("", "")


HIDING: dict[str, bytes] = {
    "always": ruled(formula("TRUE")),
    "one": ruled(formula("1")),
    "one is one": ruled(formula("1=1")),
    "not empty": ruled(formula('D2<>""')),
    "long enough": ruled(formula("LEN(D2)>0")),
    "not blank": ruled(formula("NOT(ISBLANK(D2))")),
    "text": ruled(formula("ISTEXT(D2)")),
    "any row": ruled(formula("ROW()>0")),
    "fixed, for one cell": ruled(formula('$D$2<>""'), where="D2"),
    "no format": ruled(blank()),
    "greater, as texts are": ruled(CellIsRule(operator="greaterThan", formula=["0"], font=WHITE)),
    "between": ruled(CellIsRule(operator="between", formula=["900", "5"], font=WHITE), value=120),
    "number": ruled(CellIsRule(operator="notEqual", formula=["7"], font=WHITE), value=120),
    "no blanks": ruled(textual("notContainsBlanks")),
    "with the word": ruled(textual("containsText", "讨论")),
    "black on black": ruled(formula("TRUE", fill=BLACK)),
    "red on red": ruled(formula("TRUE", font=RED, fill=ALIKE)),
    "two rules": ruled(formula("TRUE", font=RED), formula("TRUE", fill=ALIKE)),
}


@pytest.mark.parametrize("way", HIDING)
def test_a_rule_that_always_holds_hides(way: str) -> None:
    report = screened(HIDING[way], "a.xlsx")
    assert said(report) == ("工作表“Sheet”隐藏的单元格D2", "block") and report.verdict == "block"
    assert "内部讨论意见" not in report.visible_text


DOUBTFUL: dict[str, bytes] = {
    "another cell": ruled(formula("A1>5")),
    "other cells": ruled(formula("COUNTIF(D:D,D2)>1")),
    "sum": ruled(formula("1+1=2")),
    "fixed, for many cells": ruled(formula('$D$2<>""')),
    "twice": ruled(Rule(type="duplicateValues", dxf=DifferentialStyle(font=WHITE))),
    "no format perhaps": ruled(blank("A1>5")),
    "dark perhaps": ruled(formula("A1>5", fill=DARK), formula("TRUE")),
    "icon instead": ruled(IconSetRule("3Arrows", "num", [1, 2, 3], showValue=False), value=120),
    "bar instead": ruled(
        DataBarRule("min", None, "max", None, color="FF638EC6", showValue=False), value=120
    ),
}


@pytest.mark.parametrize("way", [w for w in DOUBTFUL if "instead" not in w])
def test_a_rule_that_cannot_be_decided_is_looked_at(way: str) -> None:
    report = screened(DOUBTFUL[way], "a.xlsx")
    assert said(report) == ("工作表“Sheet”可能被条件格式隐去的单元格D2", "review")
    assert report.verdict == "review" and "内部讨论意见" in report.visible_text


@pytest.mark.parametrize("way", [w for w in DOUBTFUL if "instead" in w])
def test_a_sign_instead_of_a_number_hides_the_number(way: str) -> None:
    assert "D2" in said(screened(DOUBTFUL[way], "a.xlsx"))[0]


CLEAN: dict[str, bytes] = {
    "traffic light": ruled(
        CellIsRule(operator="lessThan", formula=["60"], font=RED, fill=PINK),
        CellIsRule(operator="greaterThan", formula=["90"], font=Font(color="FF006100")),
        value=45,
    ),
    "bars": ruled(DataBarRule("min", None, "max", None, color="FF638EC6"), value=45),
    "icons": ruled(IconSetRule("3TrafficLights1", "percent", [0, 33, 67]), value=45),
    "scale": ruled(ColorScaleRule("min", None, "FFFFFFFF", "max", None, "FF63BE7B"), value=45),
    "icon beside a text": ruled(IconSetRule("3Arrows", "num", [1, 2, 3], showValue=False)),
    "head": ruled(formula("ROW()=2", font=WHITE, fill=DARK)),
    "other row": ruled(formula("ROW()=1")),
    "other cells": ruled(formula("TRUE"), where="F2:F9"),
    "zeros": ruled(CellIsRule(operator="equal", formula=["0"], font=WHITE), value=0),
    "no zero": ruled(CellIsRule(operator="equal", formula=["0"], font=WHITE), value=7),
    "errors": ruled(formula("ISERROR(D2)"), value="#N/A"),
    "never": ruled(formula("FALSE")),
    "another word": ruled(textual("containsText", "合计")),
    "stopped before": ruled(
        FormulaRule(formula=["TRUE"], font=Font(b=True), stopIfTrue=True), formula("TRUE")
    ),
    "dark and doubtful": ruled(formula("A1>5", font=WHITE, fill=DARK)),
}


@pytest.mark.parametrize("way", CLEAN)
def test_an_ordinary_rule_is_left_alone(way: str) -> None:
    report = screened(CLEAN[way], "a.xlsx")
    assert report.verdict == "clean", report.findings


def test_white_letters_on_a_ground_of_the_cell_are_seen() -> None:
    def change(workbook: Workbook) -> None:
        workbook.active["D2"] = "合计"
        workbook.active["D2"].fill = PatternFill("solid", fgColor="FF003366")
        workbook.active.conditional_formatting.add("D2", formula("TRUE"))

    assert screened(book(change), "a.xlsx").verdict == "clean"


def test_rules_of_newer_programs_are_read() -> None:
    ext = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.'
        'microsoft.com/office/excel/2006/main"><x14:cfRule type="expression" priority="1">'
        '<xm:f>TRUE</xm:f><x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf></x14:cfRule>'
        "<xm:sqref>D2</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
        "</extLst></worksheet>"
    )
    data = repacked(ruled(), {SHEET: ("</worksheet>", ext)})
    assert "隐藏的单元格D2" in places(screened(data, "a.xlsx"), "hidden_text")


def test_far_too_many_rules_are_turned_down() -> None:
    rules = '<conditionalFormatting sqref="D2"><cfRule type="expression"/></conditionalFormatting>'
    data = repacked(ruled(), {SHEET: ("</worksheet>", rules * 10_001 + "</worksheet>")})
    assert "unreadable" in kinds(screened(data, "a.xlsx"))


def test_a_clean_copy_shows_what_a_rule_hid() -> None:
    data = HIDING["always"]
    assert said(screen_file(data, "a.xlsx"))[0]
    copy = clean_copy(data, "a.xlsx")
    sheet = load_workbook(io.BytesIO(copy.data)).active
    assert "条件格式" in copy.dropped and sheet is not None
    assert not len(sheet.conditional_formatting) and sheet["D2"].value == "内部讨论意见"
    assert said(screen_file(copy.data, "a.xlsx")) == ("", "")
