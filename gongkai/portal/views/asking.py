"""Enquiry, complaint, report, suggestion: one form, no account, no script needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai import clock, statute
from gongkai.applications.rules.form import ENCLOSABLE
from gongkai.cases.actions import Person
from gongkai.cases.codes import new_submission_key, query_code
from gongkai.cases.models import Case
from gongkai.cases.rules import KIND_LABELS, Channel, Kind
from gongkai.catalogue.models import SiteProfile
from gongkai.clock.queries import calendar
from gongkai.enquiries.actions import submit
from gongkai.portal import addresses, contexts
from gongkai.portal.access import limit, portal_for
from gongkai.portal.forms.enquiry import EnquiryForm
from gongkai.portal.views.shown import frame, refused, show
from gongkai.refusal import Refused

_ASKED = {kind.value: kind for kind in (Kind.ENQUIRY, Kind.COMPLAINT, Kind.REPORT, Kind.SUGGESTION)}
# How long the page with number and code can be opened again after sending.
SHOWN_FOR = timedelta(hours=1)


def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of one kind; sent twice it makes one case."""
    if kind not in _ASKED:
        raise Http404
    profile = portal_for(request)
    if request.method == "POST":
        form = EnquiryForm(request.POST, request.FILES)
        if form.is_valid() and (sent := _send(request, profile, _ASKED[kind], form)):
            return sent
        return _form(request, profile, _ASKED[kind], form, status=422)
    form = EnquiryForm(initial={"submission_key": new_submission_key()})
    return _form(request, profile, _ASKED[kind], form)


def _send(
    request: HttpRequest, profile: SiteProfile, kind: Kind, form: EnquiryForm
) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        limit(request, "submit")
        files = form.stored_files(ENCLOSABLE)
        submit(
            profile.agency,
            kind,
            channel=Channel.ONLINE,
            title=data["title"],
            text=data["text"],
            person=Person(name=data["name"], phone=data["phone"], mail=data["mail"]),
            consent=data["consent"],
            topic=data["topic"] or "other",
            submission_key=data["submission_key"],
            files=files,
        )
    except Refused as refusal:
        form.refuse(refusal)
        return None
    return redirect(f"{addresses.ASK}sent/{data['submission_key']}/")


def _form(
    request: HttpRequest, profile: SiteProfile, kind: Kind, form: EnquiryForm, status: int = 200
) -> HttpResponse:
    label = KIND_LABELS[kind]
    period = statute.message_period(KIND_LABELS[kind], clock.today())
    others = [k for k in _ASKED.values() if k != kind]
    page = contexts.EnquiryFormPage(
        **frame(profile, f"在线{label}", f"{addresses.ASK}{kind.value}/"),
        form=form,
        button=f"提交{label}",
        action=f"{addresses.ASK}{kind.value}/",
        days=f"一般在收到之日起 {period.days} 个工作日内答复。",
        elsewhere=(
            *(contexts.Link(KIND_LABELS[k], f"{addresses.ASK}{k.value}/") for k in others),
            contexts.Link("申请公开政府信息", addresses.APPLY),
            contexts.Link("查询办理进度", addresses.QUERY),
        ),
    )
    return show(request, page, status)


def sent(request: HttpRequest, key: str) -> HttpResponse:
    """Number and code, read back from what was committed."""
    profile = portal_for(request)
    case = just_sent(key)
    if case is None:
        return refused(request, profile, "该页面已过期。请用编号和查询码查询办理进度。", 410)
    page = contexts.EnquirySentPage(
        **frame(profile, f"{case.get_kind_display()}已提交", request.path),
        **receipt(case, key),
        steps=(
            "信息办收到后登记，并按职责分给承办单位。",
            "承办单位拟出答复，信息办汇总，报分管局领导审核。",
            "答复后可在查询页看到；填了邮箱的，我们会发邮件提醒。",
        ),
        again_url=f"{addresses.ASK}{case.kind}/",
    )
    return show(request, page)


def just_sent(key: str) -> Case | None:
    """The case of a submission key, as long as its receipt may be opened again."""
    case = Case.objects.select_related("agency").filter(submission_key=key).first()
    return case if case and clock.now() - case.submitted_at < SHOWN_FOR else None


def receipt(case: Case, key: str) -> dict[str, Any]:
    """What a receipt shows: real dates, counted by the same rules that the desk uses."""
    received = clock.day_of(case.submitted_at)
    days = calendar(case.agency.code)
    if case.is_application:
        period = statute.law_for(received).period("reply")
    else:
        period = statute.message_period(case.get_kind_display(), received)
    due = days.add_working_days(received, period.days)
    return {
        "number": case.number,
        "query_code": query_code(key),
        "received_on": received,
        "answer_by": due.date,
        "provisional": due.provisional,
        "query_url": f"{addresses.QUERY}?number={case.number}",
    }
