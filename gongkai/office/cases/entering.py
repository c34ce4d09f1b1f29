"""What came by letter, fax, phone or visit: one dense form, by keyboard alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.queries import units_of
from gongkai.agencies.rules import Duty
from gongkai.applications import actions as applications
from gongkai.applications.rules import (
    CARRIER_LABELS,
    CLASS_LABELS,
    DELIVERY_LABELS,
    REQUEST_LABELS,
    Request,
)
from gongkai.applications.rules.form import ENCLOSABLE
from gongkai.cases.actions import Opened, Person
from gongkai.cases.codes import new_submission_key
from gongkai.cases.rules import CHANNEL_LABELS, KIND_LABELS, Channel, Kind
from gongkai.enquiries import actions as enquiries
from gongkai.enquiries.rules import KINDS, TOPICS
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.office.access import agency_with
from gongkai.office.acting import Act, ActForm, DateField, Facts, LongText, SeveralFiles
from gongkai.office.frame import DeskPage

_PAPER = [
    Channel.IN_PERSON, Channel.REGISTERED_MAIL, Channel.ORDINARY_MAIL, Channel.EMAIL, Channel.FAX,
    Channel.PHONE, Channel.CITY_PLATFORM,
]  # fmt: skip
_CHANNELS = [(c.value, CHANNEL_LABELS[c]) for c in _PAPER]


class EnteredForm(ActForm):
    """Who, how and with what: the same for every kind. ``key`` lets the form be sent twice."""

    submission_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    channel = forms.ChoiceField(label="渠道", choices=_CHANNELS)
    name = forms.CharField(label="姓名或名称", required=False, max_length=50)
    phone = forms.CharField(label="电话", required=False, max_length=40)
    mail = forms.CharField(label="电子邮箱", required=False, max_length=254)
    address = forms.CharField(label="通信地址", required=False, max_length=200)
    representative = forms.CharField(label="联系人或法定代表人", required=False, max_length=50)
    files: Any = SeveralFiles(  # the name by which the actions refuse them
        label="附件（扫描件）", required=False, help_text="可一次选几个；如有错误须重新选择。"
    )

    def prepare(self) -> None:
        self.initial.setdefault("submission_key", new_submission_key())

    def person(self, **more: str) -> Person:
        """Who asks, before it is sealed."""
        told = self.cleaned_data
        names = ("name", "phone", "mail", "address", "representative")
        return Person(**{n: told[n].strip() for n in names}, **more)


class ApplicationForm(EnteredForm):
    """政府信息公开申请."""

    request = forms.ChoiceField(
        label="申请事项", choices=[(r.value, label) for r, label in REQUEST_LABELS.items()],
        required=False, help_text="更正与本人有关的信息的，须附证据（条例第四十一条）。",
    )  # fmt: skip
    arrived_on = DateField(label="到达日期")
    posted_on = DateField(label="寄出日期", required=False)
    applicant_class = forms.ChoiceField(
        label="申请人类别", choices=[(c.value, label) for c, label in CLASS_LABELS.items()]
    )
    identity = forms.CharField(label="证件号", required=False, max_length=30)
    title = forms.CharField(label="所需信息的名称", required=False, max_length=120)
    features = forms.CharField(label="文号或其他特征", required=False, max_length=200)
    text = LongText(label="申请内容", rows=5)
    delivery = forms.ChoiceField(
        label="获取方式", choices=[(d.value, label) for d, label in DELIVERY_LABELS.items()]
    )
    carrier = forms.ChoiceField(
        label="载体", choices=[(c.value, label) for c, label in CARRIER_LABELS.items()]
    )

    field_order = [
        "request", "channel", "arrived_on", "posted_on", "applicant_class", "name", "identity",
        "phone", "mail", "address", "representative", "title", "features", "text", "delivery",
        "carrier", "files",
    ]  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("arrived_on", clock.today())


class EnquiryForm(EnteredForm):
    """咨询、投诉、举报、建议."""

    kind = forms.ChoiceField(label="类别", choices=[(k.value, KIND_LABELS[k]) for k in KINDS])
    topic = forms.ChoiceField(
        label="问题类别", choices=[(t.key, t.label) for t in TOPICS.values()], initial="other"
    )
    target = forms.ModelChoiceField(
        Unit.objects.none(), label="被反映单位", required=False, empty_label="不涉及",
        help_text="仅投诉、举报填写。",
    )  # fmt: skip
    title = forms.CharField(label="标题", max_length=60)
    text = LongText(label="内容", rows=6)
    consent = forms.BooleanField(label="来信人同意公开（隐去姓名）", required=False)

    field_order = [
        "kind", "channel", "topic", "target", "name", "phone", "mail", "address",
        "representative", "title", "text", "consent", "files",
    ]  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        self.fields["target"].queryset = units_of(self.subject)  # type: ignore[attr-defined]


def _stored(agency: Agency, user: User, facts: Facts) -> list[StoredFile]:
    return [
        store(upload.read(), upload.name, agency=agency, by=user, accept=ENCLOSABLE)
        for upload in facts["files"]
    ]


class EnterPage(DeskPage):
    """The number and the query code are shown once, in the answer to the form: they stand nowhere
    else. Sent again, the same form shows the same number."""

    template_name = "office/enter.html"
    header_icon = "plus"
    form_class: type[EnteredForm]
    form: Any

    def get_trail(self) -> list[tuple[str, str]]:
        return [("案件", reverse("office_cases"))]

    @cached_property
    def agency(self) -> Agency:
        return agency_with(self.user, Duty.CASE_REGISTER)

    @property
    def act(self) -> Act:
        return Act(
            key="enter", label=self.page_title, form=self.form_class, button="登记入库",
            do=self.enter, may=lambda a, u: True,
        )  # fmt: skip

    def enter(self, agency: Agency, user: User, facts: Facts) -> Opened:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(act=self.act, form=self.act.bound(request, self.agency))

    def post(self, request: HttpRequest) -> HttpResponse:
        self.form = self.act.bound(request, self.agency)
        done = self.act.attempt(request, self.form)
        if done is None:
            return self.show(status=422, act=self.act, form=self.form)
        return self.show(opened=done.result, act=self.act)


class EnterApplication(EnterPage):
    page_title = "登记来信来访的公开申请"
    form_class = ApplicationForm

    @transaction.atomic
    def enter(self, agency: Agency, user: User, facts: Facts) -> Opened:
        told = {n: facts[n] for n in ("title", "text", "delivery", "carrier", "features")}
        person = self.form.person(
            identity=facts["identity"], applicant_class=facts["applicant_class"]
        )
        return applications.submit(
            agency, Channel(facts["channel"]), person, **told,
            request=facts["request"] or Request.DISCLOSURE,
            submission_key=facts["submission_key"], files=_stored(agency, user, facts),
            posted_on=facts["posted_on"], arrived_on=facts["arrived_on"], by=user,
        )  # fmt: skip


class EnterEnquiry(EnterPage):
    page_title = "登记来信来访来电"
    form_class = EnquiryForm

    @transaction.atomic
    def enter(self, agency: Agency, user: User, facts: Facts) -> Opened:
        return enquiries.submit(
            agency, Kind(facts["kind"]), channel=Channel(facts["channel"]), title=facts["title"],
            text=facts["text"], person=self.form.person(), consent=facts["consent"],
            topic=facts["topic"], target=facts["target"],
            submission_key=facts["submission_key"], files=_stored(agency, user, facts), by=user,
        )  # fmt: skip
