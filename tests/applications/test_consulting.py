"""Letters to third parties and other organs: what they say, who stands on them, whose clock."""

from __future__ import annotations

import io
from datetime import date

import pytest
from applying import ASKER, IN_2014, approve, draft, on, routed, send
from django.db import connection
from docx import Document
from people import Bureau

from gongkai.applications import actions
from gongkai.applications.deadlines import Consultation
from gongkai.applications.letters import addressed_copy, to_pdf
from gongkai.applications.rules import opinion_due
from gongkai.cases.models import Case
from gongkai.clock.shipped import shipped_calendar
from gongkai.refusal import Refused
from gongkai.statute import law

WHOM, WHAT = "欧阳甲", "某律师事务所2025年收费合同第三页"


def asked(b: Bureau, kind: str = "third_party", **more: object) -> Case:
    case = routed(b)
    facts = {"whom": WHOM, "what": WHAT, **more}
    actions.start_consultation(case, by=b.liaison, asked=kind, **facts)  # type: ignore[arg-type]
    return case


def test_a_third_party_is_asked_by_a_numbered_letter(b: Bureau) -> None:
    letter = asked(b).letters.get(kind="consult_third")
    assert letter.number == "临司公复〔2026〕1号-征"
    for told in (
        "有关权利人（SQ-2026-0001）：",
        WHAT,
        "第三十二条",
        "15个工作日内",
        "由本机关依法决定",
    ):
        assert told in letter.text, told
    assert WHOM not in letter.text and ASKER.name not in letter.text
    assert to_pdf(letter).startswith(b"%PDF")


def test_the_name_stands_on_the_copy_for_the_envelope_alone(b: Bureau) -> None:
    case = asked(b)
    letter = case.letters.get(kind="consult_third")
    content = addressed_copy(letter, by=b.information_office, reason="寄送征求意见书")
    told = [p.text for p in Document(io.BytesIO(content)).paragraphs]
    assert f"{WHOM}：" in told and ASKER.name not in "".join(told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM applications_consulted")
        assert WHOM not in cursor.fetchone()[0]
    assert WHOM not in str([event.data for event in case.events.all()])


def test_another_organ_is_named_and_its_silence_is_consent(b: Bureau) -> None:
    case = asked(b, "organ", whom="临江市财政局")
    letter = case.letters.get(kind="consult_organ")
    assert letter.number.endswith("1号-协")
    for told in ("临江市财政局：", "第三十四条", "15个工作日内", "视为同意公开"):
        assert told in letter.text, told
    assert case.events.latest("seq").data["organ"] == "临江市财政局"


def test_the_text_of_2007_sets_no_period(b: Bureau) -> None:
    with on(IN_2014):
        case = routed(
            b, person=ASKER.__class__(name="欧阳示例", phone="13800001234", applicant_class="nat")
        )
        actions.start_consultation(case, by=b.liaison, whom=WHOM, what=WHAT)
    text = case.letters.get(kind="consult_third").text
    assert (
        "第二十三条" in text and "工作日" not in text and "应当" not in text.split("第二十三条")[0]
    )


@pytest.mark.parametrize(("version", "kind", "due"), [
    # 15 after Friday 1 March 2024: 4-8=5, 11-15=10, 18-22=15.
    ("2019", "third_party", date(2024, 3, 22)), ("2019", "organ", date(2024, 3, 22)),
    ("2007", "third_party", None),
])  # fmt: skip
def test_the_other_side_has_a_clock_of_its_own(version: str, kind: str, due: date | None) -> None:
    reached = Consultation(kind, date(2024, 2, 28), None, date(2024, 3, 1))  # type: ignore[arg-type]
    days = shipped_calendar()
    assert opinion_due(reached, law(version), days) == due
    under_way = Consultation(kind, date(2024, 2, 28))  # type: ignore[arg-type]
    assert opinion_due(under_way, law(version), days) is None


def test_an_objection_is_overruled_in_writing_before_the_reply_leaves(b: Bureau) -> None:
    case = asked(b)
    actions.end_consultation(case, 1, by=b.liaison, opinion="objected")
    with pytest.raises(Refused, match="不能办理"):
        actions.overrule_objection(case, 1, by=b.information_office, reason="涉及公共安全")
    approve(b, draft(b, case))
    with pytest.raises(Refused, match="公开决定告知书"):
        send(b, case)
    with pytest.raises(Refused, match="公共利益"):
        actions.overrule_objection(case, 1, by=b.information_office, reason=" ")
    actions.overrule_objection(case, 1, by=b.information_office, reason="涉及公共安全。")
    letter = case.letters.get(kind="overrule")
    for told in ("有关权利人", "涉及公共安全，不公开", WHAT, "第三十二条", "60日", "本告知书"):
        assert told in letter.text, told
    copy = addressed_copy(letter, by=b.information_office, reason="寄送")
    assert f"{WHOM}：" in [p.text for p in Document(io.BytesIO(copy)).paragraphs]
    assert send(b, case).outcome == "G1"
    with pytest.raises(Refused):
        actions.overrule_objection(case, 1, by=b.information_office, reason="再一次")


@pytest.mark.parametrize("opinion", ["agreed", "none"])
def test_who_did_not_object_need_not_be_told(b: Bureau, opinion: str) -> None:
    case = asked(b)
    actions.end_consultation(case, 1, by=b.liaison, opinion=opinion)
    assert send(b, approve(b, draft(b, case))).outcome == "G1"


def test_what_may_not_leave_stands_in_no_letter_to_others(b: Bureau) -> None:
    with pytest.raises(Refused, match="告知书里不能写"):
        asked(b, what="张某身份证990101199003078535的材料")
