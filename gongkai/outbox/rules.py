"""When a message may go, when it is tried again, and what its open parts may not hold. Pure."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from enum import StrEnum

from gongkai.clock.time import SHANGHAI


class Channel(StrEnum):
    MAIL = "mail"
    SMS = "sms"
    PUSH = "push"
    DESK = "desk"


CHANNEL_LABELS = {
    Channel.MAIL: "电子邮件",
    Channel.SMS: "短信",
    Channel.PUSH: "手机推送",
    Channel.DESK: "工作台通知",
}

# Nobody's telephone rings at night; mails and the desk wake no one.
RINGING = frozenset({Channel.SMS, Channel.PUSH})
QUIET_FROM, QUIET_TO = time(21), time(8)

# The waits after the first, second, third and fourth failure; after one more the message failed.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(minutes=120),
)
LAST_ATTEMPT = len(BACK_OFF) + 1

_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_PHONE = re.compile(r"\+?\d[\d-]{6,19}")
_PERSONAL = re.compile(r"(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)|[^@\s]+@[^@\s]+\.[a-z]{2,}")


def earliest(channel: str, moment: datetime) -> datetime:
    """``moment``, or the end of the quiet hours in which it lies (21:00–08:00 in China)."""
    local = moment.astimezone(SHANGHAI)
    if channel not in RINGING or QUIET_TO <= local.time() < QUIET_FROM:
        return moment
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_TO, SHANGHAI)


def wait_after(attempt: int) -> timedelta | None:
    """How long to wait after the ``attempt``-th failure; None when no further attempt is made."""
    return BACK_OFF[attempt - 1] if attempt < LAST_ATTEMPT else None


def objection_to_recipient(channel: str, recipient: str) -> str:
    """Why an address cannot be reached over a channel, in Chinese; empty when it can."""
    if channel == Channel.MAIL and not _MAIL.fullmatch(recipient):
        return "电子邮箱写法不对，请按“名称@域名”填写。"
    if channel == Channel.SMS and not _PHONE.fullmatch(recipient):
        return "手机号写法不对，请只填写数字。"
    if not recipient.strip():
        return "没有填写收件人，请补填后再发送。"
    return ""


def objection_to_subject(subject: str, recipient: str) -> str:
    """Why a subject line may not be stored open, in Chinese; empty when it may.

    It is read on the way by everybody: no address, number or name of a person belongs in it.
    """
    if not subject.strip() or "\n" in subject or "\r" in subject:
        return "请填写一行标题，标题中不能换行。"
    if recipient in subject or _PERSONAL.search(subject):
        return "标题中不能有手机号、证件号、邮箱等个人信息，请移到正文。"
    return ""
