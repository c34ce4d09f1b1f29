"""The desk of cases: who sees what, the whole way of a case by its forms, and what is refused."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from mailbox_world import ASKER, TEXT
from openpyxl import load_workbook
from people import small_bureau

from gongkai.applications import actions as applications
from gongkai.cases.actions import Person
from gongkai.cases.models import Case
from gongkai.cases.rules import Channel, Kind, Lamp, Stage
from gongkai.enquiries import actions as enquiries
from gongkai.files.actions import store
from gongkai.ledger.models import Entry
from gongkai.office.cases.filters import lamp_condition

ANSWER = "公证服务费按省定标准收取，现行标准在本局网站“收费公示”栏目公布，可直接下载。"
MOST_QUERIES = 40
MOST_ON_A_PAGE = 60
ID_CARD = "990101199001010019"


def enquiry(b: Any, **facts: Any) -> Case:
    told: dict[str, Any] = {
        "channel": Channel.ONLINE, "title": "公证收费标准", "text": TEXT, "person": ASKER,
        "topic": "notaries", "consent": True,
    }  # fmt: skip
    return enquiries.submit(b.agency, facts.pop("kind", Kind.ENQUIRY), **told | facts).case


def routed(b: Any, **facts: Any) -> Case:
    case = enquiry(b, **facts)
    enquiries.register(case, by=b.information_office)
    enquiries.route(case, b.lawyers, by=b.information_office)
    return case


def collated(b: Any) -> Case:
    case = routed(b)
    enquiries.draft(case, ANSWER, by=b.liaison)
    enquiries.collate(case, ANSWER, by=b.information_office)
    return case


def application(b: Any, **facts: Any) -> Case:
    person = Person(name="欧阳示例", phone="13800001234", identity=ID_CARD, applicant_class="nat")
    told: dict[str, Any] = {
        "title": "2025年公证服务收费标准", "text": "申请公开本市2025年执行的公证服务收费标准。",
        "delivery": "online", "carrier": "electronic",
    }  # fmt: skip
    return applications.submit(b.agency, Channel.ONLINE, person, **told | facts).case


def do(client: Any, case: Case, act: str, **facts: Any) -> Any:
    response = client.post(f"/desk/cases/{case.number}/do/{act}/", facts)
    case.refresh_from_db()
    return response


def page(client: Any, case: Case) -> str:
    response = client.get(f"/desk/cases/{case.number}/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_enquiry_goes_its_whole_way_by_the_forms_of_the_desk(b, as_user):
    case = enquiry(b)
    office = as_user(b.information_office)
    assert (
        do(office, case, "register", received_on="2026-03-02", topic="notaries").status_code == 302
    )
    assert do(office, case, "route", unit=b.lawyers.pk, note="请一周内报送").status_code == 302
    liaison = as_user(b.liaison)
    assert "请一周内报送" in page(liaison, case)
    assert do(liaison, case, "draft", text=ANSWER).status_code == 302
    office = as_user(b.information_office)
    shown = page(office, case)
    assert "欧阳娜娜" not in shown and "公开答复" in shown
    assert do(office, case, "collate", text=ANSWER).status_code == 302
    assert case.stage == Stage.COLLATED
    assert do(as_user(b.leader), case, "approve", note="").status_code == 302
    assert do(as_user(b.information_office), case, "dispatch").status_code == 302
    assert case.stage == Stage.ANSWERED
    assert "统一答复" in page(as_user(b.liaison), case)


def test_an_application_goes_its_whole_way_by_the_forms_of_the_desk(b, as_user):
    case = application(b)
    office = as_user(b.information_office)
    assert (
        do(office, case, "register", received_on="2026-03-02", acknowledge="on").status_code == 302
    )
    assert do(office, case, "route", unit=b.lawyers.pk).status_code == 302
    assert do(office, case, "extend", days="5", reason="材料较多").status_code == 302
    liaison = as_user(b.liaison)
    assert "不予公开的理由" in page(liaison, case)
    sent = do(liaison, case, "draft", outcome="G1", text="公证服务收费标准文件随函附上，共三页。")
    assert sent.status_code == 302
    shown = page(as_user(b.information_office), case)
    assert "答复稿第 1 版" in shown and "行政复议" in shown
    assert do(as_user(b.information_office), case, "collate").status_code == 302
    assert do(as_user(b.leader), case, "approve").status_code == 302
    out = do(as_user(b.information_office), case, "dispatch", how="post", proof="EMS 001")
    assert out.status_code == 302
    assert (case.stage, case.outcome) == (Stage.ANSWERED, "G1")


def test_the_page_shows_how_the_due_date_was_counted(b, as_user):
    case = routed(b)
    shown = page(as_user(b.liaison), case)
    assert "期限是怎样算出来的" in shown and "2026-03-03" in shown
    assert str(case.due_on) in shown


@pytest.mark.parametrize("role", ["editor", "confidentiality", "network_security", "superuser"])
def test_who_has_no_post_for_cases_does_not_find_them(b, as_user, role):
    case = routed(b)
    client = as_user(b.people[role])
    assert client.get(f"/desk/cases/{case.number}/").status_code == 404
    assert client.post(f"/desk/cases/{case.number}/do/draft/", {"text": ANSWER}).status_code == 404
    assert case.number not in client.get("/desk/cases/?tab=all").content.decode()


def test_another_organ_does_not_find_the_case(b, as_user):
    case = routed(b)
    other = small_bureau("other", "清河市司法局")
    client = as_user(other.information_office)
    assert client.get(f"/desk/cases/{case.number}/").status_code == 404


def test_acts_of_others_are_neither_offered_nor_done(b, as_user):
    case = collated(b)
    liaison = as_user(b.liaison)
    assert "/do/approve/" not in page(liaison, case)
    assert liaison.get(f"/desk/cases/{case.number}/do/approve/").status_code == 404
    refused = do(liaison, case, "approve", note="")
    assert refused.status_code == 422 and "您的岗位不能办理此事" in refused.content.decode()
    assert case.stage == Stage.COLLATED


def test_what_was_typed_stands_beside_what_was_refused(b, as_user):
    case = routed(b)
    response = do(as_user(b.liaison), case, "draft", text="已转公证处办理。")
    shown = response.content.decode()
    assert response.status_code == 422 and case.stage == Stage.ROUTED
    assert "已转公证处办理。</textarea>" in shown and "不是答复" in shown


def test_a_reply_without_its_search_record_keeps_result_and_text(b, as_user):
    case = application(b)
    applications.register(case, by=b.information_office)
    applications.route(case, b.lawyers, by=b.information_office)
    response = do(
        as_user(b.liaison), case, "draft", outcome="N1", text="经检索，本机关没有该信息。"
    )
    shown = response.content.decode()
    assert response.status_code == 422 and "检索记录" in shown
    assert "经检索，本机关没有该信息。</textarea>" in shown
    assert '<option value="N1" selected>' in shown


def test_a_finding_holds_the_collation_until_it_is_settled(b, as_user):
    case = routed(b)
    text = f"{ANSWER}来信人身份证号990101199001010019已登记。"
    enquiries.draft(case, text, by=b.liaison)
    office = as_user(b.information_office)
    sent = do(office, case, "collate", text=text)
    assert sent.status_code == 302 and case.stage == Stage.DRAFTED
    shown = page(office, case)
    assert "须处理" in shown and "写明理由" in shown
    assert (
        "审查提示须先处理" in office.get(sent.url).content.decode() or "审查提示须先处理" in shown
    )


def test_identity_is_shown_only_for_a_reason_that_goes_on_record(b, as_user):
    case = routed(b)
    office = as_user(b.information_office)
    address = f"/desk/cases/{case.number}/identity/"
    assert "欧阳娜娜" not in office.get(address).content.decode()
    empty = office.post(address, {"reason": " "})
    assert empty.status_code == 422 and "请填写查看理由" in empty.content.decode()
    before = Entry.objects.filter(verb="identity.opened").count()
    shown = office.post(address, {"reason": "核对邮寄地址"})
    assert "欧阳娜娜" in shown.content.decode() and "no-store" in shown.headers["Cache-Control"]
    assert Entry.objects.filter(verb="identity.opened").count() == before + 1
    for role in ("liaison", "leader", "supervisor"):
        client = as_user(b.people[role])
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "看看"}).status_code == 404


def test_enclosures_are_downloads_for_readers_of_the_case_alone(b, as_user):
    file = store("来信扫描".encode(), "来信.txt")
    case = routed(b, files=[file])
    address = f"/desk/cases/{case.number}/files/{case.enclosures.get().pk}/"
    response = as_user(b.liaison).get(address)
    assert b"".join(response.streaming_content).decode() == "来信扫描"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(verb="enclosure.read").count() == 1
    assert as_user(b.editor).get(address).status_code == 404


def test_letters_are_downloads_and_the_addressed_copy_needs_a_reason(b, as_user):
    case = application(b)
    applications.register(case, by=b.information_office)
    letter = case.letters.get()
    office = as_user(b.information_office)
    assert office.get(f"/desk/cases/{case.number}/letters/{letter.pk}/").status_code == 200
    paper = office.get(f"/desk/cases/{case.number}/letters/{letter.pk}/?as=pdf")
    assert paper.content.startswith(b"%PDF") and "受理回执" in page(office, case)
    copy = f"/desk/cases/{case.number}/letters/{letter.pk}/addressed/"
    assert office.post(copy, {"reason": ""}).status_code == 422
    assert office.post(copy, {"reason": "封发"}).content.startswith(b"PK")
    assert Entry.objects.filter(verb="identity.opened").count() == 1


def test_the_list_filters_searches_and_sorts_by_due_date(b, as_user):
    late = routed(b, title="逾期的一件")
    soon = enquiry(b, title="刚收到的一件", kind=Kind.COMPLAINT)
    Case.objects.filter(pk=late.pk).update(due_on=date(2026, 3, 1))
    office = as_user(b.information_office)

    def shown(query: str) -> str:
        return str(office.get(f"/desk/cases/?tab=all&{query}").content.decode())

    everything = shown("")
    assert everything.index("逾期的一件") < everything.index("刚收到的一件")
    assert "逾期1个工作日" in everything
    assert "刚收到的一件" not in shown("lamp=red") and "逾期的一件" in shown("lamp=red")
    assert "逾期的一件" not in shown("kind=complaint") and "刚收到的一件" in shown("kind=complaint")
    assert "刚收到的一件" in shown(f"q={soon.number}") and "逾期的一件" not in shown(
        f"q={soon.number}"
    )
    assert "没有符合条件的案件（已选：举报）" in shown("kind=report")
    assert "日期写法不对" in shown("due=2026-13-01")
    liaison = as_user(b.liaison).get("/desk/cases/").content.decode()
    assert "逾期的一件" in liaison and "刚收到的一件" not in liaison


def test_the_lamp_filter_finds_what_the_lamp_shows(b):
    from gongkai import clock
    from gongkai.cases.queries import lamps_of

    case = routed(b)
    days = [date(2026, 2, 20), *(date(2026, 3, n) for n in range(1, 20)), None]
    for day in days:
        Case.objects.filter(pk=case.pk).update(due_on=day)
        row = Case.objects.select_related("agency").get(pk=case.pk)
        lit = lamps_of([row])[0][1][0]
        found = {
            lamp
            for lamp in Lamp
            if Case.objects.filter(lamp_condition(lamp, [b.agency], clock.today())).exists()
        }
        assert found == {lit}, day


@pytest.mark.parametrize("address", ["/desk/cases/?tab=all", "/desk/cases/", "/desk/"])
def test_the_inbox_asks_the_database_no_more_for_more_rows(b, as_user, address):
    office = as_user(b.information_office)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert office.get(address).status_code == 200
        return len(found)

    for kind in (application, enquiry):
        kind(b)
    asked()
    few = asked()
    for n in range(4):
        application(b, title=f"第{n}件")
        enquiry(b, title=f"第{n}封")
    assert asked() == few <= MOST_QUERIES


def drafted_with(b: Any, case: Case, name: str) -> None:
    files = [store(name.encode(), f"{name}.txt", agency=b.agency, by=b.liaison)]
    text = f"随函附上{name}，共一页。"
    applications.draft_reply(case, by=b.liaison, outcome="G1", text=text, handed_over=files)


def grown(b: Any, case: Case) -> None:
    """Thrice given back, another organ asked, drafted anew: events, letters, drafts, files."""
    for name in ("标准甲", "标准乙", "标准丙"):
        applications.redraft(case, by=b.information_office, reason="请补充页码")
        applications.start_consultation(case, by=b.liaison, asked="organ", whom=f"{name}局")
        applications.end_consultation(case, case.consulted.count(), by=b.liaison)
        drafted_with(b, case, name)


@pytest.mark.parametrize("who", ["liaison", "information_office", "leader"])
def test_the_page_of_a_case_asks_no_more_for_a_long_record(b, as_user, who):
    case = application(b)
    applications.register(case, by=b.information_office)
    applications.route(case, b.lawyers, by=b.information_office)
    applications.start_consultation(case, by=b.liaison, asked="organ", whom="某局")
    applications.end_consultation(case, 1, by=b.liaison)
    drafted_with(b, case, "标准")
    client = as_user(b.people[who])

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as found:
            page(client, case)
        return sorted(query["sql"] for query in found)

    asked()
    few = asked()
    grown(b, case)
    many = asked()
    assert len(many) == len(few) <= MOST_ON_A_PAGE, "\n".join(many)


def test_the_export_runs_no_formula_and_masks_what_is_personal(b, as_user):
    routed(b, title="=cmd|'/c calc'!A1")
    routed(b, title="请回电13800001234")
    response = as_user(b.information_office).get("/desk/cases/export/?tab=all")
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows())
    titles = {cell.value: cell.data_type for cell in (row[2] for row in rows[1:])}
    assert titles["=cmd|'/c calc'!A1"] == "s"
    assert not any("13800001234" in str(cell.value) for row in rows for cell in row)
    assert Entry.objects.filter(verb="cases.exported").count() == 1
    assert as_user(b.editor).get("/desk/cases/export/?tab=all").status_code == 200


def entered(**facts: Any) -> dict[str, Any]:
    told = {
        "submission_key": "k" * 43, "channel": "in_person", "arrived_on": "2026-03-02",
        "applicant_class": "nat", "name": "欧阳示例", "identity": ID_CARD, "phone": "13800001234",
        "title": "收费标准", "text": "申请公开收费标准。", "delivery": "pickup", "carrier": "paper",
    }  # fmt: skip
    return told | facts


def test_a_visit_is_entered_once_with_its_number_and_code(b, as_user):
    office = as_user(b.information_office)
    address = "/desk/cases/enter/application/"
    first = office.post(address, entered()).content.decode()
    again = office.post(address, entered()).content.decode()
    case = Case.objects.get()
    assert case.number in first and case.number in again and "先前已经入库" in again
    assert case.channel == "in_person"
    refused = office.post(address, entered(submission_key="m" * 43, phone="123"))
    shown = refused.content.decode()
    assert (
        refused.status_code == 422 and "手机号应为11位数字" in shown and 'value="收费标准"' in shown
    )
    denied = as_user(b.liaison).post(address, entered(submission_key="n" * 43))
    assert denied.status_code == 302 and denied.url == "/desk/" and Case.objects.count() == 1


def test_a_call_is_entered_as_a_complaint_with_a_scan(b, as_user):
    scan = io.BytesIO("来电记录".encode())
    scan.name = "记录.pdf"
    facts = {
        "submission_key": "p" * 43, "kind": "complaint", "channel": "phone", "topic": "lawyers",
        "target": b.lawyers.pk, "title": "投诉收费", "text": "收费没有开具票据。",
    }  # fmt: skip
    office = as_user(b.information_office)
    refused = office.post("/desk/cases/enter/enquiry/", facts | {"files": scan})
    assert refused.status_code == 422 and "内容与扩展名不符" in refused.content.decode()
    done = office.post("/desk/cases/enter/enquiry/", facts)
    assert done.status_code == 200 and Case.objects.get().enquiry.target == b.lawyers


def test_the_paper_form_has_places_to_sign_and_no_name(b, as_user):
    case = routed(b)
    paper = as_user(b.liaison).get(f"/desk/cases/{case.number}/print/").content.decode()
    assert "办理单" in paper and "分管局领导" in paper and "欧阳娜娜" not in paper
