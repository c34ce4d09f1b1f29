"""What a letter says: templates are data, filled in here. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.applications.rules.reply import Basis, article_of
from gongkai.statute import outcome, period, remedy_for

KINDS = {
    "acknowledgement": "受理回执",
    "rectification": "补正告知书",
    "extension": "延期答复告知书",
    "consult_third": "征求第三方意见书",
    "consult_organ": "征求意见函",
    "overrule": "公开决定告知书",
    "reasons": "说明理由告知书",
    "delay": "延迟答复告知书",
    "correction_receipt": "更正申请受理回执",
    "correction": "更正告知书",
    "fee": "收费通知书",
    "lapsed": "不再处理告知书",
    "reply": "答复书",
}
_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Words:
    """A letter without its number: what is reviewed, and what the layout puts on paper.

    ``addressee`` names the case, never a person: the name is sealed, and is put in only in the
    copy that goes out.
    """

    organ: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    dated: date

    def text(self) -> str:
        """The letter as plain text."""
        lines = (self.title, f"{self.addressee}：", *self.paragraphs, self.organ)
        return "\n".join((*lines, told_date(self.dated)))


@cache
def template(kind: str) -> dict[str, Any]:
    """The wording of a kind of letter."""
    with (_FOLDER / f"{kind}.toml").open("rb") as file:
        return tomllib.load(file)


def told_date(day: date) -> str:
    """2026年3月5日, as letters date themselves (GB/T 9704: no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"


def fill(kind: str, facts: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Title and paragraphs; a line break inside a fact begins a new paragraph.

    Only the template's own braces are places to fill: those in a fact stay as they were typed.
    """
    raw = template(kind)
    paragraphs = [p.format_map(facts) for p in raw["paragraphs"]]
    lines = (line.strip() for paragraph in paragraphs for line in paragraph.splitlines())
    return raw["title"].format_map(facts), tuple(line for line in lines if line)


def reply_facts(basis: Basis, replied_on: date) -> dict[str, str]:
    """What a reply's template needs beyond the case: its statement, reasons and remedy."""
    statement = template("reply")["statement"][basis.outcome]
    return {
        "letter": basis.result.letter,
        "statement": statement.format(basis=article_of(basis)),
        "text": basis.text.strip(),
        "handed_over": _enclosed(basis.handed_over),
        "remedy": remedy_paragraph(basis.outcome, replied_on),
    }


def _enclosed(names: Sequence[str]) -> str:
    """附件：1. 标准.pdf: what goes with the letter, as letters name it (GB/T 9704)."""
    if len(names) == 1:
        return f"附件：{names[0]}"
    return "\n".join(f"{'附件：' if n == 1 else ''}{n}. {name}" for n, name in enumerate(names, 1))


def remedy_paragraph(code: str, replied_on: date, letter: str = "") -> str:
    """Where the applicant may turn, by the law on the day of the reply; ``letter`` is what it
    calls itself (default: as the outcome has it).
    """
    remedy = remedy_for(replied_on, code)
    after = period("litigation_after_review", replied_on)
    kind = "direct" if not remedy.review_first else "first"
    wording: str = template("reply")["remedy"]["partial" if remedy.only_withheld_part else kind]
    return wording.format(
        letter=letter or outcome(code).letter,
        organs="或者".join(remedy.organs),
        review=f"{remedy.review.days}日",
        suit=f"{remedy.suit.days}个月",
        after=f"{after.days}日",
    )
