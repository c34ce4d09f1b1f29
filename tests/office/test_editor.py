"""The editor at the desk: drafts of one's own unit, previews, Word, files; what stays closed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from people import small_bureau
from PIL import Image
from small_site import draft, fresh, item
from test_reviewing import sheet_of
from wagtail.models import WorkflowState

from gongkai.catalogue.models import ItemPage
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.ledger.models import Entry
from gongkai.refusal import Refused
from gongkai.review.pages import submit_page

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(*paragraphs: str, title: str = "关于律师工作的通知") -> SimpleUploadedFile:
    document = Document()
    document.add_heading(title, 0)
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return SimpleUploadedFile("通知.docx", buffer.getvalue(), DOCX)


def editor_facts(page: ItemPage, **facts: Any) -> dict[str, Any]:
    """What the editor's form sends for an item without body or attachments."""
    told = {
        "title": page.title, "unit": page.unit_id, "document_number": "", "signed_on": "",
        "source": "", "theme": "", "genre": "", "keywords": "", "summary": "",
        "body-count": "0", "validity": "", "valid_from": "", "valid_to": "",
        "disclosure_item": "", "attribute": "proactive", "attribute_ground": "", "interprets": "",
        "attachments-TOTAL_FORMS": "0", "attachments-INITIAL_FORMS": "0",
        "attachments-MIN_NUM_FORMS": "0", "attachments-MAX_NUM_FORMS": "1000",
        "replaced_by": "", "amends": "",
        "guides-TOTAL_FORMS": "0", "guides-INITIAL_FORMS": "0",
        "guides-MIN_NUM_FORMS": "0", "guides-MAX_NUM_FORMS": "1",
        "standard_rows-TOTAL_FORMS": "0", "standard_rows-INITIAL_FORMS": "0",
        "standard_rows-MIN_NUM_FORMS": "0", "standard_rows-MAX_NUM_FORMS": "1000",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    return told | facts


def test_the_editor_shows_the_review_and_hides_what_the_gate_refuses(site, as_user):
    page, b = item(site), site.bureau
    editor = as_user(b.editor)
    shown = editor.get(f"/desk/pages/{page.pk}/edit/").content.decode()
    assert 'data-side-panel="review"' in shown and "已公开" in shown
    for act in ("publish", "unpublish", "copy", "move", "delete"):
        assert f'name="action-{act}"' not in shown and f"/{page.pk}/{act}/" not in shown
    assert "/desk/withdraw/" not in shown
    office = as_user(b.information_office).get(f"/desk/pages/{page.pk}/edit/").content.decode()
    assert f"/desk/withdraw/{page.pk}/" in office


def test_a_long_title_is_seen_whole_and_stays_one_line(site, as_user):
    page, b = draft(site), site.bureau
    editor, address = as_user(b.editor), f"/desk/pages/{page.pk}/edit/"
    assert '<textarea name="title"' in editor.get(address).content.decode()
    told = editor_facts(page, title="关于公布律师事务所\r\n 年度检查结果的通知")
    assert editor.post(address, told).status_code == 302
    saved = fresh(page).get_latest_revision_as_object()
    assert saved.title == "关于公布律师事务所年度检查结果的通知"


def test_the_editor_previews_what_is_typed(site, as_user):
    page, b = draft(site), site.bureau
    editor = as_user(b.editor)
    address = f"/desk/pages/{page.pk}/edit/preview/"
    assert editor.post(address, editor_facts(page, title="正在改的标题")).json()["is_valid"]
    assert "正在改的标题" in editor.get(address).content.decode()
    new = f"/desk/pages/add/catalogue/itempage/{site.news.pk}/preview/"
    blank = ItemPage(title="还没有保存的", unit=b.lawyers)
    assert editor.post(new, editor_facts(blank)).json()["is_valid"]
    assert "还没有保存的" in editor.get(new).content.decode()


def test_an_editor_saves_a_draft_and_submits_it(site, as_user):
    page, b = draft(site), site.bureau
    editor = as_user(b.editor)
    address = f"/desk/pages/{page.pk}/edit/"
    saved = editor.post(address, editor_facts(page, title="座谈会改期"))
    assert saved.status_code == 302, saved.content.decode()[:500]
    assert fresh(page).get_latest_revision_as_object().title == "座谈会改期"
    assert Entry.objects.filter(verb="page.edit", subject=page.subject).count() == 1
    revision = fresh(page).latest_revision_id
    again = editor_facts(page, title="座谈会再改期", overwrite_revision_id=revision)
    kept = editor.post(address, again, HTTP_ACCEPT="application/json")
    assert kept.json()["success"], kept.content
    assert fresh(page).latest_revision_id == revision
    assert Entry.objects.filter(verb="page.edit", subject=page.subject).count() == 1
    sent = editor.post(address, editor_facts(page, title="座谈会改期", **{"action-submit": "x"}))
    assert sent.status_code == 302 and sheet_of(page).title == "座谈会改期"


def test_a_refused_submission_keeps_the_text_and_saves_nothing(site, as_user):
    page, b = draft(site), site.bureau
    editor = as_user(b.editor)
    address = f"/desk/pages/{page.pk}/edit/"
    facts = editor_facts(page, title="退回的标题", **{"action-submit": "x"})
    editor.post(address, facts)
    as_user(b.unit_head).post(f"/desk/review/{sheet_of(page).pk}/do/return/", {"reason": "请改"})
    revisions = fresh(page).revisions.count()
    again = as_user(b.editor).post(address, facts)
    shown = again.content.decode()
    assert again.status_code == 200 and "已被退回或撤回，请修改后再提交" in shown
    assert "退回的标题</textarea>" in shown and fresh(page).revisions.count() == revisions
    assert fresh(page).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_a_returned_draft_starts_again_at_the_first_step(site, as_user):
    page, b = draft(site), site.bureau
    submit_page(page, by=b.editor)
    for person, act in ((b.unit_head, "approve"), (b.information_office, "return")):
        address = f"/desk/review/{sheet_of(page).pk}/do/{act}/"
        assert as_user(person).post(address, {"reason": "请改"}).status_code == 302
    facts = editor_facts(page, title="改过的标题", **{"action-submit": "x"})
    assert as_user(b.editor).post(f"/desk/pages/{page.pk}/edit/", facts).status_code == 302
    assert sheet_of(page).title == "改过的标题"
    assert fresh(page).current_workflow_task.specific.step == "unit"
    assert "改过的标题" in as_user(b.unit_head).get("/desk/").content.decode()


def test_a_draft_belongs_to_its_unit(site, as_user):
    page, b = draft(site), site.bureau
    other = small_bureau("other", "清河市司法局")
    foreign = as_user(other.editor)
    for address in ("edit/", "delete/", "history/", "view_draft/"):
        assert foreign.get(f"/desk/pages/{page.pk}/{address}").status_code == 302
    facts = editor_facts(page, title="别处来的")
    assert foreign.post(f"/desk/pages/{page.pk}/edit/", facts).status_code == 302
    assert fresh(page).get_latest_revision() is None
    column = site.news.pk
    assert foreign.get(f"/desk/pages/add/catalogue/itempage/{column}/").status_code == 302
    moved = as_user(b.editor).post(
        f"/desk/pages/{page.pk}/edit/", editor_facts(page, unit=b.office.pk)
    )
    assert moved.status_code == 200 and "unit" in moved.context["form"].errors


def test_a_new_item_is_made_in_the_editor_as_a_draft(site, as_user):
    b = site.bureau
    editor = as_user(b.editor)
    address = f"/desk/pages/add/catalogue/itempage/{site.news.pk}/"
    assert editor.get(address).status_code == 200
    blank = ItemPage(title="新的一条", unit=b.lawyers)
    made = editor.post(address, editor_facts(blank))
    assert made.status_code == 302
    page = ItemPage.objects.get(title="新的一条")
    assert not page.live and page.index_number
    assert Entry.objects.filter(verb="page.create", subject=page.subject).count() == 1


def test_wagtails_own_publishing_and_moving_stay_closed(site, as_user):
    page, b = item(site), site.bureau
    for person in (b.editor, b.information_office, b.superuser):
        client = as_user(person)
        client.post(f"/desk/pages/{page.pk}/unpublish/")
        client.post(f"/desk/pages/{page.pk}/delete/")
        client.post(f"/desk/pages/{page.pk}/move/{site.policy.pk}/confirm/")
        client.post(f"/desk/pages/{page.pk}/copy/", {"new_title": "x", "new_slug": "x"})
        bulk = client.post(f"/desk/bulk/wagtailcore/page/unpublish/?id={page.pk}")
        assert bulk.status_code == 404
    now = fresh(page)
    assert now.live and now.get_parent().pk == site.news.pk
    assert ItemPage.objects.count() == 1


@pytest.mark.parametrize("part", ["users", "groups", "sites", "collections", "workflows/list"])
def test_generic_forms_that_go_round_the_actions_are_closed(site, as_user, part):
    assert as_user(site.bureau.superuser).get(f"/desk/{part}/").status_code == 404


def test_a_word_file_becomes_a_draft_and_what_was_left_out_is_told(site, as_user):
    b = site.bureau
    editor = as_user(b.editor)
    assert "工作动态" in editor.get("/desk/word/").content.decode()
    document = word("各区县司法局：", "现将有关事项通知如下。")
    facts = {"column": site.news.pk, "unit": b.lawyers.pk, "file": document, "keep": "on"}
    made = editor.post("/desk/word/", facts)
    page = ItemPage.objects.get()
    assert made.url == f"/desk/pages/{page.pk}/edit/" and not page.live
    assert page.title == "关于律师工作的通知" and "现将有关事项" in page.body_text
    assert page.attachments.get().file.name == "通知.docx"
    told = editor.get(made.url).content.decode()
    assert f"索引号 {page.index_number}" in told


def test_pictures_of_a_word_file_ask_for_words_before_the_review(site, as_user):
    b = site.bureau
    document, drawn = Document(), io.BytesIO()
    document.add_heading("座谈会召开", 0)
    document.add_paragraph("会议在律师协会召开。")
    Image.new("RGB", (8, 8), "#0b4f8a").save(drawn, "PNG")
    for _ in range(2):
        drawn.seek(0)
        document.add_picture(drawn)
    buffer = io.BytesIO()
    document.save(buffer)
    upload = SimpleUploadedFile("座谈会.docx", buffer.getvalue(), DOCX)
    facts = {"column": site.news.pk, "unit": b.lawyers.pk, "file": upload}
    told = as_user(b.editor).post("/desk/word/", facts, follow=True).content.decode()
    assert "2 幅图片已移到“附件”" in told
    page = ItemPage.objects.get()
    assert [a.is_picture for a in page.attachments.all()] == [False, True]
    with pytest.raises(Refused, match=r"待补充|没有文字说明"):
        submit_page(page, by=b.editor)


def test_the_preview_is_offered_in_the_width_of_a_phone(site, as_user):
    shown = as_user(site.bureau.editor).get(f"/desk/pages/{draft(site).pk}/edit/").content.decode()
    assert 'data-device-width="375"' in shown


def test_a_title_of_two_hundred_signs_is_kept_whole(site, as_user):
    page, long = draft(site), "关于印发公共法律服务体系建设实施方案的通知" * 10
    address = f"/desk/pages/{page.pk}/edit/"
    title = long[:200]
    assert (
        as_user(site.bureau.editor).post(address, editor_facts(page, title=title)).status_code
        == 302
    )
    assert fresh(page).get_latest_revision_as_object().title == title


def test_a_file_that_is_no_word_document_is_refused_with_what_to_do(site, as_user):
    b = site.bureau
    false = SimpleUploadedFile("通知.docx", b"not a zip", DOCX)
    old = SimpleUploadedFile("通知.doc", b"x", "application/msword")
    for file, told in ((false, "另存为 .docx"), (old, "请选择 .docx 文件")):
        facts = {"column": site.news.pk, "unit": b.lawyers.pk, "file": file}
        refused = as_user(b.editor).post("/desk/word/", facts)
        shown = refused.content.decode()
        assert refused.status_code == 422 and told in shown
        assert f'<option value="{site.news.pk}" selected>' in shown
    assert not ItemPage.objects.exists()
    assert as_user(b.supervisor).get("/desk/word/").status_code == 302


def test_the_attachment_field_chooses_and_uploads_files_of_the_organ(site, as_user):
    b = site.bureau
    page = draft(site)
    own = store(b"%PDF-1.4 own", "附表.pdf", agency=b.agency, by=b.editor)
    foreign = store(b"%PDF-1.4 other", "外单位.pdf", agency=small_bureau("other", "清河").agency)
    editor = as_user(b.editor)
    shown = editor.get(f"/desk/pages/{page.pk}/edit/").content.decode()
    assert "选择或上传文件" in shown
    chooser = editor.get("/desk/stored_files/").json()["html"]
    assert "附表.pdf" in chooser and "外单位.pdf" not in chooser
    assert (
        editor.get(f"/desk/stored_files/chosen/{own.pk}/").json()["result"]["title"] == "附表.pdf"
    )
    assert editor.get(f"/desk/stored_files/chosen/{foreign.pk}/").status_code == 404
    upload = SimpleUploadedFile("新附件.txt", "表格说明".encode(), "text/plain")
    made = editor.post("/desk/stored_files/create/", {"stored-file-upload-file": upload}).json()
    kept = StoredFile.objects.get(pk=made["result"]["id"])
    assert kept.agency == b.agency and kept.state == StoredFile.State.PRIVATE
    false = SimpleUploadedFile("新附件.pdf", "表格说明".encode(), "application/pdf")
    refused = editor.post("/desk/stored_files/create/", {"stored-file-upload-file": false}).json()
    assert "内容与扩展名不符" in refused["htmlFragment"]


def test_letters_and_enclosures_of_cases_are_not_offered_as_attachments(site, as_user):
    from test_cases import application

    from gongkai.applications import actions

    b = site.bureau
    case = application(b)
    actions.register(case, by=b.information_office)
    letter = case.letters.get()
    editor = as_user(b.editor)
    assert letter.file.name not in editor.get("/desk/stored_files/").json()["html"]
    assert editor.get(f"/desk/stored_files/chosen/{letter.file.pk}/").status_code == 404
    assert editor.get(f"/desk/stored/{letter.file.pk}/").status_code == 404
