"""Every row of docs/seed.md leads to a screen that shows what the row says."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from gongkai.agencies.models import User
from tests.demo.conftest import Demo

DOCUMENT = Path(__file__).parents[2] / "docs" / "seed.md"
_CODE = re.compile(r"`([^`]+)`")
_FORMS = ("/ask/", "/apply/", "/query/")

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Row:
    """One fact: where it is seen (``site``, ``address``, for the desk by whom), and what."""

    fact: str
    site: str
    address: str
    login: str
    words: tuple[str, ...]


def rows() -> list[Row]:
    """The table, row by row; a row that does not fit its form is an error."""
    found = []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if not line.startswith("| ") or line.startswith(("| 节", "| ---")):
            continue
        section, fact, where, words = (cell.strip() for cell in line.strip("|").split("|"))
        place = re.fullmatch(r"(portal|law|desk) `([^`]+)` ?(\w*)", where)
        assert place and section and fact, line
        found.append(Row(fact, place[1], place[2], place[3], tuple(_CODE.findall(words))))
    return found


ROWS = rows()
PUBLISHED = [r for r in ROWS if r.site != "desk" and not r.address.startswith(_FORMS)]
SERVED = [r for r in ROWS if r.site != "desk" and r.address.startswith(_FORMS)]
DESK = [r for r in ROWS if r.site == "desk"]


def _missing(row: Row, shown: str) -> list[str]:
    text = html.unescape(shown)
    return [word for word in row.words if word not in text]


def test_every_published_address_shows_its_words(demo: Demo) -> None:
    assert len(PUBLISHED) > 30
    for row in PUBLISHED:
        assert row.words, f"{row.fact}: the row says nothing to look for"
        assert not (lost := _missing(row, demo.page(row.site, row.address))), (row, lost)


def test_words_that_are_not_there_are_missed(demo: Demo) -> None:
    wrong = Row("none", "portal", "/", "", ("这一句谁也没有写过",))
    assert _missing(wrong, demo.page("portal", "/")) == ["这一句谁也没有写过"]


@pytest.mark.parametrize("row", SERVED, ids=lambda row: row.address)
def test_forms_are_open(row: Row, demo: Demo, client: Client) -> None:
    answer = client.get(row.address, headers={"host": "127.0.0.1:8010"})
    assert answer.status_code == 200, row
    assert not _missing(row, answer.content.decode()), row


@pytest.mark.parametrize("row", DESK, ids=lambda row: f"{row.address} {row.fact}")
def test_desk_screens_show_their_words(row: Row, demo: Demo, client: Client) -> None:
    client.force_login(User.objects.get(username=row.login))
    answer = client.get(row.address)
    assert answer.status_code == 200, (row, answer.status_code)
    assert not (lost := _missing(row, answer.content.decode())), (row, lost)
