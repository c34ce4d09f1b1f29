"""The form of an enquiry, complaint, report or suggestion."""

from __future__ import annotations

from django import forms

from gongkai.enquiries.rules import TOPICS
from gongkai.portal.forms.base import LongText, SeveralFiles, WithFiles


class EnquiryForm(WithFiles):
    """Only title and text are compulsory; nobody needs an account or a name."""

    topic = forms.ChoiceField(label="问题类别", required=False)
    title = forms.CharField(
        label="标题",
        max_length=60,
        help_text="一句话说明是什么事，例如：法律职业资格证书怎样补办",
        error_messages={"required": "请填写标题，用一句话说明是什么事。"},
    )
    text = LongText(
        label="内容",
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": None}),
        max_length=2000,
        help_text="写清时间、地点、经过和您的要求。请不要写身份证号、银行卡号。",
        error_messages={
            "required": "请写明您要咨询或反映的事情。",
            "max_length": "已写 %(show_value)s 字，请控制在 %(limit_value)s 字以内，"
            "其余可作为附件上传。",
        },
    )
    files = SeveralFiles(  # type: ignore[assignment]  # the stubs know one ``files`` only
        label="附件", required=False, help_text="PDF、Word 或图片，每份不超过 20 MB，最多 5 份"
    )
    name = forms.CharField(
        label="姓名",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "name", "width": "20"}),
    )
    phone = forms.CharField(
        label="电话",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "width": "20"}),
    )
    mail = forms.CharField(
        label="电子邮箱",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="填写后，答复发出时会用邮件提醒您",
    )
    consent = forms.BooleanField(label="同意隐去个人信息后公开问题和答复", required=False)
    submission_key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ChoiceField)
        topic.choices = [("other", "请选择"), *((t.key, t.label) for t in TOPICS.values())]
