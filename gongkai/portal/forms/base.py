"""What all public forms share: a refusal of an action becomes an error beside its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict

from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.refusal import Refused

_SALT = "portal.kept-files"


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Several files; each is judged by the store."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFiles, self).clean(file, initial) for file in files]


class LongText(forms.CharField):
    """Lines end with one character, as people count; a browser sends two."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class PublicForm(forms.Form):
    """A form that shows refusals where they belong."""

    def refuse(self, refusal: Refused) -> None:
        """Say a refusal beside its field, or on top when it has none here."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.message)


class WithFiles(PublicForm):
    """A form with attachments: what was uploaded stays uploaded when something else is wrong."""

    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    def stored_files(self, accept: frozenset[str]) -> list[StoredFile]:
        """The files of this and of earlier attempts; new ones are stored now (private)."""
        files = self._earlier()
        for upload in self.cleaned_data.get("files") or []:
            files.append(store(upload.read(), upload.name, accept=accept))
        told = QueryDict(mutable=True)
        told.update(self.data)
        told["kept"] = signing.dumps([file.pk for file in files], salt=_SALT)
        self.data = told
        if files:
            names = "、".join(file.name for file in files)
            self.fields["files"].help_text = f"已上传：{names}。可以继续添加。"
            # The bound field took its help text when the form was validated.
            vars(self)["_bound_fields_cache"].pop("files", None)
        return files

    def _earlier(self) -> list[StoredFile]:
        try:
            keys = signing.loads(self.data.get("kept") or "", salt=_SALT, max_age=86400)
        except signing.BadSignature:
            return []
        return list(StoredFile.objects.filter(pk__in=keys, stored_by=None))
