"""Every other act that the desk offers on a case, by its form; none is offered out of its time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from test_cases import ANSWER, application, collated, do, enquiry, entered, page, routed

from gongkai import clock
from gongkai.applications import actions as applications
from gongkai.cases.models import Case
from gongkai.cases.rules import Kind, Stage
from gongkai.clock import SHANGHAI
from gongkai.enquiries import actions as enquiries
from gongkai.files.actions import store
from gongkai.office.cases.page import acts_of


def taken(client: Any, case: Case, act: str, **facts: Any) -> None:
    """The act is offered, its form opens, and it is done."""
    address = f"/desk/cases/{case.number}/do/{act}/"
    assert f"{act}/" in page(client, case), f"{act} is not offered"
    assert client.get(address).status_code == 200
    response = do(client, case, act, **facts)
    assert response.status_code == 302, response.content.decode()[-4000:]


def calendar_text(client) -> str:
    """Without the folds of its lines."""
    text = client.get("/desk/cases/due.ics?tab=all").content.decode()
    return str(text).replace("\r\n ", "")


def test_an_application_by_rectification_consultation_return_and_remedy(b, as_user):
    case = application(b)
    office = as_user(b.information_office)
    taken(office, case, "register", received_on="2026-03-02")
    taken(office, case, "rectify", what="请写明年份", until="2026-03-16")
    assert case.stage == Stage.RECTIFYING and "暂停计时" in page(office, case)
    taken(office, case, "rectified", text="2025年")
    taken(office, case, "route", unit=b.lawyers.pk)
    liaison = as_user(b.liaison)
    taken(liaison, case, "consult", asked="third_party", whom="欧阳甲", what="合同第三页")
    assert "待登记对方收到的日期" in page(liaison, case) and "欧阳甲" not in page(liaison, case)
    assert "/do/draft/" not in page(liaison, case)  # while the opinion is awaited
    taken(liaison, case, "consult_reached", ref="1", day="2026-03-02")
    assert "2026-03-23" in page(liaison, case) and "由本机关依法决定" in page(liaison, case)
    taken(liaison, case, "consult_end", ref="1", day="2026-03-02", opinion="agreed")
    taken(as_user(b.information_office), case, "remind", note="请抓紧")
    taken(as_user(b.liaison), case, "draft", outcome="G1", text="随函附上，共三页。")
    taken(as_user(b.information_office), case, "redraft", reason="请补充页码")
    taken(as_user(b.liaison), case, "draft", outcome="G1", text="随函附上，共三页，见附页。")
    taken(as_user(b.information_office), case, "collate", note="")
    leader = as_user(b.leader)
    assert "待审的答复" in page(leader, case) and "见附页" in page(leader, case)
    taken(leader, case, "refuse", reason="再核一次")
    assert "再核一次" in page(as_user(b.information_office), case)
    taken(as_user(b.information_office), case, "remedy", kind="reconsideration",
          filed_on="2026-03-02", reference="临政复1号")  # fmt: skip
    remedy, office = case.remedies.get(), as_user(b.information_office)
    taken(office, case, "remedy_copy", remedy=remedy.pk, copy_on="2026-03-02", simple="on")
    shown = page(office, case)
    assert "应于 <strong>2026-03-09</strong>" in shown and "第54条" in shown
    assert "/do/remedy_answer/" in shown and f"{case.number}-recon" in calendar_text(office)
    taken(office, case, "remedy_answer", remedy=remedy.pk, answered_on="2026-03-02", proof="回执")
    assert "2026-03-02 已提交" in page(office, case)
    assert f"{case.number}-recon" not in calendar_text(office)
    taken(as_user(b.information_office), case, "remedy_end", remedy=remedy.pk, result="upheld",
          decided_on="2026-03-02")  # fmt: skip


def test_an_application_taken_back_and_one_given_up(b, as_user):
    office = as_user(b.information_office)
    case = application(b)
    taken(office, case, "withdraw", reason="2026年3月2日来电")
    assert case.stage == Stage.CLOSED
    other = application(b)
    taken(office, other, "register")
    taken(office, other, "rectify", what="请写明年份", until="2026-03-16")
    early = do(office, other, "abandon", reason="未补正")
    assert early.status_code == 422 and "届满前不能作放弃申请处理" in early.content.decode()
    with clock.set_to(datetime(2026, 3, 17, 10, tzinfo=SHANGHAI)):
        taken(office, other, "abandon", reason="未补正")
    assert other.outcome == "O1"


def test_a_third_party_that_objects_is_told_before_the_reply_leaves(b, as_user):
    case = application(b)
    office = as_user(b.information_office)
    taken(office, case, "register")
    taken(office, case, "route", unit=b.lawyers.pk)
    taken(office, case, "consult", asked="third_party", whom="欧阳甲", what="合同第三页")
    taken(office, case, "consult_end", ref="1", day="2026-03-02", opinion="objected")
    applications.draft_reply(case, by=b.liaison, outcome="G1", text="随函附上，共三页。")
    applications.collate(case, by=b.information_office)
    applications.approve(case, by=b.leader)
    blocked = do(office, case, "dispatch", how="post", proof="EMS 001")
    assert blocked.status_code == 422 and "公开决定告知书" in blocked.content.decode()
    taken(office, case, "overrule", ref="1", reason="涉及公共安全")
    taken(office, case, "dispatch", how="post", proof="EMS 001")
    assert case.stage == Stage.ANSWERED and "已告知决定公开" in page(office, case)


def test_an_application_merged_split_and_sent_on(b, as_user):
    first, case = application(b), application(b)
    office = as_user(b.information_office)
    for one in (first, case):
        taken(office, one, "register")
    assert "/do/merge/" not in page(office, first)
    taken(office, case, "merge", into=first.pk, reason="同日提交两次")
    assert case.stage == Stage.CLOSED and f"并入 {first.number}" in page(office, case)
    taken(office, first, "split", parts="2024年收费标准\n2023年收费标准")
    shown = office.get(f"/desk/cases/{first.number}/").content.decode()
    assert "查询码" in shown or "另立" in shown
    part = Case.objects.get(number="SQ-2026-0003")
    assert "来源" in page(office, part) and first.number in page(office, part)
    taken(office, part, "refer", kind="enquiry", topic="notaries", reason="实为咨询")
    message = Case.objects.get(kind="enquiry")
    assert message.received_on == part.received_on
    taken(office, message, "take_over", applicant_class="nat", reason="来信写明依照条例")
    assert message.stage == Stage.CLOSED


def test_many_applications_are_alike_and_asked_about(b, as_user):
    office = as_user(b.information_office)
    first = application(b, items=10)
    applications.register(first, by=b.information_office)
    case = application(b)
    assert "相似的申请" in page(office, case) and first.number in page(office, case)
    taken(office, case, "register")
    assert "本月已申请公开 11 件" in page(office, case)
    taken(office, case, "route", unit=b.lawyers.pk)
    assert "同一申请人" in page(as_user(b.liaison), case)
    office = as_user(b.information_office)
    taken(office, case, "reasons", why="您本月提出11件申请", until="2026-03-20")
    taken(office, case, "reasons_given", text="用于课题研究", reasonable="yes")
    taken(office, case, "delay", until="2026-05-08", reason="件数较多")
    assert str(case.due_on) == "2026-05-08" and "/do/reasons" not in page(office, case)


def test_after_the_reply_the_office_decides_and_looks_again(b, as_user):
    case = application(b)
    applications.register(case, by=b.information_office)
    applications.route(case, b.lawyers, by=b.information_office)
    applications.draft_reply(
        case, by=b.liaison, outcome="P1", grounds=["internal_affairs"], text="可公开部分附后。"
    )
    applications.collate(case, by=b.information_office)
    applications.approve(case, by=b.leader)
    applications.dispatch(case, by=b.information_office, how="post", proof="EMS 001")
    office = as_user(b.information_office)
    tab = office.get("/desk/cases/?tab=after").content.decode()
    assert case.number in tab
    assert "待决定是否转为主动公开" in page(office, case)
    assert "2027-03-02" in page(office, case)
    taken(office, case, "proactive", publish="yes", reason="三人申请")
    assert "应于 2026-03-30 前主动公开" in page(office, case)
    wrong = do(office, case, "published", index_number="000000001/2026-99999")
    assert wrong.status_code == 422 and "没有这个索引号" in wrong.content.decode()
    taken(office, case, "look_again", keep="yes", reason="没有变化")


def test_a_correction_of_ones_own_record_by_the_desk(b, as_user):
    office = as_user(b.information_office)
    told = entered(request="correction", channel="in_person")
    refused = office.post("/desk/cases/enter/application/", told)
    assert refused.status_code == 422 and "请附上证明" in refused.content.decode()
    case = application(b, request="correction", files=[store(b"proof", "证据.txt")])
    taken(office, case, "register", acknowledge="on")
    shown = page(office, case)
    assert "更正与本人有关的政府信息" in shown and "/do/fee/" not in shown
    missing = do(office, case, "correction", result="told", text="请向登记机关提出")
    assert missing.status_code == 422 and "有权更正的机关" in missing.content.decode()
    taken(office, case, "correction", result="corrected", text="执业机构已更正。")
    assert case.stage == Stage.ANSWERED and "予以更正" in page(office, case)


def test_a_fee_is_asked_for_paid_and_not_paid(b, as_user):
    case = application(b)
    office = as_user(b.information_office)
    taken(office, case, "register")
    refused = do(office, case, "fee", way="items", units="3", pay_how="财务窗口")
    assert refused.status_code == 422 and "不应收费" in refused.content.decode()
    taken(office, case, "fee", way="pages", units="68", pay_how="财务窗口")
    shown = page(office, case)
    assert "380 元（68 页），待登记收到通知的日期" in shown and "暂停计时" in shown
    assert "/do/draft/" not in shown and "/do/fee/" not in shown
    taken(office, case, "fee_reached", day="2026-03-02")
    assert "2026-03-30 前缴纳" in page(office, case)
    early = do(office, case, "fee_lapse", reason="未缴")
    assert early.status_code == 422 and "届满前不能" in early.content.decode()
    taken(office, case, "fee_paid", day="2026-03-02", receipt="临财0001")
    assert "2026-03-02 已缴" in page(office, case) and "票据 临财0001" in page(office, case)
    other = application(b)
    taken(office, other, "register")
    taken(office, other, "fee", way="pages", units="90", pay_how="财务窗口")
    taken(office, other, "fee_cancel", reason="页数有误")
    taken(office, other, "fee", way="pages", units="40", pay_how="财务窗口")
    taken(office, other, "fee_reached", day="2026-03-02")
    with clock.set_to(datetime(2026, 4, 1, 10, tzinfo=SHANGHAI)):
        taken(office, other, "fee_lapse", reason="逾期未缴")
    assert other.outcome == "O2"


def test_an_enquiry_returned_redrafted_and_withdrawn_from_the_public(b, as_user):
    case = routed(b)
    taken(as_user(b.liaison), case, "send_back", reason="应由公证处办理")
    office = as_user(b.information_office)
    taken(office, case, "route", unit=b.lawyers.pk, final="on")
    liaison = as_user(b.liaison)
    assert "/do/send_back/" not in page(liaison, case)
    taken(liaison, case, "draft", text=ANSWER)
    taken(as_user(b.information_office), case, "redraft", reason="写明标准")
    enquiries.draft(case, ANSWER, by=b.liaison)
    enquiries.collate(case, ANSWER, by=b.information_office)
    taken(as_user(b.leader), case, "refuse", reason="写明依据")
    enquiries.collate(case, f"{ANSWER}依据省定价目录。", by=b.information_office)
    enquiries.approve(case, by=b.leader)
    office = as_user(b.information_office)
    taken(office, case, "dispatch")
    taken(office, case, "withdraw_public", reason="标准有变")
    assert "/do/withdraw_public/" not in page(office, case)


def test_a_complaint_is_never_routed_to_the_unit_that_it_is_about(b, as_user):
    case = enquiry(b, kind=Kind.COMPLAINT, target=b.lawyers)
    office = as_user(b.information_office)
    taken(office, case, "register", received_on="2026-03-02", topic="lawyers", target=b.lawyers.pk)
    shown = office.get(f"/desk/cases/{case.number}/do/route/").content.decode()
    assert f'<option value="{b.office.pk}">' in shown
    assert f'<option value="{b.lawyers.pk}">' not in shown
    assert do(office, case, "route", unit=b.lawyers.pk).status_code == 422


@pytest.mark.parametrize("make", [application, enquiry, routed, collated])
def test_what_is_not_offered_cannot_be_opened(b, as_user, make):
    case = make(b)
    for person in b.people.values():
        client = as_user(person)
        seen = client.get(f"/desk/cases/{case.number}/")
        for act in acts_of(case):
            opened = client.get(f"/desk/cases/{case.number}/do/{act.key}/")
            offered = seen.status_code == 200 and f"/do/{act.key}/" in seen.content.decode()
            assert (opened.status_code == 200) == offered, (person, act.label)


def test_the_hands_that_drafted_do_not_approve(b, as_user):
    from gongkai.agencies.actions import appoint
    from gongkai.agencies.rules import Role

    appoint(b.leader, b.lawyers, Role.LIAISON, start=clock.today())
    case = application(b)
    applications.register(case, by=b.information_office)
    applications.route(case, b.lawyers, by=b.information_office)
    applications.draft_reply(case, by=b.leader, outcome="G1", text="随函附上，共三页。")
    applications.collate(case, by=b.information_office)
    leader = as_user(b.leader)
    assert "/do/approve/" not in page(leader, case)
    refused = do(leader, case, "approve", note="")
    assert refused.status_code == 422 and "起草人不能审查" in refused.content.decode()
