"""What the city platform hands over, and how it asks what became of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router
from ninja.security import HttpBearer

from gongkai import clock
from gongkai.api import actions, schemas
from gongkai.api.models import Client, Referral
from gongkai.api.queries import client_of, referral_of
from gongkai.api.rules import Scope
from gongkai.cases.actions import Person
from gongkai.cases.rules import PUBLIC_LABELS, Kind, Stage
from gongkai.enquiries.queries import answer_to_asker
from gongkai.refusal import NotPermitted

_STATES = {
    Stage.SUBMITTED: "received",
    Stage.REGISTERED: "received",
    Stage.ANSWERED: "answered",
    Stage.CLOSED: "closed",
}


class Token(HttpBearer):
    """``Authorization: Bearer …``; the client is then in ``request.auth``."""

    def authenticate(self, request: HttpRequest, token: str) -> Client | None:
        return client_of(token)


router = Router(tags=["平台转办"], auth=Token())
_ERRORS = dict.fromkeys((401, 403, 404, 409, 422), schemas.Error)


@router.post(
    "referrals", response={200: schemas.ReferralOut, 201: schemas.ReferralOut, **_ERRORS},
    summary="转来一件", description="同一编号再次提交不重复立件，答 200；新立的答 201。",
)  # fmt: skip
def refer(request: HttpRequest, sent: schemas.ReferralIn) -> tuple[int, dict[str, Any]]:
    client = _client(request, Scope.REFER)
    message = actions.Message(
        kind=Kind(sent.kind), title=sent.title, text=sent.text, topic=sent.topic,
        consent=sent.consent,
        person=Person(
            name=sent.person.name, phone=sent.person.phone, mail=sent.person.mail,
            address=sent.person.address,
        ),
    )  # fmt: skip
    taken = actions.take_referral(client, sent.number, message)
    return 200 if taken.again else 201, _told(taken.referral)


@router.get(
    "referrals/{path:number}", response={200: schemas.ReferralOut, **_ERRORS},
    summary="查询转办件", description="按贵平台的编号查询状态；答复发出后附答复全文。",
)  # fmt: skip
def follow(request: HttpRequest, number: str) -> dict[str, Any]:
    referral = referral_of(_client(request, Scope.FOLLOW), number)
    if referral is None:
        raise Http404
    return _told(referral)


def _client(request: HttpRequest, scope: Scope) -> Client:
    client = request.auth  # type: ignore[attr-defined]
    assert isinstance(client, Client)
    if scope not in client.scopes:
        raise NotPermitted("该令牌没有这项权限，请与信息办联系。")
    return client


def _told(referral: Referral) -> dict[str, Any]:
    case = referral.case
    stage = Stage(case.stage)
    return {
        "number": referral.foreign_number,
        "case_number": case.number,
        "kind": case.kind,
        "state": _STATES.get(stage, "handling"),
        "state_text": PUBLIC_LABELS.get(stage, "办理中"),
        "received_on": case.received_on or clock.day_of(case.submitted_at),
        "due_on": case.due_on,
        "provisional": case.provisional,
        "answer": _answer(referral),
    }


def _answer(referral: Referral) -> dict[str, Any] | None:
    answer = answer_to_asker(referral.case)
    if answer is None:
        return None
    case = referral.case
    return {"on": case.answered_on, "unit": case.agency.name, "text": answer.text}
