"""What a form must say, field by field, and the sums in identity numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from applying import ASKER, CREDIT_CODE, FORM, ID_CARD, IN_2014, on, submit
from hypothesis import given
from hypothesis import strategies as st
from people import Bureau

from gongkai.applications.rules import Wanted, problems
from gongkai.applications.rules.identity import (
    is_credit_code,
    is_phone,
    wrong_place_in_id,
)  # fmt: skip
from gongkai.cases.models import Case, NumberCounter
from gongkai.refusal import Refused
from gongkai.statute import law

GOOD = Wanted(
    name="欧阳示例", applicant_class="nat", identity=ID_CARD, phone="13800001234", title="收费标准",
    text="2025年", delivery="online", carrier="electronic",
)  # fmt: skip
FIRM = replace(GOOD, name="示例商贸有限公司", applicant_class="biz", identity=CREDIT_CODE)

BAD = [
    ({"name": "  "}, "name", "请填写申请人姓名"),
    ({"applicant_class": "民"}, "applicant_class", "请选择申请人类别"),
    ({"identity": ""}, "identity", "身份证明"),
    ({"identity": ID_CARD[:-1]}, "identity", "第 18 位"),
    ({"identity": ID_CARD[:-1] + "0"}, "identity", "第 18 位"),
    ({"identity": "9901011990O101001X"}, "identity", "第 11 位"),
    ({"identity": ID_CARD + "1"}, "identity", "请核对第 19 位"),
    ({"applicant_class": "biz"}, "identity", "校验位不正确"),
    ({"applicant_class": "law", "identity": CREDIT_CODE[:-1] + "A"}, "identity", "对照执照"),
    ({"phone": "1380000123"}, "phone", "11位数字"),
    ({"phone": ""}, "phone", "至少一项"),
    ({"mail": "name@example"}, "mail", "电子邮箱格式"),
    ({"title": "", "text": " \n"}, "text", "名称、文号或其他特征"),
    ({"text": "文" * 523}, "text", "已写 523 字，请控制在 500 字以内"),
    ({"title": "名" * 121}, "title", "120 字以内"),
    ({"delivery": "鸽子"}, "delivery", "获取信息的方式"),
    ({"carrier": ""}, "carrier", "载体"),
    ({"delivery": "post"}, "address", "请填写通信地址"),
    ({"delivery": "email"}, "mail", "请填写电子邮箱"),
    ({"files": 6}, "files", "最多 5 个"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), BAD)
def test_each_fault_names_its_field_and_what_to_do(wrong: dict, field: str, words: str) -> None:
    [(told, message)] = problems(replace(GOOD, **wrong), law("2019"))
    assert told == field and words in message
    assert "!" not in message and "！" not in message and "非法" not in message


@pytest.mark.parametrize("good", [
    GOOD, FIRM,
    replace(GOOD, identity="99010119900101 001\uff19"), replace(GOOD, identity="E12345678"),
    replace(GOOD, identity="H1234567890"), replace(GOOD, phone="010-6551 2345"),
    replace(GOOD, phone="", address="临江市示例里七号"), replace(GOOD, text=""),
    replace(GOOD, text="文" * 500, title=""), replace(GOOD, phone="＋86 138-0000-1234"),
])  # fmt: skip
def test_what_the_law_asks_for_is_enough(good: Wanted) -> None:
    assert problems(good, law("2019")) == []


def test_the_law_of_2007_asks_for_no_proof_of_identity() -> None:
    assert problems(replace(GOOD, identity=""), law("2007")) == []


def test_a_form_without_anything_names_everything_at_once() -> None:
    fields = [field for field, _ in problems(Wanted(), law("2019"))]
    assert fields == [
        "applicant_class", "name", "identity", "phone", "text", "delivery", "carrier",
    ]  # fmt: skip


def test_a_refused_form_leaves_nothing_behind(b: Bureau) -> None:
    with pytest.raises(Refused) as refused:
        submit(b, delivery="email")
    assert refused.value.field == "mail"
    assert not Case.objects.exists() and not NumberCounter.objects.exists()
    assert submit(b).case.number == "SQ-2026-0001"


def test_the_form_of_2014_is_the_form_of_its_law(b: Bureau) -> None:
    person = replace(ASKER, identity="")
    with pytest.raises(Refused):
        submit(b, person=person)
    with on(IN_2014):
        assert submit(b, person=person).case.number == "SQ-2014-0001"


def test_what_is_asked_and_who_asks_are_kept_apart(b: Bureau) -> None:
    case = submit(b, features="示司发〔2025〕3号", title="").case
    assert case.title == FORM["text"] and case.application.features == "示司发〔2025〕3号"
    assert case.party.applicant_class == "nat" and case.party.name == ASKER.name
    assert (case.application.delivery, case.application.carrier) == ("online", "electronic")


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(place: int, more: int) -> None:
    """Both sums find every single wrong digit."""
    card = list(ID_CARD)
    card[place] = str((int(card[place]) + more) % 10)
    assert wrong_place_in_id("".join(card)) == 18
    code = list(CREDIT_CODE)
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    code[place] = alphabet[(alphabet.index(code[place]) + more) % 31]
    assert not is_credit_code("".join(code))


@given(st.text(max_size=30))
def test_any_text_can_be_judged(text: str) -> None:
    assert problems(replace(GOOD, identity=text, phone=text, mail=text), law("2019")) is not None
    assert is_phone(text) in {True, False}
