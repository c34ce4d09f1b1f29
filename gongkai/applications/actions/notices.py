"""The notices that an applicant gets on the way."""

from __future__ import annotations

from datetime import date

from gongkai import clock, screening
from gongkai.agencies.models import User
from gongkai.applications import letters
from gongkai.applications.letters.making import mark_dispatched
from gongkai.applications.letters.wording import template, told_date
from gongkai.applications.rules.citing import formal
from gongkai.cases.models import Case, Letter
from gongkai.refusal import Refused
from gongkai.review.queries import policy_of
from gongkai.statute import law_for


def send_acknowledgement(case: Case, *, by: User, article: str) -> Letter:
    """受理回执: the day of receipt and the day by which the reply comes."""
    assert case.received_on is not None and case.due_on is not None
    law = law_for(case.received_on)
    period = law.period("reply")
    facts = {
        "receipt_article": formal(article, law),
        "reply_article": formal(period.article, law),
        "reply_period": str(period).replace(" ", ""),
        "due": told_date(case.due_on),
    }
    return _send(case, "acknowledgement", facts, by=by)


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


def _refuse_what_may_not_leave(case: Case, field: str, typed: str) -> None:
    """A notice has no review sheet, so nothing that would need settling may stand in it: somebody
    else's number or a secrecy mark reaches the applicant as surely as in a reply.
    """
    for found in screening.screen_text(typed, policy=policy_of(case.agency)):
        if found.severity == "block":
            message = f"告知书里不能写“{found.excerpt}”（{found.label}）：{found.advice}"
            raise Refused(message, field=field)


def _send(
    case: Case, kind: str, facts: dict[str, str], *, by: User, how: str = "", proof: str = ""
) -> Letter:
    words = letters.put_into_words(kind, case, facts, clock.today())
    letter = letters.make(case, kind, words, by=by)
    if how:
        mark_dispatched(letter, how=how, proof=proof, by=by)
    return letter
