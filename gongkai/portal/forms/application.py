"""The steps of an application; each asks one thing, all of them are judged together at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai import clock
from gongkai.applications.rules import (
    CARRIER_LABELS,
    CLASS_LABELS,
    DELIVERY_LABELS,
    Class,
    Request,
    Wanted,
)
from gongkai.applications.rules.form import problems_of_person, problems_of_way
from gongkai.portal.forms.base import LongText, PublicForm, SeveralFiles, WithFiles
from gongkai.statute import law_for

_PERSON = Class.NATURAL.value
_TOLD_HERE = ("name", "identity", "phone", "mail", "address")


class WhoForm(PublicForm):
    """In which capacity; the classes are the columns of the annual report."""

    applicant_class = forms.ChoiceField(
        label="您以什么身份申请",
        widget=forms.RadioSelect,
        choices=[
            (c.value, "公民（自然人）" if c == Class.NATURAL else f"法人或其他组织：{label}")
            for c, label in CLASS_LABELS.items()
        ],
        error_messages={"required": "请选择申请人类别。"},
    )
    request = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_request(self) -> str:
        """What was chosen on the page before; information, where nothing known was."""
        asked = self.cleaned_data["request"]
        return asked if asked in set(Request) else Request.DISCLOSURE.value


class ContactForm(PublicForm):
    """Name, identity and contact: what the Regulations let an organ ask, nothing else."""

    name = forms.CharField(
        label="姓名",
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "name", "width": "20"}),
        error_messages={"required": "请填写申请人姓名。"},
    )
    identity = forms.CharField(
        label="身份证号",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "width": "20"}),
        help_text="18位。没有身份证的，填写护照等其他证件号码",
        error_messages={"required": "请填写身份证明的号码（身份证号，单位填统一社会信用代码）。"},
    )
    representative = forms.CharField(label="联系人", required=False, max_length=50)
    phone = forms.CharField(
        label="电话",
        required=False,
        max_length=30,
        help_text="电话、电子邮箱、通信地址至少填一项",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "width": "20"}),
    )
    mail = forms.CharField(
        label="电子邮箱",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label="通信地址",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    applicant_class = ""

    def for_class(self, applicant_class: str) -> ContactForm:
        """Ask a person for a person's facts, an organisation for its own."""
        self.applicant_class = applicant_class
        if applicant_class == _PERSON:
            del self.fields["representative"]
            return self
        self.fields["name"].label = "单位名称"
        self.fields["name"].error_messages["required"] = "请填写单位名称。"
        self.fields["identity"].label = "统一社会信用代码"
        self.fields["identity"].help_text = "18位，见营业执照或登记证书"
        return self

    def clean(self) -> dict[str, Any]:
        """A number that cannot be is told here, where it is typed, not at the end."""
        told = super().clean() or {}
        wanted = Wanted(
            applicant_class=self.applicant_class,
            **{name: told.get(name, "") for name in _TOLD_HERE},
        )
        for field, message in problems_of_person(wanted, law_for(clock.today())):
            if field in self.fields and field not in self.errors:
                self.add_error(field, message)
        return told


class WhatForm(WithFiles):
    """What is wanted, so that it can be found."""

    title = forms.CharField(
        label="信息名称",
        required=False,
        max_length=120,
        help_text="例如：2025年度公证收费标准。不知道名称的，可以不填",
    )
    features = forms.CharField(label="文号", required=False, max_length=100)
    text = LongText(
        label="需要哪些信息",
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": None}),
        max_length=500,
        help_text="写明内容、时间或其他便于查找的特征。一份申请请只写一件事",
        error_messages={
            "required": "请写明所需政府信息的名称、文号或其他特征。",
            "max_length": "已写 %(show_value)s 字，请控制在 %(limit_value)s 字以内，"
            "其余可作为附件上传。",
        },
    )
    files = SeveralFiles(  # type: ignore[assignment]  # the stubs know one ``files`` only
        label="附件", required=False, help_text="PDF、OFD、Word 或图片，每份不超过 20 MB，最多 5 份"
    )


class CorrectionForm(WithFiles):
    """Which record, what is wrong with it, and the proof (条例（2019）第41条)."""

    title = forms.CharField(
        label="哪一条记录",
        max_length=120,
        help_text="例如：本局网站公布的某某律师执业信息，或文件的名称、文号",
        error_messages={"required": "请写明是哪一条记录，例如文件的名称、文号或网页。"},
    )
    text = LongText(
        label="哪里不准确，应当怎样更正",
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": None}),
        max_length=500,
        help_text="例如：执业证号末两位登记为 12，应为 21",
        error_messages={
            "required": "请写明哪里不准确、应当怎样更正。",
            "max_length": "已写 %(show_value)s 字，请控制在 %(limit_value)s 字以内，"
            "其余可作为附件上传。",
        },
    )
    files = SeveralFiles(  # type: ignore[assignment]  # the stubs know one ``files`` only
        label="证据材料",
        help_text="能证明记录不准确的材料。PDF、OFD、Word 或图片，每份不超过 20 MB，最多 5 份",
    )
    correction = True


class HowForm(PublicForm):
    """In which form and by which way it is to be given."""

    delivery = forms.ChoiceField(
        label="获取信息的方式",
        widget=forms.RadioSelect,
        choices=[(d.value, label) for d, label in DELIVERY_LABELS.items()],
        error_messages={"required": "请选择获取信息的方式。"},
    )
    carrier = forms.ChoiceField(
        label="信息载体",
        widget=forms.RadioSelect,
        choices=[(c.value, label) for c, label in CARRIER_LABELS.items()],
        error_messages={"required": "请选择所需信息的载体。"},
    )

    def with_contact(self, told: Mapping[str, Any]) -> HowForm:
        """Know what was told before: who wants it posted needs an address."""
        self.contact = {name: told.get(name, "") for name in ("mail", "address")}
        return self

    contact: Mapping[str, str] = {}

    def clean(self) -> dict[str, Any]:
        """What the way needs and was not told stands in an earlier step: say it here."""
        told = super().clean() or {}
        if not self.contact or "delivery" not in told or "carrier" not in told:
            return told
        wanted = Wanted(
            delivery=told["delivery"], carrier=told["carrier"],
            mail=self.contact["mail"], address=self.contact["address"],
        )  # fmt: skip
        for field, message in problems_of_way(wanted):
            if field in self.fields:
                self.add_error(field, message)
            else:
                self.add_error("delivery", f"{message}请返回“姓名和联系方式”一步补充。")
        return told


class CheckForm(PublicForm):
    """The last look before it is sent."""

    sure = forms.BooleanField(
        label="我确认以上内容属实", error_messages={"required": "请先确认内容属实。"}
    )
