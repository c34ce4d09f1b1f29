"""What the public does on the portal: no account, and no script in the browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serving import Running

NUMBER = re.compile(r"[A-Z]{2}-\d{4}-\d{4}")
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@dataclass(frozen=True)
class Receipt:
    """What the page after sending gives."""

    number: str
    code: str
    text: str


@dataclass
class Citizen:
    page: Any
    running: Running
    pictures: Path

    def open(self, path: str) -> None:
        self.page.goto(f"{self.running.url}{path}")

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self.pictures / f"portal-{name}.png", full_page=True)

    def reads(self) -> str:
        """The text of the page as a person reads it."""
        return str(self.page.locator("main").inner_text())

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def ask(self, door: str, title: str, text: str, **facts: str) -> Receipt:
        """By the door on the front page; ``facts`` by label, ``consent`` agrees to publish."""
        self.open("/")
        self.page.get_by_role("region", name="政民互动").get_by_role(
            "link", name=door, exact=True
        ).click()
        self.page.get_by_label("标题").fill(title)
        self.page.get_by_label("内容").fill(text)
        if facts.pop("consent", ""):
            self.page.get_by_label("同意隐去个人信息").check()
        for label, value in facts.items():
            self.page.get_by_label(label).fill(value)
        self.picture(f"ask-{door}")
        with self.page.expect_navigation():
            self.page.locator("#form [type=submit]").click()
        return self.receipt()

    def receipt(self) -> Receipt:
        text = self.reads()
        number, code = NUMBER.search(text), CODE.search(text)
        assert number and code, text
        return Receipt(number[0], code[0], text)

    def query(self, receipt: Receipt) -> str:
        """Ask after a case; returns what the page tells."""
        self.open("/")
        self.page.get_by_role("region", name="政民互动").get_by_role(
            "link", name="查询", exact=True
        ).click()
        self.page.get_by_label("编号").fill(receipt.number)
        self.page.get_by_label("查询码").fill(receipt.code)
        with self.page.expect_navigation():
            self.page.locator("#form [type=submit]").click()
        return self.reads()

    def rate(self, stars: str, comment: str) -> str:
        self.page.get_by_label(stars, exact=True).check()
        self.page.get_by_label("意见").fill(comment)
        self.press("提交评价")
        return self.reads()
