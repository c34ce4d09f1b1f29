"""The public forms: no account, no script; bad input loses nothing that was typed."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small_site import read_again

from gongkai.applications.models import Application
from gongkai.cases.models import Case, Enclosure
from gongkai.portal.models import Draft

pytestmark = pytest.mark.django_db

# Invented: the check digit is right, the person does not exist.
IDENTITY = "110101199003074514"
MESSAGE = {"title": "司法考试什么时候报名", "text": "请问今年司法考试的报名时间和地点。"}


@pytest.fixture
def site(one_small_site, settings, tmp_path):
    settings.TREE_ROOT = tmp_path / "tree"
    settings.FILES_ROOT = tmp_path / "files"
    cache.clear()
    return read_again(one_small_site)


def key_of(page: str) -> str:
    found = re.search(r'name="submission_key" value="([^"]+)"', page)
    assert found
    return found[1]


def ask(client: Client, kind: str = "enquiry", **data: object):
    form = client.get(f"/ask/{kind}/").content.decode()
    return client.post(f"/ask/{kind}/", {**MESSAGE, "submission_key": key_of(form), **data})


def number_and_code(page: str) -> tuple[str, str]:
    number = re.search(r"[A-Z]{2}-\d{4}-\d{4}", page)
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", page)
    assert number and code
    return number[0], code[0]


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [("enquiry", "ZX"), ("complaint", "TS"), ("report", "JB"), ("suggestion", "JY")],
)
def test_it_works(site, kind: str, prefix: str) -> None:
    client = Client()
    sent = client.get(ask(client, kind)["Location"])
    number, code = number_and_code(sent.content.decode())
    assert number.startswith(prefix)
    status = client.post("/query/", {"number": number, "code": code})
    assert status.status_code == 200
    assert "已收到" in status.content.decode()


def test_a_form_sent_twice_makes_one_case_and_shows_the_same_receipt(site) -> None:
    client = Client()
    key = key_of(client.get("/ask/enquiry/").content.decode())
    pages = []
    for _ in range(2):
        response = client.post("/ask/enquiry/", {**MESSAGE, "submission_key": key})
        pages.append(number_and_code(client.get(response["Location"]).content.decode()))
    assert pages[0] == pages[1]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"title": ""}, "请填写标题"),
        ({"text": ""}, "请写明您要咨询或反映的事情"),
        ({"text": "字" * 2001}, "已写 2001 字，请控制在 2000 字以内"),
        ({"phone": "12345"}, "手机号应为11位数字"),
        ({"mail": "没有"}, "邮箱"),
        ({"submission_key": "短"}, "页面停留过久"),
    ],
)
def test_bad_input_says_what_to_do_and_loses_nothing(site, bad, message: str) -> None:
    typed = {"title": "考试报名", "text": "请问报名时间。", "name": "陈某某", **bad}
    response = ask(Client(), **typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "错误：" in page
    for value in typed.values():
        if value and value != "短":
            assert value[:50] in page
    assert not Case.objects.exists()


def test_lines_count_as_people_count_them(site) -> None:
    response = ask(Client(), text="行\r\n" * 999 + "尾尾")
    assert response.status_code == 302


def test_files_stay_when_something_else_is_wrong(site) -> None:
    client = Client()
    key = key_of(client.get("/ask/enquiry/").content.decode())
    file = SimpleUploadedFile("说明.pdf", b"%PDF-1.4\n%%EOF\n")
    wrong = client.post(
        "/ask/enquiry/", {**MESSAGE, "phone": "1", "submission_key": key, "files": file}
    ).content.decode()
    assert "已上传：说明.pdf" in wrong
    kept = re.search(r'name="kept" value="([^"]+)"', wrong)
    assert kept
    response = client.post("/ask/enquiry/", {**MESSAGE, "submission_key": key, "kept": kept[1]})
    assert response.status_code == 302
    assert Enclosure.objects.get().file.name == "说明.pdf"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("程序.exe", b"MZ", "不是可接受的类型"),
        ("照片.png", b"%PDF-1.4", "内容与扩展名不符"),
        ("空.pdf", b"", "空"),
    ],
)
def test_files_that_are_not_taken(site, name: str, content: bytes, message: str) -> None:
    response = ask(Client(), files=SimpleUploadedFile(name, content))
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Case.objects.exists()


def test_unknown_numbers_and_wrong_codes_get_the_same_answer(site) -> None:
    client = Client()
    number, _ = number_and_code(client.get(ask(client)["Location"]).content.decode())
    pages = [
        client.post("/query/", {"number": n, "code": "AAAA-AAAA-AAAA-AAAA"}).content.decode()
        for n in (number, "ZX-2099-0001")
    ]
    plain = [re.sub(r'value="[^"]*"', "", page) for page in pages]
    assert plain[0] == plain[1]
    assert "编号或查询码不正确，还可再试 4 次" in pages[0]


def test_guessing_a_code_ends_soon(site) -> None:
    client = Client()
    number, code = number_and_code(client.get(ask(client)["Location"]).content.decode())
    statuses = [
        client.post("/query/", {"number": number, "code": f"{n:016d}"}).status_code
        for n in range(6)
    ]
    assert statuses == [422] * 5 + [429]
    assert client.post("/query/", {"number": number, "code": code}).status_code == 429


def apply(client: Client, **answers: str) -> str:
    """Walk the wizard to the check step; returns the draft's address."""
    told = {
        "applicant_class": "nat", "name": "陈某某", "identity": IDENTITY, "phone": "13800000000",
        "title": "公证收费标准", "text": "2025年度公证收费标准全文", "delivery": "online",
        "carrier": "electronic", **answers,
    }  # fmt: skip
    response = client.post("/apply/who/", told)
    for _ in range(3):
        assert response.status_code == 302, response.content.decode()
        response = client.post(response["Location"], told)
    assert response.status_code == 302, response.content.decode()
    address: str = response["Location"]
    return address


def test_an_application_walks_through_the_wizard(site) -> None:
    client = Client()
    check = apply(client)
    page = client.get(check).content.decode()
    for words in ("陈某某", "公证收费标准", "网上查阅", "自然人"):
        assert words in page
    response = client.post(check, {"sure": "on"})
    number, code = number_and_code(client.get(response["Location"]).content.decode())
    assert number.startswith("SQ-")
    assert not Draft.objects.exists()
    assert Application.objects.get().case.number == number
    # Sent again from the browser's history: the same receipt, no second case.
    again = client.post(check, {"sure": "on"})
    assert number_and_code(client.get(again["Location"]).content.decode()) == (number, code)
    assert Case.objects.count() == 1


def test_a_draft_is_taken_up_again_elsewhere(site) -> None:
    client = Client()
    check = apply(client)
    later = client.get(check.replace("/check/", "/later/")).content.decode()
    assert check.split("/")[2] in later
    other = Client().get(check.replace("/check/", "/contact/")).content.decode()
    assert "陈某某" in other


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("identity", "110101199003074515", "请核对第"),
        ("identity", "", "请填写身份证明的号码"),
        ("name", "", "请填写申请人姓名"),
        ("text", "", "请写明所需政府信息的名称"),
        ("delivery", "", "请选择获取信息的方式"),
    ],
)
def test_a_wrong_answer_is_said_and_kept(site, field: str, value: str, message: str) -> None:
    client = Client()
    try:
        check = apply(client, **{field: value})
        response = client.post(check, {"sure": "on"})
    except AssertionError as stopped:
        assert message in str(stopped)
    else:
        assert response.status_code == 422
        assert message in response.content.decode()
    assert not Case.objects.exists()
    assert "陈某某" in str(Draft.objects.get().answers) or field == "name"


def test_a_draft_is_sealed_and_forgotten_after_a_week(site) -> None:
    from datetime import timedelta

    from django.db import connection

    from gongkai import clock
    from gongkai.portal.drafts import clear_drafts

    client = Client()
    check = apply(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM portal_draft")
        assert "陈某某" not in str(cursor.fetchone())
    with clock.set_to(clock.now() + timedelta(days=8)):
        assert client.get(check).status_code == 410
        assert clear_drafts() > 0


def test_search_finds_nothing_politely(site) -> None:
    page = Client().get("/search/", {"q": "不存在的东西"}).content.decode()
    assert "/apply/" in page


def test_the_limit_counts_the_citizen_not_the_web_server(site) -> None:
    from django.test import RequestFactory

    from gongkai.portal.access import address_of

    make = RequestFactory()
    behind = make.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7")
    liar = make.get("/", REMOTE_ADDR="198.51.100.9", HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert address_of(behind) == "203.0.113.7"
    assert address_of(liar) == "198.51.100.9"
