"""Items that are still on their way: one at each step, one with findings, one returned."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.catalogue.models import ItemPage
from gongkai.demo.bureau import table
from gongkai.demo.items import Desk, Story
from gongkai.demo.replay import Replay
from gongkai.review.pages import decide_page
from gongkai.review.rules import Step, Verdict


def build(desk: Desk, replay: Replay) -> None:
    """The stories of ``data/items_waiting.toml``; ``waits`` names the step that is awaited."""
    for order, facts in enumerate(table("items_waiting")["item"]):
        story = Story(desk, facts)
        if facts["waits"] == "returned":
            Returned(story).note(replay, order)
            continue
        story.until = Step(facts["waits"])
        story.note(order)


@dataclass
class Returned:
    """Submitted, and sent back to its drafter with a reason."""

    story: Story

    def note(self, replay: Replay, order: int) -> None:
        replay.at(self.story.day, 9, order, self.story.draft)
        replay.at(self.story.day, 16, order, self.send_back)

    def send_back(self) -> None:
        assert self.story.page is not None
        page = ItemPage.objects.get(pk=self.story.page.pk)
        head = self.story.desk.bureau.head(self.story.hands.unit)
        decide_page(page, Verdict.RETURN, by=head, reason=self.story.facts["reason"])
