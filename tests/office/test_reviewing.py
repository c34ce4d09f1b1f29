"""Review at the desk: the sheet, decisions, refusals, withdrawal, what each role opens."""

from __future__ import annotations

from typing import Any

from people import small_bureau
from small_site import draft, fresh, item
from wagtail.models import Page

from gongkai.agencies.models import Unit
from gongkai.catalogue.models import Attachment
from gongkai.files.actions import store
from gongkai.refusal import Refused
from gongkai.review.models import Sheet
from gongkai.review.pages import submit_page

BAD = [("text", "<p>联系人手机13800001234，身份证号990101199001010019。</p>")]


def sheet_of(page: Any) -> Sheet:
    return Sheet.objects.filter(subject=page.subject).latest("pk")


def test_an_item_is_released_by_the_buttons_of_its_sheet(site, as_user):
    page, b = draft(site), site.bureau
    submit_page(page, by=b.editor)
    sheet = sheet_of(page)
    head = as_user(b.unit_head)
    assert "同意" in head.get(f"/desk/review/{sheet.pk}/").content.decode()
    assert head.post(f"/desk/review/{sheet.pk}/do/approve/", {"reason": ""}).status_code == 302
    assert not fresh(page).live
    office = as_user(b.information_office)
    assert (
        office.post(f"/desk/review/{sheet.pk}/do/approve/", {"reason": "可以"}).status_code == 302
    )
    assert fresh(page).live
    shown = office.get(f"/desk/review/{sheet.pk}/").content.decode()
    assert "可以" in shown and "本件已不在审查中" in shown


def test_a_return_needs_a_reason_and_the_drafter_reads_it_on_the_first_page(site, as_user):
    page, b = draft(site), site.bureau
    submit_page(page, by=b.editor)
    sheet = sheet_of(page)
    head = as_user(b.unit_head)
    refused = head.post(f"/desk/review/{sheet.pk}/do/return/", {"reason": "  "})
    assert refused.status_code == 422 and "请填写退回理由" in refused.content.decode()
    assert (
        head.post(f"/desk/review/{sheet.pk}/do/return/", {"reason": "日期不对"}).status_code == 302
    )
    assert "日期不对" in as_user(b.editor).get("/desk/").content.decode()


def test_the_drafter_can_neither_approve_nor_settle(site, as_user):
    page, b = draft(site, body=BAD), site.bureau
    submit_page(page, by=b.editor)
    sheet = sheet_of(page)
    key = sheet.screenings.first().findings[0]["key"]
    client = as_user(b.editor)
    assert "写明理由" not in client.get(f"/desk/review/{sheet.pk}/").content.decode()
    for act, facts in (("approve", {}), ("settle", {"finding": key, "reason": "我说可以"})):
        assert client.post(f"/desk/review/{sheet.pk}/do/{act}/", facts).status_code == 422
    assert not sheet.settlements.exists() and not sheet.decisions.exists()


def test_findings_stand_masked_with_advice_and_are_settled_with_a_reason(site, as_user):
    page, b = draft(site, body=BAD), site.bureau
    submit_page(page, by=b.editor)
    sheet = sheet_of(page)
    head = as_user(b.unit_head)
    shown = head.get(f"/desk/review/{sheet.pk}/").content.decode()
    assert "13800001234" not in shown and "990101199001010019" not in shown
    assert "处提示未处理" in shown and "正文" in shown
    keys = [f["key"] for f in sheet.screenings.first().findings if f["overridable"]]
    address = f"/desk/review/{sheet.pk}/do/settle/"
    refused = head.post(address, {"finding": keys[0], "reason": ""})
    assert refused.status_code == 422 and "请填写为什么可以公开" in refused.content.decode()
    to = f"/desk/review/{sheet.pk}/"
    done = head.post(address, {"finding": keys[0], "reason": "公开的办公电话", "next": to})
    assert done.status_code == 302 and done.url == to
    assert "公开的办公电话" in head.get(to).content.decode()
    away = head.post(
        address, {"finding": keys[-1], "reason": "公开电话", "next": "https://example.org/"}
    )
    assert away.url == to


def test_a_sheet_is_read_by_unit_and_reviewers_of_its_organ_only(site, as_user):
    page, b = draft(site), site.bureau
    submit_page(page, by=b.editor)
    sheet = sheet_of(page)
    other = small_bureau("other", "清河市司法局")
    for person in (other.information_office, b.network_security, b.superuser, b.nobody):
        client = as_user(person)
        assert client.get(f"/desk/review/{sheet.pk}/").status_code in {302, 404}
        assert client.get(f"/desk/review/{sheet.pk}/print/").status_code in {302, 404}
    paper = as_user(b.leader).get(f"/desk/review/{sheet.pk}/print/").content.decode()
    assert "保密审查表" in paper and sheet.content_hash in paper


def test_a_reviewer_opens_the_editor_and_decides_on_the_sheet(site, as_user):
    page, b = draft(site), site.bureau
    assert as_user(b.confidentiality).get(f"/desk/pages/{page.pk}/edit/").status_code == 302
    submit_page(page, by=b.editor)
    reviewer = as_user(b.confidentiality)
    assert reviewer.get(f"/desk/pages/{page.pk}/edit/").status_code == 200
    sheet = sheet_of(page)
    assert not any(sheet.checklist.values())
    shown = reviewer.get(f"/desk/review/{sheet.pk}/").content.decode()
    assert "同意即表示您已逐项核对" in shown
    sent = reviewer.post(f"/desk/review/{sheet.pk}/do/approve/", {"reason": ""})
    assert sent.status_code == 302
    sheet = sheet_of(page)
    assert sheet.decisions.get().by == b.confidentiality
    assert all(sheet.checklist.values())


def test_only_the_drafter_takes_a_submission_back(site, as_user):
    page, b = draft(site), site.bureau
    submit_page(page, by=b.editor)
    state = fresh(page).current_workflow_state
    assert not state.user_can_cancel(b.unit_head)
    assert state.user_can_cancel(b.editor)
    state.cancel(user=b.editor)
    assert sheet_of(page).state == Sheet.State.RETURNED
    submit_page(fresh(page), by=b.editor)
    assert sheet_of(page).state == Sheet.State.OPEN


def test_a_refusal_inside_wagtails_screen_is_told_and_nothing_is_half_done(
    site, as_user, monkeypatch
):
    """Wagtail's own action address, had it an action to offer."""
    page, b = draft(site), site.bureau
    submit_page(page, by=b.editor)
    task = fresh(page).current_workflow_task_state
    address = f"/desk/pages/workflow/action/{page.pk}/approve/{task.pk}/"

    def too_late(sheet: Any, verdict: Any, *, by: Any, reason: str = "") -> None:
        Sheet.objects.filter(pk=sheet.pk).update(basis="半途")
        raise Refused("本件已不在审查中，请刷新页面后再看。")

    offered = [("approve", "同意", False)]
    monkeypatch.setattr("gongkai.review.steps.ReviewStep.get_actions", lambda *_: offered)
    monkeypatch.setattr("gongkai.review.actions.decide", too_late)
    head = as_user(b.unit_head)
    back = f"/desk/pages/{page.pk}/edit/"
    told = head.post(address, HTTP_REFERER=f"http://testserver{back}")
    assert (told.status_code, told.url) == (302, back)
    assert "请刷新页面后再看" in head.get(back).content.decode()
    dialog = head.post(address, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert dialog.json() == {"step": "success", "redirect": "/desk/"}
    machine = head.post(address, HTTP_ACCEPT="application/json")
    assert machine.status_code == 409 and "刷新页面" in machine.json()["error_message"]
    assert sheet_of(page).basis != "半途"


def test_reviewers_see_exactly_what_would_be_published(site, as_user):
    page, b = draft(site, "律师年度检查开始"), site.bureau
    file = store("附表".encode(), "附表.txt", agency=b.agency, by=b.editor)
    page.attachments.add(Attachment(file=file, title="附表"))
    submit_page(page, by=b.editor)
    sheet = sheet_of(page)
    head = as_user(b.unit_head)
    shown = head.get(f"/desk/review/{sheet.pk}/").content.decode()
    assert f"/desk/stored/{file.pk}/" in shown
    assert b"".join(head.get(f"/desk/stored/{file.pk}/").streaming_content).decode() == "附表"
    task = fresh(page).current_workflow_task
    look = f"/desk/pages/workflow/preview/{page.pk}/{task.pk}/"
    assert look in shown
    public = head.get(look).content.decode()
    assert "律师年度检查开始" in public and "临江市司法局门户网" in public and "附表" in public
    assert "律师年度检查开始" in head.get(f"/desk/pages/{page.pk}/view_draft/").content.decode()
    column = as_user(b.editor).get(f"/desk/pages/{site.news.pk}/view_draft/")
    assert "工作动态" in column.content.decode()


def test_withdrawing_asks_for_a_reason_and_takes_it_off(site, as_user):
    page, b = item(site), site.bureau
    office = as_user(b.information_office)
    address = f"/desk/withdraw/{page.pk}/"
    refused = office.post(address, {"reason": ""})
    assert refused.status_code == 422 and "请填写撤回理由" in refused.content.decode()
    assert as_user(b.editor).get(address).status_code == 302 and fresh(page).live
    office = as_user(b.information_office)
    assert office.post(address, {"reason": "内容有误"}).status_code == 302
    assert not fresh(page).live
    told = office.post(address, {"reason": "再撤一次"})
    assert told.status_code == 422 and "现在没有公开" in told.content.decode()


def test_roles_open_screens_by_their_posts(b):
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from wagtail.models import GroupPagePermission

    from gongkai.agencies.rules import LABELS, Role
    from gongkai.office.groups import sync_group_permissions

    assert sync_group_permissions() == 0
    for role in Role:
        group = Group.objects.get(name=LABELS[role])
        assert group.permissions.filter(codename="access_admin").exists()
    writing = GroupPagePermission.objects.values_list("group__name", flat=True)
    assert set(writing) >= {"信息编辑", "信息办"} and "分管局领导" not in set(writing)
    Group.objects.get(name="信息办").permissions.clear()
    call_command("migrate", verbosity=0)  # an upgrade may have changed duties
    assert Group.objects.get(name="信息办").permissions.filter(codename="access_admin").exists()
    assert Unit.objects.exists() and Page.objects.exists() and not Attachment.objects.exists()
