"""The steps of the public form: what is wrong is told where it is typed, on the server."""

from __future__ import annotations

import pytest
from applying import CREDIT_CODE, ID_CARD, MONDAY, on, submit
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small_site import read_again

from gongkai.applications import actions
from gongkai.cases.models import Case
from gongkai.portal.forms.application import ContactForm, HowForm
from gongkai.portal.models import Draft

PERSON = {"name": "欧阳示例", "identity": ID_CARD, "phone": "13800001234"}


def contact(applicant_class: str = "nat", **told: str) -> dict[str, list[str]]:
    form = ContactForm({**PERSON, **told}).for_class(applicant_class)
    return {field: list(found) for field, found in form.errors.items()}


def how(delivery: str, **told: str) -> dict[str, list[str]]:
    form = HowForm({"delivery": delivery, "carrier": "paper"}).with_contact(told)
    return {field: list(found) for field, found in form.errors.items()}


def test_a_wrong_number_is_told_at_the_step_where_it_is_typed(db: None, one_small_site) -> None:
    read_again(one_small_site)
    client = Client()
    step = client.post("/apply/who/", {"applicant_class": "nat"})["Location"]
    wrong = client.post(step, {**PERSON, "identity": "990101199001010010"})
    shown = wrong.content.decode()
    assert wrong.status_code == 422 and "请核对第 18 位" in shown and "错误：" in shown
    assert 'value="990101199001010010"' in shown and not Case.objects.exists()
    assert Draft.objects.get().answers["identity"] == "990101199001010010"
    assert client.post(step, PERSON).status_code == 302
    organisation = client.post("/apply/who/", {"applicant_class": "biz"})["Location"]
    assert "校验位不正确" in client.post(organisation, PERSON).content.decode()


@pytest.mark.parametrize(("kind", "told", "field", "message"), [
    ("nat", {"identity": "99010119900101"}, "identity", "请核对第 15 位"),
    ("nat", {"phone": "1380000"}, "phone", "手机号应为11位"),
    ("nat", {"phone": ""}, "phone", "至少一项"),
    ("nat", {"mail": "a@b"}, "mail", "电子邮箱格式不对"),
    ("nat", {"identity": ""}, "identity", "请填写身份证明的号码"),
    ("biz", {"identity": CREDIT_CODE[:-1] + "0"}, "identity", "校验位不正确"),
])  # fmt: skip
def test_each_wrong_answer_has_its_own_words(
    kind: str, told: dict[str, str], field: str, message: str
) -> None:
    found = contact(kind, **told)
    assert set(found) == {field} and len(found[field]) == 1 and message in found[field][0]


def test_what_is_right_goes_on() -> None:
    assert contact() == {} and contact("biz", identity=CREDIT_CODE) == {}
    assert contact(identity="E12345678") == {}  # a passport
    assert how("online") == how("post", address="临江市示例里七号", mail="") == {}


@pytest.mark.parametrize(("way", "message"), [
    ("post", "请填写通信地址"), ("email", "请填写电子邮箱"),
])  # fmt: skip
def test_a_way_that_was_not_prepared_is_told_at_once(way: str, message: str) -> None:
    (told,) = how(way, address="", mail="")["delivery"]
    assert message in told and "姓名和联系方式" in told


def test_the_step_on_the_way_tells_the_tariff_of_the_law(db: None, one_small_site) -> None:
    read_again(one_small_site)
    client = Client()
    step = client.post("/apply/who/", {"applicant_class": "nat"})["Location"]
    shown = client.get(step.replace("/contact/", "/how/")).content.decode()
    assert "要交费吗" in shown and "第11件至第30件每件100元" in shown


def looked_up(case: Case, code: str) -> str:
    page = Client().post("/query/", {"number": case.number, "code": code})
    assert page.status_code == 200
    return page.content.decode()


def test_the_applicant_reads_what_to_pay_and_where_a_merged_one_went(
    db: None, one_small_site
) -> None:
    b = read_again(one_small_site).bureau
    with on(MONDAY):
        first, second = submit(b), submit(b)
        for opened in (first, second):
            actions.register(opened.case, by=b.information_office)
        actions.charge_fee(
            first.case, by=b.information_office, way="pages", units=68, pay_how="财务窗口"
        )
        assert "需要您缴纳信息处理费 380 元，请按收费通知书缴纳" in looked_up(
            first.case, first.code
        )
        actions.note_fee_notice_received(first.case, by=b.information_office, day=MONDAY)
        assert "请在 2026-03-30 前缴纳" in looked_up(first.case, first.code)
        actions.receive_fee(first.case, by=b.information_office, day=MONDAY, receipt="0001")
        assert "缴纳" not in looked_up(first.case, first.code).partition("办理进度")[0]
        actions.merge(second.case, first.case, by=b.information_office, reason="重复提交")
        told = looked_up(second.case, second.code)
        assert f"已与 {first.case.number} 合并办理" in told


def corrected(client: Client) -> str:
    """The address of the step on the record, after the two before it."""
    page = client.get("/apply/").content.decode()
    assert 'href="/apply/who/?request=correction"' in page
    first = client.get("/apply/who/?request=correction").content.decode()
    assert "申请更正本人信息记录" in first and "共 4 步" in first
    assert 'name="request" value="correction"' in first
    asked = {"applicant_class": "nat", "request": "correction"}
    contact_step = client.post("/apply/who/", asked)["Location"]
    return str(client.post(contact_step, PERSON)["Location"])


def test_a_correction_of_ones_own_record_without_script(db: None, one_small_site) -> None:
    read_again(one_small_site)
    client = Client()
    step = corrected(client)
    shown = client.get(step).content.decode()
    assert "哪一条记录" in shown and "什么情况可以申请更正" in shown and "multipart" in shown
    told = {"title": "律师执业信息", "text": "执业证号末两位应为21"}
    bare = client.post(step, told)
    assert bare.status_code == 422 and "请上传证明记录不准确的证据材料" in bare.content.decode()
    assert "请写明是哪一条记录" in client.post(step, {"text": "不对"}).content.decode()
    proof = SimpleUploadedFile("执业证.pdf", b"%PDF-1.4 1")
    check = client.post(step, {**told, "files": proof})["Location"]
    assert check.endswith("/check/")  # how it is wanted is not asked
    seen = client.get(check).content.decode()
    assert "要更正的记录" in seen and "执业证.pdf" in seen and "获取方式" not in seen
    assert client.get(check.replace("/check/", "/how/"))["Location"] == check
    again = client.get(step).content.decode()
    assert "已上传：执业证.pdf" in again
    assert client.post(step, told).status_code == 302  # the proof is still there
    sent = client.post(check, {"sure": "on"})["Location"]
    case = Case.objects.get()
    assert case.application.request == "correction" and not case.application.counted
    assert (case.title, case.text) == (told["title"], told["text"])
    assert case.enclosures.get().file.name == "执业证.pdf"
    receipt = client.get(sent).content.decode()
    assert case.number in receipt and "更正的结果书面告知您" in receipt


@pytest.mark.parametrize("asked", ["", "disclosure", "<script>"])
def test_every_other_wish_is_for_information(db: None, one_small_site, asked: str) -> None:
    read_again(one_small_site)
    client = Client()
    shown = client.get("/apply/who/", {"request": asked}).content.decode()
    assert "共 5 步" in shown and "<script>" not in shown
    told = {"applicant_class": "nat", "request": asked}
    step = client.post("/apply/who/", told)["Location"]
    assert Draft.objects.get().answers["request"] == "disclosure"
    assert "信息名称" in client.get(step.replace("/contact/", "/what/")).content.decode()
