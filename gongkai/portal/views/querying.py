"""Asking after a case with number and code, reading the answer, rating it."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.applications.letters import to_pdf
from gongkai.applications.queries import files_of, released_reply
from gongkai.cases.models import Case
from gongkai.cases.queries import find_for_citizen
from gongkai.catalogue.models import SiteProfile
from gongkai.enquiries.actions import rate
from gongkai.files.models import StoredFile
from gongkai.portal import addresses, contexts
from gongkai.portal.access import limit, portal_for
from gongkai.portal.forms.query import NOT_FOUND, QueryForm, RatingForm
from gongkai.portal.pages.status import status_page
from gongkai.portal.views.shown import frame, refused, show
from gongkai.refusal import Refused

_LETTER = "portal.letter"
_PRINTED = "portal.printed"
_LETTER_FOR = 1800


def query(request: HttpRequest) -> HttpResponse:
    """The form; with the right pair, the case itself. The code never stands in an address."""
    profile = portal_for(request)
    if request.method != "POST":
        form = QueryForm(initial={"number": request.GET.get("number", "")[:30]})
        return _form(request, profile, form)
    form = QueryForm(request.POST)
    if not form.is_valid():
        return _form(request, profile, form, 422)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    try:
        limit(request, "query")
        left = limit(request, "code", number.strip().upper())
    except Refused as refusal:
        form.refuse(refusal)
        return _form(request, profile, form, 429)
    case = find_for_citizen(number, code)
    if case is None:
        form.add_error(None, NOT_FOUND.format(left=left))
        return _form(request, profile, form, 422)
    return _status(request, profile, case, code)


@require_POST
def rating(request: HttpRequest) -> HttpResponse:
    """The rating of an answer, shown on the case's own page."""
    profile = portal_for(request)
    form = RatingForm(request.POST)
    code = request.POST.get("code", "")
    case = find_for_citizen(request.POST.get("number", ""), code)
    if case is None:
        return refused(request, profile, "编号或查询码不正确，请重新查询后再评价。", 422)
    if form.is_valid():
        data = form.cleaned_data
        try:
            rate(case, code, stars=data["stars"], comment=data["comment"])
        except Refused as refusal:
            form.refuse(refusal)
    return _status(request, profile, case, code, form if form.errors else None)


@require_safe
def printed(request: HttpRequest, token: str) -> HttpResponse:
    """The reply letter as PDF, by the same kind of address."""
    profile = portal_for(request)
    try:
        case_pk = signing.loads(token, salt=_PRINTED, max_age=_LETTER_FOR)
    except signing.BadSignature:
        return refused(request, profile, "下载地址已过期，请重新查询后再下载。", 410)
    reply = released_reply(Case.objects.get(pk=case_pk))
    if reply is None:
        return refused(request, profile, "答复已有变化，请重新查询后再下载。", 410)
    response = HttpResponse(to_pdf(reply.letter), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{reply.letter.number}.pdf")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def letter(request: HttpRequest, token: str) -> HttpResponseBase:
    """A file of the reply, by a signed address that ends after half an hour.

    What the applicant gets is asked again: a reply may have been taken back meanwhile.
    """
    profile = portal_for(request)
    try:
        case_pk, file_pk = signing.loads(token, salt=_LETTER, max_age=_LETTER_FOR)
    except (signing.BadSignature, TypeError, ValueError):
        return refused(request, profile, "下载地址已过期，请重新查询后再下载。", 410)
    reply = released_reply(Case.objects.get(pk=case_pk))
    files = files_of(reply) if reply is not None else []
    found = next((file for file in files if file.pk == file_pk), None)
    if found is None:
        return refused(request, profile, "答复已有变化，请重新查询后再下载。", 410)
    response = FileResponse(
        found.path.open("rb"), as_attachment=True, filename=found.name,
        content_type=found.media_type,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def printed_address(case: Case) -> str:
    """Where the letter's PDF can be fetched for the next half hour."""
    return f"{addresses.QUERY}printed/{signing.dumps(case.pk, salt=_PRINTED)}/"


def file_address(case: Case, file: StoredFile) -> str:
    """Where a file of the reply can be fetched for the next half hour."""
    return f"{addresses.QUERY}letter/{signing.dumps([case.pk, file.pk], salt=_LETTER)}/"


def _status(
    request: HttpRequest, profile: SiteProfile, case: Case, code: str, form: Any = None
) -> HttpResponse:
    form = form or RatingForm(initial={"number": case.number, "code": code})
    page = status_page(
        case,
        frame=frame(profile, f"{case.number} 办理情况", addresses.QUERY),
        form=form,
        action=f"{addresses.QUERY}rate/",
        file_address=file_address,
        printed_address=printed_address,
    )
    return show(request, page, 422 if form.errors else 200)


def _form(
    request: HttpRequest, profile: SiteProfile, form: QueryForm, status: int = 200
) -> HttpResponse:
    page = contexts.CaseQueryPage(
        **frame(profile, "查询办理进度", addresses.QUERY),
        form=form,
        button="查询",
        action=addresses.QUERY,
        lead="请输入提交成功页或回执上的编号和查询码。",
    )
    return show(request, page, status)
