"""Axe finds nothing on the pages as they are served, on the portal and at the desk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from citizen import Citizen, Receipt
from serving import HERE, ROOT, Running, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.system]

AXE = ROOT / "tests/vendor/axe-core-4.14.1/axe.min.js"
RUN = """async (where) => {
    const found = await axe.run(where, {resultTypes: ['violations']});
    return found.violations.map(
        v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | ')
    );
}"""

PUBLIC = {
    "home": "/", "section": "/xxgk/", "column": "/xxgk/gzdt/", "contacts": "/xxgk/jgzn/",
    "reports": "/xxgk/ndbg/", "enquiry": "/ask/enquiry/", "complaint": "/ask/complaint/",
    "apply": "/apply/", "apply-who": "/apply/who/", "query": "/query/", "search": "/search/?q=公证",
    "nothing-found": "/search/?q=没有这样的事", "answers": "/answers/",
    "statistics": "/statistics/", "site-map": "/sitemap/", "missing": "/nothing/",
}  # fmt: skip
DESK = {
    "home": ("information_office", ""),
    "cases": ("information_office", "cases/?tab=all"),
    "enter-application": ("information_office", "cases/enter/application/"),
    "enter-enquiry": ("information_office", "cases/enter/enquiry/"),
    "case-reply": ("liaison", "cases/{case}/"),
    "case-office": ("information_office", "cases/{case}/"),
    "case-answered": ("information_office", "cases/{answered}/"),
    "identity": ("information_office", "cases/{case}/identity/"),
    "sheet": ("unit_head", "{sheet}"),
    "word": ("editor", "word/"),
    "figures": ("information_office", "report/figures/"),
}


@pytest.fixture(scope="module")
def made(running: Running) -> dict[str, str]:
    """Something of each kind, public where it should be."""
    done: dict[str, str] = json.loads(running.python(str(HERE / "content.py")).stdout)
    running.gongkai("publish")
    wait_until("the item is public", lambda: running.get(done["item"]).status == 200)
    return done


@pytest.fixture
def visitor(running: Running, contexts: Callable[..., Any], pictures: Any) -> Citizen:
    """Somebody without an account whose browser runs scripts: axe is one."""
    return Citizen(contexts().new_page(), running, pictures)


def violations(page: Any, where: str = "document") -> list[str]:
    # Not as a tag: the page's own policy lets no foreign script in.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(f"() => ({RUN})({where})"))


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages(visitor: Citizen, made: dict[str, str], name: str) -> None:
    visitor.open(PUBLIC[name])
    visitor.picture(f"axe-{name}")
    assert violations(visitor.page) == []


def test_public_pages_of_one_item_and_one_case(visitor: Citizen, made: dict[str, str]) -> None:
    visitor.open(made["item"])
    assert violations(visitor.page) == []
    visitor.open(f"/answers/{made['answered'].lower()}/")
    assert violations(visitor.page) == []
    visitor.query(Receipt(made["answered"], made["code"], ""))
    assert violations(visitor.page) == []
    visitor.ask("咨询", "公证处在哪里", "请问公证处在哪里，周末上班吗？")
    assert violations(visitor.page) == []


@pytest.mark.parametrize("name", DESK)
def test_desk(at_desk: Callable[..., Any], made: dict[str, str], name: str) -> None:
    role, path = DESK[name]
    desk = at_desk(role)
    desk.open(path.format(**made))
    desk.picture(f"axe-{name}")
    assert violations(desk.page, "document.querySelector('main')") == []


def test_axe_would_find_a_planted_fault(visitor: Citizen, made: dict[str, str]) -> None:
    visitor.open("/ask/enquiry/")
    visitor.page.evaluate("document.querySelector('label[for=id_title]').remove()")
    assert any(re.match("label:", found) for found in violations(visitor.page))
