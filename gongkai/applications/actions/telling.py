"""The applicant hears of the legal moments: received, to be rectified, extended, others asked, to
pay, answered.

A message beside the letter, never in its place: what the law counts is the letter and its delivery.
"""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings

from gongkai.agencies.models import User
from gongkai.applications.letters.wording import told_date
from gongkai.cases.models import Case
from gongkai.outbox.actions import post
from gongkai.outbox.rules import Channel, objection_to_recipient


class Moment(StrEnum):
    RECEIVED = "received"
    TO_RECTIFY = "to_rectify"
    EXTENDED = "extended"
    CONSULTING = "consulting"
    FEE = "fee"
    MERGED = "merged"
    SPLIT = "split"
    ANSWERED = "answered"


_SUBJECTS = {
    Moment.RECEIVED: "已登记",
    Moment.TO_RECTIFY: "需要您补正",
    Moment.EXTENDED: "延长答复期限",
    Moment.CONSULTING: "正在征求意见",
    Moment.FEE: "需要您缴纳信息处理费",
    Moment.MERGED: "合并办理",
    Moment.SPLIT: "分为几件办理",
    Moment.ANSWERED: "已答复",
}
_WORDS = {
    Moment.RECEIVED: "已于{received}收到并登记，答复期限为{due}。",
    Moment.TO_RECTIFY: "需要补正，请在{until}前补正。需要补正的内容：{what}。要求和后果"
    "以补正告知书为准。",
    Moment.EXTENDED: "需要延长答复期限，新的答复期限为{due}。理由：{reason}。",
    Moment.CONSULTING: "涉及{whom}，已于{sent}书面征求其意见。{article}规定，征求意见所需时间"
    "不计算在答复期限内；收到意见后答复期限继续计算，届时在办理查询中可以看到新的答复期限。",
    Moment.FEE: "需要缴纳信息处理费{amount}元。缴费方式、期限和逾期的后果以收费通知书为准。",
    Moment.MERGED: "与您先前提出的申请（编号{into}）内容相同，合并办理，答复期限从先收到的一件"
    "起算，答复见编号{into}。",
    Moment.SPLIT: "含有几项不同的内容，按一事一申请分为{count}件办理，新增编号{numbers}，收到日期"
    "不变；新增编号的查询码可凭证件向信息办领取。",
    Moment.ANSWERED: "已经答复。",
}
_WHERE = "请在{agency}网站“办理查询”中用编号和查询码查看；请勿回复本{kind}。"


def tell_applicant(case: Case, moment: Moment, *, by: User, **facts: str) -> None:
    """By mail, else by text message where this installation can send any; else only by letter.

    Stored in the caller's transaction; nothing personal in the subject.
    """
    channel, recipient = _way(case)
    if channel is None:
        return
    known = {
        "received": told_date(case.received_on) if case.received_on else "",
        "due": told_date(case.due_on) if case.due_on else "",
        **{name: value.strip().rstrip("。.") for name, value in facts.items()},
    }
    kind = "邮件" if channel == Channel.MAIL else "短信"
    words = _WORDS[moment].format_map(known)
    where = _WHERE.format(agency=case.agency.name, kind=kind)
    post(
        kind=f"application.{moment}",
        channel=channel,
        recipient=recipient,
        subject=f"您的政府信息公开申请 {case.number} {_SUBJECTS[moment]}",
        body=f"您好！您的政府信息公开申请（编号 {case.number}）{words}{where}",
        about=case.subject,
        by=by,
    )


def _way(case: Case) -> tuple[Channel | None, str]:
    mail, phone = case.party.mail.strip(), case.party.phone.strip()
    if mail and not objection_to_recipient(Channel.MAIL, mail):
        return Channel.MAIL, mail
    can_text = Channel.SMS.value in getattr(settings, "OUTBOX_SENDERS", {})
    if can_text and phone and not objection_to_recipient(Channel.SMS, phone):
        return Channel.SMS, phone
    return None, ""
