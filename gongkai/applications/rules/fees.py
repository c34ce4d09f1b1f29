"""The fee for processing information (条例（2019）第42条, 国办函〔2020〕109号)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from gongkai.applications.rules.names import Did
from gongkai.cases.rules import Happened
from gongkai.clock.rules import Calendar
from gongkai.statute import Law, fee_by_pages, fee_increment, free_units


class Way(StrEnum):
    """One of the two, never both for one application."""

    ITEMS = "items"
    PAGES = "pages"


WAY_LABELS = {Way.ITEMS: "按件计收", Way.PAGES: "按量（页数）计收"}
UNITS = {Way.ITEMS: "件", Way.PAGES: "页"}


@dataclass(frozen=True)
class Charge:
    """A fee that was asked for. ``held``: what the same applicant asked for before in the same
    calendar month, in items; ``amount`` in yuan.
    """

    way: Way
    units: int
    held: int
    amount: int
    sent: date
    reached: date | None = None
    paid: date | None = None

    @property
    def awaited(self) -> bool:
        """Told, and not paid yet."""
        return self.paid is None


def amount_of(way: str, units: int, held: int = 0) -> int:
    """Yuan for this application: items on top of those of the month, pages by themselves."""
    return fee_increment(held, units) if way == Way.ITEMS else fee_by_pages(units)


def charge_of(events: Iterable[Happened]) -> Charge | None:
    """The fee of an application as it stands now; None when there is none, or none any more."""
    charge: Charge | None = None
    for event in events:
        data = event.data
        if event.kind == Did.FEE_CHARGED:
            charge = Charge(
                Way(data["way"]), data["units"], data["held"], data["amount"], _day(event)
            )
        elif charge is not None and event.kind == Did.FEE_NOTICE_REACHED:
            charge = replace(charge, reached=_day(event))
        elif charge is not None and event.kind == Did.FEE_PAID:
            charge = replace(charge, paid=_day(event))
        elif event.kind == Did.FEE_CANCELLED:
            charge = None
    return charge


def last_day_to_pay(charge: Charge, law: Law, calendar: Calendar) -> date | None:
    """None until it is known when the applicant got the notice: the period runs from then."""
    if charge.reached is None:
        return None
    return calendar.add_working_days(charge.reached, law.period("fee_payment").days).date


def objection_to_charge(law: Law, way: str, units: int, held: int, today: date) -> tuple[str, str]:
    """(field, why no fee can be asked); both empty when it can."""
    if not law.has("fee_payment") or today < law.period("fee_payment").in_force:
        return "", "这件申请适用的规定没有信息处理费，不能按此办法收费。"
    if way not in set(Way):
        return "way", "请选择按件或者按量计收，一件申请只能用一种方式。"
    if units < 1:
        return "units", "件数或页数应为大于零的整数，请重新填写。"
    if not amount_of(way, units, held):
        unit, before = UNITS[Way(way)], f"本月此前 {held} 件，" if way == Way.ITEMS else ""
        told = f"{before}本件 {units} {unit}，没有超过不收费的 {free_units(way)} {unit}"
        return "units", f"{told}，不应收费。"
    return "", ""


def objection_to_lapse(
    charge: Charge | None, law: Law, calendar: Calendar, today: date
) -> tuple[str, str]:
    """(field, why it is too early to give the application up for want of payment)."""
    if charge is None or not charge.awaited:
        return "", "本件没有等待缴纳的信息处理费。"
    last = last_day_to_pay(charge, law, calendar)
    if last is None:
        return "", "还没有登记申请人收到收费通知的日期，缴费期限没有起算，请先登记。"
    if today <= last:
        return "", f"缴费期限至 {last} 届满，届满前不能作放弃申请处理。"
    return "", ""


def objection_to_fee_event(
    events: Iterable[Happened], kind: str, data: dict[str, Any] | None = None
) -> str:
    """Whether this act of the fee may follow: one notice, then its payment or its end."""
    charge = charge_of(events)
    if kind == Did.FEE_CHARGED:
        return "本件已经发出收费通知，一件申请只收一次。" if charge is not None else ""
    if charge is None or not charge.awaited:
        return "本件没有等待缴纳的信息处理费，请刷新页面后再看。"
    if kind == Did.FEE_NOTICE_REACHED and charge.reached is not None:
        return "已经登记过申请人收到收费通知的日期。"
    return ""


def _day(event: Happened) -> date:
    return date.fromisoformat(event.data["day"]) if "day" in event.data else event.day
