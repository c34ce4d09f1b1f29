"""What an editor is told before anybody reviews: each check with a case that it must not miss."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.catalogue import checks, names
from gongkai.catalogue.checks import DeadLink, Facts, remarks

DAY = date(2026, 3, 2)
GUIDE = dict.fromkeys(
    ("matter", "basis", "conditions", "materials", "procedure", "time_limit", "fees",
     "place_hours", "phone", "supervision_phone"), "有",
)  # fmt: skip


def told(body: str = "正文。", **facts: object) -> dict[str, checks.Remark]:
    texts = facts.pop("texts", {"标题": "通知", "正文": body})
    found = remarks(Facts(texts=texts, public_on=facts.pop("public_on", DAY), **facts))  # type: ignore[arg-type]
    return {remark.rule: remark for remark in found}


def test_it_works() -> None:
    facts = {
        "document_number": "临司发〔2026〕3号", "signed_on": date(2026, 2, 10), "validity": "valid",
        "due": date(2026, 3, 18), "pictures": ["会场全景"], "guide": GUIDE,
    }  # fmt: skip
    assert told("临司发〔2026〕3号\n按照《中华人民共和国律师法》办理。", **facts) == {}


@pytest.mark.parametrize(
    ("body", "facts", "rule", "field", "hard"),
    [
        ("临司发〔2026〕4号\n正文", {"document_number": "临司发〔2026〕3号", "validity": "valid"},
         "number.differs", "document_number", True),
        ("临司发〔2026〕4号\n正文", {}, "number.missing", "document_number", False),
        ("", {"document_number": "临司发〔2025〕3号", "validity": "valid",
              "signed_on": date(2026, 1, 5)},
         "contradiction.document_number", "document_number", True),
        ("", {"document_number": "临司发[2025]3号", "validity": "valid",
              "signed_on": date(2026, 1, 5)},
         "contradiction.document_number", "document_number", True),
        ("", {"document_number": "临司发[2026]第3号", "validity": "valid"}, "number.brackets",
         "document_number", False),
        ("", {"document_number": "临司发201873号", "validity": "valid"}, "number.shape",
         "document_number", False),
        ("", {"signed_on": date(2026, 3, 3)}, "contradiction.signed_on", "signed_on", True),
        ("", {"due": date(2026, 3, 1), "article": "条例第26条"}, "late", "signed_on", False),
        ("联系人：XXX", {}, "placeholder", "body", True),
        ("联系人：×××", {}, "placeholder", "body", True),
        ("联系电话待补充。", {}, "placeholder", "body", True),
        ("", {"pictures": ["会场", " "]}, "picture.alt", "", True),
        ("", {"pictures": ["IMG_2031.jpg"]}, "picture.alt", "", True),
        ("", {"dead_links": [DeadLink("附件", missing=True)]}, "link", "body", True),
        ("", {"dead_links": [DeadLink("附件", missing=False)]}, "link", "body", False),
        ("", {"valid_from": date(2026, 5, 1), "valid_to": date(2026, 4, 1)}, "validity.dates",
         "valid_to", True),
        ("", {"validity": "valid", "valid_to": date(2026, 3, 1)}, "validity.expired", "validity",
         False),
        ("", {"validity": "not_yet", "valid_from": DAY}, "validity.begun", "validity", False),
        ("", {"validity": "valid", "replaced": True}, "validity.replaced", "validity", False),
        ("", {"guide": GUIDE | {"phone": " "}}, "guide", "", True),
        ("", {"guide": {}}, "guide", "", True),
        ("", {"lacks_rows": True}, "standard", "", True),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_is(body, facts, rule, field, hard) -> None:
    found = told(body, **facts)
    assert rule in found
    assert (found[rule].field, found[rule].hard) == (field, hard)


# What a bureau's report of 2014 had printed wrongly, as faults planted in sentences of ours.
@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("依照《中华人民共和国政府信息公开工作条例》", "《中华人民共和国政府信息公开条例》"),
        ("更新户主平台三个", "互动平台"),
        ("在市场信息办的指导下", "市政府信息办"),
        ("各处室签定责任书", "签订"),
        ("依照《法律援助案例条例》", "《法律援助条例》"),
        ("依照《中华人民共和国行政复意法》", "《中华人民共和国行政复议法》"),
    ],
)
def test_names_that_are_written_wrongly(words: str, right: str) -> None:
    found = [remark for remark in told(words).values() if remark.rule.startswith("name")]
    assert len(found) == 1
    assert right in found[0].message
    assert not found[0].hard


@pytest.mark.parametrize(
    "words",
    [
        "依照《中华人民共和国律师法》《律师法》《律师执业管理办法》",
        "《公证法》和《公证程序规则》",
        "《临江市法律援助办法》《法律援助条例》",
        "依法公正处理，公正处罚",
        "目标签订完成，公开市场信息办法",
        "《关于印发〈政府信息公开条例〉的通知》",
        "《中华人民共和国行政处罚法》与《中华人民共和国行政许可法》",
        "第XX届，王××的处罚决定，见 https://example.cn/xxxx/a",
        "根据临司发〔2025〕3号文件",
    ],
)
def test_what_is_right_is_left_alone(words: str) -> None:
    assert told(words) == {}


def test_what_refuses_stands_first() -> None:
    found = list(told("各处室签定责任书，联系人XXX"))
    assert found == ["placeholder", "name.word"]


def test_the_register_does_not_contradict_itself() -> None:
    register = names.register()
    titles = "".join(f"《{title}》" for title in register.laws)
    assert list(register.wrong_titles(titles)) == []
    assert [m for m in register.misprints if m.stands_in(m.right)] == []
