"""What takes long is done by the worker: the page says how far it is, and may be left."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from docx import Document
from small_site import draft, fresh

from gongkai import clock
from gongkai.catalogue.models import Attachment
from gongkai.files.actions import store
from gongkai.office.review.shown import page_of
from gongkai.refusal import Refused
from gongkai.review import tasks
from gongkai.review.actions import ask_for, keep_work
from gongkai.review.models import FileWork, Sheet
from gongkai.review.pages import submit_page
from gongkai.review.queries import STANDS_STILL_AFTER

BUSY = 'http-equiv="refresh"'


@pytest.fixture
def sheet(site, monkeypatch) -> Sheet:
    """One submission with a Word file that counts as large, and a worker that is not there."""
    document = Document()
    document.add_paragraph("联系人手机13800001234")
    document.core_properties.author = "王某"
    buffer = io.BytesIO()
    document.save(buffer)
    b = site.bureau
    file = store(buffer.getvalue(), "通知.docx", agency=b.agency, by=b.editor)
    page = draft(site)
    page.attachments.add(Attachment(file=file, title=file.name))
    submit_page(page, by=b.editor)
    monkeypatch.setattr("gongkai.review.rules.BYTES_AT_ONCE", 10)
    monkeypatch.setattr(type(tasks.work_on_file), "enqueue", lambda *_, **__: None)
    return Sheet.objects.get(subject=page.subject)


def newest(sheet: Sheet):
    """The page's newest draft."""
    return fresh(page_of(sheet)).get_latest_revision_as_object()


def attachment(sheet: Sheet):
    return newest(sheet).attachments.get().file


def read(client, sheet: Sheet, rest: str = "") -> str:
    return client.get(f"/desk/review/{sheet.pk}/{rest}").content.decode()


def clean(client, sheet: Sheet):
    file = attachment(sheet)
    return client.post(f"/desk/review/{sheet.pk}/do/clean/", {"file": file.pk}, follow=True)


def test_a_clean_copy_is_made_by_the_worker(site, as_user, sheet):
    editor = as_user(site.bureau.editor)
    asked = clean(editor, sheet).content.decode()
    assert "正在后台生成干净副本" in asked and BUSY in asked and "<progress" in asked
    work = FileWork.objects.get()
    assert tasks.work_on_file.func(work.pk) and not tasks.work_on_file.func(work.pk)
    done = read(editor, sheet)
    assert BUSY not in done and "已用干净副本替换“通知.docx”" in done
    copy = attachment(sheet)
    assert copy != work.file and "王某".encode() not in copy.read()


def test_what_the_worker_cannot_do_is_told_to_who_asked(site, as_user, sheet):
    editor = as_user(site.bureau.editor)
    clean(editor, sheet)
    work = FileWork.objects.get()
    draft_page = newest(sheet)
    draft_page.attachments.set([])
    draft_page.save_revision()
    tasks.work_on_file.func(work.pk)
    assert "草稿里已没有这份附件" in read(editor, sheet)
    assert FileWork.objects.get().refused


def test_the_words_of_a_large_file_are_read_by_the_worker(site, as_user, sheet):
    head, file = as_user(site.bureau.unit_head), attachment(sheet)
    address = f"files/{file.pk}/"
    for _ in range(2):
        shown = read(head, sheet, address)
        assert BUSY in shown and "正在读出文字" in shown
    tasks.work_on_file.func(FileWork.objects.get().pk)
    shown = read(head, sheet, address)
    assert BUSY not in shown and "138****1234" in shown and "13800001234" not in shown


def test_work_is_asked_for_once_and_again_when_the_worker_died(site, sheet):
    b, file = site.bureau, attachment(sheet)
    work = ask_for(FileWork.Kind.WORDS, sheet, file, by=b.editor)
    with pytest.raises(Refused, match="请稍候"):
        ask_for(FileWork.Kind.WORDS, sheet, file, by=b.editor)
    later = clock.now() + STANDS_STILL_AFTER + timedelta(seconds=1)
    with clock.set_to(later):
        assert ask_for(FileWork.Kind.WORDS, sheet, file, by=b.editor).pk == work.pk
    keep_work(work, words="第一次")
    keep_work(work, words="第二次")
    assert FileWork.objects.get().words == "第一次"
    other = store(b"else", "else.txt", agency=b.agency, by=b.editor)
    with pytest.raises(Refused, match="不在本件里"):
        ask_for(FileWork.Kind.WORDS, sheet, other, by=b.editor)


def test_words_are_not_kept_longer_than_they_are_needed(site, sheet):
    b, file = site.bureau, attachment(sheet)
    work = ask_for(FileWork.Kind.WORDS, sheet, file, by=b.editor)
    keep_work(work, words="会议讨论了工作。")
    with clock.set_to(clock.now() + timedelta(days=2)):
        ask_for(FileWork.Kind.COPY, sheet, file, by=b.editor)
    assert [w.kind for w in FileWork.objects.all()] == ["copy"]
