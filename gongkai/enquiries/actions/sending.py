"""Answering in one voice, the rating, and taking a public answer away again."""

from __future__ import annotations

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.cases import actions as cases
from gongkai.cases.codes import matches
from gongkai.cases.models import Case, Event
from gongkai.cases.rules import Act
from gongkai.enquiries.models import Answer, Rating
from gongkai.enquiries.queries import answer_subject, collated_answer, is_public
from gongkai.enquiries.rules import UNPUBLISHED, clean, objection_to_rating
from gongkai.outbox.actions import post as post_message
from gongkai.outbox.rules import Channel
from gongkai.refusal import Refused
from gongkai.review.release import release, withdraw


@transaction.atomic
def dispatch(case: Case, *, by: User) -> Answer:
    """Answer: the only way out goes through the review's release of what two people approved.

    With consent the masked version becomes public at the same moment.
    """
    cases.hold(case)
    post = str(require(by, Duty.CASE_COLLATE, case.agency))
    cases.ensure_possible(case, Act.DISPATCHED)
    answer = collated_answer(case)
    if not answer.is_intact:
        raise Refused("答复内容与审核通过的不一致，不能发出，请退回重新汇总。")
    release(answer.sheet, lambda: _send(case, answer, by, post), by=by)
    return answer


@transaction.atomic
def rate(case: Case, code: str, *, stars: int, comment: str = "") -> Event:
    """The asker rates the answer, once; the query code shows that it is the asker."""
    cases.hold(case)
    if not matches(code, case.code_hash):
        raise Refused("编号或查询码不正确；忘记查询码可凭证件到受理窗口查询。", field="code")
    comment = clean(comment)
    if wrong := objection_to_rating(stars, comment):
        raise Refused(wrong[1], field=wrong[0])
    event = cases.append(case, Act.RATED, by="public", data={"stars": stars})
    Rating.objects.create(case=case, stars=stars, comment=comment, at=clock.now())
    return event


@transaction.atomic
def withdraw_public(case: Case, *, by: User, reason: str) -> Event:
    """Take a public answer away everywhere; the asker keeps theirs."""
    cases.hold(case)
    post = str(require(by, Duty.ITEM_WITHDRAW, case.agency))
    cases.ensure_possible(case, UNPUBLISHED)
    if not is_public(case):
        raise Refused("本件的答复没有公开，无需撤回。")
    reason = clean(reason)
    done: list[Event] = []

    def unpublish() -> None:
        done.append(cases.append(case, UNPUBLISHED, by=by, post=post, data={"reason": reason}))

    withdraw(answer_subject(case), unpublish, by=by, post=post, reason=reason)
    return done[0]


def _send(case: Case, answer: Answer, by: User, post: str) -> None:
    cases.append(case, Act.DISPATCHED, by=by, post=post, data={"hash": answer.content_hash})
    if answer.public_answer:
        cases.append(case, Act.PUBLISHED, by=by, post=post, data={"hash": answer.content_hash})
    if case.party.mail:
        kind = case.get_kind_display()
        post_message(
            kind="enquiry.answered",
            channel=Channel.MAIL,
            recipient=case.party.mail,
            subject=f"您的{kind} {case.number} 已答复",
            body=f"您好！您提交的{kind}（编号 {case.number}）已经答复。"
            f"请在{case.agency.name}网站“办理查询”中用编号和查询码查看，并请评价。",
            about=case.subject,
            by=by,
        )
