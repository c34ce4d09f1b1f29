"""The applicant hears of the four legal moments, and of nothing that others could read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from applying import ASKER, IN_2014, approve, draft, on, registered, routed, send
from people import Bureau

from gongkai.applications import actions
from gongkai.outbox.models import Message

MAIL = "ouyang@shili.example"


def told() -> list[Message]:
    return list(Message.objects.filter(kind__startswith="application.").order_by("pk"))


def by_mail(b: Bureau):
    return routed(b, person=replace(ASKER, mail=MAIL))


def test_it_works(b: Bureau) -> None:
    case = by_mail(b)
    actions.extend(
        case, by=b.information_office, days=5, reason="需要调卷。", how="post", proof="XA1"
    )
    send(b, approve(b, draft(b, case)))
    messages = told()
    assert [m.kind.partition(".")[2] for m in messages] == ["received", "extended", "answered"]
    assert {m.recipient for m in messages} == {MAIL} and {m.about for m in messages} == {
        case.subject
    }
    received, extended, answered = (m.body for m in messages)
    assert "2026年3月2日收到" in received and "2026年3月30日" in received
    assert "理由：需要调卷。" in extended and "2026年4月7日" in extended
    assert answered.endswith("请在临江市司法局网站“办理查询”中用编号和查询码查看；请勿回复本邮件。")


def test_rectification_is_told_with_what_is_missing(b: Bureau) -> None:
    case = registered(b, person=replace(ASKER, mail=MAIL))
    actions.ask_rectification(
        case, by=b.information_office, what="请写明年份", until=date(2026, 3, 16)
    )
    message = told()[-1]
    assert message.kind == "application.to_rectify"
    assert "请在2026年3月16日前补正" in message.body and "请写明年份" in message.body


@pytest.mark.parametrize(("asked", "whom"), [("third_party", "第三方"), ("organ", "行政机关")])
def test_the_applicant_hears_that_others_are_asked_and_the_clock_stands(
    b: Bureau, asked: str, whom: str
) -> None:
    case = by_mail(b)
    before = len(told())
    actions.start_consultation(case, by=b.liaison, asked=asked, whom="欧阳甲局", address="某路1号")
    assert case.paused and len(told()) == before + 1
    message = told()[-1]
    assert message.kind == "application.consulting" and whom in message.body
    assert "2026年3月2日书面征求" in message.body and "不计算在答复期限内" in message.body
    assert "《中华人民共和国政府信息公开条例》第三十三条第三款" in message.body
    assert "欧阳甲" not in message.body and "某路" not in message.body


def test_where_the_law_counts_the_time_nobody_is_told_otherwise(b: Bureau) -> None:
    with on(IN_2014):
        case = by_mail(b)
        before = len(told())
        actions.start_consultation(case, by=b.liaison, asked="organ", whom="临江市档案局")
        assert not case.paused and len(told()) == before
        actions.start_consultation(case, by=b.liaison, whom="欧阳甲")
        assert case.paused and "第二十四条第三款" in told()[-1].body


def test_nothing_personal_stands_in_a_subject(b: Bureau) -> None:
    send(b, approve(b, draft(b, by_mail(b))))
    for message in told():
        for personal in (ASKER.name, ASKER.phone, MAIL, "公证服务收费标准"):
            assert personal not in message.subject


def test_who_gave_no_mail_hears_by_letter_only(b: Bureau) -> None:
    routed(b)
    assert told() == []


def test_a_text_message_goes_where_this_house_can_send_any(b: Bureau, settings) -> None:
    settings.OUTBOX_SENDERS = {"sms": "somewhere.send"}
    routed(b)
    (message,) = told()
    assert (message.channel, message.recipient) == ("sms", ASKER.phone)
    assert message.body.endswith("请勿回复本短信。")


@pytest.mark.parametrize("mail", ["not a mail", "a@b"])
def test_an_address_that_cannot_be_reached_stops_no_act(b: Bureau, mail: str) -> None:
    case = routed(b)
    case.party.mail = mail
    case.party.save()
    send(b, approve(b, draft(b, case)))
    assert told() == []
