"""Due dates, questions to the secrecy administration, former secrets, the masking rule, notices."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from small_site import approve, draft, fresh, item, read_again

from gongkai import clock
from gongkai.clock import SHANGHAI
from gongkai.ledger.queries import entries_about
from gongkai.outbox.queries import on_desk_of
from gongkai.refusal import NotPermitted, Refused
from gongkai.review import actions
from gongkai.review.drafts import keep_answer_about, mask_draft, take_back_page
from gongkai.review.models import MaskingRule, Referral, Sheet
from gongkai.review.pages import decide_page, submit_page, withdraw_page
from gongkai.review.queries import policy_of
from gongkai.review.rules import Verdict

pytestmark = pytest.mark.django_db
BAD = [("text", "<p>张某，手机13800001234，身份证号<b>990101199003078535</b>。</p>")]


@pytest.fixture
def site(one_small_site):
    with clock.set_to(datetime(2026, 3, 5, 10, tzinfo=SHANGHAI)):  # a Thursday
        yield read_again(one_small_site)


def submitted(site, **facts):
    page = draft(site, **facts)
    submit_page(page, by=site.bureau.editor)
    return fresh(page), Sheet.objects.get(subject=page.subject)


def notices(person) -> list[str]:
    return [n.body for n in on_desk_of(person.username)]


def test_it_works(site) -> None:
    """Three working days after Thursday, 5 March 2026: over a weekend to Tuesday."""
    _, sheet = submitted(site)
    assert sheet.due_on == date(2026, 3, 10)


def test_the_review_leaves_days_to_answer_the_case(site) -> None:
    b = site.bureau
    facts = {
        "title": "答复", "texts": {"正文": "内容"}, "unit": b.lawyers, "drafter": b.liaison,
        "path": "answer",
    }  # fmt: skip
    near = actions.submit(subject="x:1", content_hash="1", case_due_on=date(2026, 3, 10), **facts)
    late = actions.submit(subject="x:2", content_hash="2", case_due_on=date(2026, 3, 4), **facts)
    assert (near.due_on, late.due_on) == (date(2026, 3, 6), date(2026, 3, 5))


def test_while_the_secrecy_administration_is_asked_nobody_approves(site) -> None:
    page, sheet = submitted(site)
    b = site.bureau
    with pytest.raises(NotPermitted):
        actions.refer(sheet, question="是否涉密", to="市国家保密局", by=b.editor)
    with pytest.raises(Refused, match="问题"):
        actions.refer(sheet, question=" ", to="市国家保密局", by=b.confidentiality)
    referral = actions.refer(
        sheet, question="第二段是否涉密", to="市国家保密局", by=b.confidentiality
    )
    assert referral.due_on == date(2026, 3, 19)  # ten working days after 5 March
    with pytest.raises(Refused, match="不能同意公开"):
        approve(page, b.unit_head)
    assert any("市国家保密局" in body for body in notices(b.editor))
    with pytest.raises(Refused, match="已在请示中"):
        actions.refer(sheet, question="再问", to="市国家保密局", by=b.confidentiality)
    with clock.set_to(datetime(2026, 3, 9, 10, tzinfo=SHANGHAI)):
        actions.keep_answer(referral, outcome="public", answer="不属于国家秘密", by=b.unit_head)
        sheet.refresh_from_db()
        assert sheet.due_on == date(2026, 3, 12)  # the two days of waiting are not the reviewers'
        page = approve(page, b.unit_head)
        assert approve(page, b.information_office).live


def test_another_wording_does_not_slip_past_the_question(site) -> None:
    page, sheet = submitted(site)
    b = site.bureau
    actions.refer(sheet, question="是否涉密", to="市国家保密局", by=b.unit_head)
    take_back_page(page, by=b.editor)
    again = fresh(page).get_latest_revision_as_object()
    again.title = "换一种说法"
    submit_page(again, by=b.editor)
    with pytest.raises(Refused, match="不能同意公开"):
        approve(page, b.unit_head)


def test_a_secret_goes_back_for_good(site) -> None:
    page, sheet = submitted(site)
    b = site.bureau
    referral = actions.refer(sheet, question="是否涉密", to="市国家保密局", by=b.unit_head)
    with pytest.raises(Refused, match="答复日期"):
        actions.keep_answer(
            referral, outcome="withheld", answer="秘密", by=b.unit_head,
            answered_on=date(2026, 3, 1),
        )  # fmt: skip
    keep_answer_about(page, referral, outcome="withheld", answer="属于秘密级事项", by=b.unit_head)
    sheet.refresh_from_db()
    assert sheet.state == Sheet.State.RETURNED
    assert any("属于秘密级事项" in body for body in notices(b.editor))
    with pytest.raises(Refused, match="修改后再提交"):
        submit_page(fresh(page).get_latest_revision_as_object(), by=b.editor)
    other = fresh(page).get_latest_revision_as_object()
    other.title = "删去涉密内容"
    submit_page(other, by=b.editor)
    assert not Referral.objects.filter(outcome="").exists()
    page = approve(page, b.unit_head)
    assert approve(page, b.information_office).live


def test_what_was_secret_once_needs_proof_and_a_second_look(site) -> None:
    page, sheet = submitted(site)
    b = site.bureau
    facts = {"level": "low", "organ": "市司法局", "by": b.editor}
    with pytest.raises(Refused, match="到期前不能公开"):
        actions.declare_former_secret(sheet, declassified_on=date(2027, 1, 1), **facts)
    actions.declare_former_secret(sheet, **facts)
    with pytest.raises(Refused, match="登记解密日期"):
        approve(page, b.unit_head)
    with pytest.raises(Refused, match="补登"):
        actions.look_again(sheet, opinion="属实", by=b.confidentiality)
    actions.declare_former_secret(
        sheet, declassified_on=date(2025, 1, 1), document="临司解〔2025〕1号", **facts
    )
    with pytest.raises(Refused, match="另一人复核"):
        approve(page, b.unit_head)
    with pytest.raises(Refused, match="不能复核"):
        actions.look_again(sheet, opinion="属实", by=b.editor)
    actions.look_again(sheet, opinion="解密文件属实", by=b.confidentiality)
    with pytest.raises(Refused, match="不能再改"):
        actions.declare_former_secret(sheet, **facts)
    with pytest.raises(Refused, match="没有等待复核"):
        actions.retract_former_secret(sheet, reason="误登", by=b.unit_head)
    page = approve(page, b.unit_head)
    page = approve(page, b.information_office)
    assert page.live
    changed = page.get_latest_revision_as_object()
    changed.title = "更正后的标题"
    submit_page(changed, by=b.editor)
    with pytest.raises(Refused, match="另一人复核"):
        approve(page, b.unit_head)
    again = Sheet.objects.get(subject=sheet.subject, state=Sheet.State.OPEN)
    with pytest.raises(Refused, match="确曾涉密"):
        actions.retract_former_secret(again, reason="误登", by=b.unit_head)


def test_an_entry_by_mistake_is_taken_back_by_somebody_else_with_a_reason(site) -> None:
    page, sheet = submitted(site)
    b = site.bureau
    actions.declare_former_secret(sheet, level="low", organ="市司法局", by=b.editor)
    with pytest.raises(Refused, match="登记人"):
        actions.retract_former_secret(sheet, reason="误登", by=b.editor)
    with pytest.raises(Refused, match="理由"):
        actions.retract_former_secret(sheet, reason=" ", by=b.unit_head)
    actions.retract_former_secret(sheet, reason="登错了稿件", by=b.unit_head)
    kept = entries_about(sheet.subject).get(verb="review.retracted_former_secret")
    kept = entries_about(sheet.subject).get(verb="review.retracted_former_secret")
    assert kept.data == {"level": "low", "organ": "市司法局", "reason": "登错了稿件"}
    page = approve(page, b.unit_head)
    assert approve(page, b.information_office).live


def test_the_leader_of_a_four_step_column_comes_after_the_confidentiality_reviewer(site) -> None:
    from small_site import column

    from gongkai.catalogue.rules import ColumnKind

    b = site.bureau
    strict = column(site.section, b, "名单公示", ColumnKind.NEWS, slug="mdgs", review_level="full")
    page = draft(site, into=strict)
    submit_page(page, by=b.editor)
    page = approve(page, b.unit_head)
    with pytest.raises(NotPermitted, match="保密审查员"):
        approve(page, b.information_office)
    for person in (b.confidentiality, b.information_office, b.leader):
        assert not page.live
        page = approve(page, person)
    assert page.live


def test_what_is_not_to_be_published_is_reviewed_and_stays_inside(site) -> None:
    page, sheet = submitted(site, attribute="withheld", attribute_ground="条例第16条")
    b = site.bureau
    page = approve(page, b.unit_head)
    page = approve(page, b.information_office)
    sheet.refresh_from_db()
    assert (sheet.state, page.live) == (Sheet.State.APPROVED, False)
    from gongkai.review.pages import release_revision

    with pytest.raises(Refused, match="不予公开"):
        release_revision(page.get_latest_revision(), by=b.leader)


def test_what_was_withdrawn_comes_back_only_through_a_new_review(site) -> None:
    from gongkai.review.pages import release_revision

    page = item(site)
    withdraw_page(page, by=site.bureau.leader, reason="有误")
    with pytest.raises(Refused, match="重新提交审查"):
        release_revision(fresh(page).get_latest_revision(), by=site.bureau.information_office)
    assert not fresh(page).live


def test_the_masking_rule_is_the_organs_and_never_shows_the_date_of_birth(site) -> None:
    b = site.bureau
    for first, last in ((7, 0), (6, 4), (4, 3)):
        with pytest.raises(Refused, match="遮盖规则"):
            actions.set_masking_rule(
                b.agency, id_first=first, id_last=last, by=b.information_office
            )
    with pytest.raises(NotPermitted):
        actions.set_masking_rule(b.agency, id_first=2, id_last=2, by=b.editor)
    assert not MaskingRule.objects.exists()
    actions.set_masking_rule(b.agency, id_first=2, id_last=1, by=b.system_administrator)
    assert policy_of(b.agency).masking.id_first == 2
    assert [e.verb for e in entries_about(f"agency:{b.agency.code}")][-1] == "review.masking_set"


def test_one_click_masks_the_draft_by_the_rule(site) -> None:
    page, _ = submitted(site, title="张某案", body=BAD)
    b = site.bureau
    actions.set_masking_rule(b.agency, id_first=2, id_last=1, by=b.information_office)
    with pytest.raises(NotPermitted):
        mask_draft(page, by=b.unit_head)
    assert mask_draft(page, by=b.editor) == 1
    masked = fresh(page).get_latest_revision_as_object()
    assert "138****1234" in masked.body_text and f"99{'*' * 15}5" in masked.body_text
    assert "<b>" in str(masked.body.get_prep_value())
    assert Sheet.objects.get(subject=page.subject).state == Sheet.State.RETURNED
    submit_page(masked, by=b.editor)
    page = approve(page, b.unit_head)
    assert approve(page, b.information_office).live
    with pytest.raises(Refused, match="没有可以"):
        mask_draft(fresh(page), by=b.editor)


def test_a_return_reaches_everybody_who_had_a_hand_in_it(site) -> None:
    page, _ = submitted(site)
    b = site.bureau
    page = approve(page, b.unit_head)
    decide_page(page, Verdict.RETURN, by=b.information_office, reason="日期与文件不符")
    for person in (b.editor, b.unit_head):
        assert any("日期与文件不符" in body for body in notices(person))
    assert notices(b.information_office) == []


def test_only_the_drafter_takes_back(site) -> None:
    page, sheet = submitted(site)
    with pytest.raises(NotPermitted, match="起草人"):
        take_back_page(page, by=site.bureau.unit_head)
    take_back_page(page, by=site.bureau.editor)
    sheet.refresh_from_db()
    assert sheet.state == Sheet.State.RETURNED
