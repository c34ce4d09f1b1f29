"""An enquiry and a complaint from the portal to the published answer; who asked stays sealed."""

from __future__ import annotations

import json
import re

import pytest
from serving import Running, wait_until
from world import UNIT

pytestmark = [pytest.mark.browser, pytest.mark.system]

NAME, PHONE = "欧阳示例", "13900004567"
TITLE = "怎样申请法律援助律师"
QUESTION = f"我叫{NAME}，电话{PHONE}。请问经济困难怎样申请法律援助律师，要带哪些材料？"
ANSWER = (
    "经济困难的，凭身份证件和经济困难说明，到市法律援助中心窗口或者在网上提出申请，"
    "受理后七日内作出决定。"
)
COMPLAINT = "律师事务所不开发票"
COMPLAINED = "我委托某律师事务所代书，付款后多次要求开具发票，均被拒绝，请核实处理。"


def secrets_shown(running: Running) -> list[str]:
    """Where anybody could read a word of who asked: files, answers of the application, search."""
    words = (NAME, PHONE)
    pages = {path: running.get(path).text for path in ("/answers/", "/search/?q=法律援助")}
    texts = {**{p: c.decode(errors="ignore") for p, c in running.tree().items()}, **pages}
    found = [path for path, text in texts.items() for w in words if w in text]
    hits = [json.loads(running.gongkai("search", w)) for w in words]
    return [*found, *(str(hit["hits"]) for hit in hits if hit["total"])]


def handle(at_desk, number: str, answer: str) -> None:
    """From registration to the answer, each by the one whose duty it is."""
    office = at_desk("information_office")
    office.open_case(number)
    assert NAME not in office.page.locator("#act").inner_text()
    office.press("登记")
    office.fill(承办单位=UNIT)
    office.press("分给该单位")
    office.picture("case-routed")

    liaison = at_desk("liaison")
    liaison.open_case(number)
    liaison.fill(答复稿="已转有关部门办理。")
    liaison.press("提交信息办汇总")
    assert liaison.says("不是答复")  # and what was typed is still there
    assert liaison.page.get_by_label("答复稿").input_value() == "已转有关部门办理。"
    liaison.fill(答复稿=answer)
    liaison.press("提交信息办汇总")

    office.open_case(number)
    office.picture("case-collate")
    office.press("送领导审核", expect="已送分管局领导审核")
    assert office.page.get_by_role("button", name="同意", exact=True).count() == 0

    leader = at_desk("leader", width=375)
    leader.open("")
    leader.page.get_by_role("link", name=re.compile("法律援助|发票")).first.click()
    leader.picture("case-leader-375")
    assert leader.page.evaluate("document.documentElement.scrollWidth") <= 375
    leader.press("同意")

    office.open_case(number)
    office.press("发出答复", expect="已答复来信人")
    for label in ("登记", "分办", "拟稿", "汇总", "审核"):
        assert label in office.record(), label


def test_an_enquiry_is_answered_rated_and_published_without_who_asked(
    running, at_desk, citizen
) -> None:
    receipt = citizen.ask("咨询", TITLE, QUESTION, 姓名=NAME, 电话=PHONE, consent="yes")
    assert receipt.number.startswith("ZX-")
    citizen.picture("sent")
    assert "已收到" in citizen.query(receipt)

    handle(at_desk, receipt.number, ANSWER)

    told = citizen.query(receipt)
    citizen.picture("status")
    assert ANSWER in told and "已于" in told
    assert "您已评价：非常满意" in citizen.rate("非常满意", "说得很清楚")
    assert "您已评价：非常满意" in citizen.query(receipt)

    path = f"/answers/{receipt.number.lower()}/"
    wait_until("the answer is public", lambda: running.get(path).status == 200, seconds=30)
    public = running.get(path).text
    assert "怎样申请法律援助律师" in public and "市法律援助中心窗口" in public
    wait_until("it is listed", lambda: path in running.get("/answers/").text)
    wait_until("it is on the front page", lambda: path in running.get("/").text)
    citizen.open(path)
    citizen.picture("answer")
    assert secrets_shown(running) == []
    assert receipt.code not in running.get(path).text


def test_a_complaint_without_consent_is_answered_and_not_published(
    running, at_desk, citizen
) -> None:
    receipt = citizen.ask("投诉", COMPLAINT, COMPLAINED, 姓名=NAME, 电话=PHONE)
    assert receipt.number.startswith("TS-")
    handle(at_desk, receipt.number, "经核实，该所已于今日补开发票，我局已责令其改正，结果如上。")
    assert "补开发票" in citizen.query(receipt)
    running.gongkai("publish")
    assert running.get(f"/answers/{receipt.number.lower()}/").status == 404
    assert not any("不开发票".encode() in content for content in running.tree().values())
    assert secrets_shown(running) == []
