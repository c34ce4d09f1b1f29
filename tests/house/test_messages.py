"""No message of an installed package is left in English, and none of ours breaks its page."""

from __future__ import annotations

import gettext
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

DOMAINS = ("django", "djangojs")
# Wagtail's page search has no model name there, and would print "None".
LEAVES_OUT = {
    "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s": ["%(model_name)s"],
}
_PARTS = re.compile(r"%\(\w+\)[a-z]|%[sdr%]|\{\w*\}|<[^>]+>")


@pytest.fixture(scope="module")
def messages(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("make_messages")


@pytest.fixture
def ours(messages: ModuleType, domain: str) -> list:
    found = messages.read_po(messages.LOCALE / f"zh_Hans/LC_MESSAGES/{domain}.po")
    assert found
    return found


def unlike(ids: tuple[str, ...], text: str) -> Counter[str]:
    """Placeholders and tags that the Chinese has more or less than the English (its plural)."""
    there, here = Counter(_PARTS.findall(ids[-1])), Counter(_PARTS.findall(text))
    there -= Counter(LEAVES_OUT.get(ids[0], []))
    return (there - here) + (here - there)


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_message_of_any_installed_package_is_missing(messages: ModuleType, domain: str) -> None:
    assert sum(1 for _ in messages.asked(domain)) > (1000 if domain == "django" else 50)
    assert [(m.app, m.ids) for m in messages.missing(domain)] == []


@pytest.mark.parametrize(("domain", "at_least"), [("django", 300), ("djangojs", 15)])
def test_without_ours_they_would_be_missing(
    messages: ModuleType, domain: str, at_least: int, settings: object
) -> None:
    settings.LOCALE_PATHS = []  # type: ignore[attr-defined]
    assert len(messages.missing(domain)) > at_least


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_tags_are_the_same_on_both_sides(ours: list) -> None:
    assert {m.ids: unlike(m.ids, m.texts[0]) for m in ours if unlike(m.ids, m.texts[0])} == {}


@pytest.mark.parametrize(
    "text", ["<b>{user}</b> 锁定", "{user} <i>锁定</i>", "{users} <b>锁定</b>"]
)
def test_a_lost_or_changed_part_is_found(text: str) -> None:
    assert bool(unlike(("Locked by <b>{user}</b>",), text)) is (text != "<b>{user}</b> 锁定")


@pytest.mark.parametrize("domain", DOMAINS)
def test_ours_are_chinese_and_say_the_word_of_the_house(ours: list) -> None:
    assert [
        m.ids for m in ours if len(m.texts) != 1 or not re.search("[一-鿿]|%", m.texts[0])
    ] == []
    assert [m.ids for m in ours if "审核" in m.texts[0]] == [], "the house says 审查"


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_is_there_once_and_the_compiled_file_is_of_today(
    messages: ModuleType, ours: list, domain: str
) -> None:
    assert max(Counter(m.key for m in ours).values()) == 1
    compiled = messages.LOCALE / f"zh_Hans/LC_MESSAGES/{domain}.mo"
    assert compiled.read_bytes() == messages.compiled(ours), "run scripts/make_messages.py"


def test_what_is_written_is_read_again_by_us_and_by_gettext(
    messages: ModuleType, tmp_path: Path
) -> None:
    kept = [
        messages.Message(("Page",), ("页面",)),
        messages.Message(("Page",), ("页",), context="paper"),
        messages.Message(("%d page", "%d pages"), ("%d 个“页面”\n",)),
        messages.Message(('say "\\"',), ("说“\\”",)),
    ]
    messages.write_po(tmp_path / "x.po", kept)
    assert messages.read_po(tmp_path / "x.po") == kept
    told = gettext.GNUTranslations(io.BytesIO(messages.compiled(kept)))
    assert (told.gettext("Page"), told.pgettext("paper", "Page")) == ("页面", "页")
    assert told.ngettext("%d page", "%d pages", 1) == "%d 个“页面”\n"


def test_fuzzy_and_obsolete_messages_do_not_count(messages: ModuleType, tmp_path: Path) -> None:
    po = tmp_path / "x.po"
    po.write_text(
        '#, fuzzy\nmsgid "a"\nmsgstr "甲"\n\n#~ msgid "b"\n#~ msgstr "乙"\n\n'
        'msgid ""\n"c"\n"d"\nmsgstr "丙"\n',
        encoding="utf-8",
    )
    assert messages.read_po(po) == [messages.Message(("cd",), ("丙",))]


def test_calls_of_gettext_are_found_in_sources(messages: ModuleType) -> None:
    source = '_("a"); t.pgettext_lazy("Task", "b"); ngettext("c", "cs", n); _(name); other("d")'
    found = [(m.context, m.ids) for m in messages.called(source)]
    assert found == [("", ("a",)), ("Task", ("b",)), ("", ("c", "cs"))]
