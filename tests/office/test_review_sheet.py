"""The sheet at the desk: lamp, doubts, masking, withdrawal, long screenings, files."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from docx import Document
from small_site import approve, draft, fresh, item

from gongkai import clock
from gongkai.catalogue.models import Attachment
from gongkai.clock import SHANGHAI
from gongkai.files.actions import store
from gongkai.refusal import Refused
from gongkai.review import tasks
from gongkai.review.actions import keep_screened_file
from gongkai.review.models import Referral, Screening, ScreeningRun, Sheet
from gongkai.review.pages import submit_page
from gongkai.review.rules import BYTES_AT_ONCE, FILES_AT_ONCE, screens_later

BAD = [("text", "<p>联系人手机13800001234，身份证号990101199001010019。</p>")]


def submitted(site, files=(), **facts):
    page = draft(site, **facts)
    for file in files:
        page.attachments.add(Attachment(file=file, title=file.name))
    submit_page(page, by=site.bureau.editor)
    return fresh(page), Sheet.objects.get(subject=page.subject)


def at(sheet: Sheet, act: str = "") -> str:
    return f"/desk/review/{sheet.pk}/" + (f"do/{act}/" if act else "")


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_lamp_stands_in_the_list_and_on_the_sheet(site, as_user):
    _, sheet = submitted(site)
    head = as_user(site.bureau.unit_head)
    for address in ("/desk/", at(sheet)):
        assert "剩3个工作日" in read(head, address) and "2026-03-05" in read(head, address)
    with clock.set_to(datetime(2026, 3, 9, 9, tzinfo=SHANGHAI)):
        head = as_user(site.bureau.unit_head)
        assert "逾期2个工作日" in read(head, "/desk/") and "逾期2个工作日" in read(head, at(sheet))


def test_the_question_to_the_secrecy_administration_is_asked_and_answered_here(site, as_user):
    page, sheet = submitted(site)
    b = site.bureau
    reviewer = as_user(b.confidentiality)
    refused = reviewer.post(at(sheet, "refer"), {"question": "", "to": "市国家保密局"})
    assert refused.status_code == 422 and "请填写拿不准的问题" in refused.content.decode()
    facts = {"question": "第二段拿不准", "to": "市国家保密局"}
    assert reviewer.post(at(sheet, "refer"), facts).status_code == 302
    for person in (b.editor, b.information_office):
        shown = read(as_user(person), at(sheet))
        assert "第二段拿不准" in shown and "2026-03-16" in shown and "暂停计时" in shown
    head = as_user(b.unit_head)
    assert head.post(at(sheet, "approve"), {"reason": ""}).status_code == 422
    answer = {"outcome": "withheld", "answer": "属于秘密", "document": "国保〔2026〕3号"}
    assert head.post(at(sheet, "answer"), answer).status_code == 302
    assert Referral.objects.get().bars
    assert fresh(page).current_workflow_state.status == "needs_changes"
    paper = read(head, f"/desk/review/{sheet.pk}/print/")
    assert "国保〔2026〕3号" in paper and "属于秘密" in paper
    assert "属于秘密" in read(as_user(b.editor), "/desk/")


def test_a_former_secret_is_entered_looked_at_again_and_printed(site, as_user):
    _, sheet = submitted(site)
    b = site.bureau
    facts = {
        "level": "low", "organ": "市司法局", "declassified_on": "2025-01-01",
        "document": "临司解〔2025〕1号",
    }  # fmt: skip
    assert as_user(b.editor).post(at(sheet, "former"), facts).status_code == 302
    head = as_user(b.unit_head)
    assert head.post(at(sheet, "retract"), {"reason": "登错了稿件"}).status_code == 302
    assert as_user(b.editor).post(at(sheet, "former"), facts).status_code == 302
    head = as_user(b.unit_head)
    assert head.post(at(sheet, "approve"), {"reason": ""}).status_code == 422
    assert "复核解密情况" in read(head, at(sheet))
    assert head.post(at(sheet, "again"), {"opinion": "属实"}).status_code == 302
    assert head.post(at(sheet, "approve"), {"reason": ""}).status_code == 302
    assert "临司解〔2025〕1号" in read(head, f"/desk/review/{sheet.pk}/print/")


def test_one_click_masks_and_the_text_stands_beside_its_findings(site, as_user):
    page, sheet = submitted(site, body=BAD)
    b = site.bureau
    editor = as_user(b.editor)
    shown = read(editor, at(sheet))
    assert "13800001234" not in shown and "<mark" in shown and "一键遮盖" not in shown
    assert "按规则遮盖并存为新草稿" in shown
    assert "按规则遮盖并存为新草稿" not in read(as_user(b.unit_head), at(sheet))
    assert as_user(b.unit_head).post(at(sheet, "mask")).status_code == 422
    assert as_user(b.editor).post(at(sheet, "mask")).status_code == 302
    assert "138****1234" in fresh(page).get_latest_revision_as_object().body_text


def test_a_draft_is_masked_from_the_editor_before_it_is_submitted(site, as_user):
    page, b = draft(site, body=BAD), site.bureau
    editor, mask = as_user(b.editor), f"/desk/draft/{page.pk}/mask/"
    shown = read(editor, f"/desk/pages/{page.pk}/edit/")
    panel = shown[shown.index("已保存草稿的提示") :]
    assert mask in panel and "990**" in panel and "990101199001010019" not in panel[:3000]
    assert as_user(b.information_office).get(mask).status_code == 200
    assert as_user(b.supervisor).get(mask).status_code == 302  # to the first page
    editor = as_user(b.editor)
    assert editor.post(mask).status_code == 302
    masked = fresh(page).get_latest_revision_as_object().body_text
    assert "138****1234" in masked and "990101199001010019" not in masked
    assert "已保存草稿的提示" not in read(editor, f"/desk/pages/{page.pk}/edit/")
    again = editor.post(mask)
    assert again.status_code == 422 and "没有可以按规则遮盖" in again.content.decode()
    submit_page(fresh(page).get_latest_revision_as_object(), by=b.editor)


def test_the_drafter_takes_back_and_the_leader_withdraws_on_the_sheet(site, as_user):
    b = site.bureau
    _, sheet = submitted(site)
    assert "收回修改" in read(as_user(b.editor), at(sheet))
    assert "收回修改" not in read(as_user(b.unit_head), at(sheet))
    assert as_user(b.editor).post(at(sheet, "take_back")).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == Sheet.State.RETURNED
    public = item(site, "另一件")
    sheet = Sheet.objects.get(subject=public.subject)
    leader = as_user(b.leader)
    assert "撤回理由" in read(leader, at(sheet))
    assert leader.post(at(sheet, "withdraw"), {"reason": ""}).status_code == 422
    assert leader.post(at(sheet, "withdraw"), {"reason": "有误"}).status_code == 302
    assert not fresh(public).live
    assert "撤回理由" not in read(as_user(b.leader), at(sheet))


def test_many_files_are_screened_in_the_worker_and_nobody_approves_before(
    site, as_user, monkeypatch
):
    monkeypatch.setattr(type(tasks.screen_files), "enqueue", lambda *_, **__: None)
    b = site.bureau
    texts = [f"附表{n} 手机13800001234" for n in range(FILES_AT_ONCE + 1)]
    files = [store(t.encode(), f"{n}.txt", agency=b.agency, by=b.editor)
             for n, t in enumerate(texts)]  # fmt: skip
    page, sheet = submitted(site, files)
    shown = read(as_user(b.unit_head), at(sheet))
    assert f"正在筛查 0/{len(files)}" in shown and 'http-equiv="refresh"' in shown
    with pytest.raises(Refused, match="机器筛查还在进行"):
        approve(page, b.unit_head)
    keep_screened_file(sheet, 0, "clean", [])
    assert keep_screened_file(sheet, 0, "block", []) is None  # a second worker counts nothing
    assert f"正在筛查 1/{len(files)}" in read(as_user(b.unit_head), at(sheet))
    assert tasks.screen_files.func(sheet.pk) == len(files) - 1
    assert ScreeningRun.objects.get().ended_at and Screening.objects.count() >= 1
    shown = read(as_user(b.unit_head), at(sheet))
    assert 'http-equiv="refresh"' not in shown and "正在筛查" not in shown
    found = sheet.screenings.first().findings
    assert len({f["file"] for f in found}) == len(files) - 1
    with pytest.raises(Refused, match="提示未处理"):
        approve(page, b.unit_head)


def test_a_screening_that_stands_still_goes_on_by_a_button(site, as_user, monkeypatch):
    monkeypatch.setattr(type(tasks.screen_files), "enqueue", lambda *_, **__: None)
    b = site.bureau
    files = [store(f"附表{n}".encode(), f"{n}.txt", agency=b.agency) for n in range(5)]
    _, sheet = submitted(site, files)
    assert as_user(b.editor).post(at(sheet, "screen_again")).status_code == 422
    with clock.set_to(datetime(2026, 3, 2, 10, 30, tzinfo=SHANGHAI)):
        editor = as_user(b.editor)
        assert "继续筛查" in read(editor, at(sheet))
        assert editor.post(at(sheet, "screen_again")).status_code == 302


def test_where_scanned_pages_are_read_every_file_goes_to_the_worker(site, monkeypatch):
    monkeypatch.setattr(type(tasks.screen_files), "enqueue", lambda *_, **__: None)
    monkeypatch.setattr("gongkai.screening.ocr.available", lambda: True)
    file = store("附表".encode(), "附表.txt", agency=site.bureau.agency, by=site.bureau.editor)
    _, sheet = submitted(site, [file])
    assert ScreeningRun.objects.get(sheet=sheet).ended_at is None
    _, sheet = submitted(site, title="没有附件的一件")
    assert not ScreeningRun.objects.filter(sheet=sheet).exists()


def test_small_submissions_are_screened_at_once() -> None:
    assert not screens_later([BYTES_AT_ONCE])
    assert screens_later([BYTES_AT_ONCE, 1]) and screens_later([1] * (FILES_AT_ONCE + 1))


def test_a_file_is_read_beside_its_findings(site, as_user):
    b = site.bureau
    file = store("名单\n手机13800001234".encode(), "名单.txt", agency=b.agency, by=b.editor)
    _, sheet = submitted(site, [file])
    address = f"/desk/review/{sheet.pk}/files/{file.pk}/"
    head = as_user(b.unit_head)
    assert address in read(head, at(sheet))
    shown = read(head, address)
    assert "138****1234" in shown and "13800001234" not in shown and "本附件的提示（1）" in shown
    assert as_user(b.network_security).get(address).status_code in {302, 404}


def test_a_clean_copy_takes_the_place_of_a_file(site, as_user):
    b = site.bureau
    file = store(commented_word(), "通知.docx", agency=b.agency, by=b.editor)
    page, sheet = submitted(site, [file])
    shown = read(as_user(b.editor), at(sheet))
    assert "附件换成干净副本" in shown and "按规则遮盖并存" not in shown
    assert as_user(b.unit_head).post(at(sheet, "clean"), {"file": file.pk}).status_code == 422
    done = as_user(b.editor).post(at(sheet, "clean"), {"file": file.pk}, follow=True)
    assert "已用干净副本替换" in done.content.decode() and "去掉的内容" in done.content.decode()
    copy = fresh(page).get_latest_revision_as_object().attachments.get().file
    assert copy.sha256 != file.sha256 and copy.state == "private"
    with zipfile.ZipFile(io.BytesIO(copy.read())) as package:
        kept = b"".join(package.read(name) for name in package.namelist())
    assert "王某".encode() not in kept
    assert Sheet.objects.get(pk=sheet.pk).state == Sheet.State.RETURNED
    again = fresh(page).get_latest_revision_as_object()
    submit_page(again, by=b.editor)
    assert Sheet.objects.filter(subject=page.subject).latest("pk").files == [copy.sha256]


def commented_word() -> bytes:
    """A letter whose properties name its author."""
    document = Document()
    document.add_paragraph("关于律师工作的通知")
    document.core_properties.author = "王某"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_the_masking_rule_is_set_at_the_desk(site, as_user):
    b = site.bureau
    office = as_user(b.information_office)
    refused = office.post("/desk/masking/", {"id_first": "8", "id_last": "0"})
    assert refused.status_code == 422 and "出生日期" in refused.content.decode()
    assert office.post("/desk/masking/", {"id_first": "2", "id_last": "2"}).status_code == 302
    assert b.agency.masking_rule.id_first == 2
    assert as_user(b.editor).get("/desk/masking/").status_code in {302, 403}


def test_the_hands_of_a_release_ask_for_few_queries(site, django_assert_max_num_queries):
    """Most of them are Wagtail's own; ours must not grow."""
    page, _ = submitted(site)
    with django_assert_max_num_queries(80):
        approve(page, site.bureau.unit_head)
    with django_assert_max_num_queries(180):
        assert approve(page, site.bureau.information_office).live
