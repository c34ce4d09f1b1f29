"""The pure rules: what is an answer, which texts are taken, who is barred, what is public."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai import statute
from gongkai.cases.rules import KIND_LABELS, Kind
from gongkai.clock.queries import shipped_calendar
from gongkai.enquiries.rules import (
    KINDS,
    LINES,
    MACHINES,
    TOPICS,
    Content,
    barred_units,
    clean,
    count,
    objection_to_answer,
    objections_to_message,
    objections_to_person,
    public_text,
)


def test_it_works() -> None:
    counted = count(Kind.ENQUIRY, date(2014, 3, 3), shipped_calendar())
    assert counted.due == date(2014, 3, 10)
    assert set(MACHINES) == set(KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "已转。",
        "您好，您的来信已转律师管理处办理，请耐心等待。",
        "来信收悉。您反映的问题我局已转交公证处处理。感谢您对我局工作的支持！",
        "请咨询市公证处，电话：029-80000000。",
        "您好！该事项不属于我局职责范围，请向人社局反映。",
        "请拨打12348。",
        "您好！\n您的问题正在办理，我们会尽快答复您。\n示例市司法局\n2014年3月5日",
        "已阅。谢谢！",
        "建议您咨询当地司法所。",
        "……",
        "。",
    ],
)
def test_passed_on_is_no_answer(text: str) -> None:
    assert "不是答复" in objection_to_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "不需要。",
        "可以，凭身份证到考试处领取。",
        "您可以持身份证到市公证处。",
        "您好，根据《律师法》第二十六条，委托事项不违法的，律师不得拒绝辩护。具体请咨询律师管理处。",
        "该事项依《劳动法》第八十五条由人社局负责，请向人社局反映，电话029-80000000。",
        "您反映的王某已转正，工资自6月起按新标准发放。",
        "建议您先申请法律援助：凭低保证在法律援助中心填表，三日内答复。",
        "2014年3月5日",
        "已转市公证处办理。经调查，该所多收的300元已于3月4日退还。",
    ],
)
def test_an_answer_may_also_say_where_to_go(text: str) -> None:
    """A date alone may well be the answer; only what greets, signs and passes on is none."""
    if text == "2014年3月5日":
        assert objection_to_answer(text), "a bare date reads as a signature"
        assert not objection_to_answer(f"考试定于{text}举行。")
        return
    assert objection_to_answer(text) == ""


def test_no_answer_and_a_book() -> None:
    assert objection_to_answer("") == "请写明答复内容。"
    assert "已写 5001 字" in objection_to_answer("答" * 5001)


@pytest.mark.parametrize(
    ("title", "text", "field", "told"),
    [
        ("", "x", "title", "请填写标题"),
        ("问", "x", "title", "2 到 60 字"),
        ("问" * 61, "x", "title", "标题为 61 字"),
        ("一行\n两行", "x", "title", "写成一行"),
        ("收费", "", "text", "请写明您要咨询或反映的事情"),
        ("收费", "x" * 2023, "text", "已写 2023 字，请控制在 2000 字以内，其余可作为附件上传"),
    ],
)
def test_bad_messages(title: str, text: str, field: str, told: str) -> None:
    found = objections_to_message(title, text)
    assert list(found) == [field]
    assert told in found[field]


def test_good_messages_at_the_edges() -> None:
    for title, text in (("收费", "？"), ("问" * 60, "x" * 2000)):
        assert objections_to_message(title, text, files=5) == {}
    assert "最多 5 个" in objections_to_message("收费", "x", files=6)["files"]


@pytest.mark.parametrize("key", ["1", "x" * 31, "x" * 65, "x" * 31 + "'", "密" * 32])
def test_a_key_that_could_be_guessed_is_not_taken(key: str) -> None:
    assert "重新打开表单" in objections_to_message("收费", "x", submission_key=key)[""]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("phone", "1380000", "手机号应为11位数字"),
        ("phone", "80000000", "座机请加区号"),
        ("mail", "a b@c.d", "没有电子邮箱可不填"),
        ("mail", "nobody", "名称@域名"),
        ("mail", "a@" + "b" * 260 + ".cn", "254 字以内"),
        ("name", "名" * 51, "50 字以内"),
        ("address", "址" * 201, "200 字以内"),
    ],
)
def test_bad_contacts(field: str, value: str, told: str) -> None:
    found = objections_to_person(**{field: value})
    assert list(found) == [field]
    assert told in found[field]


def test_nothing_about_oneself_is_compulsory() -> None:
    assert objections_to_person() == {}
    assert objections_to_person(phone="029-80000000", mail="a@b.cn") == {}
    assert objections_to_person(phone="13800001234") == {}


def test_invisible_characters_go() -> None:
    assert clean("\ufeff a\x00b\u200b\r\nc\x1b\ud800 ") == "ab\nc"


def test_barred_units_follow_parents_and_successors() -> None:
    units = [(1, None, None), (2, 1, None), (3, 2, 4), (4, None, None), (5, 4, None), (6, None, 1)]
    assert barred_units(1, units) == [1, 2, 3, 4, 5]
    assert barred_units(6, units) == [1, 2, 3, 4, 5, 6]
    assert barred_units(5, units) == [5]
    assert barred_units(9, [(9, 9, 9)]) == [9]  # a unit under itself ends too


def test_every_topic_has_a_line_and_every_kind_a_period() -> None:
    assert {topic.line for topic in TOPICS.values()} <= set(LINES)
    for kind in KINDS:
        period = statute.message_period(KIND_LABELS[kind], date(2014, 3, 3))
        assert period.unit == "working_day"


def test_the_digest_covers_every_part_and_the_case() -> None:
    whole = Content("a", "b", "c", "d")
    others = [
        Content("x", "b", "c", "d"), Content("a", "x", "c", "d"), Content("a", "b", "x", "d"),
        Content("a", "b", "c", "x"), Content("ab", "", "c", "d"),
    ]  # fmt: skip
    digests = {c.digest("case:1") for c in (whole, *others)} | {whole.digest("case:2")}
    assert len(digests) == 7


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王某问"),
        ("欧阳娜", "欧阳某问"),
        ("欧阳", "欧某问"),
        ("示例市某某公司", "某单位问"),
    ],
)
def test_the_asker_becomes_somebody(name: str, shown: str) -> None:
    assert public_text(f"{name}问", name=name) == shown


def test_facts_that_no_pattern_knows_are_struck_out() -> None:
    shown = public_text("住示例里七号，示例里很好", facts=["示例里七号", "", "里"])
    assert shown == "住×××，示例里很好"
