"""The form of a reply to an application: the tree of outcomes is the law's own list."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.applications.rules import by_reply
from gongkai.cases.models import Case
from gongkai.files.models import StoredFile
from gongkai.files.queries import results_about
from gongkai.office.acting import ActForm, LongText, SeveralFiles
from gongkai.statute import GROUPS, Law, grounds, law_for, outcomes

Groups = list[tuple[str, list[tuple[str, str]]]]


def outcome_tree() -> Groups:
    """The results that a reply can have, in the groups of the annual report."""
    tree: dict[str, list[tuple[str, str]]] = {}
    for found in outcomes():
        if by_reply(found.code):
            label = f"{found.code} {found.label}"
            tree.setdefault(GROUPS[found.group], []).append((found.code, label))
    return list(tree.items())


def grounds_tree(law: Law) -> Groups:
    """The grounds for withholding under the law of the case, by the result that they lead to."""
    labels = {found.code: found.label for found in outcomes()}
    tree: dict[str, list[tuple[str, str]]] = {}
    for ground in grounds(law.id):
        label = f"{ground.label}（{ground.article}）"
        tree.setdefault(labels[ground.outcome], []).append((ground.key, label))
    return list(tree.items())


class ReplyForm(ActForm):
    """拟稿: result, grounds, text, search record; the letter is made and checked by the action."""

    outcome: Any = forms.ChoiceField(label="答复类型")
    grounds: Any = forms.MultipleChoiceField(
        label="不予公开的理由", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="仅“部分公开”“不予公开”须选。",
    )  # fmt: skip
    article = forms.CharField(
        label="依据", required=False, max_length=300, help_text="条例有对应条款的自动写入，可不填。"
    )
    search_record = LongText(
        label="检索记录", required=False, rows=3,
        help_text="答复“不掌握相关政府信息”的必填：查了哪里、用什么词、由谁查、何时查。",
    )  # fmt: skip
    text = LongText(
        label="答复内容和理由", rows=10, help_text="救济途径由系统按当日法律写入答复书。"
    )

    kept: Any = forms.ModelMultipleChoiceField(
        StoredFile.objects.none(), label="上一稿所附的文件和区分处理件", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="要提供给申请人的，勾选。",
    )  # fmt: skip
    files: Any = SeveralFiles(
        label="随答复书提供的文件", required=False,
        help_text="予以公开、部分公开的，上传提供给申请人的文件，可一次选几个；会写进答复书，一并审查。",
    )  # fmt: skip

    def prepare(self) -> None:
        case: Case = self.subject
        fields: dict[str, Any] = self.fields
        fields["outcome"].choices = [("", "请选择"), *outcome_tree()]
        tree = grounds_tree(law_for(case.received_on)) if case.received_on else []
        fields["grounds"].choices = tree
        last = case.replies.order_by("-version").first()
        if last is not None:
            for name in ("outcome", "grounds", "article", "search_record", "text"):
                self.initial.setdefault(name, getattr(last, name))
        self._offer_files(case, list(last.handed_over.order_by("pk")) if last is not None else [])

    def _offer_files(self, case: Case, before: list[StoredFile]) -> None:
        """Those of the last draft, ticked, and what redaction made since; the newest result only
        goes with the letter, whatever is ticked (``objection_to_handing_over``).
        """
        offered = {file.pk for file in (*before, *results_about(case.subject))}
        if not offered:
            del self.fields["kept"]
            return
        field: Any = self.fields["kept"]
        field.queryset = StoredFile.objects.filter(pk__in=offered).order_by("pk")
        self.initial.setdefault("kept", [file.pk for file in before])
