"""The arithmetic of annual reports. Pure: knows files and forms, no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.refusal import Refused
from gongkai.reporting.rules.arithmetic import check_tables
from gongkai.reporting.rules.cells import Cells, Key, form_of, key_text, read_cells
from gongkai.reporting.rules.faults import Fault, Findings, Number
from gongkai.reporting.rules.older import check_older
from gongkai.reporting.rules.prose import check_prose

__all__ = ["Cells", "Fault", "Findings", "Key", "Number", "check", "examine", "key_text"]


def check(report: Any, previous: Any = None) -> dict[str, list[dict[str, Any]]]:
    """``{"violations": […], "warnings": […]}`` as ``gongkai report check`` prints them."""
    return examine(report, previous).as_json()


def examine(report: Any, previous: Any = None) -> Findings:
    """Everything that contradicts itself in a report, and against last year's (``previous``).

    Tables follow the arithmetic of the form. A figure of the text that contradicts the tables or
    the text itself is a violation too: one of the two is wrong, and the reader cannot tell which.
    Raises Refused if a file is no report.
    """
    findings = Findings()
    found = _report(report)
    before = None
    if previous is not None:
        before = read_cells(_report(previous), Findings())
        _consecutive(found, previous, findings)
    if isinstance(found.get("figures"), Mapping):
        check_older(found, findings)
    cells = read_cells(found, findings)
    check_tables(cells, before, findings)
    prose = found.get("prose") or {}
    if not isinstance(prose, Mapping):
        raise Refused("prose 应为名称和数字，请对照样例改写。", field="prose")
    if prose and form_of(found).id != "2007":
        check_prose(prose, cells, findings)
    return findings


def _report(raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise Refused("文件里不是一份报告（应为一个 JSON 对象）。")
    return raw


def _consecutive(
    report: Mapping[str, Any], previous: Mapping[str, Any], findings: Findings
) -> None:
    year, before = report.get("year"), previous.get("year")
    if isinstance(year, int) and isinstance(before, int) and before != year - 1:
        text = f"--previous 应为 {year - 1} 年的报告，给的是 {before} 年的。"
        fault = Fault("previous_year", "text", "year", None, year - 1, before, text)
        findings.note(fault, level="warning")
