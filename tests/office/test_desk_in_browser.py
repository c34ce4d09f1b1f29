"""The desk in real Chromium: axe finds nothing in ours, nothing overflows, no script needed."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from small_site import draft
from test_cases import application, collated, enquiry, routed

from gongkai.applications import actions as applications
from gongkai.review.models import Sheet
from gongkai.review.pages import submit_page

pytestmark = pytest.mark.browser

AXE = "tests/vendor/axe-core-4.14.1/axe.min.js"
# Wagtail's own: sidebar, header, editor. What is ours lies in main.
RUN_AXE = """async (where) => (await axe.run(where, {resultTypes: ['violations']})).violations
    .map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))"""
OURS = {"include": [["main"]], "exclude": [["header.w-slim-header"], ["[data-form-side]"]]}
FURNITURE = ("/desk/sprite/", "/desk/jsi18n/")
BAD = [("text", "<p>联系人手机13800001234，身份证号990101199001010019。</p>")]


@pytest.fixture
def pages(browser: Any, site: Any) -> dict[str, tuple[Any, str]]:
    """Who looks at which address; made through the real actions."""
    b = site.bureau
    enquiry(b, title="咨询公证收费标准和办理时限")
    case = collated(b)
    asked = application(b)
    applications.register(asked, by=b.information_office)
    applications.route(asked, b.lawyers, by=b.information_office)
    routed(b, title="反映律师事务所收费没有开具票据的问题")
    page = draft(site, "关于开展律师行业专项检查的通知", body=BAD)
    submit_page(page, by=b.editor)
    sheet = Sheet.objects.latest("pk")
    return {
        "home": (b.information_office, "/desk/"),
        "cases": (b.information_office, "/desk/cases/?tab=all"),
        "case": (b.leader, f"/desk/cases/{case.number}/"),
        "reply": (b.liaison, f"/desk/cases/{asked.number}/"),
        "sheet": (b.unit_head, f"/desk/review/{sheet.pk}/"),
        "enter": (b.information_office, "/desk/cases/enter/application/"),
        "register": (b.information_office, "/desk/findings/"),
        "row": (b.system_administrator, f"/desk/units/{b.lawyers.pk}/do/change/"),
        "figures": (b.leader, "/desk/report/figures/2026/"),
        "word": (b.editor, "/desk/word/"),
        "paper": (b.unit_head, f"/desk/review/{sheet.pk}/print/"),
        "editor": (b.unit_head, f"/desk/pages/{page.pk}/edit/"),
    }


@pytest.fixture
def visit(browser: Any, pages: Any) -> Any:
    """Opens a page in Chromium; this process answers, inside the test's transaction."""
    opened = []

    def open_page(name: str, *, width: int = 1280, script: bool = True) -> Any:
        person, address = pages[name]
        client = Client()
        client.force_login(person)

        # Made here, not while the browser asks: its loop has no part in the test's transaction.
        made = {path: client.get(path) for path in (address, *FURNITURE)}

        def answer(route: Any) -> None:
            path = urlparse(route.request.url).path
            known = finders.find(path.removeprefix("/static/")) if "/static/" in path else None
            asked = route.request.url.removeprefix("http://127.0.0.1")
            response = made.get(asked) or made.get(path)
            if known:
                route.fulfill(path=known)
            elif response is None:
                route.fulfill(status=404, body="")
            else:
                route.fulfill(
                    status=response.status_code, body=response.content,
                    content_type=response.headers["Content-Type"],
                )  # fmt: skip

        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        opened.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(f"http://127.0.0.1{address}")
        return page

    yield open_page
    for context in opened:
        context.close()


OUR_PAGES = [
    "home", "cases", "case", "reply", "sheet", "enter", "register", "row", "figures", "word",
    "paper",
]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_in_ours_and_nothing_overflows(visit, width):
    found = {}
    for name in OUR_PAGES:
        page = visit(name, width=width)
        page.add_script_tag(path=AXE)
        faults = page.evaluate(RUN_AXE, OURS)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if faults or wide > width:
            found[name] = [*faults, f"{wide} px wide"]
        if folder := os.environ.get("GONGKAI_PICTURES"):
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
    assert found == {}


def test_axe_would_find_a_planted_fault(visit):
    page = visit("enter")
    page.evaluate("document.querySelector('label[for=id_name]').remove()")
    page.add_script_tag(path=AXE)
    assert any(fault.startswith("label:") for fault in page.evaluate(RUN_AXE, OURS))


def test_forms_and_lists_stand_without_script(visit):
    assert visit("case", script=False).locator("#act form button[type=submit]").is_visible()
    assert visit("cases", script=False).locator("table.gk-table tbody tr").count() == 4
    page = visit("sheet", script=False)
    page.get_by_text("写明理由").first.click()
    assert page.locator("textarea[name=reason]").first.is_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_without_script_there_is_a_menu_and_nothing_lies_over_the_page(visit, width):
    page = visit("cases", width=width, script=False)
    menu = page.get_by_role("navigation", name="菜单")
    for label in ("工作台", "案件", "年度数字"):
        menu.get_by_role("link", name=label, exact=True).click(trial=True)
    assert menu.get_by_role("button", name="退出登录").is_visible()
    assert not page.locator(".capabilitymessage, .sidebar-loading").first.is_visible()
    # A trial click fails when something else would get it.
    page.locator("table.gk-table tbody tr a").first.click(trial=True)
    page.screenshot(path=f"test-results/noscript-{width}.png")
    with_script = visit("cases", width=width)
    assert with_script.locator(".gk-noscript").count() == 0


def test_the_pages_of_ours_speak_chinese_only(visit):
    known = {
        "Word",
        "docx",
        "Excel",
        "edi",
        "inf",
        "lea",
        "lia",
        "uni",
        "sys",
        "lsc",
        "SQ",
        "ZX",
        "JSON",
        "PDF",
    }
    for name in OUR_PAGES:
        page = visit(name, script=False)
        words = set(re.findall(r"[A-Za-z]{2,}", page.locator("main").inner_text()))
        codes = {word for word in words if re.fullmatch(r"[a-f]+", word)}  # of digests
        assert words - known - codes == set(), name


def test_each_page_has_one_primary_button_at_most(visit):
    for name in OUR_PAGES:
        page = visit(name, script=False)
        primary = page.locator("main .button:not(.button-secondary, .w-header-button)").count()
        assert primary <= 1, name


def test_the_review_stands_beside_the_editor(visit):
    page = visit("editor")
    page.locator("body.ready").wait_for()  # before, the panels' buttons do nothing yet
    page.locator("[data-side-panel-toggle=review]").click()
    panel = page.locator("[data-side-panel=review]")
    panel.get_by_text("打开审查表").first.wait_for()
    assert "打开审查表" in panel.inner_text() and "13800001234" not in panel.inner_text()
    if folder := os.environ.get("GONGKAI_PICTURES"):
        page.screenshot(path=str(Path(folder) / "editor.png"))
