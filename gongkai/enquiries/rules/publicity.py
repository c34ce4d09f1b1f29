"""The answer as it is approved, and the version that everybody may read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from gongkai import screening

_HIDDEN = "×××"
_ANY_UNIT = "某单位"
_LONGEST_NAME = 4
_TWO_CHARACTERS = frozenset({
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "夏侯",
    "诸葛", "尉迟", "皇甫", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that leaves with an answer; without consent the public part is empty."""

    text: str
    public_title: str = ""
    public_question: str = ""
    public_answer: str = ""

    def digest(self, subject: str) -> str:
        """SHA-256 over all of it and the case that it answers: what two people approve."""
        content = {"subject": subject, **asdict(self)}
        packed = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(packed.encode()).hexdigest()

    def texts(self) -> dict[str, str]:
        """The texts to screen, by the place that people know; empty ones are left out."""
        places = {
            "答复": self.text,
            "公开标题": self.public_title,
            "公开来信": self.public_question,
            "公开答复": self.public_answer,
        }
        return {place: text for place, text in places.items() if text}


def public_text(text: str, *, name: str = "", facts: Iterable[str] = ()) -> str:
    """``text`` without who asked, then masked by the site's one rule.

    The asker's own name becomes surname + 某 (an organisation's: 某单位); other facts that they
    gave (telephone, address …) are struck out even where no pattern would recognise them.
    """
    for fact in sorted((f.strip() for f in facts), key=len, reverse=True):
        if len(fact) > 1:
            text = text.replace(fact, _HIDDEN)
    if len(name) > 1:
        text = text.replace(name, _anonymous(name))
    return screening.mask(text)


def _anonymous(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        return _ANY_UNIT
    surname = name[:2] if name[:2] in _TWO_CHARACTERS and len(name) > 2 else name[0]
    return f"{surname}某"
