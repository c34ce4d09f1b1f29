"""Applications for disclosure: each from receipt as far as it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from gongkai import clock
from gongkai.applications import actions
from gongkai.applications.rules.identity import is_credit_code, wrong_place_in_id
from gongkai.cases.actions import Person
from gongkai.cases.models import Case
from gongkai.cases.rules import Channel
from gongkai.demo.bureau import Bureau, table
from gongkai.demo.replay import Replay, working_days_after, working_days_ago

_NATURAL = "nat"
# Region code 999999 is nobody's, so the number is nobody's either.
_ID_HEAD, _CREDIT_HEAD = "99999919800101", "91000000DEMA00"


def invented_id(number: int) -> str:
    """An identity card number with a right check digit that belongs to nobody."""
    head = f"{_ID_HEAD}{number:03d}"
    return next(head + last for last in "0123456789X" if not wrong_place_in_id(head + last))


def invented_credit_code(number: int) -> str:
    """A credit code with a right check digit that belongs to nobody."""
    head = f"{_CREDIT_HEAD}{number:03d}"
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return next(head + last for (last,) in product(signs) if is_credit_code(head + last))


@dataclass
class Request:
    """One application; its steps follow from what ``facts`` names."""

    bureau: Bureau
    number: int
    facts: dict[str, Any]
    case: Case | None = None

    def note(self, replay: Replay) -> None:
        """Submitted and registered the same day, routed the next; then what the facts say."""
        facts, day = self.facts, working_days_ago(self.facts["ago"])
        minute = self.number * 3
        replay.at(day, 9, minute, self.submit)
        if facts.get("registered", True):
            replay.at(day, 14, minute, self.register)
        if facts["unit"]:
            replay.at(working_days_after(day, 1), 9, minute, self.route)
        for name, act in (("rectify", self.rectify), ("extend", self.extend)):
            if name in facts:
                after = facts[name][0] if name == "extend" else 3
                replay.at(working_days_after(day, after), 10, minute, act)
        if "consult" in facts:
            asked = working_days_after(day, facts["consult"])
            replay.at(asked, 10, minute, self.consult)
            replay.at(working_days_after(asked, 3), 16, minute, self.reached)
        if "outcome" in facts:
            self._note_reply(replay, day)

    def _note_reply(self, replay: Replay, day: date) -> None:
        out = working_days_after(day, self.facts["reply"])
        for before, hour, act in (
            (3, 10, self.draft),
            (2, 15, self.collate),
            (1, 10, self.approve),
        ):
            replay.at(working_days_after(day, self.facts["reply"] - before), hour, 20, act)
        replay.at(out, 15, 30, self.dispatch)

    @property
    def known(self) -> Case:
        assert self.case is not None
        return Case.objects.get(pk=self.case.pk)

    def submit(self) -> None:
        """On the portal; every second natural person wants it by post, the others on the net."""
        natural = self.facts["class"] == _NATURAL
        number = invented_id(self.number) if natural else invented_credit_code(self.number)
        by_post = natural and self.number % 2 == 0
        self.case = actions.submit(
            self.bureau.agency,
            Channel.ONLINE,
            Person(
                name=f"示例申请人{self.number}" if natural else f"示例申请单位{self.number}",
                phone="13800000000",
                address="示例市示例区示例大道2号" if by_post else "",
                identity=number,
                applicant_class=self.facts["class"],
            ),
            title=self.facts["title"],
            text=self.facts["text"],
            delivery="post" if by_post else "online",
            carrier="paper" if by_post else "electronic",
        ).case

    def register(self) -> None:
        actions.register(self.known, by=self.bureau.xxb)

    def route(self) -> None:
        unit = self.bureau.unit(self.facts["unit"])
        actions.route(self.known, unit, by=self.bureau.xxb, note="请于期限内提出答复意见")

    def rectify(self) -> None:
        actions.ask_rectification(
            self.known, by=self.bureau.xxb, what=self.facts["rectify"],
            until=working_days_after(clock.today(), 15), how="electronic", proof="网站消息已送达",
        )  # fmt: skip

    def extend(self) -> None:
        _, days, reason = self.facts["extend"]
        actions.extend(
            self.known, by=self.bureau.xxb, days=days, reason=reason, how="electronic",
            proof="网站消息已送达",
        )  # fmt: skip

    def consult(self) -> None:
        actions.start_consultation(self.known, by=self.bureau.xxb)

    def reached(self) -> None:
        actions.note_consultation_received(self.known, 1, by=self.bureau.xxb, day=clock.today())

    def draft(self) -> None:
        actions.draft_reply(
            self.known, by=self.bureau.liaison(self.facts["unit"]), outcome=self.facts["outcome"],
            text=self.facts["answer"], grounds=self.facts.get("grounds", ()),
            search_record=self.facts.get("search", ""),
        )  # fmt: skip

    def collate(self) -> None:
        actions.collate(self.known, by=self.bureau.xxb)

    def approve(self) -> None:
        actions.approve(self.known, by=self.bureau.ld)

    def dispatch(self) -> None:
        actions.dispatch(self.known, by=self.bureau.xxb, how="electronic", proof="网站消息已送达")


def build(bureau: Bureau, replay: Replay) -> None:
    """Every application of ``data/applications.toml``."""
    for number, facts in enumerate(table("applications")["application"], start=1):
        Request(bureau, number, facts).note(replay)
