"""What the city platform hands over becomes one case, and its answer goes back."""

from __future__ import annotations

import hashlib
import json
from io import StringIO
from typing import Any

import pytest
from acts import on_record
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client as Browser
from mailbox_world import ANSWER

from gongkai.api import actions
from gongkai.api.models import Client, Referral
from gongkai.api.rules import Scope
from gongkai.cases.models import Case
from gongkai.enquiries import actions as enquiries
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused

pytestmark = pytest.mark.django_db

BODY: dict[str, Any] = {
    "number": "SZ-2026/0017", "kind": "complaint", "title": "公证处未按时出证",
    "text": "二月十日递交的材料，至今没有出证，请核查。", "topic": "notaries",
    "person": {"name": "欧阳示例", "phone": "13800001234"},
}  # fmt: skip
MESSAGE = actions.Message(
    kind=actions.Kind.ENQUIRY, title="问题", text="内容", person=actions.Person()
)


def case_of(response: Any) -> Case:
    return Case.objects.get(number=response.json()["case_number"])


def test_it_works(platform) -> None:
    response = platform.post(BODY)
    assert response.status_code == 201
    told = response.json()
    assert (told["number"], told["state"], told["answer"]) == ("SZ-2026/0017", "received", None)
    case = case_of(response)
    assert (case.channel, case.kind, case.party.name) == ("city_platform", "complaint", "欧阳示例")
    assert case.events.get().by == "api:市政府网站平台"
    assert platform.get("SZ-2026/0017").json() == told


def test_handing_over_is_on_record(platform) -> None:
    with on_record() as written:
        actions.take_referral(platform.client, "A1", MESSAGE)
    assert {"api_referral", "cases_case"} <= set(written)
    assert Entry.objects.filter(verb="referral.taken").count() == 1


def test_the_same_referral_twice_makes_one_case(platform) -> None:
    first, second = platform.post(BODY), platform.post(BODY)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert (Case.objects.count(), Referral.objects.count()) == (1, 1)


def test_the_same_number_with_another_content_is_refused(platform) -> None:
    platform.post(BODY)
    for changed in ({"text": "另一件事"}, {"kind": "enquiry"}, {"person": {"name": "另一人"}}):
        response = platform.post(BODY | changed)
        assert response.status_code == 409
        assert "新的编号" in response.json()["error"]["message"]
    assert Case.objects.count() == 1


def test_the_answer_goes_back_when_it_was_sent_and_not_before(platform, site) -> None:
    case, b = case_of(platform.post(BODY)), site.bureau
    steps = [
        lambda: enquiries.register(case, by=b.information_office),
        lambda: enquiries.route(case, b.lawyers, by=b.information_office),
        lambda: enquiries.draft(case, ANSWER, by=b.liaison),
        lambda: enquiries.collate(case, ANSWER, by=b.information_office),
        lambda: enquiries.approve(case, by=b.leader),
    ]
    states = []
    for step in steps:
        step()
        told = platform.get(BODY["number"]).json()
        assert told["answer"] is None
        states.append((told["state"], told["state_text"]))
    assert states == [("received", "已收到"), *[("handling", "办理中")] * 4]
    assert told["due_on"] > "2026-03-02"
    enquiries.dispatch(case, by=b.information_office)
    told = platform.get(BODY["number"]).json()
    assert told["state"] == "answered"
    assert told["answer"] == {"on": "2026-03-02", "unit": "临江市司法局", "text": ANSWER}


def test_nothing_of_the_person_comes_back(platform) -> None:
    text = platform.post(BODY).content.decode() + platform.get(BODY["number"]).content.decode()
    assert "欧阳示例" not in text
    assert "13800001234" not in text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer gk_wrong"},
        {"Authorization": "Token x"},
    ],
)
def test_without_a_token_nothing_opens(platform, headers: dict[str, str]) -> None:
    platform.post(BODY)
    for response in (
        Browser().post("/api/v1/referrals", BODY, content_type="application/json", headers=headers),
        Browser().get(f"/api/v1/referrals/{BODY['number']}", headers=headers),
    ):
        assert response.status_code == 401
        assert response["WWW-Authenticate"] == "Bearer"
        assert "令牌" in response.json()["error"]["message"]
    assert Case.objects.count() == 1


def test_the_stored_hash_is_no_token(platform) -> None:
    stored = platform.client.token_hash
    assert platform.token not in json.dumps(list(Client.objects.values()), default=str)
    platform.token = stored
    assert platform.get("A1").status_code == 401


def test_a_revoked_token_opens_nothing(platform, site) -> None:
    actions.revoke_token(platform.client, by=site.bureau.information_office, reason="换令牌")
    assert platform.post(BODY).status_code == 401
    with pytest.raises(NotPermitted):
        actions.take_referral(platform.client, "A1", MESSAGE)


def test_a_client_sees_its_own_numbers_only(platform, site) -> None:
    platform.post(BODY)
    bureau = site.bureau
    _, platform.token = actions.issue_token(bureau.agency, "另一平台", by=bureau.information_office)
    assert platform.get(BODY["number"]).status_code == 404
    assert platform.post(BODY).status_code == 201
    assert Case.objects.count() == 2


@pytest.mark.parametrize("scope", list(Scope))
def test_a_scope_opens_one_door(platform, site, scope: Scope) -> None:
    platform.post(BODY)
    bureau = site.bureau
    _, platform.token = actions.issue_token(
        bureau.agency, "单项", by=bureau.information_office, scopes=[scope]
    )
    assert platform.post(BODY).status_code == (201 if scope == Scope.REFER else 403)
    assert platform.get(BODY["number"]).status_code == (403 if scope == Scope.REFER else 404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": ""}, "number"), ({"number": "a b"}, "number"),
        ({"number": "长" * 61}, "number"),
        ({"title": "短" * 61}, "title"), ({"text": ""}, "text"), ({"kind": "application"}, "kind"),
        ({"person": {"phone": "12"}}, "phone"), ({"person": {"identity": "1"}}, "person.identity"),
        ({"stage": "answered"}, "stage"), ({"topic": "nonsense"}, "topic"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(platform, change: Any, field: str) -> None:
    response = platform.post(BODY | change)
    assert response.status_code == 422
    assert response.json()["error"]["field"] == field
    assert not response.json()["error"]["message"].isascii()
    assert not Case.objects.exists()


def test_what_is_no_json_is_refused(platform) -> None:
    response = Browser().post(
        "/api/v1/referrals", "{", content_type="application/json", headers=platform.headers
    )
    assert response.status_code == 400
    assert "JSON" in response.json()["error"]["message"]


def test_the_receipt_cannot_be_opened_by_who_knows_the_number(platform) -> None:
    """Whoever could work out the submission key would read number and query code."""
    case = case_of(platform.post(BODY))
    assert Browser().get(f"/ask/sent/{case.submission_key}/").status_code == 200
    plain = f"{platform.client.pk}:{BODY['number']}"
    for guess in (plain, hashlib.sha256(plain.encode()).hexdigest()):
        assert Browser().get(f"/ask/sent/{guess}/").status_code in {404, 410}
    assert case.submission_key not in platform.get(BODY["number"]).content.decode()


def test_the_database_keeps_a_number_once(platform) -> None:
    platform.post(BODY)
    referral = Referral.objects.get()
    referral.pk = None
    with pytest.raises(IntegrityError):
        referral.save(force_insert=True)


def test_tokens_are_issued_by_the_office_and_on_record(site) -> None:
    bureau = site.bureau
    with pytest.raises(NotPermitted):
        actions.issue_token(bureau.agency, "平台", by=bureau.editor)
    with on_record():
        client, token = actions.issue_token(bureau.agency, "平台", by=bureau.information_office)
    entry = Entry.objects.get(verb="api.token_issued")
    assert entry.subject == client.subject
    assert token not in json.dumps(entry.data)
    with pytest.raises(Refused, match="先停用"):
        actions.issue_token(bureau.agency, "平台", by=bureau.information_office)
    with on_record():
        actions.revoke_token(client, by=bureau.information_office, reason="到期")
    with pytest.raises(Refused, match="已停用"):
        actions.revoke_token(client, by=bureau.information_office, reason="到期")
    actions.issue_token(bureau.agency, "平台", by=bureau.information_office)


def test_the_command_prints_the_token_once(site) -> None:
    out, office = StringIO(), site.bureau.information_office.username
    call_command("api_token", "issue", agency="sfj", name="平台", by=office, stdout=out)
    token = json.loads(out.getvalue())["token"]
    assert Browser().get(
        "/api/v1/referrals/A1", headers={"Authorization": f"Bearer {token}"}
    ).status_code == 404  # fmt: skip
    with pytest.raises(CommandError) as refused:
        call_command("api_token", "issue", agency="sfj", name="平台", by=office, stdout=out)
    assert refused.value.returncode == 2
    call_command(
        "api_token", "revoke", agency="sfj", name="平台", by=office, reason="到期", stdout=out
    )
    assert Client.objects.get().revoked_at is not None
