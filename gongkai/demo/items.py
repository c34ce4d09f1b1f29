"""Items of information: from the texts in ``data/`` through draft, review and release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from typing import Any

from gongkai import clock
from gongkai.catalogue.actions import create_draft
from gongkai.catalogue.models import ItemPage
from gongkai.clock.queries import calendar
from gongkai.demo import papers, pictures, videos
from gongkai.demo.bureau import Bureau, table
from gongkai.demo.columns import Sites
from gongkai.demo.replay import Replay, days_ago, in_2014
from gongkai.demo.reviewing import Hands
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.review.rules import Step

_SCENES = (
    "items_2014", "items_2014_service", "items_2014_law", "items_since", "items_now",
    "items_now_law",
)  # fmt: skip
_SAME = ("theme", "genre", "keywords", "summary", "validity", "source", "valid_from", "valid_to")
_DEFAULTS = {"theme": "公安、安全、司法"}
_HOURS = {Step.UNIT: 15, Step.OFFICE: 10, Step.LEADER: 11}
_HEADED = ("number", "validity", "genre")


@dataclass
class Desk:
    """What the stories share: the columns, the items by key, the last document number a year."""

    sites: Sites
    replay: Replay
    known: dict[str, ItemPage] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    @property
    def bureau(self) -> Bureau:
        return self.sites.bureau

    def next_number(self, year: int) -> str:
        """示司发〔2014〕1号 and so on, in the order of drafting."""
        self.numbers[year] = self.numbers.get(year, 0) + 1
        return f"{self.bureau.agency.number_prefix}发〔{year}〕{self.numbers[year]}号"


def build(desk: Desk) -> None:
    """Note every item of every text file on the timeline."""
    for name in _SCENES:
        for order, facts in enumerate(table(name)["item"]):
            Story(desk, facts).note(order)


@dataclass
class Story:
    """One item: drafted and submitted, read by the unit a day later, released the day after."""

    desk: Desk
    facts: dict[str, Any]
    until: Step | None = None
    page: ItemPage | None = None

    @property
    def day(self) -> date:
        """The day of release."""
        return in_2014(self.facts["on"]) if "on" in self.facts else days_ago(self.facts["ago"])

    def note(self, order: int) -> None:
        """Put the acts on the timeline; ``order`` spreads them over the minutes of an hour."""
        minute = order * 7 % 55
        replay = self.desk.replay
        drafted = _before(self.day)
        replay.at(drafted, 9, minute, self.draft)
        replay.at(drafted, _HOURS[Step.UNIT], minute, lambda: self.approve(Step.UNIT))
        replay.at(self.day, _HOURS[Step.OFFICE], minute, lambda: self.approve(Step.OFFICE))
        replay.at(self.day, _HOURS[Step.LEADER], minute, lambda: self.approve(Step.LEADER))

    @property
    def hands(self) -> Hands:
        return Hands(self.desk.bureau, self.facts.get("unit", "bgs"))

    def draft(self) -> None:
        """Write it with its metadata and files, and submit it."""
        hands, facts = self.hands, self.facts
        by = self.desk.bureau.drafter(hands.unit)
        pictures_of = list(self._pictures())
        self.page = create_draft(
            self.desk.sites.column(facts["at"]),
            by=by,
            title=facts["title"],
            unit=self.desk.bureau.unit(hands.unit),
            body=body(facts["text"]),
            attachments=list(self._attachments()),
            pictures=pictures_of,
            guide=facts.get("guide"),
            **self._metadata(),
        )
        self.desk.known[facts.get("key", facts["title"])] = self.page
        hands.submit(self.page)

    def approve(self, step: Step) -> None:
        """The next hand, if the column asks for it and the story has not ended before."""
        assert self.page is not None
        page = ItemPage.objects.get(pk=self.page.pk)
        if step in self.hands.steps(page) and not self._ended(step):
            self.hands.approve(page, step)

    def _ended(self, step: Step) -> bool:
        order = list(Step)
        return self.until is not None and order.index(step) >= order.index(self.until)

    def _metadata(self) -> dict[str, Any]:
        facts = self.facts
        found = _DEFAULTS | {name: facts[name] for name in _SAME if name in facts}
        if any(name in facts for name in _HEADED):
            found["signed_on"] = clock.today()
        if facts.get("number"):
            found["document_number"] = self.desk.next_number(clock.today().year)
        if "lasts" in facts:
            found["valid_from"] = clock.today()
            found["valid_to"] = clock.today() + timedelta(days=facts["lasts"])
        if "article" in facts:
            found["disclosure_item"] = facts["article"]
        if "interprets" in facts:
            found["interprets"] = self.desk.known[facts["interprets"]]
        return found

    def _attachments(self) -> Iterator[tuple[StoredFile, str]]:
        paragraphs = self.facts["text"].strip().splitlines()
        for file in self.facts.get("files", ()):
            name, rows = file["name"], file.get("rows", [])
            if "content" in file:
                content = file["content"]
            elif name.endswith(".docx"):
                content = papers.word(name.removesuffix(".docx"), file.get("text", []), rows)
            elif name.endswith(".xlsx"):
                content = papers.sheet(name.removesuffix(".xlsx"), rows)
            else:
                content = papers.print_out(self.facts["title"], paragraphs)
            yield self._store(content, name), name.rpartition(".")[0]
        if film := videos.film(self.facts.get("film", "")):
            yield self._store(film, f"{self.facts['film']}.mp4"), "视频"

    def _pictures(self) -> Iterator[tuple[StoredFile, str]]:
        if "picture" in self.facts:
            scene, said = self.facts["picture"], self.facts.get("alt", self.facts["title"])
            drawn = pictures.draw(scene, seed=self.facts["title"])
            yield self._store(drawn, f"{scene}.jpg"), f"{said}（演示图片）"

    def _store(self, content: bytes, name: str) -> StoredFile:
        bureau = self.desk.bureau
        return store(content, name, agency=bureau.agency, by=bureau.drafter(self.hands.unit))


def _before(day: date) -> date:
    return calendar().working_day_before(day)


def body(text: str) -> list[tuple[str, Any]]:
    """Blocks of a plain text: ``## `` begins a heading, ``| `` a row of a table."""
    blocks: list[tuple[str, Any]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("## "):
            blocks.append(("heading", line[3:]))
        elif line.startswith("| "):
            _add_row(blocks, [cell.strip() for cell in line.strip("| ").split("|")])
        elif blocks and blocks[-1][0] == "text":
            blocks[-1] = ("text", f"{blocks[-1][1]}<p>{escape(line)}</p>")
        else:
            blocks.append(("text", f"<p>{escape(line)}</p>"))
    return blocks


def _add_row(blocks: list[tuple[str, Any]], cells: list[str]) -> None:
    if not blocks or blocks[-1][0] != "table":
        blocks.append(("table", {"caption": "", "rows": []}))
    blocks[-1][1]["rows"].append(cells)
