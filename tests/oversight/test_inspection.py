"""The national indicators on a published tree: one where all is well, and one fault after another.

A fault is planted in the published files or in the records, found, and taken away again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import in_process
import pytest
from django.conf import settings
from django.db import transaction
from small_site import SmallSite, column, item, small_site

from gongkai import clock, screening
from gongkai.agencies.actions import add_leader
from gongkai.agencies.models import Agency, Leader, Unit
from gongkai.catalogue.actions import add_link, agree_to_link
from gongkai.catalogue.models import Link
from gongkai.catalogue.rules import ColumnKind
from gongkai.config.inspecting import first_page
from gongkai.oversight.inspection import TITLES, inspect
from gongkai.publishing.actions import publish_pending

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 10, tzinfo=clock.SHANGHAI)
# Invented: the office, its numbers and its address do not exist.
GUIDE = """<p>本指南说明本局主动公开的范围和信息的分类，以及公众查阅和获取的方式。</p>
<p>信息自形成之日起二十个工作日内公开。</p>
<p>申请可以当面提交，也可以邮寄或者在线填写，请写明姓名、身份证明和联系方式。本局依法答复。</p>
<p>受理机构：办公室。办公地址：临江市和平路1号。办公时间：工作日9时至17时。</p>
<p>联系电话：0100-5550100。传真：0100-5550101。电子邮箱：gk@linjiang.example。</p>
<p>监督电话：0100-5550102。对答复不服的，可以依法申请行政复议或者提起行政诉讼。</p>"""


def whole_site() -> SmallSite:
    """A portal in which every indicator passes on ``TODAY``."""
    site = small_site()
    bureau = site.bureau
    Agency.objects.filter(pk=bureau.agency.pk).update(site_code="4403000052")
    Unit.objects.update(valid_from=date(2025, 1, 1))
    add_leader(bureau.agency, name="郑和平", title="局长", start=date(2025, 1, 1))
    link = add_link(
        bureau.agency, by=bureau.editor, owner=bureau.lawyers, group="lawyers", title="律师网",
        url="https://lawyers.example/",
    )  # fmt: skip
    agree_to_link(link, by=bureau.information_office)
    guide = column(site.section, bureau, "政府信息公开指南", ColumnKind.GUIDE, slug="zn")
    reports = column(site.section, bureau, "政府信息公开年报", ColumnKind.REPORTS, slug="nb")
    column(site.section, bureau, "领导信息", ColumnKind.LEADERS, slug="ld")
    column(site.section, bureau, "机构设置", ColumnKind.CONTACTS, slug="jg")
    item(site, "律师工作座谈会召开")
    item(site, "律师管理若干规定", into=site.policy)
    item(site, "临江市司法局政府信息公开指南", into=guide, body=[("text", GUIDE)])
    item(site, "临江市司法局2025年政府信息公开工作年度报告", into=reports)
    publish_pending()
    return site


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SmallSite]:
    """Built once, and rolled back after the last test: twelve releases take seconds."""
    folder = tmp_path_factory.mktemp("inspected")
    before = settings.TREE_ROOT, settings.FILES_ROOT
    settings.TREE_ROOT, settings.FILES_ROOT = folder / "tree", folder / "files"
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening, "screen_files_isolated", in_process.screen_files)
        with clock.set_to(NOW):
            made = whole_site()
        yield made
        transaction.set_rollback(True)
    settings.TREE_ROOT, settings.FILES_ROOT = before


@contextmanager
def kept() -> Iterator[None]:
    """The tree as it was, afterwards."""
    was = Path(tempfile.mkdtemp()) / "was"
    shutil.copytree(root(), was)
    try:
        yield
    finally:
        shutil.rmtree(root())
        shutil.move(was, root())


@pytest.fixture
def site(built: SmallSite, db: None) -> Iterator[SmallSite]:
    with clock.set_to(NOW), kept():
        yield built


def root() -> Path:
    return Path(settings.TREE_ROOT) / "sites/portal"


def verdicts(site: SmallSite, today: date = TODAY) -> dict[str, str]:
    return {i.id: i.verdict.value for i in inspect(site.bureau.agency, first_page, today=today)}


def found(site: SmallSite, key: str, today: date = TODAY) -> list[Any]:
    rows = inspect(site.bureau.agency, first_page, today=today)
    return list(next(row.found for row in rows if row.id == key))


def page_of(folder: str) -> Path:
    """The only content page of a column."""
    return next(p for p in root().glob(f"xxgk/{folder}/20*/index.html"))


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"nothing to plant in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_it_works(site: SmallSite) -> None:
    assert verdicts(site) == dict.fromkeys(TITLES, "pass")


def _nothing_dated_on_the_front_page() -> None:
    replaced(root() / "index.html", "/xxgk/gzdt/20", "/xxgk/gzdt/x20")
    replaced(root() / "index.html", "/xxgk/zcwj/20", "/xxgk/zcwj/x20")


def _under_construction() -> None:
    replaced(root() / "index.html", "</main>", "<p>栏目升级改版中，敬请期待。</p></main>")


def swap(file: Callable[[], Path], old: str, new: str) -> Callable[[], None]:
    return lambda: replaced(file(), old, new)


def linked(folder: str, tag: str) -> Callable[[], None]:
    """One more link on the content page of a column."""
    return lambda: replaced(page_of(folder), "</main>", f"{tag}</main>")


def page(path: str) -> Callable[[], Path]:
    return lambda: root() / path


def content(folder: str) -> Callable[[], Path]:
    return lambda: page_of(folder)


def _without_front_page() -> None:
    (root() / "index.html").unlink()


def _without_news() -> None:
    shutil.rmtree(page_of("gzdt").parent)


NEWS, POLICY, ZN = content("gzdt"), content("zcwj"), content("zn")
KEYWORDS = 'name="ColumnKeywords" content="'
FAULTS: list[tuple[str, str, Callable[[], None], str]] = [
    ("home_updated", "fail", _under_construction, "升级改版"),
    ("home_updated", "fail", _nothing_dated_on_the_front_page, "没有带公开时间"),
    ("home_updated", "fail", _without_front_page, "首页没有发布"),
    ("columns_updated", "warn", swap(NEWS, "2026-11-25 10", "2026-11-10 10"),
     "最近更新 2026-11-10，应两周内有更新"),
    ("columns_updated", "warn", swap(POLICY, "2026-11-25 10", "2026-05-24 10"), "应六个月内有更新"),
    ("columns_updated", "warn", swap(NEWS, '"PubDate"', '"pubdate"'), "没有带公开时间的信息"),
    ("columns_empty", "warn", _without_news, "没有内容"),
    ("links", "fail", linked("gzdt", '<a href="../gone/">x</a>'), "/xxgk/gzdt/gone/ 打不开"),
    ("links", "fail", linked("zn", '<a href="/aply/">x</a>'), "/aply/ 打不开"),
    ("links", "fail", linked("zn", '<a href="http://testserver/no/">x</a>'), "/no/ 打不开"),
    ("attachments", "fail", linked("zcwj", '<a href="/files/ab/a.pdf">x</a>'),
     "/files/ab/a.pdf 打不开"),
    ("attachments", "fail", linked("gzdt", '<img src="/static/portal/no.png">'),
     "/static/portal/no.png 打不开"),
    ("meta_tags", "fail", swap(NEWS, '"SiteName"', '"sitename"'), "缺少标签 SiteName"),
    ("meta_tags", "fail", swap(NEWS, '"2026-11-25 10:00"', '"2026-11-25"'), "PubDate 的写法不对"),
    ("meta_tags", "fail",
     swap(page("xxgk/gzdt/index.html"), KEYWORDS, f'{KEYWORDS}" data-was="'),
     "ColumnKeywords 没有内容"),
    ("meta_tags", "fail", swap(page("index.html"), 'charset="utf-8"', 'charset="gbk"'), "UTF-8"),
    ("search", "fail", swap(NEWS, "律师工作座谈会召开", "矫正中心开放日"), "矫正中心开放日"),
    ("guide", "fail", swap(ZN, "传真：0100-5550101。", ""), "缺少：传真"),
    ("guide", "fail", swap(ZN, "监督电话：0100-5550102。", ""), "监督电话"),
    ("guide", "fail", swap(ZN, "联系电话：0100-5550100", "联系电话：XXX"), "XXX"),
    ("guide", "fail", swap(ZN, "和平路1号", "待补充"), "待补充"),
    ("annual_reports", "fail", swap(content("nb"), "2025年", ""), "缺少 2025 年度报告"),
    ("organisation", "fail", swap(page("xxgk/ld/index.html"), "郑和平", ""), "郑和平"),
    ("organisation", "fail", swap(page("xxgk/jg/index.html"), "办公室", ""), "办公室"),
]  # fmt: skip


def test_each_fault_planted_in_the_tree_is_found_and_nothing_else(
    site: SmallSite,
) -> None:
    for key, verdict, plant, words in FAULTS:
        with kept():
            plant()
            rows = inspect(site.bureau.agency, first_page, today=TODAY)
            row = next(each for each in rows if each.id == key)
            assert row.verdict.value == verdict, (key, words)
            assert words in " ".join(f.wrong for f in row.found), (key, words)
    assert set(verdicts(site).values()) == {"pass"}


def test_a_found_entry_names_page_column_and_unit(site: SmallSite) -> None:
    replaced(page_of("gzdt"), "</main>", '<a href="/aply/">x</a></main>')
    (entry,) = found(site, "links")
    assert entry.page.startswith("/xxgk/gzdt/20") and entry.column == "工作动态"
    assert (entry.site, entry.unit, entry.unit_code) == ("portal", "律师管理处", "lsc")


def test_a_link_of_the_frame_is_one_entry_however_many_pages(site: SmallSite) -> None:
    pages = list(root().rglob("*.html"))
    for each in pages:
        replaced(each, "</body>", '<a href="/old-map/">x</a></body>')
    (entry,) = found(site, "links")
    assert (entry.page, entry.pages) == ("/", len(pages))


def test_a_fault_of_a_page_outside_the_columns_names_that_page(site: SmallSite) -> None:
    replaced(root() / "404.html", "</main>", '<a href="/old-map/">x</a></main>')
    assert [entry.page for entry in found(site, "links")] == ["/404.html"]


def test_what_was_attached_is_no_page(site: SmallSite) -> None:
    (root() / "files/ab").mkdir(parents=True)
    (root() / "files/ab/a.html").write_text("<a href='/no/'>x</a>", encoding="utf-8")
    assert set(verdicts(site).values()) == {"pass"}


def test_forms_desk_files_outside_and_mail_are_no_dead_links(site: SmallSite) -> None:
    good = (
        "/apply/", "/query/", "/search/?q=a", "/desk/", "/feed.xml", "#main", "mailto:a@b.example",
        "tel:12348", "https://elsewhere.example/x/", "//elsewhere.example/", "/xxgk/gzdt", "?p=2",
        "http://testserver/xxgk/", "http://[broken",
    )  # fmt: skip
    links = "".join(f'<a href="{target}">x</a>' for target in good)
    replaced(page_of("gzdt"), "</main>", f"{links}</main>")
    assert [entry.wrong for entry in found(site, "links")] == ["http://[broken 打不开"]


def test_five_empty_columns_are_a_veto_four_a_warning(site: SmallSite) -> None:
    for n in range(4):
        column(site.section, site.bureau, f"空栏目{n}", ColumnKind.GUIDE, slug=f"empty{n}")
    assert verdicts(site)["columns_empty"] == "warn"
    column(site.section, site.bureau, "空栏目四", ColumnKind.GUIDE, slug="empty4")
    assert verdicts(site)["columns_empty"] == "fail"


def test_time_alone_makes_a_site_stale(site: SmallSite) -> None:
    assert verdicts(site, TODAY + timedelta(days=14))["home_updated"] == "pass"
    later = verdicts(site, TODAY + timedelta(days=15))
    assert later["home_updated"] == "fail" and later["columns_updated"] == "warn"
    next_year = verdicts(site, date(2027, 2, 1))
    assert next_year["annual_reports"] == "fail"
    assert verdicts(site, date(2027, 1, 31))["annual_reports"] == "pass"


def test_years_before_the_first_report_are_told_and_are_no_veto(site: SmallSite) -> None:
    Unit.objects.update(valid_from=date(2022, 1, 1))
    assert verdicts(site)["annual_reports"] == "warn"
    assert "2022 至 2024" in found(site, "annual_reports")[0].wrong


def test_a_leader_who_left_and_is_still_shown_is_found(site: SmallSite) -> None:
    add_leader(site.bureau.agency, name="钱新任", title="局长", start=TODAY)
    Leader.objects.filter(name="郑和平").update(end=TODAY - timedelta(days=1))
    told = {entry.wrong for entry in found(site, "organisation")}
    assert told == {"没有列出钱新任", "郑和平已离任，仍列在领导信息里"}


def test_a_link_out_of_the_site_that_nobody_checked_warns_its_unit(site: SmallSite) -> None:
    Link.objects.update(checked_on=TODAY - timedelta(days=91))
    assert verdicts(site)["outside_links"] == "warn"
    (entry,) = found(site, "outside_links")
    assert entry.unit == "律师管理处" and "2026-08-26" in entry.wrong


def test_a_message_past_its_limit_is_found_by_number_only(site: SmallSite) -> None:
    from gongkai.cases.actions import Person
    from gongkai.cases.rules import Channel, Kind
    from gongkai.enquiries import actions

    opened = actions.submit(
        site.bureau.agency, Kind.ENQUIRY, channel=Channel.ONLINE, title="欧阳某某问收费",
        text="收费标准是什么？", person=Person(name="欧阳某某", phone="13800001234"),
        topic="notaries", consent=False,
    )  # fmt: skip
    case = opened.case
    assert verdicts(site)["messages"] == "pass"
    with clock.set_to(NOW + timedelta(days=100)):
        (entry,) = found(site, "messages", TODAY + timedelta(days=100))
    assert entry.case == case.number and "还没有登记" in entry.wrong
    assert "欧阳" not in str(entry)
    actions.register(case, by=site.bureau.information_office)
    actions.route(case, site.bureau.lawyers, by=site.bureau.information_office)
    assert verdicts(site)["messages"] == "pass"
    case.refresh_from_db()
    with clock.set_to(NOW + timedelta(days=60)):
        (entry,) = found(site, "messages", TODAY + timedelta(days=60))
    assert str(case.due_on) in entry.wrong and entry.unit == "律师管理处"


def test_an_organ_without_a_public_site_has_nothing_to_inspect(site: SmallSite) -> None:
    from people import small_bureau

    other = small_bureau("other", "临海市司法局")
    assert inspect(other.agency, first_page, today=TODAY) == []
