"""A small portal for tests: founded, written and released through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from people import Bureau, small_bureau
from wagtail.models import Page, Site

from gongkai.catalogue.actions import create_column, create_draft, found_site
from gongkai.catalogue.models import ColumnPage, HomePage, ItemPage
from gongkai.catalogue.rules import ColumnKind
from gongkai.review.pages import GatedPage, decide_page, submit_page
from gongkai.review.rules import Verdict


@dataclass
class SmallSite:
    """``news`` asks for two reviewers, ``policy`` for the leader too."""

    bureau: Bureau
    home: HomePage
    section: ColumnPage
    news: ColumnPage
    policy: ColumnPage


def small_site(host: str = "testserver") -> SmallSite:
    """A released portal with one section and two columns."""
    Page.objects.filter(depth=2).delete()
    Site.objects.all().delete()
    bureau = small_bureau()
    home = found_site(
        bureau.agency, bureau.lawyers, by=bureau.editor, name="临江市司法局门户网", code="portal",
        hostname=host, port=80, default=True,
        profile={"kind": "portal", "host_unit": bureau.agency.name},
    )  # fmt: skip
    home = released(home, bureau)
    section = column(home, bureau, "信息公开", ColumnKind.SECTION, slug="xxgk")
    news = column(section, bureau, "工作动态", ColumnKind.NEWS, slug="gzdt")
    policy = column(
        section, bureau, "政策文件", ColumnKind.POLICY, slug="zcwj", review_level="leader"
    )
    return SmallSite(bureau, home, section, news, policy)


def read_again(site: SmallSite) -> SmallSite:
    """The same rows as new objects: another test may have changed the old ones."""
    b = site.bureau
    people = {name: fresh(person) for name, person in b.people.items()}
    bureau = Bureau(fresh(b.agency), fresh(b.office), fresh(b.lawyers), people)
    pages = (fresh(page) for page in (site.home, site.section, site.news, site.policy))
    return SmallSite(bureau, *pages)


def column(parent: Any, bureau: Bureau, title: str, kind: ColumnKind, **facts: Any) -> ColumnPage:
    """A released column."""
    made = create_column(
        parent, by=bureau.editor, title=title, kind=kind.value, unit=bureau.lawyers, **facts
    )
    return released(made, bureau)


def draft(
    site: SmallSite, title: str = "律师工作座谈会召开", *, into: Any = None, **facts: Any
) -> ItemPage:
    """A draft in the news column, or in another one."""
    facts.setdefault("body", [("text", f"<p>{title}，会议讨论了公共法律服务。</p>")])
    return create_draft(
        into or site.news, by=site.bureau.editor, title=title, unit=site.bureau.lawyers, **facts
    )


def item(site: SmallSite, title: str = "律师工作座谈会召开", **facts: Any) -> ItemPage:
    """A released item."""
    return released(draft(site, title, **facts), site.bureau)


def fresh(page: Any) -> Any:
    """The page as the database has it now."""
    return type(page).objects.get(pk=page.pk)


def approve(page: GatedPage, person: Any) -> Any:
    """One person's approval at the page's step."""
    decide_page(fresh(page), Verdict.APPROVE, by=person)
    return fresh(page)


def released(page: Any, bureau: Bureau) -> Any:
    """Submit and let everybody approve whom the page's path asks."""
    submit_page(page, by=bureau.editor)
    page = approve(page, bureau.unit_head)
    page = approve(page, bureau.information_office)
    if page.review_path() == "leader":
        page = approve(page, bureau.leader)
    return page
