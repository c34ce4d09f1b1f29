"""Questions, statistics, services, the library of rules, the standard catalogue."""

from __future__ import annotations

import io

import openpyxl
import pytest
from portal.columns_world import GUIDE, ROW, add_column, page, publish, published_site, raw
from small_site import draft, fresh, item, released

from gongkai.catalogue.rules import ColumnKind
from gongkai.files.actions import store
from gongkai.refusal import Refused
from gongkai.review.pages import submit_page, withdraw_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(one_small_site, settings, tmp_path):
    return published_site(one_small_site, settings, tmp_path)


def test_it_works_for_services(site) -> None:
    services = add_column(site, ColumnKind.DIRECTORY, "fwml", "办事服务目录")
    form = store(
        "姓名,电话\n".encode(), "申请表.csv", agency=site.bureau.agency, by=site.bureau.editor
    )
    what = item(site, "律师执业许可", into=services, guide=GUIDE, attachments=[(form, "申请表")])
    publish()
    listed = page("/xxgk/fwml/")
    for words in ("律师执业许可", "10 个工作日", "不收费", "000-81110001", "申请表"):
        assert words in listed, words
    assert f"/files/{form.sha256}/" in listed
    shown = page(f"/xxgk/fwml/{what.slug}/")
    labels = "事项名称 设定依据 受理条件 申请材料 办理流程 办理时限 收费标准 办理地点和时间"
    for label in (*labels.split(), "联系电话", "监督电话"):
        assert f'<th scope="row">{label}</th>' in shown, label
    assert "一、申请表<br>二、实习证明" in shown
    assert "表格下载" in shown


def test_an_incomplete_service_is_not_even_submitted(site) -> None:
    services = add_column(site, ColumnKind.DIRECTORY, "fwml", "办事服务目录")
    for guide in (None, GUIDE | {"supervision_phone": ""}):
        page_ = draft(site, "律师执业许可", into=fresh(services), guide=guide)
        with pytest.raises(Refused, match="监督电话"):
            submit_page(page_, by=site.bureau.editor)


def test_the_elements_of_a_service_are_screened_and_hashed(site) -> None:
    services = add_column(site, ColumnKind.DIRECTORY, "fwml", "办事服务目录")
    what = draft(site, "律师执业许可", into=services, guide=GUIDE)
    assert what.reviewed_texts()["联系电话"] == "000-81110001"
    assert "申请、受理、审查、决定" in what.whole_text
    before = what.content_hash()
    assert what.save_revision().as_object().content_hash() == fresh(what).content_hash() == before
    guide = what.guides.get()
    guide.phone = "000-81110009"
    what.guides.set([guide])
    assert what.content_hash() != before


def test_questions_stand_with_their_answers(site) -> None:
    questions = add_column(site, ColumnKind.QUESTIONS, "wd", "常见问答")
    what = item(site, "怎样申请法律援助？", into=questions, body=[("text", "<p>带身份证明。</p>")])
    publish()
    listed = page("/xxgk/wd/")
    assert "<summary>怎样申请法律援助？</summary>" in listed
    assert "<p>带身份证明。</p>" in listed
    withdraw_page(fresh(what), by=site.bureau.information_office, reason="有误")
    publish()
    assert "法律援助" not in page("/xxgk/wd/")


def test_tables_of_statistics_are_also_data(site) -> None:
    numbers = add_column(site, ColumnKind.STATISTICS, "tjsj", "统计数据")
    rows = [["年份", "件数"], ["2025", "1,204"], ["增减", "-3.5%"], ["=1+1", "@x"]]
    what = item(
        site, "法律援助件数", into=numbers,
        body=[("table", {"caption": "历年件数", "rows": rows})],
    )  # fmt: skip
    publish()
    address = f"/xxgk/tjsj/{what.slug}/"
    assert f'href="{address}data-1.csv"' in page(address)
    data = raw(f"{address}data-1.csv")
    assert data is not None
    told = data.decode("utf-8-sig").splitlines()
    assert told == ["年份,件数", '2025,"1,204"', "增减,-3.5%", "'=1+1,'@x"]
    withdraw_page(fresh(what), by=site.bureau.information_office, reason="有误")
    publish()
    assert raw(f"{address}data-1.csv") is None


def test_the_library_of_rules_is_filtered_by_validity(site) -> None:
    held = item(site, "现行办法", into=site.policy, validity="valid")
    item(site, "旧办法", into=fresh(site.policy), validity="repealed")
    publish()
    in_force, over = page("/xxgk/zcwj/validity-valid/"), page("/xxgk/zcwj/validity-repealed/")
    assert ("现行办法" in in_force, "旧办法" in in_force) == (True, False)
    assert ("现行办法" in over, "旧办法" in over) == (False, True)
    assert 'href="/xxgk/zcwj/validity-repealed/"' in page("/xxgk/zcwj/")
    changed = fresh(held).get_latest_revision_as_object()
    changed.validity = "expired"
    released(changed, site.bureau)
    publish()
    assert "现行办法" not in page("/xxgk/zcwj/validity-valid/")
    assert "现行办法" in page("/xxgk/zcwj/validity-expired/")


def test_the_standard_catalogue_is_a_table_and_an_excel_file(site) -> None:
    column = add_column(site, ColumnKind.STANDARD, "bzml", "标准目录")
    rows = [ROW, ROW | {"part": "=HYPERLINK(1)", "audience": "全社会"}]
    what = item(site, "标准目录（2026年版）", into=column, standard_rows=rows)
    publish()
    shown = page("/xxgk/bzml/")
    address = f"/xxgk/bzml/{what.slug}/catalogue.xlsx"
    assert f'href="{address}" download' in shown
    assert "给予或者不予援助的决定" in shown
    data = raw(address)
    assert data is not None
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    lines = [tuple(cell.value for cell in line) for line in sheet]
    heads = "序号 一级事项 二级事项 公开内容（要素） 公开依据 公开时限 公开主体 公开渠道和载体"
    assert lines[0] == (*heads.split(), "公开对象", "公开方式", "公开层级")
    assert lines[1] == ("1", *ROW.values())
    assert (lines[2][2], sheet["C3"].data_type) == ("=HYPERLINK(1)", "s")


def test_the_column_shows_the_newest_catalogue_and_keeps_the_earlier(site) -> None:
    column = add_column(site, ColumnKind.STANDARD, "bzml", "标准目录")
    item(site, "2025年版", into=column, standard_rows=[ROW | {"content": "旧的内容"}])
    newest = item(
        site, "2026年版", into=fresh(column), standard_rows=[ROW | {"content": "新的内容"}]
    )
    publish()
    shown = page("/xxgk/bzml/")
    assert ("新的内容" in shown, "旧的内容" in shown, "2025年版" in shown) == (True, False, True)
    withdraw_page(fresh(newest), by=site.bureau.information_office, reason="有误")
    publish()
    assert "旧的内容" in page("/xxgk/bzml/")
    empty = draft(site, "空目录", into=fresh(column))
    with pytest.raises(Refused, match="目录条目"):
        submit_page(empty, by=site.bureau.editor)
