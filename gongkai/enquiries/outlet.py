"""Published answers for the look-back of the review. What only the asker has is not read again."""

from __future__ import annotations

from gongkai.agencies.models import User
from gongkai.cases.models import Case
from gongkai.enquiries.actions import withdraw_public
from gongkai.enquiries.queries import case_of_answer, is_public
from gongkai.enquiries.rules import Content
from gongkai.refusal import Refused
from gongkai.review.outlets import Material, Outlet
from gongkai.review.queries import released_hash


def _case(subject: str) -> Case | None:
    case = case_of_answer(subject)
    return case if case is not None and is_public(case) else None


def _read(subject: str) -> Material | None:
    case = _case(subject)
    if case is None:
        return None
    answer = case.answers.get(content_hash=released_hash(subject))
    public = Content(
        "", answer.public_title, answer.public_question, answer.public_answer
    )  # the reply itself went to the asker alone
    return Material(public.texts())


def _take_away(subject: str, *, by: User, reason: str) -> None:
    case = _case(subject)
    if case is None:
        raise Refused("本件的答复没有公开，无需撤下。")
    withdraw_public(case, by=by, reason=reason)


ANSWERS = Outlet(read=_read, take_away=_take_away)
