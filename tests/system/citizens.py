"""Citizens who fill in the public form over HTTP, and remember what they were told."""

from __future__ import annotations

import http.client
import itertools
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

FORM = "/ask/enquiry/"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_KEY = re.compile(r'<input[^>]*name="submission_key"[^>]*>')
_VALUE = re.compile(r'value="([^"]+)"')
_TOLD = re.compile(r"<dt>编号</dt><dd>([^<]+)</dd>.*?<dt>查询码</dt><dd>([^<]+)</dd>", re.S)
# The product takes thirty forms an hour from one address; every address of 127/8 is this machine.
_FORMS_OF_ONE_ADDRESS = 20
_sent = itertools.count()


@dataclass
class Sheet:
    """One form: its key and what was typed; then what the citizen was told about it."""

    key: str
    name: str
    acknowledged: bool = False
    number: str = ""
    code: str = ""


@dataclass
class Town:
    """Everything that was sent, by key."""

    port: int
    sheets: dict[str, Sheet] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)

    @property
    def told(self) -> list[Sheet]:
        """The forms whose number was shown."""
        return [sheet for sheet in self.sheets.values() if sheet.number]

    def submit(self, sheet: Sheet | None = None) -> None:
        """Fill in a form and send it, or send one of before again; OSError when nobody answers."""
        serial = next(_sent)
        high, low = divmod(serial // _FORMS_OF_ONE_ADDRESS, 250)
        source = f"127.{1 + high}.{1 + low}.1"
        page, cookie, _ = self._ask(source, "GET", FORM)
        token, key = _TOKEN.search(page), _KEY.search(page)
        value = _VALUE.search(key[0]) if key else None
        assert token, page[:2000]
        assert value, page[:2000]
        if sheet is None:
            sheet = Sheet(value[1], f"来信第{serial}号")
            self.sheets[sheet.key] = sheet
        body = urlencode({
            "csrfmiddlewaretoken": token[1], "submission_key": sheet.key, "title": sheet.name,
            "text": "公证收费的标准是什么？", "name": sheet.name, "topic": "notaries",
        })  # fmt: skip
        answer, _, location = self._ask(source, "POST", FORM, body, cookie)
        if not location:
            self.odd.append(answer[:3000])
            return
        sheet.acknowledged = True
        shown = _TOLD.search(self._ask(source, "GET", location)[0])
        if shown:
            again = (shown[1], shown[2])
            if sheet.number and again != (sheet.number, sheet.code):
                self.odd.append(f"{sheet.number} became {again}")
            sheet.number, sheet.code = again

    def _ask(
        self, source: str, method: str, path: str, body: str = "", cookie: str = ""
    ) -> tuple[str, str, str]:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(source, 0)
        )
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body or None, headers if body else {})
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
        return text, cookie, response.getheader("Location") or ""


def crowd(town: Town, people: int, seconds: float) -> list[threading.Thread]:
    """People who send form after form until the time is up or nobody answers."""
    until = time.monotonic() + seconds

    def one() -> None:
        while time.monotonic() < until:
            try:
                town.submit()
            except (OSError, http.client.HTTPException):
                return

    threads = [threading.Thread(target=one, daemon=True) for _ in range(people)]
    for thread in threads:
        thread.start()
    return threads
