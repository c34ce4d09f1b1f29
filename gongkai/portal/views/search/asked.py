"""What a visitor asks the search for, as an address says it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self, cast
from urllib.parse import urlencode

from gongkai.portal import addresses
from gongkai.text.index import Filters, Scope, Sort

PAGE = 20
LONGEST = 100
SCOPES = (
    ("all", "全文"),
    ("title", "标题"),
    ("document_number", "文号"),
    ("index_number", "索引号"),
)
NARROWING = {
    "column": "栏目",
    "year": "年份",
    "agency": "机关",
    "theme": "主题",
    "genre": "体裁",
    "validity": "有效性",
}
EVERYWHERE = "all"


@dataclass(frozen=True)
class Asked:
    """``narrow`` holds what was chosen (``{"year": "2014"}``); ``everywhere`` means all sites."""

    query: str = ""
    scope: Scope = "all"
    sort: Sort = "relevance"
    number: int = 1
    everywhere: bool = False
    narrow: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Self:
        """From an address; what makes no sense there is as if it were not there."""
        scope = told.get("scope", "all")
        return cls(
            query=told.get("q", "").strip()[:LONGEST],
            scope=cast(Scope, scope if scope in dict(SCOPES) else "all"),
            sort="date" if told.get("sort") == "date" else "relevance",
            number=_page_number(told.get("page", "1")),
            everywhere=told.get("site") == EVERYWHERE,
            narrow={
                name: told[name][:LONGEST]
                for name in NARROWING
                if told.get(name) and (name != "year" or _is_year(told[name]))
            },
        )

    @property
    def address(self) -> str:
        """Where the answer to this stands."""
        asked = {"q": self.query, "scope": self.scope, "sort": self.sort, **self.narrow}
        asked |= {"site": EVERYWHERE} if self.everywhere else {}
        asked |= {"page": str(self.number)} if self.number > 1 else {}
        return f"{addresses.SEARCH}?{urlencode(asked)}"

    @property
    def asks(self) -> bool:
        """Whether anything is asked for: words, or a class of things."""
        return bool(self.query or self.narrow)

    @property
    def chosen(self) -> str:
        """What it is narrowed to, in words; empty when it is not."""
        return "、".join(f"{NARROWING[name]}：{value}" for name, value in self.narrow.items())

    @property
    def filters(self) -> Filters:
        """What the index is narrowed to."""
        plain: dict[str, Any] = dict(self.narrow)
        if "year" in plain:
            plain["year"] = int(plain["year"])
        return cast(Filters, plain)

    def but(self, **changes: Any) -> Asked:
        """The same with something else, from its first page on."""
        return replace(self, **{"number": 1, **changes})

    def narrowed(self, name: str, value: str) -> Asked:
        """The same, narrowed to one more value; an empty one takes the narrowing away."""
        others = {key: kept for key, kept in self.narrow.items() if key != name}
        return self.but(narrow=others | ({name: value} if value else {}))


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def _page_number(text: str) -> int:
    digits = text.isascii() and text.isdigit() and len(text) < 6
    return min(max(int(text), 1), 500) if digits else 1
