"""Reports on the years before the national form: free text, figures by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from gongkai.reporting.rules.faults import TEXT, Fault, Findings, Number
from gongkai.reporting.rules.wholes import number, percent_fault

_ITEMS, _SHARE = "proactive_items", "_pct"
_ANSWERED = {
    "online_consult_answered": "online_consult_received",
    "online_complaints_handled": "online_complaints_received",
}
_RATE = "answer_rate_pct"
_COPIED = ("online_consult_received", "online_complaints_received")


def check_older(report: Mapping[str, Any], findings: Findings) -> None:
    """Note what contradicts itself; these forms had no official arithmetic beyond that."""
    told = report["figures"]
    figures = {name: found for name in told if (found := number(told[name])) is not None}
    for fault in (*_answered(figures), *_rate(figures), *_shares(figures)):
        findings.note(fault)
    for fault in (*_vague(told), *_copied(figures), *_period(report)):
        findings.note(fault, level="warning")


def _answered(figures: Mapping[str, Number]) -> Iterator[Fault]:
    for done, came in _ANSWERED.items():
        if done in figures and came in figures and figures[done] > figures[came]:
            text = f"“{done}”多于“{came}”，请核对。"
            yield Fault("text_sum", TEXT, done, None, figures[came], figures[done], text)


def _rate(figures: Mapping[str, Number]) -> Iterator[Fault]:
    came = sum(figures.get(name, 0) for name in _ANSWERED.values())
    done = sum(figures.get(name, 0) for name in _ANSWERED)
    if _RATE in figures and came and (fault := percent_fault(_RATE, figures[_RATE], done, came)):
        yield fault


def _shares(figures: Mapping[str, Number]) -> Iterator[Fault]:
    """Classes told with their percentage are classes of all items, and complete."""
    whole, parts = figures.get(_ITEMS), dict[str, Number]()
    for name in [n for n in figures if n.endswith(_SHARE)] if whole else []:
        stem = name.removesuffix(_SHARE)
        found = next((n for n in figures if n != name and n.startswith(stem)), "")
        if found and whole:
            parts[found] = figures[found]
            if fault := percent_fault(name, figures[name], figures[found], whole):
                yield fault
    if len(parts) > 1 and sum(parts.values()) != whole:
        text = f"各类合计 {sum(parts.values())}，主动公开总数是 {whole}。"
        yield Fault("text_sum", TEXT, _ITEMS, None, whole, sum(parts.values()), text)


def _vague(told: Mapping[str, Any]) -> Iterator[Fault]:
    for name, found in told.items():
        if isinstance(found, str) and found.endswith("+"):
            text = f"“{name}”只写了约数 {found}，请写准确数字。"
            yield Fault("vague", TEXT, name, None, None, found, text)


def _copied(figures: Mapping[str, Number]) -> Iterator[Fault]:
    first, second = (figures.get(name) for name in _COPIED)
    if first and first == second:
        text = f"咨询和投诉都是 {first} 件，请核对是否抄写有误。"
        yield Fault("copied", TEXT, _COPIED[1], None, None, second, text)


def _period(report: Mapping[str, Any]) -> Iterator[Fault]:
    """A report on a whole year that was signed before its end must say until when it counts."""
    signed, year = report.get("signed"), report.get("year")
    if not signed or not isinstance(year, int) or report.get("cut_off"):
        return
    if date.fromisoformat(str(signed)) <= date(year, 12, 31):
        text = f"落款 {signed} 早于年末，请写明统计截止日期。"
        yield Fault("period", TEXT, "signed", None, f"{year}-12-31", signed, text)
