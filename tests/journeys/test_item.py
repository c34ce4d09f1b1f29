"""An item from the Word file to the public page and back: three approvals, then a withdrawal."""

from __future__ import annotations

import io
import re
from urllib.parse import quote, urlsplit

import pytest
from docx import Document
from serving import Running, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.system]

TITLE = "关于规范律师执业年度考核工作的通知"
PARAGRAPHS = ("各区县司法局，各律师事务所：", "现将年度考核工作的有关事项通知如下。")
# Invented: the check digit is right, the person does not exist.
IDENTITY = "110101199003074514"
LEAK = f"联系人身份证号{IDENTITY}。"
CELL = "每年五月三十一日前"
SHEET = "附表：考核等次分为称职、基本称职、不称职。".encode()
COLUMN = "/xxgk/zcwj/"
SUBMITTED = re.compile("提交(进行)?审查")


def word_file() -> bytes:
    document = Document()
    document.add_heading(TITLE, 0)
    for paragraph in PARAGRAPHS[:-1]:
        document.add_paragraph(paragraph)
    document.add_paragraph(PARAGRAPHS[-1] + LEAK)
    table = document.add_table(2, 2)
    for place, words in enumerate(("事项", "期限", "提交考核材料", CELL)):
        table.cell(place // 2, place % 2).text = words
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def address_of(running: Running, column: str, title: str) -> str:
    """The item's path by the link in its column, once it is there; "" until then."""
    import lxml.html

    page = lxml.html.fromstring(running.get(column).body)
    links = [a.get("href") for a in page.iter("a") if title in a.text_content()]
    return running.path_of(links[0]) if links else ""


def found_by_search(running: Running, word: str, path: str) -> bool:
    return path in running.get(f"/search/?q={word}").text


def test_a_word_file_becomes_public_by_three_approvals_and_is_withdrawn(
    running, at_desk, citizen
) -> None:
    editor = at_desk("editor")
    editor.import_word(("信息公开", "政策文件"), "考核通知.docx", word_file())
    assert IDENTITY in editor.text().inner_text()
    editor.attach("考核附表.txt", SHEET)

    # Refused beside the text, which stays; not a word of it is public.
    editor.submit()
    editor.page.get_by_text("居民身份证号：110*").wait_for()
    editor.picture("screened")
    assert IDENTITY in editor.text().inner_text()
    assert not any(TITLE.encode() in content for content in running.tree().values())

    editor.rub_out(LEAK)
    editor.submit()
    editor.page.get_by_text(SUBMITTED).first.wait_for()
    editor.open("")
    assert TITLE in editor.page.get_by_role("region", name="我送审的").inner_text()
    editor.picture("home-editor")
    editor.page.get_by_role("link", name=TITLE).first.click()
    editor.page.get_by_text("现在不由您办理").wait_for()
    assert editor.page.get_by_role("button", name="同意", exact=True).count() == 0

    unit_head = at_desk("unit_head")
    unit_head.open_sheet(TITLE)
    unit_head.open_editor()
    unit_head.open_sheet_from_editor()
    unit_head.picture("sheet")
    unit_head.agree()
    # Who approved at one step cannot approve at the next.
    assert unit_head.page.get_by_role("button", name="同意", exact=True).count() == 0
    for role in ("information_office", "leader"):
        assert address_of(running, COLUMN, TITLE) == ""
        reviewer = at_desk(role)
        reviewer.open_sheet(TITLE)
        reviewer.agree()

    path = wait_until("the column shows it", lambda: address_of(running, COLUMN, TITLE), seconds=30)
    number = urlsplit(path).path.strip("/").rpartition("/")[2]
    wait_until("search finds it", lambda: found_by_search(running, "年度考核", path), seconds=30)
    for public in ("/", COLUMN):
        assert path in running.get(public).text, public
    for machine in (f"{COLUMN}feed.xml", f"{COLUMN}atom.xml", "/feed.xml", "/feed.json"):
        assert f"{running.url}{path}" in running.get(machine).text, machine
    citizen.open("/")
    citizen.picture("home")
    citizen.open(path)
    citizen.picture("item")
    shown = citizen.reads()
    metadata = (f"000000001/{number}", "临江市司法局", "主动公开")
    for words in (TITLE, *PARAGRAPHS, CELL, "考核附表", *metadata):
        assert words in shown, words
    assert IDENTITY not in running.get(path).text
    attachment = running.path_of(
        citizen.page.get_by_role("main").locator("a[href*='/files/']").first.get_attribute("href")
    )
    assert running.get(attachment).body == SHEET

    # The page stands when the application does not.
    running.stop("web")
    try:
        assert "正在维护" in running.get("/search/?q=x").text
        assert TITLE in running.get(path).text
        assert running.get(attachment).body == SHEET
        _its_looks_stand_too(running, path)
    finally:
        running.start_web()

    office = at_desk("information_office")
    office.withdraw(TITLE, "附表有误")
    wait_until("its page is gone", lambda: running.get(path).status in {404, 410}, seconds=30)
    wait_until("search forgets it", lambda: not found_by_search(running, "年度考核", path))
    running.reload_nginx()
    for gone in (path, attachment):
        wait_until(f"{gone} answers 410", lambda gone=gone: running.get(gone).status == 410)
        assert "撤回" in running.get(gone).text
    for public in ("/", COLUMN, f"{COLUMN}feed.xml", "/feed.xml", "/sitemap.xml"):
        answer = running.get(public)
        assert answer.status == 200 and path not in answer.text and TITLE not in answer.text, public
    assert not any(TITLE.encode() in content for content in running.tree().values())
    # A worker of nginx that has not yet heard of the reload may answer once more.
    wait_until("its quoted path answers 410", lambda: running.get(quote(path)).status == 410)


def _its_looks_stand_too(running: Running, path: str) -> None:
    """Style sheets and display choices are the web server's own."""
    styles = re.findall(r'href="(/static/[^"]+\.css)"', running.get(path).text)
    assert styles and all(running.get(style).status == 200 for style in styles)
    here = f"{running.url}{path}?from=list"
    chosen = running.get("/display/mode/elder/", Referer=here)
    assert (chosen.status, chosen.headers["Location"]) == (302, path)
    assert chosen.headers["Set-Cookie"].startswith("gk_mode=elder; Path=/")
    outside = running.get("/display/mode/elder/", Referer="http://x.example//x.example/")
    assert outside.headers["Location"] == "/"
    elder = running.get("/display.css", Cookie="gk_mode=elder; gk_size=x").text
    assert ":root .side{display:none}" in elder
    assert ":root .side" not in running.get("/display.css", Cookie="gk_mode=../..").text
    assert running.get("/hant" + path).status == 503


def test_news_written_by_hand_becomes_public_by_two_approvals(running, at_desk) -> None:
    title = "全市律师工作座谈会召开"
    editor = at_desk("editor")
    editor.write(("信息公开", "工作动态"), title, "会议总结了今年的公共法律服务工作。")
    editor.picture("editor")
    editor.submit()
    editor.page.get_by_text(SUBMITTED).first.wait_for()
    for role in ("confidentiality", "information_office"):
        assert address_of(running, "/xxgk/gzdt/", title) == ""
        reviewer = at_desk(role)
        reviewer.open_sheet(title)
        reviewer.agree()
    path = wait_until(
        "the column shows it", lambda: address_of(running, "/xxgk/gzdt/", title), seconds=30
    )
    assert "会议总结了今年的公共法律服务工作。" in running.get(path).text
    wait_until("the front page shows it", lambda: title in running.get("/").text)
