"""How a reader wants pages to look: large, high in contrast, for the elderly.

The choice is a cookie, so that the server applies it where no script runs; a script applies the
same cookies at once. The released page is one file for everybody: a cookie chooses the style sheet
``/display.css``, never the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

STYLE = "/display.css"
FOLDER = "/display/"
PLAIN = "none"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "mode": ("elder",),
    "size": ("l", "xl"),
    "contrast": ("high",),
    "cursor": ("big",),
}
YEAR = 31_536_000
"""Seconds for which a choice is kept."""


def cookie_of(name: str) -> str:
    """The cookie that holds one choice."""
    return f"gk_{name}"


def is_choice(name: str, value: str) -> bool:
    """Whether it is one of ours; ``none`` takes the choice back."""
    return value in {PLAIN, *CHOICES.get(name, ())} and name in CHOICES


def chosen_in(cookies: Mapping[str, str]) -> dict[str, str]:
    """The choices that a request brings; what is none of ours counts as no choice."""
    found = {name: cookies.get(cookie_of(name), "") for name in CHOICES}
    return {name: value for name, value in found.items() if value in CHOICES[name]}


def file_of(chosen: Mapping[str, str]) -> str:
    """The style sheet for these choices, within the tree: ``/display/elder-xl--.css``."""
    return f"{FOLDER}{'-'.join(chosen.get(name, '') for name in CHOICES)}.css"


def combinations() -> Iterator[dict[str, str]]:
    """Every set of choices there is, the empty one too."""
    for values in product(*(("", *CHOICES[name]) for name in CHOICES)):
        yield {name: value for name, value in zip(CHOICES, values, strict=True) if value}


def style(sheet: str, chosen: Mapping[str, str]) -> str:
    """``modes.css`` with the chosen rules in force without a mark on the page."""
    if not chosen:
        return "/* 标准显示 */\n"
    for name, value in chosen.items():
        sheet = sheet.replace(f"[data-{name}={value}]", ":root")
    return sheet
