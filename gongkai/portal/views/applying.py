"""The wizard of an application: six short steps, each saved; it can be left and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai import clock, statute
from gongkai.applications.actions import submit
from gongkai.applications.rules import Carrier, Delivery, Request
from gongkai.applications.rules.form import ENCLOSABLE
from gongkai.cases.actions import Person
from gongkai.cases.models import Case
from gongkai.cases.rules import Channel
from gongkai.catalogue.models import SiteProfile
from gongkai.clock.queries import calendar
from gongkai.portal import addresses, contexts
from gongkai.portal.access import limit, portal_for
from gongkai.portal.drafts import KEPT_FOR, find_draft, start_draft
from gongkai.portal.forms.application import (
    CheckForm,
    ContactForm,
    CorrectionForm,
    HowForm,
    WhatForm,
    WhoForm,
)
from gongkai.portal.forms.base import PublicForm, WithFiles
from gongkai.portal.models import Draft
from gongkai.portal.views.asking import just_sent, receipt
from gongkai.portal.views.reviewing import answer_groups
from gongkai.portal.views.search import Asked, found, shown_hit
from gongkai.portal.views.shown import frame, refused, show
from gongkai.refusal import Refused

STEPS = ("who", "contact", "what", "how", "check")
# What is corrected is told by letter and on the page of the case: nobody is asked how.
CORRECTION_STEPS = ("who", "contact", "what", "check")
TITLES = {
    Request.DISCLOSURE: "申请公开政府信息",
    Request.CORRECTION: "申请更正本人信息记录",
}
_EXPIRED = f"该申请草稿不存在，或已超过 {KEPT_FOR.days} 天被清除。请重新填写。"


def start(request: HttpRequest) -> HttpResponse:
    """Is it public already, and is this the right door?"""
    profile = portal_for(request)
    agency = profile.agency
    query = request.GET.get("q", "").strip()[:100]
    hits = found(Asked(query=query), site=profile.code, limit=5).hits if query else ()
    page = contexts.ApplyStartPage(
        **_frame(profile, addresses.APPLY),
        query=query,
        found=tuple(shown_hit(hit) for hit in hits),
        elsewhere=(
            contexts.Link("咨询问题", f"{addresses.ASK}enquiry/"),
            contexts.Link("投诉", f"{addresses.ASK}complaint/"),
            contexts.Link("举报", f"{addresses.ASK}report/"),
            contexts.Link("提出建议", f"{addresses.ASK}suggestion/"),
        ),
        start_url=f"{addresses.APPLY}who/",
        offline=contexts.Contact(
            unit=f"{agency.name}信息办",
            duties="受理政府信息公开申请",
            phone=agency.phone,
            address=agency.address,
            hours="工作日 9:00—12:00，13:30—17:30",
        ),
    )
    return show(request, page)


def who(request: HttpRequest) -> HttpResponse:
    """The first step makes the draft; everything after it hangs on the draft's key."""
    profile = portal_for(request)
    wish = request.GET.get("request", "")
    form = WhoForm(request.POST or None, initial={"request": wish})
    if request.method == "POST" and form.is_valid():
        try:
            limit(request, "submit")
        except Refused as refusal:
            form.refuse(refusal)
        else:
            draft = start_draft(profile.agency, form.cleaned_data)
            return redirect(_url(draft.key, "contact"))
    asked = form.data.get("request", wish)
    return _page(request, profile, "who", form, key="", asked=_known(asked))


def step(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One step of a draft: bind, keep what was typed, go on."""
    profile = portal_for(request)
    draft = find_draft(key)
    if name not in STEPS:
        raise Http404
    if draft is None:
        if just_sent(key) is not None:
            return redirect(_url(key, "sent"))
        return refused(request, profile, _EXPIRED, 410)
    if name not in _steps(_asked(draft)):
        return redirect(_url(key, "check"))
    posted = request.method == "POST"
    form = _form(name, draft, request if posted else None)
    if posted:
        draft.keep(_typed(form))
        draft.saved_at = clock.now()
        draft.save()
        if form.is_valid() and (answer := _go_on(request, profile, draft, name, form)):
            return answer
    return _page(request, profile, name, form, key, draft=draft)


def _go_on(
    request: HttpRequest, profile: SiteProfile, draft: Draft, name: str, form: PublicForm
) -> HttpResponse | None:
    try:
        if isinstance(form, WithFiles):
            _keep_files(draft, form)
        if name == "check":
            _submit(profile, draft)
            return redirect(_url(draft.key, "sent"))
    except Refused as refusal:
        form.refuse(refusal)
        return None
    steps = _steps(_asked(draft))
    return redirect(_url(draft.key, steps[steps.index(name) + 1]))


def _keep_files(draft: Draft, form: WithFiles) -> None:
    """New files replace the earlier ones; who chooses none keeps those that are there."""
    files = form.stored_files(ENCLOSABLE)
    if files:
        draft.files.set(files)
    if isinstance(form, CorrectionForm) and not draft.files.exists():
        raise Refused("请上传证明记录不准确的证据材料。", field="files")


def _submit(profile: SiteProfile, draft: Draft) -> None:
    """Hand the whole draft to the room that judges it; the draft goes when the case stands."""
    told = draft.answers
    person = Person(
        **{
            name: told.get(name, "")
            for name in (
                "name", "phone", "mail", "address", "identity", "representative", "applicant_class",
            )
        }
    )  # fmt: skip
    asked = _asked(draft)
    way = {"delivery": told.get("delivery", ""), "carrier": told.get("carrier", "")}
    if asked == Request.CORRECTION:
        way = {"delivery": Delivery.ONLINE, "carrier": Carrier.ELECTRONIC}
    submit(
        profile.agency,
        Channel.ONLINE,
        person,
        title=told.get("title", ""),
        text=told.get("text", ""),
        features=told.get("features", ""),
        **way,
        request=asked,
        submission_key=draft.key,
        files=list(draft.files.all()),
    )
    draft.delete()


def sent(request: HttpRequest, key: str) -> HttpResponse:
    """The receipt: number, code, dates, what happens next."""
    profile = portal_for(request)
    case = just_sent(key)
    if case is None:
        return refused(request, profile, "该页面已过期。请用编号和查询码查询办理进度。", 410)
    law = statute.law_for(clock.today())
    page = contexts.ApplySentPage(
        **frame(profile, "申请已提交", request.path, "xxgk"),
        **receipt(case, key) | _answer_by(case),
        steps=(
            "信息办与您确认收到后登记，答复期限从确认之日的次日起算。",
            f"需要补正的，自收到申请之日起 {law.period('correction_notice').days} 个工作日内"
            "一次告知。"
            if law.has("correction_notice")
            else "需要更改、补充的，我们会告知您。",
            "更正的结果书面告知您，也可在查询页查看。"
            if case.application.request == Request.CORRECTION
            else "答复经审核后按您选择的方式送达，也可在查询页查看。",
        ),
        again_url=addresses.APPLY,
    )
    return show(request, page)


def _answer_by(case: Case) -> dict[str, Any]:
    """A correction has a period of its own; others keep what the receipt tells."""
    if case.application.request != Request.CORRECTION:
        return {}
    received = clock.day_of(case.submitted_at)
    period = statute.law_for(received).period("record_correction")
    due = calendar(case.agency.code).add_working_days(received, period.days)
    return {"answer_by": due.date, "provisional": due.provisional}


_FORMS: dict[str, type[PublicForm]] = {
    "who": WhoForm, "contact": ContactForm, "what": WhatForm, "how": HowForm, "check": CheckForm,
}  # fmt: skip
_PAGES: dict[str, type[contexts.FormPage]] = {
    "who": contexts.ApplyWhoPage,
    "contact": contexts.ApplyContactPage,
    "what": contexts.ApplyWhatPage,
    "how": contexts.ApplyHowPage,
}
_BUTTONS = {"check": "提交申请"}


def _form(name: str, draft: Draft, request: HttpRequest | None) -> PublicForm:
    kind = _FORMS[name]
    if name == "what" and _asked(draft) == Request.CORRECTION:
        kind = CorrectionForm
    posted, files = (None, None) if request is None else (request.POST, request.FILES)
    form = kind(posted, files, initial=draft.answers)
    if isinstance(form, ContactForm):
        form.for_class(draft.answers.get("applicant_class", ""))
    if isinstance(form, HowForm):
        form.with_contact(draft.answers)
    if isinstance(form, WithFiles) and (names := draft.files.values_list("name", flat=True)):
        told = f"已上传：{'、'.join(names)}。重新选择会替换，不选则保留。"
        form.fields["files"].help_text = told
    return form


def _known(asked: str) -> Request:
    return Request(asked) if asked in set(Request) else Request.DISCLOSURE


def _asked(draft: Draft) -> Request:
    """Information, or the correction of one's own record."""
    return _known(draft.answers.get("request", ""))


def _steps(asked: Request) -> tuple[str, ...]:
    return CORRECTION_STEPS if asked == Request.CORRECTION else STEPS


def _typed(form: PublicForm) -> dict[str, Any]:
    """What was typed, right or wrong, so that it is there when the applicant comes back."""
    return {
        name: form.data.get(name, "")
        for name in form.fields
        if name not in {"files", "sure"} and name in form.data
    }


def _page(
    request: HttpRequest,
    profile: SiteProfile,
    name: str,
    form: PublicForm,
    key: str,
    *,
    draft: Draft | None = None,
    asked: Request = Request.DISCLOSURE,
) -> HttpResponse:
    asked = _asked(draft) if draft is not None else asked
    steps = _steps(asked)
    place = steps.index(name)
    kind: Callable[..., contexts.FormPage] = _PAGES.get(name, contexts.ApplyCheckPage)
    extra: dict[str, Any] = {}
    if draft is not None and name == "check":
        extra["groups"] = _groups(draft, asked)
    if name == "how":
        extra["fees"] = _fees()
    page = kind(
        **_frame(profile, request.path, asked),
        form=form,
        button=_BUTTONS.get(name, "继续"),
        action=request.path,
        caption=f"第 {place + 1} 步，共 {len(steps)} 步",
        back_url=_back(key, steps, place),
        save_url=_url(key, "later") if key else "",
        **extra,
    )
    return show(request, page, 422 if form.errors else 200)


_IN_A_CORRECTION = {
    "需要的信息": "要更正的记录", "信息名称": "哪一条记录", "内容描述": "哪里不准确",
    "附件": "证据材料",
}  # fmt: skip


def _groups(draft: Draft, asked: Request) -> tuple[contexts.AnswerGroup, ...]:
    """The answers to look over, in the words in which they were asked for."""
    groups = answer_groups(draft, lambda to: _url(draft.key, to))
    if asked == Request.DISCLOSURE:
        return groups

    def said(words: str) -> str:
        return _IN_A_CORRECTION.get(words, words)

    return tuple(
        replace(
            group, title=said(group.title),
            lines=tuple(replace(line, label=said(line.label)) for line in group.lines),
        )
        for group in groups
    )  # fmt: skip


def _fees() -> tuple[str, ...]:
    """What the law in force says of money, one sentence each; nothing where it knows no fee."""
    law = statute.law_for(clock.today())
    if not law.has("fee_payment"):
        return ()
    return (
        "申请公开政府信息不收费。只有数量、频次明显超过合理范围的，才可能收取信息处理费，"
        "收取前会书面通知您。",
        f"按件计收的，同一申请人一个自然月累计：{statute.tariff('items')}。",
        f"按量计收的，一件申请：{statute.tariff('pages')}。",
    )


def later(request: HttpRequest, key: str) -> HttpResponse:
    """Shows the address under which the draft is kept."""
    profile = portal_for(request)
    if find_draft(key) is None:
        return refused(request, profile, _EXPIRED, 410)
    link = request.build_absolute_uri(_url(key, "who"))
    message = f"已保存，{KEPT_FOR.days} 天内可从这个地址继续填写，请妥善保管，不要转给他人：{link}"
    page = contexts.ErrorPage(
        **_frame(profile, request.path) | {"title": "已保存"}, message=message
    )
    return show(request, page)


def _frame(profile: SiteProfile, path: str, asked: Request = Request.DISCLOSURE) -> dict[str, Any]:
    return frame(profile, TITLES[asked], path, "xxgk")


def _url(key: str, name: str) -> str:
    return f"{addresses.APPLY}{key}/{name}/"


def _back(key: str, steps: tuple[str, ...], place: int) -> str:
    if place == 0:
        return addresses.APPLY
    return _url(key, steps[place - 1])
