"""Promise 2: the tree after any edits equals a full fresh export, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from small_site import draft, fresh, item, released, small_site

from gongkai.agencies.actions import change_unit
from gongkai.catalogue.rules import ColumnKind
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.portal.index import index_path
from gongkai.publishing import actions, queries, tree
from gongkai.publishing.models import Change
from gongkai.review.pages import submit_page, withdraw_page
from gongkai.text.index import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, tmp_path: Path):
    settings.TREE_ROOT = tmp_path / "tree"
    settings.FILES_ROOT = tmp_path / "files"
    made = small_site()
    actions.publish_all()
    return made


def contents() -> dict[str, bytes]:
    from gongkai.catalogue.models import SiteProfile

    return tree.contents(actions.root_of(SiteProfile.objects.get()))


def found(words: str) -> int:
    return search(index_path(), words).total


def test_it_works(site) -> None:
    page = item(site, "公证便民措施出台")
    outcome = actions.publish_pending()
    path = f"/xxgk/gzdt/{page.slug}/index.html"
    assert f"portal{path}" in outcome.written
    assert "公证便民措施出台" in contents()[path].decode()
    for shown_on in ("/index.html", "/xxgk/index.html", "/xxgk/gzdt/index.html", "/feed.xml"):
        assert "公证便民措施出台" in contents()[shown_on].decode(), shown_on
    maps = [text for path, text in contents().items() if path.startswith("/sitemap-")]
    assert page.slug in b"".join(maps).decode()
    assert found("便民措施") == 1
    assert list(queries.differences()) == []
    assert not Change.objects.exists()


def test_withdrawn_it_is_gone_from_everywhere(site) -> None:
    page = item(site, "公证便民措施出台")
    actions.publish_pending()
    withdraw_page(fresh(page), by=site.bureau.information_office, reason="数字有误")
    outcome = actions.publish_pending()
    address = f"/xxgk/gzdt/{page.slug}/"
    assert f"portal{address}index.html" in outcome.removed
    assert not [path for path, text in contents().items() if "公证便民措施出台" in text.decode()]
    assert found("便民措施") == 0
    assert list(queries.differences()) == []
    response = Client().get(address)
    assert response.status_code == 410
    assert "公证便民措施出台" not in response.content.decode()


def test_no_word_of_a_draft_is_in_the_tree_or_the_index(site) -> None:
    page = draft(site, "金丝雀草稿")
    submit_page(page, by=site.bureau.editor)
    actions.publish_all()
    assert not [path for path, text in contents().items() if "金丝雀草稿" in text.decode()]
    assert found("金丝雀草稿") == 0


def test_a_new_version_replaces_the_old_everywhere(site) -> None:
    page = item(site, "旧标题的通知", body=[("text", "<p>正文</p>")])
    actions.publish_pending()
    page = fresh(page).get_latest_revision_as_object()
    page.title = "新标题的通知"
    released(page, site.bureau)
    actions.publish_pending()
    assert not [path for path, text in contents().items() if "旧标题" in text.decode()]
    assert (found("旧标题"), found("新标题")) == (0, 1)
    assert list(queries.differences()) == []


def test_an_attachment_is_public_only_with_its_item(site) -> None:
    file = store(
        "甲,乙\n1,2\n".encode(), "附表.csv", agency=site.bureau.agency, by=site.bureau.editor
    )
    page = draft(site, "附表一份", attachments=[(file, "附表")])
    actions.publish_all()
    assert not [path for path in contents() if path.startswith("/files/")]
    page = released(page, site.bureau)
    actions.publish_pending()
    path = f"/files/{file.sha256}/附表.csv"
    assert contents()[path] == "甲,乙\n1,2\n".encode()
    assert Client().get(path).status_code == 200
    withdraw_page(fresh(page), by=site.bureau.information_office, reason="有误")
    actions.publish_pending()
    assert path not in contents()
    assert Client().get(path).status_code == 410
    assert StoredFile.objects.get(pk=file.pk).state == StoredFile.State.WITHDRAWN


def test_pages_that_show_a_changed_record_follow_by_themselves(site) -> None:
    from small_site import column

    column(site.section, site.bureau, "通讯录", ColumnKind.CONTACTS, slug="txl")
    actions.publish_pending()
    change_unit(site.bureau.lawyers, by=site.bureau.system_administrator, phone="000-81234567")
    outcome = actions.publish_pending()
    assert outcome.written == ["portal/xxgk/txl/index.html"]
    assert b"000-81234567" in contents()["/xxgk/txl/index.html"]
    assert list(queries.differences()) == []


def test_a_column_is_numbered_from_the_oldest(site, monkeypatch) -> None:
    """One new item rewrites a bounded number of pages, whatever the column's size."""
    from gongkai.catalogue import rules
    from gongkai.portal.pages import columns

    for module in (rules, columns):
        monkeypatch.setattr(module, "PAGE_SIZE", 3)
    for number in range(1, 9):
        item(site, f"第{number}条消息")
    actions.publish_pending()
    first = contents()["/xxgk/gzdt/p1/index.html"].decode()
    assert [f"第{n}条消息" in first for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert "第8条消息" in contents()["/xxgk/gzdt/index.html"].decode()
    page = item(site, "第9条消息")
    outcome = actions.publish_pending()
    assert "portal/xxgk/gzdt/p3/index.html" in outcome.written
    assert "portal/xxgk/gzdt/p1/index.html" not in outcome.written
    assert len(outcome.written) <= 40
    assert page.sequence == 9
    assert list(queries.differences()) == []


def test_verify_finds_a_planted_fault(site) -> None:
    from gongkai.catalogue.models import SiteProfile

    root = actions.root_of(SiteProfile.objects.get())
    (root / "index.html").write_bytes(b"hacked")
    (root / "extra.html").write_bytes(b"x")
    (root / "404.html").unlink()
    assert dict(queries.differences()) == {
        "portal/index.html": "differs",
        "portal/extra.html": "extra",
        "portal/404.html": "missing",
    }


def test_compressed_twins_say_the_same(site) -> None:
    import gzip

    import brotli

    from gongkai.catalogue.models import SiteProfile

    root = actions.root_of(SiteProfile.objects.get())
    plain = (root / "index.html").read_bytes()
    assert gzip.decompress((root / "index.html.gz").read_bytes()) == plain
    assert brotli.decompress((root / "index.html.br").read_bytes()) == plain


@pytest.mark.parametrize("path", ["../../etc/passwd", "/../x", "a/../../x"])
def test_a_path_that_leaves_the_tree_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="leaves the tree"):
        tree.write(tmp_path / "tree", path, b"x")


@pytest.mark.parametrize("path", ["/..%2f..%2fetc/passwd", "/.new-x", "/%00"])
def test_the_tree_view_serves_nothing_else(site, path: str) -> None:
    assert Client().get(path).status_code in {400, 404}


def test_a_file_cut_short_is_written_again(site) -> None:
    """After a power cut the table may know a file that the disk does not hold."""
    from gongkai.catalogue.models import SiteProfile

    root = actions.root_of(SiteProfile.objects.get())
    (root / "index.html").write_bytes(b"")
    assert actions.publish_all().written == ["portal/index.html"]
    assert list(queries.differences()) == []
