"""The office finds every piece of Chinese in the database, SQLite or PostgreSQL."""

# ruff: noqa: RUF001 - look-alikes are what is tested

from __future__ import annotations

import random

import pytest
from modelsearch.backends import get_search_backend
from modelsearch.index import RelatedFields, SearchField
from modelsearch.query import And, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Page

from gongkai.text.segment import normalise

pytestmark = pytest.mark.django_db

TITLE = "关于印发《2014年政府信息公开工作要点》的通知（示司发〔2014〕3号）"


@pytest.fixture
def more_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages with a text, and with what belongs to another object."""
    more = [
        SearchField("search_description"),
        SearchField("seo_title"),
        RelatedFields("content_type", [SearchField("model")]),
    ]
    monkeypatch.setattr(Page, "search_fields", [*Page.search_fields, *more])


def page(title: str, text: str = "", **more: str) -> Page:
    parent = Page.objects.get(depth=1)
    slug = f"page-{parent.get_children().count()}"
    made = Page(title=title, slug=slug, search_description=text, live=False, **more)
    parent.add_child(instance=made)
    get_search_backend().add(made)
    return made


def titles(query: object, **more: object) -> set[str]:
    found = Page.objects.search(query, **more)
    assert found.count() == len(found)
    return {each.title for each in found}


def test_two_characters_are_found() -> None:
    page("政府信息公开指南")
    assert titles("公开") == {"政府信息公开指南"}
    assert titles("信息指南") == set()


def test_every_substring_is_found(more_fields: None) -> None:
    page(TITLE, "A市2014年open data，第28号")
    for text in (TITLE, "A市2014年open data，第28号"):
        plain = normalise(text)
        for start in range(len(plain) - 1):
            for length in (2, 3, 7):
                piece = plain[start : start + length]
                if any(sign.isalnum() for sign in piece):
                    assert titles(piece) == {TITLE}, piece


@pytest.mark.parametrize(
    "query", ["示司发[2014]3号", "示司发 （２０１４） 3 号", "公", "号", "印发 通知"]
)
def test_writing_does_not_matter(query: str) -> None:
    page(TITLE)
    page("其他事项")
    assert titles(query) == {TITLE}


@pytest.mark.parametrize(
    "query",
    ["，。", '"', "公开 OR", "'公", "公%", "_", "公\\开", "* AND", "&|!", "a:b", "公\x00", " "],
)
def test_whatever_is_typed_is_only_text(query: str) -> None:
    page("政府信息")
    assert titles(query) <= set()
    list(Page.objects.autocomplete(query))


def test_autocomplete_finds_inside() -> None:
    page("政府信息公开指南")
    for query in ("公开", "政", "南", "公开指", "信息 指南"):
        assert [each.title for each in Page.objects.autocomplete(query)] == ["政府信息公开指南"]
    assert list(Page.objects.autocomplete("信息指南")) == []


def test_nothing_is_found_across_fields(more_fields: None) -> None:
    page("信息", "公开", seo_title="指南")
    assert titles("息公") == titles("开指") == titles("南公") == set()
    assert titles("信息 公开 指南") == {"信息"}
    assert titles("信息 目录") == set()
    assert titles("信息 目录", operator="or") == {"信息"}
    assert titles("age") == {"信息"}


def test_fields(more_fields: None) -> None:
    page("信息", "公开")
    page("公开", "信息")
    assert titles("信息", fields=["title"]) == {"信息"}
    assert titles("信息", fields=["search_description"]) == {"公开"}
    assert titles("信息", fields=["title", "search_description"]) == {"信息", "公开"}


def test_combined_queries() -> None:
    for title in ("信息公开", "信息目录", "公开信息"):
        page(title)
    assert titles(Phrase("信息公开")) == {"信息公开"}
    assert titles(And([PlainText("信息"), PlainText("公开")])) == {"信息公开", "公开信息"}
    assert titles(Or([PlainText("目录"), Phrase("开信")])) == {"信息目录", "公开信息"}
    assert titles(And([PlainText("信息"), Not(PlainText("息公"))])) == {"信息目录", "公开信息"}
    assert titles(Fuzzy("目录")) == {"信息目录"}


def test_a_changed_page_is_found_as_it_is_now() -> None:
    made = page("信息公开")
    made.title = "复议决定"
    made.save()
    get_search_backend().add(made)
    assert titles("公开") == set()
    assert titles("议决") == {"复议决定"}


def test_saving_is_enough(django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        Page.objects.get(depth=1).add_child(instance=Page(title="信息公开", slug="p", live=False))
    assert titles("息公") == {"信息公开"}


def test_a_rebuilt_index_finds_the_same(more_fields: None) -> None:
    from django.core.management import call_command

    page("信息", "公开")
    call_command("update_index", verbosity=0)
    assert titles("公开") == {"信息"}


def test_a_title_weighs_more(more_fields: None) -> None:
    page("其他事项甲", "律师")
    page("律师", "其他事项")
    page("其他事项乙", "律师")
    found = list(Page.objects.search("律师"))
    assert len(found) == 3
    assert found[0].title == "律师"


def test_late_and_frequent_words_of_a_long_text_are_found(more_fields: None) -> None:
    chance = random.Random(3)
    common = "".join(chance.choice("政府信息公开") for _ in range(60_000))
    page("长文", f"{common}末尾处的律师政府信息")
    page("短文", "政府")
    assert titles("末尾处的律师") == {"长文"}
    assert titles(f"{common[40_000:40_030]}") == {"长文"}
    assert titles("师政府信") == {"长文"}
    assert titles("师府") == set()
    assert titles(And([PlainText("政府"), Not(PlainText("师府"))])) == {"长文", "短文"}


def test_a_text_that_is_too_long_does_not_stop_the_saving(more_fields: None) -> None:
    chance = random.Random(4)
    huge = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(200_000))
    page("巨文", f"公开{huge}", seo_title=huge[:200])
    assert titles("公开") == {"巨文"}
    assert titles(huge[30_000:30_009]) == {"巨文"}


def test_facets_and_pages() -> None:
    for number in range(5):
        page(f"信息公开{number}")
    found = Page.objects.search("公开", order_by_relevance=True)
    assert len(found[1:3]) == 2
    assert sum(found.facet("content_type_id").values()) == 5
    assert found.annotate_score("score")[0].score is not None
