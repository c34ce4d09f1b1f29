"""Numbers of letters, and the Word files."""

from __future__ import annotations

import io
from datetime import date

import pytest
from applying import FORM, MONDAY, answered, draft, on, registered, routed, submit
from django.db import IntegrityError, transaction
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from people import Bureau, small_bureau

from gongkai.applications import actions
from gongkai.applications.letters.docx import FANGSONG, TITLE, to_docx
from gongkai.applications.letters.wording import Words, fill, told_date
from gongkai.applications.queries import current_reply
from gongkai.cases.models import Letter, NumberCounter
from gongkai.files.rules import clean_name
from gongkai.refusal import Refused

WORDS = Words(
    "临江市司法局",
    "临江市司法局政府信息公开申请答复书",
    "申请人（SQ-2026-0001）",
    ("一、甲。", "二、乙。"),
    MONDAY,
)


def paragraphs(content: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(content)).paragraphs]


def test_the_file_opens_and_says_what_was_decided(b: Bureau) -> None:
    case = answered(b, outcome="D5", grounds=["internal_affairs"], text="属于本机关后勤管理信息。")
    letter = current_reply(case).letter
    told = paragraphs(letter.file.read())
    assert letter.number in told and "本机关不予公开" in "".join(told)
    assert any("行政复议" in line and "应当先" in line for line in told)
    assert any(FORM["title"] in line and case.number in line for line in told)
    assert told[-2:] == ["临江市司法局", "2026年3月2日"]
    assert letter.file.name == clean_name(f"{letter.number}.docx")


def test_the_same_letter_gives_the_same_bytes() -> None:
    first = to_docx(WORDS, "临司公复〔2026〕1号-答")
    assert to_docx(WORDS, "临司公复〔2026〕1号-答") == first
    assert to_docx(WORDS, "临司公复〔2026〕2号-答") != first


def test_the_page_is_the_page_of_the_standard() -> None:
    document = Document(io.BytesIO(to_docx(WORDS, "临司公复〔2026〕1号-答")))
    section = document.sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(side.mm) for side in sides] == [210, 297, 37, 28]
    fonts = {
        run.element.rPr.rFonts.get(qn("w:eastAsia"))
        for p in document.paragraphs for run in p.runs if run.element.rPr is not None
    }  # fmt: skip
    style = document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia"))
    assert fonts == {TITLE} and style == FANGSONG
    assert "PAGE" in section.footer._element.xml


def test_every_notice_has_its_own_series_without_gaps(b: Bureau) -> None:
    for _ in range(3):
        registered(b)
    case = answered(b)
    other = routed(b)
    draft(b, other)
    actions.redraft(other, by=b.information_office, reason="再核")
    draft(b, other, text="改过的答复内容。")
    with pytest.raises(Refused):
        draft(b, other)
    numbers = list(Letter.objects.order_by("pk").values_list("number", flat=True))
    assert [n for n in numbers if n.endswith("-收")] == [
        f"临司公复〔2026〕{n}号-收" for n in range(1, 6)
    ]
    assert [n for n in numbers if n.endswith("-答")] == [
        "临司公复〔2026〕1号-答", "临司公复〔2026〕2号-答",
    ]  # fmt: skip
    assert current_reply(case).letter.number == "临司公复〔2026〕1号-答"


def test_a_refused_draft_uses_up_no_number(b: Bureau) -> None:
    case = routed(b)
    for _ in range(3):
        with pytest.raises(Refused):
            draft(b, case, outcome="N1", text="没有。")
    assert not NumberCounter.objects.filter(kind="letter-答").exists()
    assert current_reply(draft(b, case)).letter.number == "临司公复〔2026〕1号-答"


def test_the_series_begins_anew_each_year_and_for_each_organ(b: Bureau) -> None:
    answered(b)
    with on(date(2027, 3, 1)):
        case = answered(b)
        assert current_reply(case).letter.number == "临司公复〔2027〕1号-答"
    other = small_bureau("other", "别处司法局")
    other.agency.number_prefix = "别司"
    other.agency.save()
    assert current_reply(answered(other)).letter.number == "别司公复〔2026〕1号-答"


def test_two_organs_with_the_same_sign_do_not_hinder_each_other(b: Bureau) -> None:
    other = small_bureau("other", "别处司法局")
    first, second = (current_reply(answered(each)).letter for each in (b, other))
    assert first.number == second.number and first.agency_id != second.agency_id
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=second.pk).update(agency=first.agency)


def test_the_acknowledgement_tells_the_day_and_the_law(b: Bureau) -> None:
    text = registered(b).letters.get(kind="acknowledgement").text
    for told in (
        "2026年3月2日",
        "2026年3月30日前",
        "20个工作日",
        "第三十三条第二款",
        "SQ-2026-0001",
    ):
        assert told in text


def test_an_application_can_be_registered_without_a_letter(b: Bureau) -> None:
    case = submit(b).case
    actions.register(case, by=b.information_office, acknowledge=False)
    assert not case.letters.exists()


def test_a_notice_can_say_how_it_went_out(b: Bureau) -> None:
    case = routed(b)
    actions.extend(
        case, by=b.information_office, days=5, reason="需要调卷", how="post", proof="XA0011"
    )
    letter = case.letters.get(kind="extension")
    assert (letter.dispatched_how, letter.proof) == ("post", "XA0011")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40))
def test_what_people_type_stands_in_the_letter_as_typed(typed: str) -> None:
    facts = dict.fromkeys(
        ("agency", "number", "received", "statement", "text", "remedy", "letter", "handed_over"),
        "甲",
    )
    _, lines = fill("reply", facts | {"subject": typed + "{number}{0}"})
    assert "".join((typed + "{number}{0}").split()) in "".join("".join(lines).split())


def test_dates_have_no_leading_zeros() -> None:
    assert told_date(date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize("typed", ["张某身份证990101199003078535的材料", "机密★10年　某通知"])
def test_what_may_not_leave_stands_in_no_notice(b: Bureau, typed: str) -> None:
    case = routed(b)
    with pytest.raises(Refused, match="告知书里不能写") as refused:
        actions.ask_rectification(
            case, by=b.information_office, what=typed, until=date(2026, 3, 16), how="post",
            proof="XA0012",
        )  # fmt: skip
    assert refused.value.field == "what" and "990101199003078535" not in str(refused.value)
    with pytest.raises(Refused, match="告知书里不能写"):
        actions.extend(
            case, by=b.information_office, days=5, reason=typed, how="post", proof="XA0013"
        )
    assert not case.letters.filter(kind__in=["rectification", "extension"]).exists()


def test_the_pdf_says_what_was_approved_and_the_same_each_time(b: Bureau) -> None:
    import io

    from pypdf import PdfReader

    from gongkai.applications.letters import to_pdf

    letter = answered(b).letters.get(kind="reply")
    paper = to_pdf(letter)
    assert paper == to_pdf(letter)
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    flat = "".join(read.split())
    for line in [letter.number, *letter.text.splitlines()]:
        assert "".join(line.split())[:20] in flat, line
    letter.text += "另外"
    with pytest.raises(Refused, match="不一致"):
        to_pdf(letter)
