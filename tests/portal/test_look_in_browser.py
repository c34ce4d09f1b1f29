"""The pages in real Chromium: axe finds nothing, nothing overflows, keys and no-script work."""

from urllib.parse import urlparse

import pytest
from django.contrib.staticfiles import finders
from portal.fixtures import PAGES

from gongkai.portal.render import render

pytestmark = pytest.mark.browser

AXE = "tests/vendor/axe-core-4.14.1/axe.min.js"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 5"><rect width="8" height="5"/></svg>'  # fmt: skip # noqa: E501
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))"""
FOCUS_IS_SEEN = """() => {
    const stop = document.activeElement;
    const shown = stop.type === 'radio' ? stop.nextElementSibling : stop;
    return getComputedStyle(shown).outlineStyle !== 'none' || stop.tagName === 'BODY';
}"""
KINDS = ["home", "law-home", "column", "catalogue", "item", "enquiry-errors", "status-answered"]
MODES = {"plain": {}, "high": {"contrast": "high"}, "elder": {"mode": "elder"}}


def answer(route) -> None:
    """Pages by name, our static files, a picture for every picture; nothing else exists."""
    path = urlparse(route.request.url).path
    if path.startswith("/static/"):
        route.fulfill(path=finders.find(path.removeprefix("/static/")))
    elif path.strip("/") in PAGES:
        body = render(PAGES[path.strip("/")]())
        route.fulfill(body=body, content_type="text/html; charset=utf-8")
    elif path.startswith("/img/"):
        route.fulfill(body=PICTURE, content_type="image/svg+xml")
    else:
        route.fulfill(status=404, body="")


@pytest.fixture
def visit(browser):
    """Opens a page of the fixtures; closes what it opened."""
    opened = []

    def open_page(name: str, *, width: int = 1280, script: bool = True, chosen: dict | None = None):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        opened.append(context)
        if chosen:
            context.add_init_script(
                "".join(f"document.cookie='gk_{k}={v};path=/';" for k, v in chosen.items())
            )
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(f"http://127.0.0.1/{name}")
        return page

    yield open_page
    for context in opened:
        context.close()


def violations(page) -> list[str]:
    page.add_script_tag(path=AXE)
    return page.evaluate(RUN_AXE)


@pytest.mark.parametrize("name", list(PAGES))
def test_axe_finds_nothing_and_nothing_overflows(visit, name):
    """Wide, then narrow; what axe looks at changes with the width only where the layout does."""
    page = visit(name)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.set_viewport_size({"width": 375, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    if name in KINDS:
        assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize("chosen", ["high", "elder"])
@pytest.mark.parametrize("name", KINDS)
def test_chosen_modes_are_as_accessible(visit, name, chosen):
    page = visit(name, width=375, chosen=MODES[chosen])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_axe_would_find_a_planted_fault(visit):
    page = visit("enquiry")
    page.evaluate("document.querySelector('label[for=id_name]').remove()")
    assert any(found.startswith("label:") for found in violations(page))


def test_choice_of_mode_is_kept_on_the_next_page(visit):
    page = visit("item")
    page.get_by_role("button", name="长者模式").click()
    page.goto("http://127.0.0.1/column")
    assert page.evaluate("document.documentElement.dataset.mode") == "elder"
    pressed = page.get_by_role("button", name="长者模式")
    assert pressed.get_attribute("aria-pressed") == "true"
    pressed.click()
    assert page.evaluate("document.documentElement.dataset.mode") is None


def test_without_script_nothing_that_needs_it_is_shown(visit):
    page = visit("item", script=False)
    assert page.locator("[data-enhance]:visible").count() == 0
    assert page.locator("header button:visible").all_inner_texts() == ["搜索"]


@pytest.mark.parametrize("script", [True, False])
def test_before_a_site_that_is_not_the_governments_the_reader_is_asked(visit, script):
    page = visit("links", script=script)
    notices = page.locator(".leave")
    assert notices.count() > 0 and not notices.first.is_visible()
    page.locator("#from-1").click()
    assert notices.first.is_visible() and notices.first.locator("a").count() == 2
    page.get_by_role("link", name="留在本网站").click()
    assert not notices.first.is_visible()
    if script:
        page.locator("#from-1").click()
        assert violations(page) == []
        page.keyboard.press("Escape")
        assert not notices.first.is_visible()


def test_without_script_the_display_is_chosen_by_links(visit):
    links = visit("item", script=False).locator(".top-tools noscript ~ *, .modes a")
    assert {"/display/mode/elder/", "/display/plain/"} <= {
        link.get_attribute("href") for link in links.all()
    }


def test_tabs_work_without_script(visit):
    page = visit("home", script=False)
    panes = page.locator(".pane")
    assert [panes.nth(n).is_visible() for n in range(3)] == [True, False, False]
    page.get_by_text("政策文件", exact=True).first.click()
    assert [panes.nth(n).is_visible() for n in range(3)] == [False, False, True]


def test_first_key_skips_to_the_text(visit):
    page = visit("column")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_stop_of_the_tab_key_is_visibly_focused(visit):
    page = visit("home")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if not page.evaluate(FOCUS_IS_SEEN):
            unseen.append(page.evaluate("document.activeElement.outerHTML"))
    assert unseen == []


def test_focus_moves_to_the_errors(visit):
    page = visit("enquiry-errors")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.get_by_role("link", name="请填写姓名。").click()
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_count_tells_how_many_characters_are_left(visit):
    page = visit("apply-what")
    page.locator("#id_subject").fill("收费标准")
    assert page.locator("#id_subject-count").inner_text() == "还可以写 496 字"
    page.locator("#id_subject").fill("长" * 502)
    assert page.locator("#id_subject-count").inner_text() == "超出 2 字，请缩短"


def test_paper_shows_text_and_code_without_the_furniture(visit):
    page = visit("item")
    page.emulate_media(media="print")
    assert page.locator(".qr-box").is_visible()
    assert page.locator("article h1").is_visible()
    assert not page.locator("nav.nav").is_visible()
    assert not page.locator(".find").is_visible()
