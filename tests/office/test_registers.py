"""The registers: read by duty, changed by acts alone, each on record."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from acts import on_record
from openpyxl import load_workbook
from people import small_bureau
from small_site import draft, item

from gongkai import clock
from gongkai.agencies.models import Appointment, Unit, User
from gongkai.assets.models import Device, Peripheral, SpotCheck
from gongkai.catalogue.models import Link, SiteProfile
from gongkai.catalogue.queries import links_of
from gongkai.channels.models import Account, Voice
from gongkai.office.registers.agencies import AgencyGroup
from gongkai.office.registers.assets import AssetGroup
from gongkai.office.registers.base import Register
from gongkai.office.registers.channels import ChannelGroup
from gongkai.office.registers.ledger import Ledger
from gongkai.office.registers.oversight import OversightGroup
from gongkai.oversight.models import Assessment, Finding, Suggestion

GROUPS = (AgencyGroup, AssetGroup, ChannelGroup, OversightGroup)
REGISTERS: list[type[Register]] = [r for g in GROUPS for r in g.items] + [Ledger]


def send(client: Any, address: str, **facts: Any) -> Any:
    """Send a form that must be taken, and whose act must be on record."""
    with on_record():
        response = client.post(f"/desk/{address}", facts)
        assert response.status_code == 302, response.content.decode()[-3000:]
    return response


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)
def test_each_register_is_read_by_duty_and_has_no_generic_form(b, as_user, register):
    from gongkai.office.access import agencies_with

    root = f"/desk/{register.name}/"
    for person in b.people.values():
        client = as_user(person)
        may = bool(agencies_with(person, *register.reads))
        for address in (root, f"{root}results/", f"{root}export/"):
            response = client.get(address)
            assert (response.status_code == 200) == may, (person, address)
        assert client.get(f"{root}?q=x&ordering=number").status_code == (200 if may else 302)
        for address in ("new/", "add/", "edit/1/", "delete/1/", "copy/1/"):
            missing = client.post(f"{root}{address}")
            assert missing.status_code == (302 if person == b.nobody else 404)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)
def test_each_act_about_the_organ_has_a_form_for_who_may(b, as_user, register):
    from gongkai.office.access import agencies_with

    for act in register.acts:
        takers = []
        for person in b.people.values():
            client = as_user(person)
            response = client.get(f"/desk/{register.name}/do/{act.key}/")
            if response.status_code == 200:
                takers.append(person)
                assert agencies_with(person, *register.reads)
                assert act.button in response.content.decode()
            else:
                assert response.status_code == 302
        assert takers, f"nobody may {act.label}"


def test_a_computer_from_entry_to_retirement(b, as_user):
    keeper = as_user(b.network_security)
    facts = {
        "number": "JSJ-001", "kind": "desktop", "unit": b.lawyers.pk, "zone": "intranet",
        "connection": "internet", "custodian": "甲", "in_use_from": "2026-01-05",
    }  # fmt: skip
    refused = keeper.post("/desk/devices/do/add/", facts)
    shown = refused.content.decode()
    assert refused.status_code == 422 and "上网不办公" in shown and 'value="JSJ-001"' in shown
    made = send(keeper, "devices/do/add/", **facts | {"connection": ""})
    device = Device.objects.get()
    row = f"devices/{device.pk}/"
    assert made.url == f"/desk/{row}"
    send(keeper, f"{row}do/label/", label="JSJ-001 内网 甲", on="2026-01-06")
    send(keeper, f"{row}do/hand_over/", custodian="乙", on="2026-02-02")
    send(keeper, f"{row}do/move/", unit=b.office.pk, zone="standalone", on="2026-02-03")
    made = send(
        keeper, "licences/do/add/", title="文字处理", kind="document", sets="1",
        acquired_on="2026-01-01", source="bought",
    )  # fmt: skip
    licence = made.url.rstrip("/").rpartition("/")[2]
    send(keeper, f"{row}do/install/", licence=licence, on="2026-02-03")
    page = keeper.get(f"/desk/{row}").content.decode()
    assert "乙" in page and "文字处理" in page and "独立存放" in page
    send(keeper, f"{row}do/uninstall/", installation=device.installations.get().pk, on="2026-02-04")
    send(keeper, f"{row}do/correct/", kind="laptop", maker="某牌")
    send(keeper, f"{row}do/retire/", on="2026-02-05", reason="老化")
    assert keeper.get(f"/desk/{row}do/retire/").status_code == 404
    assert as_user(b.information_office).get(f"/desk/{row}").status_code == 200
    denied = as_user(b.information_office).post(f"/desk/{row}do/label/", {"label": "x", "on": ""})
    assert denied.status_code == 422


def test_a_spot_check_draws_by_the_ledger_and_takes_results(b, as_user):
    keeper = as_user(b.network_security)
    for n in range(3):
        send(
            keeper, "devices/do/add/", number=f"J{n}", kind="desktop", unit=b.lawyers.pk,
            zone="internet", custodian="甲", in_use_from="2026-01-05",
        )  # fmt: skip
    send(keeper, "spot-checks/do/add/", plan="违规外联", on="2026-03-02", size="2")
    check = SpotCheck.objects.get()
    row = f"spot-checks/{check.pk}/"
    assert "相符" in keeper.get(f"/desk/{row}").content.decode()
    bad = keeper.post(f"/desk/{row}do/result/", {"device": check.drawn[0], "found": ""})
    assert bad.status_code == 422 and "请写明发现的问题" in bad.content.decode()
    send(keeper, f"{row}do/result/", device=check.drawn[0], found="接过外网")
    send(keeper, f"{row}do/result/", device=check.drawn[1], passed="on")
    fault = check.results.get(passed=False)
    send(keeper, f"{row}do/remedy/", result=fault.pk, remedy="已拆除", on="2026-03-02")
    send(
        keeper, "peripherals/do/add/", number="D1", kind="laser", unit=b.office.pk,
        in_use_from="2026-01-05",
    )  # fmt: skip
    send(keeper, f"peripherals/{Peripheral.objects.get().pk}/do/retire/", on="2026-03-01",
         reason="损坏")  # fmt: skip


def test_a_finding_is_answered_by_its_unit_and_closed_by_the_supervisor(b, as_user):
    send(
        as_user(b.supervisor), "findings/do/add/", unit=b.lawyers.pk, text="栏目超期未更新",
        due="2026-03-20",
    )  # fmt: skip
    finding = Finding.objects.get()
    row = f"findings/{finding.pk}/"
    liaison = as_user(b.liaison)
    assert "栏目超期未更新" in liaison.get("/desk/findings/").content.decode()
    empty = liaison.post(f"/desk/{row}do/answer/", {"text": ""})
    assert empty.status_code == 422 and "请填写说明" in empty.content.decode()
    send(liaison, f"{row}do/answer/", text="已更新")
    assert liaison.get(f"/desk/{row}do/accept/").status_code == 404
    send(as_user(b.supervisor), f"{row}do/accept/")
    assert "已整改" in as_user(b.leader).get(f"/desk/{row}").content.decode()


def test_a_unit_does_not_see_what_was_found_in_another(b, as_user):
    send(
        as_user(b.supervisor), "findings/do/add/", unit=b.office.pk, text="办公室的问题",
        due="2026-03-20",
    )  # fmt: skip
    liaison = as_user(b.liaison)
    assert "办公室的问题" not in liaison.get("/desk/findings/").content.decode()
    assert liaison.get(f"/desk/findings/{Finding.objects.get().pk}/").status_code == 404


def test_rules_meetings_trainings_letters_suggestions_and_scores(site, as_user):
    b = site.bureau
    office = as_user(b.information_office)
    send(office, "rules/do/add/", kind="disclosure", title="公开制度", adopted_on="2026-01-05",
         text="第一条")  # fmt: skip
    send(
        office,
        "meetings/do/add/",
        on="2026-01-06",
        title="专题会",
        attendees="全体",
        minutes="议定",
    )
    send(office, "trainings/do/add/", on="2026-01-07", title="条例", organiser="市府办", people="3")
    send(office, "target-letters/do/add/", year="2026", unit=b.lawyers.pk, signed_on="2026-01-08",
         liaison=b.liaison.pk)  # fmt: skip
    send(office, "suggestions/do/add/", channel="来信", text="增加检索", received="2026-03-01")
    row = f"suggestions/{Suggestion.objects.get().pk}/"
    send(office, f"{row}do/tell/", unit=b.lawyers.pk)
    send(as_user(b.liaison), f"{row}do/decide/", adopted="yes", reason="下月上线")
    office = as_user(b.information_office)
    bad = office.post(
        "/desk/assessments/do/add/",
        {"unit": b.lawyers.pk, "year": "2025", "deductions": "时效 5"},
    )
    assert bad.status_code == 422 and "第 1 行请写成" in bad.content.decode()
    assert "时效 5</textarea>" in bad.content.decode()
    line = "时效；5；item:1；超期两日"
    send(office, "assessments/do/add/", unit=b.lawyers.pk, year="2025", deductions=line)
    row = f"assessments/{Assessment.objects.get().pk}/"
    send(as_user(b.liaison), f"{row}do/object/", text="当日停电")
    office = as_user(b.information_office)
    taken = Assessment.objects.get().deductions.get().pk
    send(office, f"{row}do/settle/", outcome="情况属实", take_back=taken)
    assert Assessment.objects.get().score == 100
    send(office, "accountability/do/add/", unit=b.lawyers.pk, ground="未按期答复",
         decision="通报批评", on="2026-03-01")  # fmt: skip
    page = item(site)
    from gongkai.review.models import Sheet

    sheet = Sheet.objects.get(subject=page.subject)
    send(as_user(b.supervisor), "audits/do/add/", sheet=sheet.pk, true="on", lawful="on")


def test_accounts_posts_and_voices(site, as_user):
    b = site.bureau
    office = as_user(b.information_office)
    send(office, "accounts/do/add/", platform="wechat", name="临江司法", opened_on="2026-01-05",
         columns=site.news.pk)  # fmt: skip
    account = Account.objects.get()
    item(site)
    post = account.posts.get()
    send(office, f"posts/{post.pk}/do/posted/", platform_id="wx-1")
    send(office, "voices/do/add/", account=account.pk, at="2026-03-02T09:00", text="怎么查律师")
    row = f"voices/{Voice.objects.get().pk}/"
    send(office, f"{row}do/pass/", unit=b.lawyers.pk)
    bad = office.post("/desk/voices/do/add/", {"account": account.pk, "at": "昨天", "text": "留言"})
    assert bad.status_code == 422 and "时间写法不对" in bad.content.decode()
    send(office, f"accounts/{account.pk}/do/close/", on="2026-03-02")


def test_units_people_and_appointments_by_the_system_administrator(b, as_user):
    admin = as_user(b.system_administrator)
    facts = {"name": "律师管理处", "kind": "office", "phone": "0000-1", "order": "1"}
    send(admin, f"units/{b.lawyers.pk}/do/change/", **facts)
    assert Unit.objects.get(pk=b.lawyers.pk).phone == "0000-1"
    send(admin, "units/do/add/", code="gzc", name="公证处", kind="office", order="2",
         valid_from="2026-03-01")  # fmt: skip
    same = admin.post("/desk/units/do/add/", facts | {"code": "gzc", "valid_from": "2026-03-01"})
    assert same.status_code == 422 and "代码 gzc 已有单位使用" in same.content.decode()
    weak = admin.post(
        "/desk/people/do/add/",
        {"username": "zhang", "family": "张", "given": "示例", "password": "123"},
    )
    assert weak.status_code == 422 and not User.objects.filter(username="zhang").exists()
    send(admin, "people/do/add/", username="zhang", family="张", given="示例",
         password="long-and-odd-7731")  # fmt: skip
    person = User.objects.get(username="zhang")
    send(admin, "appointments/do/add/", user_to=person.pk, unit=b.lawyers.pk, role="liaison",
         start="2026-03-02")  # fmt: skip
    held = Appointment.objects.get(user=person)
    bad = admin.post(f"/desk/appointments/{held.pk}/do/end/", {"end": "2026-01-01"})
    assert bad.status_code == 422 and "不能早于任职日期" in bad.content.decode()
    send(admin, f"appointments/{held.pk}/do/end/", end="2026-03-02")
    end = f"/desk/units/{b.lawyers.pk}/do/change/"
    assert as_user(b.information_office).get(end).status_code == 404
    stolen = as_user(b.information_office).post(end, facts | {"phone": "110"})
    assert stolen.status_code == 422 and Unit.objects.get(pk=b.lawyers.pk).phone == "0000-1"


def test_the_ledger_is_verified_at_the_push_of_a_button(b, as_user):
    auditor = as_user(b.audit_administrator)
    done = auditor.post("/desk/ledger/do/verify/")
    told = auditor.get(done.url).content.decode()
    assert "台账校验通过" in told
    proof = auditor.get("/desk/ledger/proof/")
    assert b"gongkai-ledger-1" in b"".join(proof.streaming_content)
    assert as_user(b.information_office).get("/desk/ledger/proof/").status_code == 302


def test_a_broken_ledger_is_told_with_its_first_fault(b, as_user):
    from django.db import connection

    from gongkai.ledger import guards
    from gongkai.ledger.models import Entry

    guards.remove(connection)
    Entry.objects.filter(seq=2).update(actor="somebody")
    guards.install(connection)
    refused = as_user(b.audit_administrator).post("/desk/ledger/do/verify/")
    assert refused.status_code == 422 and "第 2 条的内容被改动" in refused.content.decode()


def test_rows_of_another_organ_are_neither_listed_nor_opened(b, as_user):
    other = small_bureau("other", "清河市司法局")
    send(
        as_user(b.network_security), "devices/do/add/", number="JSJ-9", kind="desktop",
        unit=b.lawyers.pk, zone="internet", custodian="甲", in_use_from="2026-01-05",
    )  # fmt: skip
    foreign = as_user(other.network_security)
    assert "JSJ-9" not in foreign.get("/desk/devices/").content.decode()
    row = f"/desk/devices/{Device.objects.get().pk}/"
    assert foreign.get(row).status_code == 404
    assert foreign.post(f"{row}do/label/", {"label": "x", "on": "2026-03-02"}).status_code == 404
    book = load_workbook(io.BytesIO(foreign.get("/desk/devices/export/").content))
    assert book.active.max_row == 1
    own = as_user(b.network_security).get("/desk/devices/export/")
    assert load_workbook(io.BytesIO(own.content)).active.max_row == 2


def test_a_list_asks_the_database_no_more_for_more_rows(b, as_user):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def find(n: int) -> None:
        send(as_user(b.supervisor), "findings/do/add/", unit=b.lawyers.pk, text=f"第{n}个",
             due="2026-03-20")  # fmt: skip
        send(
            as_user(b.network_security), "devices/do/add/", number=f"J{n}", kind="desktop",
            unit=b.lawyers.pk, zone="internet", custodian="甲", in_use_from="2026-01-05",
        )  # fmt: skip

    def queries() -> list[int]:
        client, counts = as_user(b.leader), []
        for address in ("findings", "devices", "units", "target-letters"):
            client.get(f"/desk/{address}/")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/desk/{address}/")
            counts.append(len(asked))
        return counts

    find(0)
    before = queries()
    for n in range(1, 4):
        find(n)
    assert queries() == before


def test_the_year_in_figures_opens_to_its_rows(site, as_user):
    b = site.bureau
    leader = as_user(b.leader)
    assert leader.get("/desk/report/figures/").url == "/desk/report/figures/2025/"
    page = leader.get("/desk/report/figures/2026/").content.decode()
    assert "2026 年度数字" in page and "/desk/report/figures/2026/sections/" in page
    rows = leader.get("/desk/report/figures/2026/sections/").content.decode()
    assert "信息公开" in rows and "1 条" in rows
    assert leader.get("/desk/report/figures/2026/nonsense/").status_code == 404
    assert leader.get("/desk/report/figures/1999/").status_code == 404
    assert as_user(b.editor).get("/desk/report/figures/2026/").status_code == 302


def test_the_system_administrator_sets_site_code_and_index_shape(site, as_user):
    b, profile = site.bureau, SiteProfile.objects.get()
    keeper = as_user(b.system_administrator)
    code = f"/desk/site-profiles/{profile.pk}/do/code/"
    assert keeper.post(code, {"site_code": "123"}).status_code == 422
    assert keeper.post(code, {"site_code": "3200000002"}).status_code == 302
    assert "3200000002" in keeper.get("/desk/site-profiles/").content.decode()
    shape = f"/desk/index-shapes/{b.agency.pk}/do/set/"
    refused = keeper.post(shape, {"template": "{code}/{year}"})
    assert refused.status_code == 422 and "流水号" in refused.content.decode()
    assert keeper.post(shape, {"template": "{code}/{year}-{serial:06d}"}).status_code == 302
    shown = keeper.get("/desk/index-shapes/").content.decode()
    number = f"000000001/{clock.today().year}-000001"
    assert number in shown and draft(site).index_number == number
    for person in (b.editor, b.information_office):
        assert as_user(person).get("/desk/index-shapes/").status_code in {302, 403}


def test_a_link_out_of_the_site_is_entered_and_checked(site, as_user):
    b = site.bureau
    editor = as_user(b.editor)
    facts = {"group": "lawyers", "title": "律师网", "url": "https://lvshi.example/",
             "owner": b.lawyers.pk}  # fmt: skip
    send(editor, "links-out/do/add/", **facts)
    link = Link.objects.get()
    Link.objects.update(checked_on=date(2014, 1, 9))
    send(editor, f"links-out/{link.pk}/do/checked/")
    assert Link.objects.get().checked_on == clock.today()
    own = editor.post(f"/desk/links-out/{link.pk}/do/agree/")
    assert own.status_code in {403, 404, 422} and not links_of(b.agency).exists()
    send(as_user(b.information_office), f"links-out/{link.pk}/do/agree/")
    assert links_of(b.agency).get().agreed_by == b.information_office
    refused = as_user(b.supervisor).post(f"/desk/links-out/{link.pk}/do/checked/")
    assert refused.status_code in {302, 403} and Link.objects.get().checked_on == clock.today()
    send(as_user(b.editor), f"links-out/{link.pk}/do/remove/", reason="网站已停办")
    assert not Link.objects.exists()
