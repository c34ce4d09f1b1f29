"""Chinese labels of the fields that Wagtail leaves without one: Django would show their names."""

from __future__ import annotations

from wagtail.admin.forms import auth, choosers

_LINK = {"link_text": "链接文字"}
LABELS = {
    auth.LoginForm: {"password": "密码"},
    choosers.ExternalLinkChooserForm: _LINK,
    choosers.AnchorLinkChooserForm: _LINK | {"url": "页内锚点"},
    choosers.EmailLinkChooserForm: _LINK
    | {"email_address": "电子邮箱", "subject": "邮件主题", "body": "邮件正文"},
    choosers.PhoneLinkChooserForm: _LINK | {"phone_number": "电话号码"},
}


def label_fields() -> None:
    """Once, when the application starts: forms copy these fields for each request."""
    for form, labels in LABELS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
