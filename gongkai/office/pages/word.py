"""从 Word 导入: a document becomes a draft, and the editor is told what was left out."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.agencies.models import Unit, User
from gongkai.agencies.rules import Duty
from gongkai.catalogue.actions import create_draft
from gongkai.catalogue.models import ColumnPage, ItemPage
from gongkai.catalogue.rules import ColumnKind
from gongkai.files.actions import store
from gongkai.imports.word import Imported, read_docx
from gongkai.office.access import agencies_with, agency_with, units_with
from gongkai.office.acting import Act, ActForm, Facts
from gongkai.office.frame import DeskPage
from gongkai.refusal import Refused

_WITHOUT_ITEMS = (ColumnKind.SECTION.value, ColumnKind.LINKS.value, ColumnKind.FORMS.value)


class ColumnChoice(forms.ModelChoiceField):
    """A column with its path: the name alone says too little."""

    titles: dict[str, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        steps = [obj.path[:end] for end in range(12, len(obj.path) + 1, 4)]
        return " > ".join(self.titles.get(path, "") for path in steps)


class WordForm(ActForm):
    column = ColumnChoice(ColumnPage.objects.none(), label="栏目", empty_label="请选择")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任处室", empty_label=None)
    file = forms.FileField(label="Word 文件（.docx）")
    keep = forms.BooleanField(label="同时把原文件作为附件公开", required=False)

    def prepare(self) -> None:
        columns = ColumnPage.objects.filter(
            unit__agency__in=agencies_with(self.user, Duty.ITEM_WRITE)
        ).exclude(kind__in=_WITHOUT_ITEMS)
        field: Any = self.fields["column"]
        field.queryset = columns.order_by("path")
        field.titles = dict(ColumnPage.objects.values_list("path", "title"))
        units = units_with(self.user, Duty.ITEM_WRITE)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ".docx"


@transaction.atomic
def draft_from(user: User, facts: Facts) -> tuple[ItemPage, Imported]:
    """The draft that the document gives, and what was left out; all or nothing."""
    upload, unit = facts["file"], facts["unit"]
    if not upload.name.lower().endswith(".docx"):
        raise Refused("请选择 .docx 文件；旧的 .doc 请用 Word 或 WPS 另存为 .docx。", field="file")
    content = upload.read()
    found = read_docx(content)
    keep = partial(store, agency=unit.agency, by=user)
    kept = [(keep(content, upload.name), "")] if facts["keep"] else []
    drawn = [(keep(p.content, p.name), p.alt) for p in found.pictures]
    # A page shows one picture; the words that are wanted keep the draft from its review.
    kept += [(file, alt or f"图片{n}（待补充）") for n, (file, alt) in enumerate(drawn[1:], 2)]
    title = found.title or upload.name.rpartition(".")[0]
    item = create_draft(
        facts["column"], by=user, title=title, unit=unit, body=found.blocks, attachments=kept,
        pictures=drawn[:1],
    )  # fmt: skip
    return item, found


class WordPage(DeskPage):
    """Column, unit and file; then the editor."""

    template_name = "office/act.html"
    header_icon = "upload"
    page_title = "从 Word 导入"
    act = Act(
        key="word", label="从 Word 导入", form=WordForm, button="导入并打开编辑",
        do=lambda a, u, f: draft_from(u, f), may=lambda a, u: True,
        warning="导入的是草稿；编号按文档写入正文，图片移到附件。请核对后提交审查。",
    )  # fmt: skip

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.act.bound(request, agency_with(self.user, Duty.ITEM_WRITE))
        return self.show(act=self.act, form=form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.act.bound(request, agency_with(self.user, Duty.ITEM_WRITE))
        done = self.act.attempt(request, form)
        if done is None:
            return self.show(status=422, act=self.act, form=form)
        assert isinstance(done.result, tuple)
        item, found = done.result
        for sentence in found.dropped:
            messages.warning(request, sentence)
        self.tell(f"已导入为草稿，索引号 {item.index_number}。请核对后提交审查。")
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[item.pk]))
