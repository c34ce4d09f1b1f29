from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from acts import on_record, verbs
from django.core import mail
from django.core.management import call_command
from django.db import transaction

from gongkai import clock
from gongkai.clock import SHANGHAI
from gongkai.ledger.models import Entry
from gongkai.outbox import actions, queries
from gongkai.outbox.actions import deliver_due, post, retry
from gongkai.outbox.models import Message
from gongkai.outbox.rules import Channel, earliest, wait_after
from gongkai.refusal import Refused

pytestmark = pytest.mark.django_db

NOON = datetime(2014, 3, 3, 12, tzinfo=SHANGHAI)


def letter(**facts: Any) -> Message:
    return post(
        **{
            "kind": "receipt",
            "channel": "mail",
            "recipient": "zhang@example.cn",
            "subject": "您的咨询已收到",
            "body": "张三：编号 ZX-2014-0001",
            "about": "case:ZX-2014-0001",
            **facts,
        }
    )


@pytest.fixture
def broken(monkeypatch) -> None:
    def refuse(message: Message) -> str:
        raise OSError(f"550 no such user {message.recipient}")

    monkeypatch.setattr("gongkai.outbox.actions.send", refuse)


def test_it_works() -> None:
    with clock.set_to(NOON):
        message = letter()
        assert list(queries.pending()) == [message]
        assert deliver_due().sent == 1
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert message.sent_at == NOON
    [sent] = mail.outbox
    assert sent.to == ["zhang@example.cn"]
    assert sent.extra_headers["Message-ID"] == message.proof
    assert list(queries.about("case:ZX-2014-0001")) == [message]
    assert deliver_due().sent == 0


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_sends_nothing() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        letter()
        raise ZeroDivisionError
    assert deliver_due().sent == 0
    assert not mail.outbox


def test_it_waits_longer_each_time_and_then_fails_visibly(broken) -> None:
    moment = NOON
    with clock.set_to(moment):
        message = letter()
    for minutes in (1, 5, 30, 120):
        with clock.set_to(moment):
            assert deliver_due().again == 1
            assert deliver_due().again == 0, "not before its time"
        message.refresh_from_db()
        assert message.next_try == moment + timedelta(minutes=minutes)
        moment = message.next_try
    with clock.set_to(moment):
        assert deliver_due().failed == 1
    message.refresh_from_db()
    assert list(queries.failed()) == [message]
    assert message.attempts == 5
    assert message.error == "OSError"
    assert Entry.objects.filter(verb="message.failed").count() == 1


def test_no_address_reaches_errors_or_the_ledger(broken) -> None:
    letter()
    deliver_due()
    told = [str(e.as_record()) for e in Entry.objects.all()]
    told += [m.error for m in Message.objects.all()]
    assert not any("zhang" in text or "张三" in text for text in told)


def test_a_failed_message_can_be_sent_again(broken, monkeypatch) -> None:
    message = letter()
    Message.objects.filter(pk=message.pk).update(attempts=4)
    deliver_due()
    monkeypatch.undo()
    retry(queries.failed().get(), by="office")
    assert deliver_due().sent == 1
    with pytest.raises(Refused, match="刷新"):
        retry(message, by="office")


def test_only_one_of_two_workers_delivers(monkeypatch) -> None:
    message = letter()
    seen_by_both = Message.objects.get(pk=message.pk)
    assert deliver_due().sent == 1
    monkeypatch.setattr("gongkai.outbox.actions.due", lambda: Message.objects.filter(pk=message.pk))
    assert not actions._claim(seen_by_both)
    assert deliver_due().sent == 0
    assert len(mail.outbox) == 1


def test_a_worker_that_dies_leaves_the_message_to_the_next(monkeypatch) -> None:
    def die(message: Message) -> str:
        raise KeyboardInterrupt

    with clock.set_to(NOON):
        message = letter()
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr("gongkai.outbox.actions.send", die)
            deliver_due()
    with clock.set_to(NOON + timedelta(minutes=1)):
        assert deliver_due().sent == 1
    Message.objects.filter(pk=message.pk).update(state="pending", attempts=5, next_try=NOON)
    assert deliver_due().failed == 1


def test_a_channel_that_is_not_there_never_counts_as_sent() -> None:
    with clock.set_to(NOON):
        message = letter(channel="sms", recipient="13800000000")
        assert deliver_due().again == 1
    message.refresh_from_db()
    assert message.state == Message.State.PENDING
    assert "没有配置短信通道" in message.error


def test_a_notice_lies_on_the_desk() -> None:
    notice = letter(channel="desk", recipient="wang", subject="有一件待办")
    assert list(queries.on_desk_of("wang")) == [notice]
    assert not queries.on_desk_of("li").exists()
    assert deliver_due().sent == 1


@pytest.mark.parametrize(
    ("hour", "minute", "channel", "expected"),
    [
        (12, 0, "sms", (3, 12, 0)),
        (20, 59, "sms", (3, 20, 59)),
        (21, 0, "sms", (4, 8, 0)),
        (23, 30, "push", (4, 8, 0)),
        (0, 5, "sms", (3, 8, 0)),
        (7, 59, "push", (3, 8, 0)),
        (8, 0, "sms", (3, 8, 0)),
        (23, 30, "mail", (3, 23, 30)),
        (3, 0, "desk", (3, 3, 0)),
    ],
)
def test_quiet_hours(hour: int, minute: int, channel: str, expected: tuple[int, ...]) -> None:
    moment = datetime(2014, 3, 3, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)
    day, at, minute = expected
    assert earliest(channel, moment) == datetime(2014, 3, day, at, minute, tzinfo=SHANGHAI)


def test_a_message_of_the_night_waits_for_the_morning() -> None:
    night = datetime(2014, 3, 3, 22, tzinfo=SHANGHAI)
    with clock.set_to(night):
        message = letter(channel="sms", recipient="13800000000")
        assert deliver_due() == actions.Delivery()
    assert message.next_try == datetime(2014, 3, 4, 8, tzinfo=SHANGHAI)


def test_a_retry_does_not_fall_into_the_night(settings) -> None:
    settings.OUTBOX_SENDERS = {"sms": "gongkai.outbox.senders._missing"}
    evening = datetime(2014, 3, 3, 20, 59, 30, tzinfo=SHANGHAI)
    with clock.set_to(evening):
        message = letter(channel="sms", recipient="13800000000")
        deliver_due()
    message.refresh_from_db()
    assert message.next_try == datetime(2014, 3, 4, 8, tzinfo=SHANGHAI)
    Message.objects.filter(pk=message.pk).update(next_try=evening)
    with clock.set_to(evening + timedelta(minutes=5)):
        assert deliver_due().again == 1
    message.refresh_from_db()
    assert message.attempts == 1, "a postponed message was not attempted"


def test_the_waits() -> None:
    waits = [wait_after(attempt) for attempt in range(1, 6)]
    assert [w and w.total_seconds() / 60 for w in waits] == [1, 5, 30, 120, None]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"recipient": "zhang"}, "邮箱"),
        ({"recipient": ""}, "邮箱"),
        ({"recipient": "a@b.cn\nBcc: c@d.cn"}, "邮箱"),
        ({"channel": "sms", "recipient": "abc"}, "手机号"),
        ({"channel": "desk", "recipient": " "}, "收件人"),
        ({"subject": "答复13800000000"}, "个人信息"),
        ({"subject": "答复11010519491231002X"}, "个人信息"),
        ({"subject": "致 li@example.cn"}, "个人信息"),
        ({"subject": "答复\r\nBcc: x@y.cn"}, "一行"),
        ({"subject": ""}, "标题"),
    ],
)
def test_bad_messages_are_refused(facts: dict[str, str], message: str) -> None:
    with pytest.raises(Refused, match=message):
        letter(**facts)
    assert not Message.objects.exists()


def test_the_command_tells_what_it_did(capsys, broken) -> None:
    letter()
    Message.objects.update(attempts=4)
    call_command("deliver")
    out = capsys.readouterr()
    assert out.out.strip() == '{"sent": 0, "failed": 1, "again": 0}'
    assert "1 条消息发送失败" in out.err


def _retried() -> None:
    Message.objects.filter(pk=letter().pk).update(state="failed")
    with on_record():
        retry(Message.objects.get(), by="office")


def _delivered() -> None:
    letter()
    with on_record():
        deliver_due()


def _posted() -> None:
    with on_record():
        letter()


ACTS = {"post": _posted, "retry": _retried, "deliver_due": _delivered}


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_on_record(name: str) -> None:
    assert verbs(actions) == set(ACTS)
    ACTS[name]()


def test_an_act_off_the_record_is_found(monkeypatch) -> None:
    monkeypatch.setattr("gongkai.outbox.actions.record", lambda *a, **k: None)
    with pytest.raises(AssertionError, match="without a ledger entry"):
        _posted()


def test_every_channel_has_a_name() -> None:
    from gongkai.outbox.rules import CHANNEL_LABELS

    assert set(CHANNEL_LABELS) == set(Channel)
