"""What a reply must hold, by outcome, law and day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from applying import ASKER, IN_2014, TEXT, answered, approve, draft, on, routed, send
from hypothesis import given
from hypothesis import strategies as st
from people import Bureau

from gongkai import screening
from gongkai.applications import actions
from gongkai.applications.letters.wording import (
    Words,
    fill,
    remedy_paragraph,
    reply_facts,
)  # fmt: skip
from gongkai.applications.queries import current_reply
from gongkai.applications.rules import Basis, article_of, lint, wrong_periods
from gongkai.applications.rules.linting import deciding_articles
from gongkai.applications.rules.reply import WITHOUT_REPLY, grounds_for
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.models import Sheet
from gongkai.review.queries import open_findings
from gongkai.statute import law, outcomes, remedy_for

CODES = [o.code for o in outcomes() if o.code not in WITHOUT_REPLY]
SEARCH = "2026年3月2日，档案室王某以“收费标准”检索文书档案和办公系统，未见。"
BY_LAW = {"2007": date(2014, 3, 3), "2019": date(2026, 3, 2)}


def basis(code: str, version: str = "2019", **more: object) -> Basis:
    fitting = [g.key for g in grounds_for(law(version), code)][:1]
    facts = {
        "grounds": tuple(fitting),
        "text": TEXT,
        "search_record": SEARCH,
        "rectified": True,
        "without_reasons": True,
    }
    if version == "2007":
        facts["article"] = "条例（2007）第21条第2项"
    return Basis(law(version), code, **{**facts, **more})  # type: ignore[arg-type]


def letter(found: Basis, day: date) -> str:
    facts = {
        "agency": "临江市司法局",
        "number": "SQ-1",
        "subject": "标准",
        "received": "2026年3月2日",
    }
    title, paragraphs = fill("reply", facts | reply_facts(found, day))
    return Words("临江市司法局", title, "申请人（SQ-1）", paragraphs, day).text()


@pytest.mark.parametrize("version", BY_LAW)
@pytest.mark.parametrize("code", CODES)
def test_every_outcome_has_a_letter_that_passes_its_own_lint(code: str, version: str) -> None:
    found, day = basis(code, version), BY_LAW[version]
    text = letter(found, day)
    assert lint(text, found, day) == []
    assert article_of(found) in text and found.result.letter in text.splitlines()[0]


@pytest.mark.parametrize(("day", "code", "right"), [
    (date(2014, 3, 3), "D5", {"60日", "3个月"}),
    (date(2020, 3, 2), "D5", {"60日", "6个月"}),
    (date(2026, 3, 2), "G1", {"60日", "6个月"}),
    (date(2026, 3, 2), "D5", {"60日", "15日"}),
    (date(2026, 3, 2), "P1", {"60日", "15日", "6个月"}),
])  # fmt: skip
def test_the_remedies_are_those_of_the_day(day: date, code: str, right: set[str]) -> None:
    told = remedy_paragraph(code, day)
    for period in ("60日", "15日", "3个月", "6个月"):
        assert (period in told) == (period in right), period
    assert "市人民政府或者省司法厅" in told
    assert ("应当先" in told) == (day.year > 2023 and code in {"D5", "P1"})


@pytest.mark.parametrize(("old", "new", "fault"), [
    ("60日", "30日", "“30日”不是现行"),
    ("6个月", "三个月", "“3个月”不是现行"),
    ("六个月", "6个月", ""),
    ("60日", "六十日", ""),
    ("向市人民政府或者省司法厅申请", "申请", "没有告知可以向市人民政府"),
    ("予以公开", "予以公开____份", "没有填写的地方"),
    ("《中华人民共和国政府信息公开条例》", "有关规定", "没有写明依据"),
])  # fmt: skip
def test_a_letter_that_tells_it_wrong_is_found(old: str, new: str, fault: str) -> None:
    found, day = basis("G1"), BY_LAW["2019"]
    faults = lint(letter(found, day).replace(old, new), found, day)
    assert any(fault in line for line in faults) if fault else faults == []


@pytest.mark.parametrize(("code", "typed", "fault"), [
    ("G1", "根据条例第十六条，不再说明。", "第十六条"),
    ("G1", "根据《中华人民共和国政府信息公开条例》第三十八条的规定", "第三十八条"),
    ("D5", "本机关依据政府信息公开条例第15条、第16条处理。", "第十五条"),
    ("D5", "依据条例第十六条第一款、第三十六条。", ""),
    ("G1", "依据信访工作条例第三十八条。", ""),
    ("G1", "（条例（2019）第38条）", "第三十八条"),
    ("G1", "该文件根据律师法第十六条制定。", ""),
    ("G1", "本机关将在30个工作日内补充答复。", "30个工作日"),
    ("G1", "答复期限依法延长二十个工作日。", ""),
    ("G1", "请在3个工作日内到窗口领取。", ""),
])  # fmt: skip
def test_an_article_or_a_period_of_something_else_is_found(
    code: str, typed: str, fault: str
) -> None:
    found, day = basis(code), BY_LAW["2019"]
    faults = lint(letter(found, day) + typed, found, day)
    assert any(fault in line for line in faults) if fault else faults == []


@pytest.mark.parametrize("version", BY_LAW)
def test_the_articles_that_decide_are_those_of_the_law(version: str) -> None:
    known = {"2007": {8, 14, 22, 23}, "2019": {14, 15, 16, 30, 32, 35, 37, 38, 39}}
    assert deciding_articles(law(version)) == known[version]


@pytest.mark.parametrize(("day", "first"), [
    (date(2023, 12, 29), False), (date(2024, 1, 2), True), (date(2025, 5, 30), True),
    (date(2025, 6, 3), False),
])  # fmt: skip
def test_a_special_register_opens_the_court_since_the_rules_of_2025(day: date, first: bool) -> None:
    told = remedy_paragraph("D8", day)
    assert ("应当先" in told) == first and ("6个月" in told) != first
    assert ("应当先" in remedy_paragraph("D7", day)) == (day.year > 2023)


def test_a_letter_without_the_remedy_is_found() -> None:
    found, day = basis("D6"), BY_LAW["2019"]
    bare = "\n".join(p for p in letter(found, day).splitlines() if "复议" not in p)
    assert len(lint(bare, found, day)) >= 4


def test_a_refusal_that_opens_the_court_at_once_is_found() -> None:
    found, day = basis("D6"), BY_LAW["2019"]
    told = letter(found, day).replace(remedy_paragraph("D6", day), remedy_paragraph("G1", day))
    assert any("6个月" in line for line in lint(told, found, day))


def test_dates_and_other_periods_are_no_remedies() -> None:
    day = BY_LAW["2019"]
    text = remedy_paragraph("G1", day) + "2025年11月25日您申请行政复议；本机关20个工作日内答复。"
    assert wrong_periods(text, remedy_for(day, "G1"), day) == []


@given(st.integers(1, 400), st.sampled_from(["日", "天", "个月", "个工作日"]))
def test_any_other_period_in_the_drafters_text_is_found(number: int, unit: str) -> None:
    day = BY_LAW["2019"]
    told = remedy_paragraph("G1", day) + f"您也可以在{number}{unit}内向人民法院起诉。"
    right = {(60, "日"), (60, "天"), (6, "个月")}
    assert bool(wrong_periods(told, remedy_for(day, "G1"), day)) == ((number, unit) not in right)


def test_not_held_needs_a_record_of_the_search(b: Bureau) -> None:
    case = routed(b)
    with pytest.raises(Refused) as refused:
        draft(b, case, outcome="N1", text="本机关未制作该信息。")
    assert refused.value.field == "search_record"
    draft(b, case, outcome="N1", text="本机关未制作该信息。", search_record=SEARCH)
    assert SEARCH not in current_reply(case).letter.text
    assert current_reply(case).search_record == SEARCH


@pytest.mark.parametrize(("facts", "field"), [
    ({"outcome": "D5", "text": "属于内部管理"}, "grounds"),
    ({"outcome": "D5", "grounds": ["process"], "text": "属于内部管理"}, "grounds"),
    ({"outcome": "G1", "grounds": ["process"], "text": "给您"}, "grounds"),
    ({"outcome": "P1", "text": "部分给您"}, "grounds"),
    ({"outcome": "G1", "text": "  "}, "text"),
    ({"outcome": "O1", "text": "不再处理"}, "outcome"),
    ({"outcome": "X9", "text": "不知道"}, "outcome"),
    ({"outcome": "G1", "text": "如不服，可在30日内申请行政复议。"}, "text"),
    ({"outcome": "G1", "text": "附件共 XX 页。"}, "text"),
])  # fmt: skip
def test_a_draft_that_lacks_something_is_refused(b: Bureau, facts: dict, field: str) -> None:
    case = routed(b)
    with pytest.raises(Refused) as refused:
        draft(b, case, **facts)
    assert refused.value.field == field
    assert not case.replies.exists() and not case.letters.filter(kind="reply").exists()


def test_only_the_unit_that_has_it_drafts(b: Bureau) -> None:
    with pytest.raises(NotPermitted):
        actions.draft_reply(routed(b), by=b.information_office, outcome="G1", text=TEXT)


def test_under_the_law_of_2007_an_answer_that_it_does_not_know_needs_its_basis(b: Bureau) -> None:
    with on(IN_2014):
        person = ASKER.__class__(name="欧阳示例", phone="13800001234", applicant_class="nat")
        case = routed(b, person=person)
        with pytest.raises(Refused) as refused:
            draft(b, case, outcome="R1", text="请通过信访途径反映。")
        assert refused.value.field == "article"
        answered(b, case, outcome="R1", text="请通过信访途径反映。", article="《信访条例》第21条")
    assert "《信访条例》第二十一条" in current_reply(case).letter.text


def test_a_reply_that_outlived_its_remedies_goes_back(b: Bureau) -> None:
    with on(date(2023, 12, 28)):
        case = draft(
            b, routed(b), outcome="D5", grounds=["internal_affairs"], text="属于后勤管理。"
        )
        approve(b, case)
    with on(date(2024, 1, 3)), pytest.raises(Refused, match="救济途径"):
        send(b, case)
    with on(date(2023, 12, 29)):
        send(b, case, day=date(2023, 12, 29))
    assert case.outcome == "D5"


def test_what_must_not_leave_is_found_in_the_letter(b: Bureau) -> None:
    case = draft(b, routed(b), text="联系人李示例，身份证号 990101199001010019，请与其联系。")
    sheet = current_reply(case).sheet
    assert open_findings(sheet)
    with pytest.raises(Refused, match="审查提示"):
        actions.collate(case, by=b.information_office)
    assert case.stage == "drafted" and sheet.state == Sheet.State.OPEN


def test_the_word_file_itself_is_screened(b: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    screen = screening.screen_file

    def watched(files: list[tuple[Path, str]], _policy: object) -> list[screening.Report]:
        seen.extend(path for path, _ in files)
        return [screen(path, name) for path, name in files]

    monkeypatch.setattr(screening, "screen_files_isolated", watched)
    reply = current_reply(draft(b, routed(b)))
    assert seen == [reply.letter.file.path]
    assert reply.sheet.files == []  # listed files become public with the release
