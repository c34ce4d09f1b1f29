"""The notices that an applicant gets on the way, and the letters to those who are asked."""

from __future__ import annotations

from datetime import date

from gongkai import clock, screening
from gongkai.agencies.models import User
from gongkai.applications import letters
from gongkai.applications.letters.making import THIRD_PARTY, mark_dispatched
from gongkai.applications.letters.wording import remedy_paragraph, template, told_date
from gongkai.applications.rules import Charge, Request, article_of_lapse
from gongkai.applications.rules.citing import formal
from gongkai.cases.models import Case, Letter
from gongkai.refusal import Refused
from gongkai.review.queries import policy_of
from gongkai.statute import fee_article, law_for, tariff
from gongkai.text.numbers import capital_amount


def send_acknowledgement(case: Case, *, by: User, article: str) -> Letter:
    """受理回执: the day of receipt and the day by which the reply comes."""
    assert case.received_on is not None and case.due_on is not None
    law = law_for(case.received_on)
    correction = case.application.request == Request.CORRECTION
    period = law.period("record_correction" if correction else "reply")
    facts = {
        "receipt_article": formal(article, law),
        "reply_article": formal(period.article, law),
        "reply_period": str(period).replace(" ", ""),
        "due": told_date(case.due_on),
    }
    kind = "correction_receipt" if correction else "acknowledgement"
    return _send(case, kind, facts, by=by)


def send_rectification(
    case: Case, *, by: User, what: str, until: date, how: str, proof: str
) -> Letter:
    """补正告知书."""
    assert case.received_on is not None
    law = law_for(case.received_on)
    facts = {
        "what": what,
        "until": told_date(until),
        "correction_article": formal(law.period("correction").article, law),
        "restart": law.restarts["corrected"].text,
        "abandon": template("rectification")["abandon"][law.id],
    }
    _refuse_what_may_not_leave(case, "what", what)
    return _send(case, "rectification", facts, by=by, how=how, proof=proof)


def send_extension(
    case: Case, *, by: User, base: date, days: int, reason: str, how: str, proof: str
) -> Letter:
    """延期答复告知书; ``base`` is the day on which the period would have ended."""
    assert case.received_on is not None and case.due_on is not None
    law = law_for(case.received_on)
    facts = {
        "reason": reason.strip().rstrip("。，,."),
        "base": told_date(base),
        "days": str(days),
        "due": told_date(case.due_on),
        "extension_article": formal(law.period("extension").article, law),
    }
    _refuse_what_may_not_leave(case, "reason", reason)
    return _send(case, "extension", facts, by=by, how=how, proof=proof)


def send_fee_notice(
    case: Case, charge: Charge, *, by: User, pay_how: str, how: str, proof: str
) -> Letter:
    """收费通知书: basis, tariff, amount and way of payment (信息处理费管理办法第6条)."""
    assert case.received_on is not None
    law, words = law_for(case.received_on), template("fee")
    period = law.period("fee_payment")
    facts = {
        "charge_article": formal(law.duties["charge"], law),
        "tariff_article": formal(fee_article(charge.way), law),
        "payment_article": formal(period.article, law),
        "counted": words["counted"][charge.way].format(held=charge.held, units=charge.units),
        "amount": str(charge.amount),
        "capital": capital_amount(charge.amount),
        "tariff": tariff(charge.way),
        "period": str(period).replace(" ", ""),
        "pay_how": pay_how,
        "restart": law.restarts["paid"].text,
    }
    _refuse_what_may_not_leave(case, "pay_how", pay_how)
    return _send(case, "fee", facts, by=by, how=how, proof=proof)


def send_lapsed(case: Case, code: str, *, by: User, how: str = "", proof: str = "") -> Letter:
    """不再处理告知书: what was not done in time, by which article, and where to turn."""
    assert case.received_on is not None
    facts = {
        "why": template("lapsed")["why"][code],
        "article": article_of_lapse(code, law_for(case.received_on)),
        "remedy": remedy_paragraph(code, clock.today()),
    }
    return _send(case, "lapsed", facts, by=by, how=how, proof=proof)


def send_consultation(
    case: Case, asked: str, organ: str, *, by: User, what: str, how: str, proof: str
) -> Letter:
    """征求意见书 to a third party, or 征求意见函 to an organ; the applicant is not named in it."""
    assert case.received_on is not None
    law = law_for(case.received_on)
    kind = "consult_third" if asked == "third_party" else "consult_organ"
    words, silence = template(kind), law.silence.get(asked)
    period = str(silence.period).replace(" ", "") if silence else ""
    article = formal(law.duties[f"ask_{asked}"], law)
    facts = {
        "what": what,
        "ask": words["ask"][law.id].format(article=article, period=period),
        "then": words["then"][law.id],
    }
    _refuse_what_may_not_leave(case, "what", what)
    to = organ or f"{THIRD_PARTY if kind == 'consult_third' else '有关机关'}（{case.number}）"
    return _send(case, kind, facts, by=by, how=how, proof=proof, addressee=to)


def send_overruling(
    case: Case, sent: date, *, by: User, what: str, reason: str, how: str, proof: str
) -> Letter:
    """公开决定告知书 to a third party that objected; it may turn against the decision."""
    assert case.received_on is not None
    law = law_for(case.received_on)
    facts = {
        "sent": told_date(sent),
        "reason": reason.strip().rstrip("。，,."),
        "article": formal(law.duties["ask_third_party"], law),
        "what": what,
        "remedy": remedy_paragraph("G1", clock.today(), "告知书"),
    }
    _refuse_what_may_not_leave(case, "reason", reason)
    to = f"{THIRD_PARTY}（{case.number}）"
    return _send(case, "overrule", facts, by=by, how=how, proof=proof, addressee=to)


def send_reasons(case: Case, *, by: User, why: str, until: date, how: str, proof: str) -> Letter:
    """说明理由告知书 (条例（2019）第35条)."""
    assert case.received_on is not None
    law = law_for(case.received_on)
    facts = {
        "why": why.strip().rstrip("。，,."),
        "article": formal(law.duties["ask_reasons"], law),
        "until": told_date(until),
    }
    _refuse_what_may_not_leave(case, "why", why)
    return _send(case, "reasons", facts, by=by, how=how, proof=proof)


def send_delay(case: Case, *, by: User, until: date, reason: str, how: str, proof: str) -> Letter:
    """延迟答复告知书 (条例（2019）第35条)."""
    assert case.received_on is not None
    law = law_for(case.received_on)
    facts = {
        "reason": reason.strip().rstrip("。，,."),
        "article": formal(law.duties["ask_reasons"], law),
        "until": told_date(until),
    }
    _refuse_what_may_not_leave(case, "reason", reason)
    return _send(case, "delay", facts, by=by, how=how, proof=proof)


def send_correction(
    case: Case, result: str, *, by: User, text: str, organ: str, how: str, proof: str
) -> Letter:
    """更正告知书 (条例（2019）第41条, 条例（2007）第25条)."""
    assert case.received_on is not None
    law = law_for(case.received_on)
    basis = formal(law.period("record_correction").article, law)
    facts = {
        "statement": template("correction")["statement"][result].format(basis=basis, organ=organ),
        "text": text,
        "remedy": remedy_paragraph("G1", clock.today(), "告知书"),
    }
    _refuse_what_may_not_leave(case, "text", text)
    return _send(case, "correction", facts, by=by, how=how, proof=proof)


def _refuse_what_may_not_leave(case: Case, field: str, typed: str) -> None:
    """A notice has no review sheet, so nothing that would need settling may stand in it: somebody
    else's number or a secrecy mark reaches the applicant as surely as in a reply.
    """
    for found in screening.screen_text(typed, policy=policy_of(case.agency)):
        if found.severity == "block":
            message = f"告知书里不能写“{found.excerpt}”（{found.label}）：{found.advice}"
            raise Refused(message, field=field)


def _send(
    case: Case, kind: str, facts: dict[str, str], *, by: User, how: str = "", proof: str = "",
    addressee: str = "",
) -> Letter:  # fmt: skip
    words = letters.put_into_words(kind, case, facts, clock.today(), addressee)
    letter = letters.make(case, kind, words, by=by)
    if how:
        mark_dispatched(letter, how=how, proof=proof, by=by)
    return letter
