"""Making the annual report: counted, then entered and corrected by people, frozen by another."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import may, require
from gongkai.agencies.rules import Duty
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.reporting.counting import count_cells, form_for
from gongkai.reporting.document.words import names_in
from gongkai.reporting.figures import last_day
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.queries import check_report, figures, newest
from gongkai.reporting.rules import Number, key_text
from gongkai.reporting.sources import SOURCES
from gongkai.statute import ReportForm

_TEXT_LENGTH = 20_000


@transaction.atomic
def draft_report(agency: Agency, year: int, *, by: User) -> AnnualReport:
    """Count the year's report anew; a frozen one stays and a new version begins.

    Texts, entries and corrections of the newest version are kept: counting again is no reason to
    type again.
    """
    post = require(by, Duty.REPORT_MAKE, agency)
    form, before = form_for(year), newest(agency, year)
    if before is not None and before.state == AnnualReport.State.DRAFT:
        report = _locked(before)
    else:
        report = AnnualReport(agency=agency, year=year, version=before.version + 1 if before else 1)
        for part in ("texts", "entries", "corrections") if before else ():
            setattr(report, part, getattr(before, part))
    report.form, report.cut_off = form.id, last_day(year)
    report.cells, report.facts = count_cells(agency, year), figures(agency, year)
    report.made_at, report.made_by = clock.now(), by
    report.save()
    _note("report.drafted", report, by, post, cut_off=report.cut_off.isoformat())
    return report


@transaction.atomic
def set_text(report: AnnualReport, section: int, text: str, *, by: User) -> AnnualReport:
    """Write the text of a section (from 1); 0 is the preface, an empty text takes it back.

    A number is best named, not typed: ``{2.new.tot}`` or ``{computers.total}``.
    """
    post = require(by, Duty.REPORT_MAKE, report.agency)
    report = _locked(report)
    sections = form_for(report.year).sections
    if not 0 <= section <= len(sections):
        raise Refused("没有这一部分，请从报告的目录中选择。", field="section")
    if len(text) > _TEXT_LENGTH:
        raise Refused(f"这一部分超过 {_TEXT_LENGTH} 字，请精简。", field="text")
    _refuse_unknown_numbers(report, text)
    report.texts = {**report.texts, str(section): text.strip()}
    if not text.strip():
        del report.texts[str(section)]
    report.save(update_fields=["texts"])
    _note("report.text_set", report, by, post, section=section)
    return report


@transaction.atomic
def enter_cell(
    report: AnnualReport, table: int, row: str, column: str, value: Number, *, source: str, by: User
) -> AnnualReport:
    """Enter a number that no record of the house holds, with where it comes from."""
    post = require(by, Duty.REPORT_MAKE, report.agency)
    report = _locked(report)
    key = _cell(report, table, row, column, value)
    if report.cells.get(key) is not None:
        raise Refused("这一格由系统统计，如有出入请用“更正”，并写明理由。", field="value")
    if not source.strip():
        raise Refused("请写明数字的来源，例如处室和台账名称。", field="source")
    told = {"value": value, "source": source.strip(), "by": by.username, "at": _now()}
    report.entries = {**report.entries, key: told}
    report.save(update_fields=["entries"])
    _note("report.cell_entered", report, by, post, cell=key, value=value)
    return report


@transaction.atomic
def correct_cell(
    report: AnnualReport, table: int, row: str, column: str, value: Number,
    *, reason: str, by: User, second: User,
) -> AnnualReport:  # fmt: skip
    """Print another number than the counted one; the count itself stays beside it.

    Needs a reason and a second person who may make or approve reports.
    """
    post = require(by, Duty.REPORT_MAKE, report.agency)
    report = _locked(report)
    key = _cell(report, table, row, column, value)
    if report.cells.get(key) is None:
        raise Refused("这一格没有统计数，请直接填报并写明来源。", field="value")
    if not reason.strip():
        raise Refused("请写明为什么更正。", field="reason")
    duties = (Duty.REPORT_MAKE, Duty.REPORT_APPROVE)
    if second == by:
        raise Refused("更正须由另一人复核，请选择其他人。", field="second")
    if not any(may(second, duty, report.agency) for duty in duties):
        raise Refused("复核人应是信息办人员或分管局领导，请重新选择。", field="second")
    told = {
        "value": value, "counted": report.cells[key], "reason": reason.strip(),
        "by": by.username, "second": second.username, "at": _now(),
    }  # fmt: skip
    report.corrections = {**report.corrections, key: told}
    report.save(update_fields=["corrections"])
    data = {"cell": key, **{k: told[k] for k in ("value", "counted", "second")}}
    _note("report.cell_corrected", report, by, post, **data)
    return report


@transaction.atomic
def freeze(report: AnnualReport, *, by: User) -> AnnualReport:
    """The leader in charge closes the version: nothing in it changes any more.

    Not by the one who made it; not while a cell is empty that the form wants filled, or the
    report contradicts itself; a year of the national form not before it is over.
    """
    post = require(by, Duty.REPORT_APPROVE, report.agency)
    report = _locked(report)
    if by == report.made_by:
        raise Refused("编制人不能为自己的报告定稿，请由其他领导办理。")
    national = report.form != "2007"
    if national and clock.today().year == report.year:
        raise Refused("统计期到年底为止，请在年度结束后重新统计再定稿。")
    if national and report.cut_off.year == report.year and _counted_early(report):
        raise Refused("报告是年度结束前统计的，请重新统计后再定稿。")
    faults = check_report(report).violations
    if faults:
        raise Refused(f"报告还有 {len(faults)} 处问题，例如：{faults[0].text}请改正后再定稿。")
    report.state = AnnualReport.State.FROZEN
    report.frozen_at, report.frozen_by = clock.now(), by
    report.save(update_fields=["state", "frozen_at", "frozen_by"])
    _note("report.frozen", report, by, post, figures=report.figures())
    return report


def _refuse_unknown_numbers(report: AnnualReport, text: str) -> None:
    known = report.cells.keys() | SOURCES.keys()
    for name in names_in(text):
        if name not in known:
            raise Refused(f"没有名为“{name}”的数字，请从列表中选择。", field="text")


def _counted_early(report: AnnualReport) -> bool:
    return clock.day_of(report.made_at).year == report.year


def _locked(report: AnnualReport) -> AnnualReport:
    """The row as it stands now, held until the transaction ends; Refused once frozen."""
    found = AnnualReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if found.state == AnnualReport.State.FROZEN:
        raise Refused("本版报告已经定稿，不能再改；如需修改，请重新统计，另成一版。")
    return found


def _cell(report: AnnualReport, number: int, row: str, column: str, value: Number) -> str:
    """The key of an existing cell that may hold ``value``."""
    form: ReportForm = form_for(report.year)
    table = next((t for t in form.tables if t.number == number), None)
    if table is None or (row, column) not in table.cells():
        raise Refused("报告里没有这一格，请从报告的表格中选择。")
    money = next(r.money for r in table.rows if r.key == row)
    whole = type(value) is int or (money and type(value) is float)
    if not whole or not 0 <= value < float("inf"):
        kind = "不小于零的数" if money else "不小于零的整数"
        raise Refused(f"请填{kind}。", field="value")
    return key_text(number, row, column)


def _note(verb: str, report: AnnualReport, by: User, post: Any, **data: Any) -> None:
    told = {"version": report.version, **{k: v for k, v in data.items() if v is not None}}
    record(verb, report.subject, by=by, post=str(post), data=told)


def _now() -> str:
    return clock.now().isoformat()
