"""The reader's display choices: a cookie, and the style sheet that it chooses."""

from __future__ import annotations

import lxml.html
import pytest
from django.test import Client
from portal.machine_world import contents, published_site

from gongkai.portal import display


def test_it_works() -> None:
    client = Client()
    assert b":root .side{display:none}" not in client.get("/display.css").content
    kept = client.get("/display/mode/elder/", headers={"referer": "http://testserver/xxgk/?p=2"})
    assert (kept.status_code, kept["Location"]) == (302, "/xxgk/")
    assert "SameSite=Lax" in str(kept.cookies["gk_mode"])
    style = client.get("/display.css")
    assert b":root .side{display:none}" in style.content and style["Vary"] == "Cookie"
    client.get("/display/plain/")
    assert b":root .side{display:none}" not in client.get("/display.css").content


@pytest.mark.django_db
def test_style_sheets_and_scripts_stand_in_the_tree_for_the_web_server(
    one_small_site, settings, tmp_path
) -> None:
    published_site(one_small_site, settings, tmp_path)
    files = contents()
    names = [display.file_of(chosen) for chosen in display.combinations()]
    assert len(names) == len(set(names)) == 24
    assert set(names) <= set(files)
    assert b":root{--brand:#000" in files["/display/--high-.css"]
    client = Client()
    client.cookies.load({"gk_contrast": "high", "gk_size": "xl", "gk_mode": "<x>"})
    assert client.get("/display.css").content == files["/display/-xl-high-.css"]
    for path in ("/index.html", "/xxgk/gzdt/index.html", "/404.html"):
        head = lxml.html.fromstring(files[path]).head
        named = head.xpath(".//link[@rel='stylesheet' or @rel='icon']/@href | .//script/@src")
        assert any(name.endswith("site.css") for name in named)
        assert set(named) - set(files) == {display.STYLE}


@pytest.mark.parametrize("path", ["mode/xl", "size/elder", "colour/red", "mode/x"])
def test_what_is_none_of_ours_is_no_choice(path: str) -> None:
    answer = Client().get(f"/display/{path}/")
    assert answer.status_code == 404 and not answer.cookies


@pytest.mark.parametrize(
    "before",
    ["https://evil.example//evil.example/x", "javascript:alert(1)", "//[", "", "https://x/\\evil"],
)
def test_the_way_back_never_leads_to_another_host(before: str) -> None:
    answer = Client().get("/display/mode/elder/", headers={"referer": before})
    assert answer["Location"] == "/"
