"""Every template, rendered from contexts made by hand: structure, words, and that it is pure."""

import re
from dataclasses import FrozenInstanceError, replace
from itertools import pairwise
from pathlib import Path

import pytest
import segno
from django.contrib.staticfiles import finders
from lxml import html as parser
from portal.fixtures import PAGES
from portal.fixtures.home import HOME_PAGE, LAW_PAGE
from portal.fixtures.items import COLUMN, ITEM_PAGE
from portal.fixtures.organisation import SEARCH
from portal.fixtures.sites import PORTAL

from gongkai.portal.contexts import Attachment, Chart, ChartRow, Piece, Row
from gongkai.portal.qr import MASK, QUIET, qr
from gongkai.portal.render import render

PORTAL_HOME = Path(__file__).parents[2] / "gongkai/portal"
WITH_ERRORS = {"enquiry-errors", "query-errors", "apply-who", "apply-contact"}


def tree(name: str):
    return parser.document_fromstring(render(PAGES[name]()))


def words(element) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(params=list(PAGES))
def name(request) -> str:
    return request.param


def test_home_page_shows_the_bureau_and_its_fifteen_services():
    page = tree("home")
    assert words(page.find(".//h1")) == "示例市司法局"
    assert len(page.xpath("//ul[@class='services']/li")) == 15
    assert len(page.xpath("//ul[@class='services']//*[local-name()='svg']")) == 15
    assert len(page.xpath("//ul[@class='entries']/li")) == 5


def test_page_has_one_heading_a_language_and_a_title(name):
    page = tree(name)
    assert len(page.findall(".//h1")) == 1
    assert page.get("lang") == "zh-CN"
    title = page.findtext(".//title")
    assert PAGES[name]().site.name in title
    assert title.startswith("错误：") == (name in WITH_ERRORS)


def test_page_loads_nothing_from_outside(name):
    page = tree(name)
    fetched = page.xpath("//@src | //@poster | //link[@rel!='canonical']/@href | //form/@action")
    assert fetched
    assert [address for address in fetched if re.match(r"(https?:)?//", address)] == []


def test_page_obeys_the_content_security_policy(name):
    page = tree(name)
    run = "//script[not(@src) and not(@type='application/ld+json')]"  # that type is data
    assert page.xpath(f"//@style | //style | {run}") == []
    assert [a for a in page.xpath("//@*") if a.attrname.startswith("on")] == []


def test_every_control_is_labelled_and_every_id_is_single(name):
    page = tree(name)
    ids = page.xpath("//@id")
    assert sorted(set(ids)) == sorted(ids)
    labelled = set(page.xpath("//label/@for"))
    controls = page.xpath("//input[not(@type='hidden')] | //select | //textarea")
    assert [c.get("id") for c in controls if c.get("id") not in labelled] == []
    referred = page.xpath("//@aria-describedby | //@aria-labelledby | //label/@for")
    assert [i for value in referred for i in value.split() if i not in ids] == []


def test_nothing_on_the_page_is_dead(name):
    page = tree(name)
    assert [words(a) for a in page.iter("a") if a.get("href") in {None, "", "#"}] == []
    assert [a.get("href") for a in page.iter("a") if not words(a)] == []
    inside = [h[1:] for h in page.xpath("//a/@href") if h.startswith("#")]
    assert [i for i in inside if i not in page.xpath("//@id")] == []
    scripted = page.xpath("//button[@type='button']")
    assert all(b.xpath("ancestor-or-self::*[@data-enhance and @hidden]") for b in scripted)


def test_headings_do_not_skip_a_level(name):
    page = tree(name)
    levels = [int(h.tag[1]) for h in page.find(".//main").iter("h1", "h2", "h3", "h4")]
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_rendering_is_pure(name):
    assert render(PAGES[name]()) == render(PAGES[name]())


def meta(page) -> dict[str, str]:
    named = {m.get("name"): m.get("content") for m in page.xpath("//meta[@name]")}
    return {key: value for key, value in named.items() if key[0].isupper()}


def test_meta_tags_are_those_of_the_national_rule():
    site = {"SiteName": "示例市司法局", "SiteDomain": "sfj.example.gov.cn", "SiteIDCode": "0000000001"}  # fmt: skip # noqa: E501
    assert meta(tree("home")) == site
    column = {"ColumnName": "政策文件", "ColumnType": "政策文件"}
    described = {"ColumnDescription": COLUMN.column.description, "ColumnKeywords": "规范性文件,政策"}  # fmt: skip # noqa: E501
    assert meta(tree("column")) == site | column | described
    article = {
        "ArticleTitle": ITEM_PAGE.item.title,
        "PubDate": "2026-11-24 09:30",
        "ContentSource": "示例市司法局公共法律服务管理处",
        "Keywords": "公共法律服务,中心,规范",
        "Description": ITEM_PAGE.item.summary,
        "Url": "https://sfj.example.gov.cn/gk/6/2026/100.html",
    }
    assert meta(tree("item")) == site | column | article


def test_public_pages_are_canonical_and_personal_pages_are_not_indexed():
    assert tree("item").xpath("//link[@rel='canonical']/@href") == [ITEM_PAGE.canonical]
    for personal in ("status", "apply-sent", "apply-contact", "search", "missing"):
        assert tree(personal).xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert tree(personal).xpath("//link[@rel='canonical']") == []


def test_footer_names_who_answers_for_the_site():
    foot = words(tree("home").find(".//footer"))
    for part in ("主办单位", "承办单位", "联系电话", "监督电话", "jiandu@sfj.example.gov.cn", "网站标识码：0000000001", "示ICP备", "示公网安备", "网站地图", "我为政府网站找错"):  # fmt: skip # noqa: E501
        assert part in foot


def test_demo_banner_stands_only_on_a_demo_site():
    assert "演示数据" in render(HOME_PAGE)
    assert "演示数据" not in render(replace(HOME_PAGE, site=replace(PORTAL, demo=False)))


def test_sites_do_not_share_a_cached_head():
    assert "示例普法网" not in render(HOME_PAGE)
    assert "政府信息公开和公共法律服务" not in render(LAW_PAGE)
    assert parser.document_fromstring(render(LAW_PAGE)).get("data-brand") == "red"


def test_each_error_is_said_twice_in_the_same_words_and_linked():
    page = tree("enquiry-errors")
    assert "请先改正以下 5 处" in words(page)
    summary = page.xpath("//*[@data-error-summary]//li/a")
    assert [words(a) for a in summary] == [
        "请选择事项类别。",
        "已写 1002 字，请控制在 1000 字以内，其余可作为附件上传。",
        "请填写姓名。",
        "请填写手机号，或改填电子邮箱。",
        "邮箱格式不对，例如 name@example.cn。",
    ]
    for link in summary:
        control = page.get_element_by_id(link.get("href")[1:])
        assert control.get("aria-invalid") == "true"
        described = [page.get_element_by_id(i) for i in control.get("aria-describedby").split()]
        assert any(words(link) in words(note) for note in described)


def test_choice_errors_lead_to_the_first_choice():
    page = tree("apply-who")
    target = page.xpath("//*[@data-error-summary]//a")[0].get("href")[1:]
    assert page.get_element_by_id(target).get("type") == "radio"


def test_a_form_keeps_what_was_typed():
    page = tree("enquiry-errors")
    assert page.get_element_by_id("id_title").get("value") == "证书"
    assert page.get_element_by_id("id_text").text.strip() == "长" * 1002


def test_file_form_is_multipart_and_hidden_fields_survive():
    form = tree("enquiry").get_element_by_id("form")
    assert form.get("enctype") == "multipart/form-data"
    assert form.xpath(".//input[@type='hidden' and @name='token']")


def test_reply_comes_before_progress():
    text = words(tree("status-answered").get_element_by_id("main"))
    assert text.index("已于 2026年11月24日 答复") < text.index("予以公开") < text.index("办理进度")
    assert "行政复议" in text and "行政诉讼" in text


def test_confirmation_shows_number_code_and_dates():
    page = tree("apply-sent")
    text = words(page)
    for part in ("SQ-2026-0012", "7K4M9P", "2026年11月25日", "2026年12月23日", "接下来"):
        assert part in text
    assert page.find_class("qr")
    printed = page.find_class("addr")[0].text_content()
    assert printed.endswith("?n=SQ-2026-0012"), "the code never enters an address"
    assert "7K4M9P" not in "".join(page.xpath("//@href"))


def test_navigation_marks_the_section_one_is_in():
    for name, title in [("home", "首页"), ("column", "信息公开"), ("enquiry", "政民互动")]:
        current = tree(name).xpath("//nav[@aria-label='主导航']//a[@aria-current]")
        assert [words(a) for a in current] == [title]


def test_void_item_says_so_in_words_and_names_its_successor():
    page = tree("item-void")
    notice = words(page.find_class("notice")[0])
    assert "本文件废止" in notice and "监督检查规定" in notice
    assert tree("item").find_class("notice") == []


def test_interpretations_are_linked_both_ways():
    assert "相关解读" in words(tree("item"))
    assert "本文解读的文件" in words(tree("item-video"))


def test_files_are_offered_with_type_and_size():
    assert [words(li) for li in tree("item").xpath("//section[@class='files']//li")] == [
        "示例市公共法律服务中心建设规范PDF，1.2 MB下载：示例市公共法律服务中心建设规范",
        "公共法律服务中心申报表Word，47 KB下载：公共法律服务中心申报表",
    ]


def test_table_mode_shows_the_six_columns_and_names_them_on_phones():
    page = tree("catalogue")
    heads = [words(th) for th in page.xpath("//thead//th")]
    assert heads == ["索引号", "名称", "文号", "成文日期", "公开日期", "有效性"]
    first = page.xpath("//tbody/tr")[0]
    assert [cell.get("data-label") for cell in first] == heads


def test_fruitless_search_offers_to_apply():
    page = tree("search-nothing")
    assert "没有找到" in words(page)
    assert page.xpath("//main//a[@href='/gk/5/']")


def test_annual_report_has_the_cells_of_the_national_form():
    page = tree("report")
    tables = page.find_class("form-table")
    assert [len(table.xpath(".//td")) for table in tables] == [10, 25 * 7, 15]


def test_what_is_published_cannot_bring_markup_along():
    planted = '<script>alert("x")</script>'
    row = Row(title=planted, url="/x/", on=COLUMN.rows[0].on)
    assert "<script>alert" not in render(replace(COLUMN, rows=(row,)))
    hit = replace(SEARCH.hits[0], title=(Piece(planted, True),), excerpt=(Piece(planted),))
    shown = render(replace(SEARCH, hits=(hit,), query=planted))
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown


def test_bars_are_in_proportion_and_nought_draws_none():
    rows = (ChartRow("一月", (10, 5)), ChartRow("二月", (0, 0)))
    groups = Chart(title="收办", unit="件", series=("收到", "办结"), rows=rows).groups
    first, second = groups[0].bars
    assert first.width == 2 * second.width > 0
    assert [bar.width for bar in groups[1].bars] == [0, 0]
    assert groups[1].y > second.y


def test_chart_refuses_what_could_not_be_read():
    with pytest.raises(ValueError, match="one to four"):
        Chart(title="t", unit="件", series=("a", "b", "c", "d", "e"), rows=())
    with pytest.raises(ValueError, match="one value"):
        Chart(title="t", unit="件", series=("a",), rows=(ChartRow("x", (1, 2)),))


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "1 KB"), (48_200, "47 KB"), (1_023_999, "1000 KB"), (1_310_000, "1.2 MB")],
)
def test_sizes_are_for_people(size, text):
    assert Attachment(title="t", url="/f", kind="PDF", size=size).size_text == text


def test_contexts_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        HOME_PAGE.title = "x"


def test_templates_trust_no_text_and_ask_no_clock():
    for template in (PORTAL_HOME / "templates").rglob("*.html"):
        source = template.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|{%\s*now\b", source), template.name


def test_styles_are_small_and_self_contained():
    sheets = list((PORTAL_HOME / "static/portal").glob("*.css"))
    assert len(sheets) == 5
    for sheet in sheets:
        css = sheet.read_text(encoding="utf-8")
        assert len(css.encode()) <= 20 * 1024, sheet.name
        assert re.search(r"url\((?!\"data:)", css) is None and "@import" not in css


def test_every_static_file_that_a_page_names_exists(name):
    named = tree(name).xpath("//link[not(@rel='canonical')]/@href | //script/@src")
    static = [address.removeprefix("/static/") for address in named if "/static/" in address]
    assert static
    assert [path for path in static if not finders.find(path)] == []


def test_printed_code_is_the_code_of_the_address():
    address = "https://sfj.example.gov.cn/gk/6/2026/100.html"
    drawn = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", qr(address))
        for step in range(int(length))
    }
    matrix = segno.make_qr(address, error="m", mask=MASK, boost_error=False).matrix
    dark = {
        (x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, on in enumerate(row) if on
    }
    assert drawn == dark
    assert qr(address) in render(ITEM_PAGE)


def test_wide_forms_scroll_on_phones_and_say_so():
    page = tree("report")
    assert ["wide-table" in t.get("class") for t in page.find_class("form-table")] == [False, True, True]  # fmt: skip # noqa: E501
    assert len(page.find_class("swipe")) == 2
