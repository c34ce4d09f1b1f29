"""Choosing and uploading attachments in the editor; downloading the organ's own files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import View
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from gongkai.agencies.rules import Duty
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.files.rules import readable_size
from gongkai.office import downloads
from gongkai.office.access import agencies_with, agency_with, files_for, me
from gongkai.refusal import Refused


class UploadForm(forms.Form):
    """Takes one file and keeps it private; the store says what is wrong with it."""

    prefix = "stored-file-upload"
    file = forms.FileField(
        label="文件",
        error_messages={"required": "请选择文件。", "empty": "这是空文件，请重新选择。"},
    )


class FileFilter(SearchFilterMixin, BaseFilterForm):
    """Search in names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = "搜索文件名"

    def filter(self, objects: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return objects.filter(name__icontains=words)


class OwnFiles:
    """Lists the organ's own files only; who writes items may add one."""

    request: Any
    filter_form_class = FileFilter

    def get_object_list(self) -> QuerySet[StoredFile]:
        return files_for(me(self.request))

    def can_create(self) -> bool:
        return bool(agencies_with(me(self.request), Duty.ITEM_WRITE))

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("size", label="大小", accessor=lambda f: readable_size(f.size)),
            Column("state", label="状态", accessor="get_state_display"),
            Column("stored_at", label="上传时间", accessor=lambda f: f.stored_at.date()),
        ]


class ChooseView(OwnFiles, chooser.ChooseView):
    pass


class ChooseResultsView(OwnFiles, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.ChosenView):
    def get_object(self, pk: Any) -> StoredFile:
        if not str(pk).isdigit():
            raise Http404
        return files_for(me(self.request)).get(pk=pk)


class ChosenMultipleView(chooser.ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> QuerySet[StoredFile]:
        return files_for(me(self.request)).filter(pk__in=[p for p in pks if p.isdigit()])


class CreateView(OwnFiles, chooser.CreateView):
    """Uploads through the one action that keeps files."""

    def post(self, request: Any) -> Any:
        self.form = self.get_creation_form()
        if self.form.is_valid():
            upload = self.form.cleaned_data["file"]
            user = me(request)
            try:
                file = store(
                    upload.read(), upload.name, by=user, agency=agency_with(user, Duty.ITEM_WRITE)
                )
            except Refused as refusal:
                self.form.add_error("file", refusal.message)
            else:
                return self.get_chosen_response(file)
        return self.get_reshow_creation_form_response()


class FileChooser(BaseChooser):
    """An attachment: its name stands in the field, and opens nothing."""

    show_edit_link = False
    clear_choice_text = "取消选择"


class FileChooserViewSet(ChooserViewSet):
    """Registered as the widget of every field that points to a stored file."""

    name = "stored_files"
    model = StoredFile
    icon = "doc-full"
    choose_one_text = "选择或上传文件"
    choose_another_text = "换一个文件"
    edit_item_text = "查看"
    page_title = "选择文件"
    search_tab_label = "已上传的文件"
    creation_tab_label = "上传新文件"
    create_action_label = "上传"
    create_action_clicked_label = "正在上传……"
    creation_form_class = UploadForm
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    create_view_class = CreateView
    base_widget_class = FileChooser


class FileDownload(View):
    """One of the organ's own files."""

    def get(self, request: Any, pk: int) -> Any:
        return downloads.stored(get_object_or_404(files_for(me(request)), pk=pk))
