"""The answer period: restarts, pauses and the one extension."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from gongkai.clock.rules import Calendar, Counted, Pause, Step, explain, note
from gongkai.refusal import Refused
from gongkai.statute import Law

Waiting = Literal["", "correction", "fee", "third_party", "organ"]


@dataclass(frozen=True, slots=True)
class Consultation:
    """Somebody was asked: ``sent``; ``reached`` the other side; ``back`` came the opinion."""

    kind: Literal["third_party", "organ"]
    sent: date
    back: date | None = None
    reached: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the clock must know of an application, as days.

    ``received`` is the legal day of receipt. ``extension`` in working days, 0 for none.
    """

    received: date
    law: Law
    consultations: tuple[Consultation, ...] = ()
    correction_notice: date | None = None
    corrected: date | None = None
    fee_notice_received: date | None = None
    paid: date | None = None
    extension: int = 0


class Deadline(NamedTuple):
    """The last day for the answer.

    ``base`` is the last day before any extension: an extension must be decided and told by then.
    ``start`` is the day from which the period runs. ``waiting``: what stops the clock now; the
    date then moves on with every day that passes.
    """

    due: date
    provisional: bool
    base: date
    start: date
    waiting: Waiting


def reply_deadline(calendar: Calendar, facts: Facts, as_of: date | None = None) -> Deadline:
    """Count the answer period; ``as_of`` is needed only while a consultation is still out."""
    start = _start(facts)
    days = facts.law.periods["reply"].days
    pauses = _pauses(calendar, facts, start, as_of) if facts.consultations else ()
    due, provisional = calendar.add_working_days(start, days, pauses)
    base = due
    if facts.extension:
        days += _granted(facts)
        due, provisional = calendar.add_working_days(start, days, pauses)
    return Deadline(due, provisional, base, start, _waiting(calendar, facts, as_of))


def safe_deadline(
    calendar: Calendar, facts: Facts, arrived: date, as_of: date | None = None
) -> Deadline:
    """The deadline if the period ran from the day on which the application was on its way in.

    Where the law counts from a confirmation, courts have counted from the submission: the house
    works to the earlier day.
    """
    early = replace(facts, received=min(facts.received, arrived))
    return reply_deadline(calendar, early, as_of)


def explain_reply(calendar: Calendar, facts: Facts, as_of: date | None = None) -> Counted:
    """The same date as ``reply_deadline``, with its arithmetic."""
    start = _start(facts)
    pauses = _pauses(calendar, facts, start, as_of)
    period, extra = facts.law.period("reply"), _granted(facts)
    counted = explain(
        calendar, start, period.days, period.unit, article=period.article, pauses=pauses
    )
    if extra:
        extension = facts.law.period("extension")
        counted = counted.then(
            explain(
                calendar,
                counted.due,
                extra,
                extension.unit,
                article=f"{extension.article}（延长）",
                pauses=pauses,
            )
        )
    return counted.with_notes(*_notes(calendar, facts, start, counted.due))


def _granted(facts: Facts) -> int:
    """Working days of extension, never more than the law allows."""
    if facts.extension < 0:
        raise Refused("延长天数不能小于零，请重新填写。", field="extension")
    return min(facts.extension, facts.law.period("extension").days)


def _restarts(facts: Facts) -> Iterator[tuple[str, date]]:
    """The restarts that the law knows, with their days."""
    for name, day in (("corrected", facts.corrected), ("paid", facts.paid)):
        if day is None:
            continue
        if day < facts.received:
            raise Refused(f"{day} 早于收到日期 {facts.received}，请核对日期。", field=name)
        rule = facts.law.restarts.get(name)
        if rule and day >= rule.in_force:
            yield name, day


def _start(facts: Facts) -> date:
    if facts.corrected is None and facts.paid is None:
        return facts.received
    return max((day for _, day in _restarts(facts)), default=facts.received)


def _pauses(calendar: Calendar, facts: Facts, start: date, as_of: date | None) -> tuple[Pause, ...]:
    """The consultations that this law excludes and that no later correction made void."""
    forgotten = date.min
    if facts.corrected and facts.law.restarts["corrected"].forgets_pauses:
        forgotten = facts.corrected
    pauses = []
    for asked in facts.consultations:
        rule = facts.law.exclusions.get(asked.kind)
        if rule and asked.sent >= forgotten:
            until = _until(calendar, facts.law, asked, as_of)
            if until > start:
                pauses.append(Pause(asked.sent, until, rule.text, rule.article))
    return tuple(pauses)


def _until(calendar: Calendar, law: Law, asked: Consultation, as_of: date | None) -> date:
    """The last day that does not count: the opinion's, or the last on which it was awaited."""
    until = asked.back or as_of
    silence = law.silence.get(asked.kind) if asked.reached else None
    if silence and asked.reached:
        end = calendar.add_working_days(asked.reached, silence.period.days).date
        until = min(until, end) if until else end
    if until is None:
        raise Refused(
            "征求意见没有收回日期，也没有对方收到的日期；请补上其中一个。", field="consult"
        )
    if until < asked.sent:
        raise Refused(f"意见收回日期早于发出日期 {asked.sent}，请核对。", field="consult")
    return until


def _waiting(calendar: Calendar, facts: Facts, as_of: date | None) -> Waiting:
    if facts.correction_notice and not facts.corrected:
        return "correction"
    if facts.fee_notice_received and not facts.paid:
        return "fee"
    if as_of is None:
        return ""
    since = facts.corrected or date.min
    for asked in facts.consultations:
        if asked.back or asked.sent < since or asked.kind not in facts.law.exclusions:
            continue
        if as_of <= _until(calendar, facts.law, asked, as_of):
            return asked.kind
    return ""


def _notes(calendar: Calendar, facts: Facts, start: date, due: date) -> Iterator[Step]:
    """Remarks in front of the count: restarts, caps, and what the law does not exclude."""
    law = facts.law
    for name, day in _restarts(facts):
        yield note(day, law.restarts[name].text, law.restarts[name].article)
    if facts.correction_notice and law.has("correction_notice"):
        limit = law.period("correction_notice")
        last = calendar.add_working_days(facts.received, limit.days).date
        if facts.correction_notice > last:
            text = f"补正告知超过 {limit}（应于 {last} 前发出），应予登记；期限仍自补正之日重新计算"
            yield note(facts.correction_notice, text, limit.article)
    yield from _awaited(facts)
    if facts.extension > (granted := _granted(facts)):
        limit = law.period("extension")
        text = f"申请延长 {facts.extension} 个工作日，最多 {granted} 个工作日"
        yield note(start, text, limit.article)
    for asked in facts.consultations:
        if asked.kind not in law.exclusions:
            yield note(asked.sent, f"{law.short}不扣除征求其他机关意见的时间")
        elif asked.sent > due:
            yield note(asked.sent, "征求意见在期限届满之后发出，不扣除")
        elif facts.corrected and asked.sent < facts.corrected:
            yield note(asked.sent, "征求意见在补正之前发出，补正后不再扣除")


def _awaited(facts: Facts) -> Iterator[Step]:
    """What the applicant has yet to do, and what it will do to the count."""
    if facts.correction_notice and not facts.corrected:
        yield note(facts.correction_notice, "已告知补正，收到补正后期限重新计算")
    if facts.fee_notice_received and not facts.paid:
        yield note(facts.fee_notice_received, "已通知缴纳信息处理费，缴费后期限重新计算")
