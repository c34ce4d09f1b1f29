"""What makes publishing fast, as counts: of queries, of files, of processes that agree."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
import segno
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from small_site import SmallSite, draft, fresh, item, read_again, released

from gongkai import clock
from gongkai.catalogue.models import SiteProfile
from gongkai.files.actions import store
from gongkai.portal import qr
from gongkai.portal.pages.targets import read_ahead, targets
from gongkai.publishing import actions, processes, queries, tree
from gongkai.publishing.models import Rendered
from gongkai.review.pages import withdraw_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(one_small_site, settings, tmp_path: Path) -> SmallSite:
    settings.TREE_ROOT, settings.FILES_ROOT = tmp_path / "tree", tmp_path / "files"
    return read_again(one_small_site)


def root() -> Path:
    return actions.root_of(SiteProfile.objects.get())


def with_everything(site: SmallSite, title: str, beside: object = None) -> None:
    """An item that has what an item's page can show."""
    file = store(title.encode(), f"{title}.txt", agency=site.bureau.agency, by=site.bureau.editor)
    item(site, title, attachments=[(file, "附表")], interprets=beside, amends=beside)


def queries_for_items() -> int:
    """How many it takes to read and render the pages of all items, as an export does."""
    profile = SiteProfile.objects.select_related("site", "agency").get()
    chosen = [target for target in targets(profile) if target.owner.startswith("item:")]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        read_ahead(chosen, profile)
        for target in chosen:
            assert target.make()
    return len(captured)


def test_pages_of_many_items_take_the_queries_of_a_few(site) -> None:
    law = item(site, "所涉文件")
    with_everything(site, "第一件", law)
    few = queries_for_items()
    for n in range(4):
        with_everything(site, f"另一件{n}", law)
    assert queries_for_items() == few <= 20


def test_a_release_asks_as_much_of_a_large_site_as_of_a_small_one(site, monkeypatch) -> None:
    """Neither more files nor more queries; the numbered pages before the last are not touched."""
    from gongkai.catalogue import rules
    from gongkai.portal.pages import columns

    for module in (rules, columns):
        monkeypatch.setattr(module, "PAGE_SIZE", 2)

    times = [clock.now()]

    def one_more(title: str) -> tuple[list[str], int]:
        # Some files tell the second of the newest release: each has its own.
        times.append(times[-1] + timedelta(minutes=1))
        with clock.set_to(times[-1]):
            item(site, title)
            with CaptureQueriesContext(connection) as captured:
                outcome = actions.publish_pending()
        kept = [path for path in outcome.written if not re.search(r"/p\d+/", path)]
        return kept, len(captured)

    actions.publish_all()
    for n in range(3):
        one_more(f"先有{n}")
    few, asked_few = one_more("其中一件")
    for n in range(3):
        one_more(f"后有{n}")
    many, asked_many = one_more("最后一件")
    assert len(many) == len(few) <= 40
    assert asked_many <= asked_few + 2  # four items more would ask four times more, or none
    assert list(queries.differences()) == []


def test_a_file_of_two_items_stays_while_one_is_public(site) -> None:
    bureau = site.bureau
    actions.publish_all()
    pages = []
    for title in ("甲件", "乙件"):
        file = store(b"1,2\n", "f.csv", agency=bureau.agency, by=bureau.editor)
        pages.append(released(draft(site, title, attachments=[(file, "附表")]), bureau))
        actions.publish_pending()
    [path] = [path for path in tree.paths(root()) if path.startswith("/files/")]
    withdraw_page(fresh(pages[0]), by=bureau.information_office, reason="有误")
    actions.publish_pending()
    assert path in tree.paths(root()) and list(queries.differences()) == []
    withdraw_page(fresh(pages[1]), by=bureau.information_office, reason="有误")
    actions.publish_pending()
    assert path not in tree.paths(root()) and list(queries.differences()) == []


def test_a_full_export_that_was_killed_is_made_again(site, monkeypatch) -> None:
    item(site, "公证便民措施出台")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("gongkai.publishing.recording.note_made", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.publish_all()
    (root() / ".new-1-1").write_bytes(b"half")
    assert not Rendered.objects.exists()
    actions.publish_pending()  # the next minute's
    assert list(queries.differences()) == [] and not (root() / ".new-1-1").exists()


def test_what_readers_get_compressed_is_compared_too(site) -> None:
    actions.publish_all()
    page = root() / "index.html"
    page.with_name("index.html.br").write_bytes(brotli.compress(b"old"))
    page.with_name("404.html.gz").write_bytes(gzip.compress(b"old")[:-9])
    (root() / "withdrawn.html.gz").write_bytes(gzip.compress(b"gone"))
    assert dict(queries.differences()) == {
        "portal/index.html": "differs",
        "portal/404.html": "differs",
        "portal/withdrawn.html.gz": "extra",
    }
    assert sorted(actions.publish_all().written) == ["portal/404.html", "portal/index.html"]
    assert list(queries.differences()) == []
    assert (root() / "opendata/dcat.jsonld.br").exists()


def test_rows_of_an_older_version_are_given_their_owners(site) -> None:
    actions.publish_all()
    Rendered.objects.update(owner="")
    item(site, "公证便民措施出台")
    actions.publish_pending()
    assert list(queries.differences()) == []
    actions.publish_all()
    assert not Rendered.objects.filter(owner="").exists()


def test_within_a_transaction_nothing_is_forked(site) -> None:
    assert not processes.may_fork()
    assert list(processes.spread(lambda n: n + 1, list(range(9)), 2)) == list(range(1, 10))


@given(st.text("abcXYZ019-_/.:%~", max_size=60), st.text("0123456789", max_size=6))
def test_a_code_is_what_the_library_draws(way: str, number: str) -> None:
    for address in (f"http://a.example/{way}{number}/", f"http://a.example/{way}{number[::-1]}/"):
        drawn = segno.make_qr(address, error="m", mask=qr.MASK, boost_error=False).matrix
        assert qr._rows(address.encode()) == [bytes(row) for row in drawn]
