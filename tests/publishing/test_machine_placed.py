"""What machines read of an item in two columns, and of the times of an item."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from small_site import SmallSite, column, fresh, item, read_again, released

from gongkai import clock
from gongkai.catalogue.actions import agree_to_placement, ask_for_placement
from gongkai.catalogue.models import SiteProfile
from gongkai.catalogue.rules import ColumnKind
from gongkai.clock import SHANGHAI
from gongkai.publishing import actions, queries, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(one_small_site, settings, tmp_path: Path) -> SmallSite:
    settings.TREE_ROOT, settings.FILES_ROOT = tmp_path / "tree", tmp_path / "files"
    return read_again(one_small_site)


def contents() -> dict[str, str]:
    found = tree.contents(actions.root_of(SiteProfile.objects.get()))
    return {path: content.decode() for path, content in found.items()}


def test_a_placed_item_is_in_the_feeds_of_both_columns_and_once_on_the_map(site) -> None:
    bureau = site.bureau
    notices = column(site.section, bureau, "通知公告", ColumnKind.NOTICE, slug="tzgg")
    page = item(site, "公证便民措施出台")
    actions.publish_all()
    feeds = [f"/xxgk/tzgg/{name}" for name in ("feed.xml", "atom.xml", "feed.json")]
    assert not [path for path in feeds if page.title in contents()[path]]
    asked = ask_for_placement(page, notices, by=bureau.editor)
    agree_to_placement(asked, by=bureau.unit_head)
    actions.publish_pending()
    made = contents()
    address = f"http://testserver/xxgk/gzdt/{page.slug}/"
    for path in feeds + [path.replace("tzgg", "gzdt") for path in feeds]:
        assert page.title in made[path] and address in made[path], path
    maps = "".join(text for path, text in made.items() if path.startswith("/sitemap"))
    assert maps.count(f"<loc>{address}</loc>") == 1
    newer = fresh(page).get_latest_revision_as_object()
    newer.title = "更正后的标题"
    released(newer, bureau)
    actions.publish_pending()
    assert all("更正后的标题" in contents()[path] for path in feeds)
    assert list(queries.differences()) == []


def test_times_are_those_of_the_release(site, settings) -> None:
    """Not of the machine's clock, which a replayed year and an import do not follow."""
    settings.DATA_LICENCE = "请注明来源。"
    with clock.set_to(datetime(2024, 5, 6, 9, tzinfo=SHANGHAI)):
        page = item(site, "公证便民措施出台")
    with clock.set_to(datetime(2024, 7, 8, 9, tzinfo=SHANGHAI)):
        newer = fresh(page).get_latest_revision_as_object()
        newer.title = "更正后的标题"
        released(newer, site.bureau)
    actions.publish_all()
    made = contents()
    assert "<lastmod>2024-07-08</lastmod>" in made["/sitemap.xml"]
    told = json.loads(made["/opendata/dcat.jsonld"])
    assert told["dct:modified"]["@value"].startswith("2024-07-08T09:00")
    terms = {"@type": "dct:LicenseDocument", "dct:description": "请注明来源。"}
    distributions = [d for dataset in told["dcat:dataset"] for d in dataset["dcat:distribution"]]
    assert [one["dct:license"] for one in (told, *distributions)] == [terms] * 4
    assert "使用条件：请注明来源。" in made["/opendata/index.html"]
    settings.DATA_LICENCE = "https://licence.example/"
    actions.publish_all()
    told = json.loads(contents()["/opendata/dcat.jsonld"])
    assert told["dct:license"] == {"@id": "https://licence.example/"}
