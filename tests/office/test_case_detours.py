"""Every other act that the desk offers on a case, by its form; none is offered out of its time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from test_cases import ANSWER, application, collated, do, enquiry, page, routed

from gongkai import clock
from gongkai.applications import actions as applications
from gongkai.cases.models import Case
from gongkai.cases.rules import Kind, Stage
from gongkai.clock import SHANGHAI
from gongkai.enquiries import actions as enquiries
from gongkai.office.cases.page import acts_of


def taken(client: Any, case: Case, act: str, **facts: Any) -> None:
    """The act is offered, its form opens, and it is done."""
    address = f"/desk/cases/{case.number}/do/{act}/"
    assert f"{act}/" in page(client, case), f"{act} is not offered"
    assert client.get(address).status_code == 200
    response = do(client, case, act, **facts)
    assert response.status_code == 302, response.content.decode()[-4000:]


def test_an_application_by_rectification_consultation_return_and_remedy(b, as_user):
    case = application(b)
    office = as_user(b.information_office)
    taken(office, case, "register", received_on="2026-03-02")
    taken(office, case, "rectify", what="请写明年份", until="2026-03-16")
    assert case.stage == Stage.RECTIFYING and "暂停计时" in page(office, case)
    taken(office, case, "rectified", text="2025年")
    taken(office, case, "route", unit=b.lawyers.pk)
    liaison = as_user(b.liaison)
    taken(liaison, case, "consult", asked="third_party")
    assert "/do/draft/" not in page(liaison, case)  # while the opinion is awaited
    taken(liaison, case, "consult_reached", ref="1", day="2026-03-02")
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
    remedy = case.remedies.get()
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
