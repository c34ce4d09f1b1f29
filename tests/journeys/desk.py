"""What officials do at the desk, in their own words: texts and labels, never ids of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serving import Running
from world import AGENCY, PASSWORD

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass
class Desk:
    """One person's browser window at the desk."""

    page: Any
    running: Running
    pictures: Path
    role: str

    def login(self) -> Desk:
        self.open("login/")
        self.page.get_by_label("用户名").fill(self.role)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.get_by_role("heading", name="信息公开工作台").wait_for()
        return self

    def open(self, path: str) -> None:
        self.page.goto(f"{self.running.url}/desk/{path}")

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self.pictures / f"desk-{name}.png", full_page=True)

    def says(self, words: str) -> bool:
        """Whether the page that stands open shows the words; it waits for no other page."""
        return words in self.page.locator("body").inner_text()

    def press(self, name: str, *, expect: str = "") -> None:
        """Press a button, wait for the page that follows, and find what it should tell."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        if expect:
            self.page.get_by_text(expect).first.wait_for()

    # ── items ──

    def import_word(self, column: tuple[str, ...], name: str, content: bytes) -> None:
        """从 Word 导入, as far as the editor."""
        self.open("")
        self.page.get_by_role("main").get_by_role("link", name="从 Word 导入").click()
        columns = self.page.get_by_label("栏目")
        wanted = columns.locator("option").filter(has_text=re.compile(".*".join(column)))
        columns.select_option(value=wanted.get_attribute("value"))
        file = {"name": name, "mimeType": DOCX, "buffer": content}
        self.page.get_by_label("Word 文件").set_input_files(file)
        self.picture("word")
        self.press("导入并打开编辑", expect="已导入为草稿")
        self._wait_for_editor()

    def write(self, column: tuple[str, ...], title: str, text: str) -> None:
        """A new item by hand, from the column's own page, as far as the saved draft."""
        self.open("pages/")
        for step in (AGENCY, *column[:-1]):
            self.page.get_by_role("link", name=f"查看'{step}'的子页面").click()
        # A column without items has the second link only.
        row = self.page.get_by_role("row").filter(has_text=column[-1])
        row.get_by_role("link", name=re.compile("的子页面|添加子页面")).click()
        self.page.get_by_role("main").get_by_role("link", name="添加子页面").or_(
            self.page.get_by_role("link", name="信息", exact=True)
        ).first.click()
        if "/add_subpage/" in self.page.url:
            self.page.get_by_role("link", name="信息", exact=True).click()
        self.page.get_by_role("textbox", name="标题").first.fill(title)
        self.page.get_by_role("button", name="插入区块").first.click()
        self.page.get_by_role("listbox").get_by_role("option", name="正文").click()
        self.type_into_text(text)

    def attach(self, name: str, content: bytes) -> None:
        """Upload a file and attach it."""
        self.page.get_by_role("button", name="增加 附件").click()
        self.page.get_by_role("button", name="选择或上传文件").first.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("tab", name="上传新文件").click()
        file = {"name": name, "mimeType": "text/plain", "buffer": content}
        dialog.locator("input[type=file]").set_input_files(file)
        dialog.get_by_role("button", name="上传").click()
        dialog.wait_for(state="hidden")
        self.page.get_by_text(name).first.wait_for()

    def text(self) -> Any:
        """The rich text of the first block."""
        return self.page.locator("[contenteditable=true]").first

    def type_into_text(self, words: str) -> None:
        self.text().click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(words)
        self._until_kept()

    def rub_out(self, words: str) -> None:
        """Delete the last words of the text, key by key."""
        self.text().click()
        self.page.keyboard.press("Control+End")
        for _ in words:
            self.page.keyboard.press("Backspace")
        self._until_kept()

    def _until_kept(self) -> None:
        """The editor hands its text to the form a quarter of a second after the last key."""
        self.page.wait_for_timeout(500)

    def submit(self) -> None:
        """提交 for review; what is refused stays in the editor."""
        self.page.get_by_role("button", name="更多动作").click()
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="提交给").click()

    def open_sheet(self, title: str) -> None:
        """From the person's own list of what waits to the review sheet."""
        self.open("")
        self.page.get_by_role("main").get_by_role("link", name=title).first.click()
        self.page.get_by_role("heading", name="机器筛查").wait_for()

    def open_editor(self) -> None:
        """From the review sheet to the editor."""
        self.page.get_by_role("link", name="打开编辑器").click()
        self.page.get_by_role("button", name="打开或关闭审查").wait_for()

    def open_sheet_from_editor(self) -> None:
        """By the review panel beside the editor."""
        self.page.get_by_role("button", name="打开或关闭审查").click()
        self.page.get_by_role("link", name="打开审查表").click()
        self.page.get_by_role("heading", name="机器筛查").wait_for()

    def agree(self) -> None:
        self.press("同意", expect="已同意")

    def withdraw(self, title: str, reason: str) -> None:
        """撤回, found by the desk's own search."""
        self.open(f"pages/search/?q={title}")
        self.page.get_by_role("main").get_by_role("link", name=title).first.click()
        self._wait_for_editor()
        self.page.get_by_role("navigation", name="操作", exact=True).first.get_by_role(
            "button"
        ).click()
        self.page.get_by_role("link", name="撤回").click()
        self.page.get_by_label("撤回理由").fill(reason)
        self.picture("withdraw")
        with self.page.expect_navigation():
            self.page.locator("form.gk-act [type=submit]").click()

    def _wait_for_editor(self) -> None:
        self.page.get_by_role("button", name="更多动作").wait_for()
        self.text().wait_for()

    # ── cases ──

    def open_case(self, number: str) -> None:
        """By the list of all cases."""
        self.open("cases/?tab=all")
        row = self.page.get_by_role("row").filter(has_text=number)
        row.get_by_role("link").click()
        self.page.get_by_role("heading", name="来件内容").wait_for()

    def fill(self, **by_label: str) -> None:
        """Fill fields of the open form by their labels."""
        form = self.page.locator("#act")
        for label, value in by_label.items():
            field = form.get_by_label(label)
            if field.evaluate("f => f.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def record(self) -> str:
        """The case's history as it is shown."""
        return str(self.page.locator("#record").inner_text())
