"""What officials fill in on a case; choices come from the law and from the register of units."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai import clock
from gongkai.agencies.models import Unit
from gongkai.agencies.queries import units_of
from gongkai.cases.models import Case
from gongkai.enquiries.queries import barred_by
from gongkai.enquiries.rules import LINES, TARGETED, TOPICS, public_text
from gongkai.office.acting import ActForm, DateField, LongText
from gongkai.statute import dispatch

WAYS = ("electronic", "post", "direct", "through_organ")
OPINIONS = [("agreed", "同意公开"), ("objected", "不同意公开"), ("none", "未答复")]


class RouteForm(ActForm):
    """归口分类办理: the competent unit."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="承办单位", empty_label="请选择")
    note = LongText(label="批示或要求", required=False, rows=2)
    final = forms.BooleanField(label="由信息办确定，不再退回", required=False)

    def prepare(self) -> None:
        case: Case = self.subject
        units = units_of(case.agency)
        if not case.is_application:
            units = units.exclude(pk__in=barred_by(case.enquiry.target))
            line = LINES.get(case.enquiry.line, "")
            self.fields[
                "unit"
            ].help_text = f"问题类别“{case.enquiry.get_topic_display()}”，业务条线“{line}”。"
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class RegisterEnquiryForm(ActForm):
    """登记: day of receipt and classification."""

    received_on = DateField(label="收到日期", help_text="答复期限从收到之日起算。")
    topic = forms.ChoiceField(label="问题类别", choices=[(t.key, t.label) for t in TOPICS.values()])
    target = forms.ModelChoiceField(
        Unit.objects.none(), label="被反映单位", required=False, empty_label="不涉及"
    )

    def prepare(self) -> None:
        case: Case = self.subject
        self.initial.setdefault("received_on", clock.day_of(case.submitted_at))
        self.initial.setdefault("topic", case.enquiry.topic)
        if case.kind in TARGETED:
            self.fields["target"].queryset = units_of(case.agency)  # type: ignore[attr-defined]
            self.initial.setdefault("target", case.enquiry.target_id)
        else:
            del self.fields["target"]


class DraftForm(ActForm):
    """处室拟稿: “passed on” is no answer; the rule says so itself."""

    text = LongText(label="答复稿", rows=12, help_text="写明结论、依据和办理办法。")

    def prepare(self) -> None:
        last = self.subject.contributions.last()
        if last is not None:
            self.initial.setdefault("text", last.text)


class CollateForm(ActForm):
    """汇总: the one answer, and what everybody may read of it when the asker agreed."""

    text = LongText(label="答复全文（发给来信人）", rows=12)
    public_title = forms.CharField(label="公开标题", required=False, max_length=120)
    public_question = LongText(label="公开来信", required=False, rows=5)
    public_answer = LongText(
        label="公开答复",
        required=False,
        rows=8,
        help_text="已自动隐去来信人；留空的按原文隐去后公开。",
    )

    def prepare(self) -> None:
        case: Case = self.subject
        answer = case.answers.last()
        draft = case.contributions.last()
        text = answer.text if answer else draft.text if draft else ""
        self.initial.setdefault("text", text)
        names = ("public_title", "public_question", "public_answer")
        if not case.enquiry.consent:
            for name in names:
                del self.fields[name]
            return
        who = case.party
        facts = (who.phone, who.mail, who.address, who.identity, who.representative)
        for name, source in zip(names, (case.title, case.text, text), strict=True):
            known = getattr(answer, name) if answer else ""
            shown = known or public_text(source, name=who.name, facts=facts)
            self.initial.setdefault(name, shown)


class RegisterApplicationForm(ActForm):
    """登记: the legal day of receipt; where the law fixes it, it may be left out."""

    received_on = DateField(
        label="收到日期", required=False, help_text="当面提交和挂号信由法律确定，可不填。"
    )
    acknowledge = forms.BooleanField(label="制发受理回执", required=False, initial=True)


class RectificationForm(ActForm):
    """告知补正, once."""

    what = LongText(label="需要补正的内容（逐项写明）")
    until = DateField(label="补正期限")
    how = forms.ChoiceField(label="告知方式", required=False)
    proof = forms.CharField(label="凭证", required=False, max_length=200)

    def prepare(self) -> None:
        set_ways(self, "how", optional=True)


class RectifiedForm(ActForm):
    text = LongText(label="申请人补正的内容")
    received_on = DateField(label="收到补正的日期", required=False, help_text="不填为今天。")


class ConsultForm(ActForm):
    """征求意见书 or 征求意见函: whom, and what concerns them."""

    asked = forms.ChoiceField(
        label="征求谁的意见", choices=[("third_party", "第三方"), ("organ", "共同制作或有关的机关")]
    )
    whom = forms.CharField(
        label="对方的姓名或名称", required=False, max_length=100,
        help_text="第三方的姓名、联系方式加密保存，只写在封发副本上；机关名称记入办理记录。",
    )  # fmt: skip
    address = forms.CharField(label="对方的联系方式", required=False, max_length=200)
    what = LongText(label="涉及对方的信息（写入征求意见书，不写申请人）", rows=3)
    how = forms.ChoiceField(label="送达方式", required=False)
    proof = forms.CharField(label="凭证", required=False, max_length=200)

    def prepare(self) -> None:
        set_ways(self, "how", optional=True)
        self.initial.setdefault("what", self.subject.title)


class OverruleForm(ActForm):
    """公开决定告知书: to a third party that objected."""

    ref = forms.TypedChoiceField(label="哪一次征求意见", coerce=int)
    reason = LongText(label="公开的理由（写入告知书：不公开会怎样影响公共利益）", rows=3)
    how = forms.ChoiceField(label="送达方式", required=False)
    proof = forms.CharField(label="凭证", required=False, max_length=200)

    def prepare(self) -> None:
        from gongkai.office.cases.state import objected_refs

        set_ways(self, "how", optional=True)
        self.fields["ref"].choices = objected_refs(self.subject)  # type: ignore[attr-defined]


class OfConsultation(ActForm):
    """About one of the consultations that are still open."""

    ref = forms.TypedChoiceField(label="第几次征求意见", coerce=int)
    day = DateField(label="日期")

    def prepare(self) -> None:
        from gongkai.office.cases.state import open_refs

        self.fields["ref"].choices = open_refs(self.subject)  # type: ignore[attr-defined]


class EndConsultationForm(OfConsultation):
    opinion = forms.ChoiceField(label="意见", choices=OPINIONS)


class ExtensionForm(ActForm):
    """延长答复期限, once."""

    days = forms.IntegerField(label="延长几个工作日", min_value=1)
    reason = LongText(label="理由（写入延期告知书，申请人会看到）", rows=3)
    how = forms.ChoiceField(label="告知方式", required=False)
    proof = forms.CharField(label="凭证", required=False, max_length=200)

    def prepare(self) -> None:
        set_ways(self, "how", optional=True)


class DispatchForm(ActForm):
    """统一答复: the evidence of dispatch stops the clock."""

    how = forms.ChoiceField(label="送达方式")
    proof = forms.CharField(
        label="送达凭证", max_length=200, help_text="签收记录、邮寄单号或发送记录。"
    )
    day = DateField(label="送达日期", required=False, help_text="不填为今天。")

    def prepare(self) -> None:
        set_ways(self, "how")


class IdentityForm(ActForm):
    reason = LongText(
        label="查看理由", rows=2, max_length=200, help_text="每次查看都连同理由记入存证台账。"
    )


def set_ways(form: ActForm, name: str, *, optional: bool = False) -> None:
    """The ways of dispatch that the law knows."""
    blank: list[tuple[str, Any]] = [("", "暂不送达")] if optional else []
    form.fields[name].choices = [*blank, *((way, dispatch(way).label) for way in WAYS)]  # type: ignore[attr-defined]
