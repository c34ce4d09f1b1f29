"""What staff see at the desk is Chinese: the texts and labels of the screens, read as a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from small_site import draft, fresh, item
from test_editor import editor_facts

from gongkai.catalogue.models import HomePage
from gongkai.review.pages import submit_page

SHOWN = (
    "title", "alt", "placeholder", "aria-label", "aria-description", "data-placeholder",
    "data-w-tooltip-content-value", "data-w-progress-active-value",
)  # fmt: skip
# Not English to a reader in an office: formats, the product below the desk, keys of the keyboard.
ALLOWED = frozenset({
    "word", "pdf", "ofd", "docx", "doc", "xlsx", "excel", "csv", "javascript", "http", "https",
    "url", "wagtail", "ctrl", "shift", "alt", "esc", "enter",
})  # fmt: skip
# Names, not words: of people in tests (王edi), accounts, addresses, files, model codes.
_NAMES = re.compile(
    r"王[a-z]{3}|\bsfj-[a-z_]+|[\w.+-]+@[\w.-]+|https?://\S+|\S*/desk/\S*"
    r"|\bcatalogue\.\w+|\S+\.(?:docx?|xlsx|pdf)\b"
)
# Whole texts that nobody sees: a counter until its script fills it; Wagtail's search button.
UNSEEN = frozenset({"None", "Search"})


class Reader(HTMLParser):
    """Collects what a page shows and tells a screen reader; templates too, scripts not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        facts = dict(attrs)
        self.texts += [facts[name] or "" for name in SHOWN if name in facts]
        if tag == "input" and facts.get("type") in {"submit", "button"}:
            self.texts.append(facts.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(data.strip())


def english(html: str) -> Iterator[str]:
    """The texts with three Latin letters in a row that no reader expects."""
    reader = Reader()
    reader.feed(html)
    for text in reader.texts:
        words = re.findall(r"[A-Za-z]{3,}", _NAMES.sub(" ", text)) if text not in UNSEEN else []
        if any(word.lower() not in ALLOWED for word in words):
            yield text


@pytest.fixture
def told(site: Any, as_user: Any) -> dict[str, str]:
    """Every main screen of the desk, by name."""
    if connection.vendor == "postgresql":
        pytest.skip("words do not depend on the database: they are read once")
    b = site.bureau
    writing, released = draft(site, "正在写的"), item(site, "已经公开的")
    waiting = draft(site, "正在审查的")
    state = submit_page(waiting, by=b.editor)
    for title in ("改过的一稿", "改过的二稿"):
        changed = fresh(writing).get_latest_revision_as_object()
        changed.title = title
        changed.save_revision(user=b.editor, log_action=True)
    home = HomePage.objects.get()
    first, *_, last = fresh(writing).revisions.order_by("pk")
    task = fresh(waiting).current_workflow_task_state
    desk = {
        "editor": [
            "", "pages/", f"pages/{home.pk}/", f"pages/{site.news.pk}/", f"pages/{home.pk}/edit/",
            f"pages/{site.news.pk}/edit/", f"pages/{writing.pk}/edit/", f"pages/{waiting.pk}/edit/",
            f"pages/{released.pk}/edit/", f"pages/{writing.pk}/history/",
            f"pages/{waiting.pk}/history/", f"pages/{released.pk}/history/?action=wagtail.create",
            f"pages/{writing.pk}/revisions/compare/{first.pk}...{last.pk}/",
            f"pages/{waiting.pk}/workflow_history/",
            f"pages/{waiting.pk}/workflow_history/detail/{state.pk}/",
            f"pages/workflow/confirm_cancellation/{waiting.pk}/",
            f"pages/add/catalogue/itempage/{site.news.pk}/",
            f"pages/add/catalogue/columnpage/{site.section.pk}/",
            f"pages/{site.section.pk}/add_subpage/", f"pages/{writing.pk}/delete/",
            f"pages/{writing.pk}/usage/", "pages/search/", "pages/search/?q=公开",
            "pages/search/?q=没有的", "pages/usage/catalogue/itempage/",
            f"pages/{writing.pk}/revisions/{first.pk}/revert/",
            "account/", "choose-page/", f"choose-page/{site.news.pk}/", "choose-external-link/",
            "choose-email-link/", "choose-phone-link/", "choose-anchor-link/", "stored_files/",
            "word/", "cases/", "reports/aging-pages/", "reports/locked/", "reports/workflow/",
            "reports/workflow_tasks/", "reports/site-history/", "reports/page-types-usage/",
            "cases/no-such-case/", "units/", "pages/99999/edit/",
        ],
        "unit_head": [
            "", f"pages/{waiting.pk}/edit/", "reports/workflow_tasks/",
            f"pages/workflow/collect_action_data/{waiting.pk}/reject/{task.pk}/",
            f"pages/workflow/collect_action_data/{waiting.pk}/approve/{task.pk}/",
        ],
        "information_office": [
            "", "cases/", "devices/", "findings/", "posts/", "reports/site-history/",
            f"pages/{released.pk}/edit/", f"withdraw/{released.pk}/",
        ],
        "system_administrator": ["", "units/", "account/"],
    }  # fmt: skip
    screens: dict[str, str] = {}
    for role, paths in desk.items():
        client = as_user(getattr(b, role))
        for path in paths:
            response = client.get(f"/desk/{path}", follow=True)
            body = response.content.decode()
            if body.startswith("{"):
                body = response.json().get("html", "")
            screens[f"{role} {path} {response.status_code}"] = body
        client.logout()
    for path in ("login/", "password_reset/"):
        screens[f"- {path}"] = client.get(f"/desk/{path}").content.decode()
    wrong = client.post("/desk/login/", {"username": "x", "password": "y"})
    screens["- login refused"] = wrong.content.decode()
    nothing = editor_facts(writing, title="", summary="长" * 3000, signed_on="x")
    editor = as_user(b.editor)
    for path in (f"{writing.pk}/edit/", f"add/catalogue/itempage/{site.news.pk}/"):
        refused = editor.post(f"/desk/pages/{path}", nothing)
        screens[f"editor refused pages/{path}"] = refused.content.decode()
    return screens


def test_every_screen_is_wholly_chinese(told):
    # A screen that is refused says nothing in English either.
    gone = {name.rsplit(" ", 1)[0] for name in told if name.endswith((" 404", " 403", " 500"))}
    assert gone == {"editor cases/no-such-case/", "editor pages/99999/edit/"}
    for path, html in told.items():
        assert "有未通过校验的内容" in html or "refused pages" not in path
    found = {name: list(dict.fromkeys(english(html))) for name, html in told.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>页面</p><p>Locked by you</p>", ["Locked by you"]),
        ('<nav aria-label="Actions">操作</nav>', ["Actions"]),
        ("<template><b>该页面 is awaiting</b></template>", ["该页面 is awaiting"]),
        ('<input type="submit" value="Save">', ["Save"]),
        ("<script>const word = 'English'</script><p>从 Word 导入，用户 sfj-editor</p>", []),
    ],
)
def test_english_is_found_where_it_is_read(html, seen):
    assert list(english(html)) == seen
