"""What the person who draws fills in. Every form works without a mouse and without script."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.files.models import Redaction
from gongkai.files.queries import grounds_for
from gongkai.office.acting import ActForm, LongText
from gongkai.screening.redaction import Box

_SIDES = (("left", "左边距"), ("top", "上边距"), ("width", "宽度"), ("height", "高度"))


class RedactionForm(ActForm):
    """Several forms stand on one page: each has ids of its own."""

    key = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.key}-%s")
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        redaction: Redaction = self.subject
        if "ground" in self.fields:
            labels = grounds_for(redaction.law)
            field: Any = self.fields["ground"]
            field.choices = [("", "请选择"), *((key, g.label) for key, g in labels.items())]


class UploadForm(ActForm):
    """The original of what was asked for, when it did not come with the case."""

    file: Any = forms.FileField(
        label="上传要公开的原件", help_text="PDF或图片，不超过20 MB。Word等文件请先另存为PDF。",
        error_messages={"required": "请选择文件。", "empty": "这是空文件，请重新选择。"},
    )  # fmt: skip


class BoxForm(RedactionForm):
    """One box by its numbers, and those that were drawn on the picture."""

    key = "box"
    drawn = forms.CharField(required=False, widget=forms.HiddenInput)
    ground: Any = forms.ChoiceField(label="不予公开的理由")
    page = forms.IntegerField(label="页码")
    left = forms.FloatField(label="左边距（%）", required=False)
    top = forms.FloatField(label="上边距（%）", required=False)
    width = forms.FloatField(label="宽度（%）", required=False)
    height = forms.FloatField(label="高度（%）", required=False)

    def prepare(self) -> None:
        super().prepare()
        for name, _ in _SIDES:
            field: Any = self.fields[name]
            field.error_messages["invalid"] = "请填写数字，例如 12.5。"
            field.widget.attrs.update({"step": "any", "inputmode": "decimal"})

    def clean(self) -> dict[str, Any]:
        """All boxes as one list under ``boxes``; a number that is missing is said at its field."""
        facts: dict[str, Any] = super().clean() or {}
        if self.errors:
            return facts
        boxes = self._drawn(facts)
        typed = [facts.get(name) for name, _ in _SIDES]
        if any(value is not None for value in typed) or not boxes:
            for (name, label), value in zip(_SIDES, typed, strict=True):
                if value is None:
                    self.add_error(name, f"请填写{label}，或在页面图像上画框。")
            if not self.errors:
                left, top, width, height = (float(value or 0) for value in typed)
                boxes.append(Box(facts["page"], left, top, width, height, facts["ground"]))
        return {**facts, "boxes": boxes}

    def _drawn(self, facts: dict[str, Any]) -> list[Box]:
        """``page left top width height`` for each box, with semicolons between."""
        boxes = []
        for row in (facts.get("drawn") or "").split(";"):
            parts = row.split()
            if not parts:
                continue
            try:
                page, numbers = int(parts[0]), [float(part) for part in parts[1:]]
            except ValueError:
                numbers = []
            if len(numbers) != len(_SIDES):
                self.add_error(None, "画的方框没有传全，请重新画。")
                return []
            left, top, width, height = numbers
            boxes.append(Box(page, left, top, width, height, facts["ground"]))
        return boxes


class PhraseForm(RedactionForm):
    """A name or number, wherever it stands."""

    key = "phrase"
    phrase = forms.CharField(
        label="要遮盖的词语", max_length=100, help_text="例如姓名、号码。全文每一处都会加上方框。"
    )
    ground: Any = forms.ChoiceField(label="不予公开的理由")


class FindingsForm(RedactionForm):
    """Nothing to fill in: the grounds follow what is found."""

    key = "findings"


class RemoveForm(RedactionForm):
    """Boxes by their number; the boxes to tick stand in the table."""

    key = "remove"
    boxes: Any = forms.MultipleChoiceField(label="方框", required=False)

    def prepare(self) -> None:
        numbers = self.subject.boxes.values_list("pk", flat=True)
        field: Any = self.fields["boxes"]
        field.choices = [(str(number), str(number)) for number in numbers]


class AgainForm(RedactionForm):
    """A word that is still visible: box it too."""

    key = "again"
    word = forms.CharField(widget=forms.HiddenInput)
    ground: Any = forms.ChoiceField(label="不予公开的理由")


class KeepForm(RedactionForm):
    """A word that is still visible: why it may stay."""

    key = "keep"
    word = forms.CharField(widget=forms.HiddenInput)
    reason = LongText(label="别处可以保留的理由", rows=2, max_length=300)


class MakeForm(RedactionForm):
    """Nothing to fill in."""

    key = "make"
