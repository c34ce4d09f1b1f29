"""An application for disclosure from the wizard to the letter, with the law's days between."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from docx import Document
from serving import ROOT, Running
from world import UNIT

from gongkai import clock

pytestmark = [pytest.mark.browser, pytest.mark.system]

NAME, PHONE = "申请示例", "13900007654"
# Invented: only the second one has the right check digit.
WRONG, IDENTITY = "110101199003074515", "110101199003074514"
TITLE = "律师事务所年度检查考核结果"
WANTED = "2025年度本市律师事务所年度检查考核结果的汇总表。"
STANDARD = "公证服务收费标准，每件八十元。".encode()
ANSWER = "您申请的2025年度律师事务所年度检查考核结果汇总表已经制作完成，现予以公开，随函提供。"
PERIOD = 20


def twenty_working_days_after(day: date, rows: list[dict[str, str]]) -> date:
    """Counted here once more, from the published table of holidays alone."""
    special = {row["date"]: row["kind"] == "work" for row in rows}
    left = PERIOD
    while left:
        day += timedelta(days=1)
        if special.get(day.isoformat(), day.weekday() < 5):
            left -= 1
    return day


def apply(citizen) -> None:
    """The wizard, with a wrong number first: told at its own step; what was typed stays."""
    page = citizen.page
    citizen.open("/apply/")
    page.get_by_role("main").locator("a[href='/apply/who/']").first.click()
    page.get_by_label("公民（自然人）").check()
    citizen.press("继续")
    page.get_by_label("姓名").fill(NAME)
    page.get_by_label("身份证号").fill(WRONG)
    page.get_by_label("电话").fill(PHONE)
    citizen.press("继续")
    citizen.picture("apply-refused")
    assert "身份证" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("姓名").input_value() == NAME
    assert page.get_by_label("身份证号").input_value() == WRONG
    page.get_by_label("身份证号").fill(IDENTITY)
    citizen.press("继续")
    page.get_by_label("信息名称").fill(TITLE)
    page.get_by_label("需要哪些信息").fill(WANTED)
    citizen.picture("apply-what")
    citizen.press("继续")
    page.get_by_label("网上查阅").check()
    page.get_by_role("radiogroup", name="信息载体").get_by_label("电子").check()
    citizen.press("继续")
    for words in (NAME, IDENTITY, TITLE, WANTED):
        assert words in citizen.reads(), words
    page.get_by_role("link", name=re.compile("更改 ?证件号码")).click()
    assert page.get_by_label("身份证号").input_value() == IDENTITY
    for _ in range(3):
        citizen.press("继续")
    assert WANTED in citizen.reads()
    page.get_by_label("我确认以上内容属实").check()
    citizen.press("提交申请")


def handle(running: Running, at_desk, number: str) -> str:
    """From registration to dispatch; returns the day by which the law wants the answer."""
    office = at_desk("information_office")
    office.open_case(number)
    office.press("登记", expect="已登记")
    with (ROOT / "gongkai/clock/data/days.csv").open(encoding="utf-8", newline="") as table:
        due = twenty_working_days_after(clock.today(), list(csv.DictReader(table))).isoformat()
    assert due in office.page.get_by_text("期限").first.locator("xpath=..").inner_text()
    office.page.get_by_text("期限是怎样算出来的").click()
    office.picture("case-clock")
    assert due in office.page.locator(".gk-trace").inner_text()
    office.fill(承办单位=UNIT)
    office.press("分给该单位")
    office.open("cases/?tab=all")
    assert due in office.page.get_by_role("row").filter(has_text=number).inner_text()

    liaison = at_desk("liaison")
    liaison.open_case(number)
    liaison.fill(答复类型="G1 予以公开", 答复内容和理由=ANSWER)
    given = {"name": "收费标准.txt", "mimeType": "text/plain", "buffer": STANDARD}
    liaison.page.get_by_label("随答复书提供的文件").set_input_files(given)
    liaison.picture("case-reply")
    liaison.press("成稿并送信息办", expect="已成稿")
    assert not liaison.says(NAME)

    office.open_case(number)
    office.press("同意并送领导审核")
    leader = at_desk("leader")
    leader.open_case(number)
    assert not leader.says(NAME)
    leader.press("同意")
    office.open_case(number)
    office.fill(送达方式="电子方式", 送达凭证="网上办理平台发送记录 0001")
    office.press("登记送达", expect="已登记送达，本件已答复")
    return due


def test_an_application_is_answered_with_a_letter_and_counted(running, at_desk, citizen) -> None:
    before = figures(running)
    apply(citizen)
    receipt = citizen.receipt()
    citizen.picture("apply-sent")
    assert receipt.number.startswith("SQ-")
    assert receipt.number not in "".join(t.decode(errors="ignore") for t in running.tree().values())

    due = handle(running, at_desk, receipt.number)

    told = citizen.query(receipt)
    citizen.picture("apply-answered")
    for words in (ANSWER, "行政复议", "行政诉讼"):
        assert words in told, words
    link = citizen.page.get_by_role("main").locator("a[href*='/query/letter/']").first
    letter = running.get(running.path_of(link.get_attribute("href")))
    assert letter.status == 200
    text = "\n".join(p.text for p in Document(io.BytesIO(letter.body)).paragraphs)
    assert ANSWER in text and "行政复议" in text and "临江市司法局" in text
    assert "附件：收费标准.txt" in text
    link = citizen.page.get_by_role("main").get_by_role("link", name="收费标准.txt")
    assert running.get(running.path_of(link.get_attribute("href"))).body == STANDARD
    assert STANDARD not in running.tree().values()  # it was for the one who asked

    after = figures(running)
    assert after["applications"] == before["applications"] + 1
    assert due > clock.today().isoformat()


def figures(running: Running) -> dict:
    return json.loads(running.gongkai("report", "figures", "--year", str(clock.today().year)))
