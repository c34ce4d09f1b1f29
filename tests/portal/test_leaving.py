"""The notice before a reader leaves for a site that is not the government's."""

from __future__ import annotations

import re

import pytest

from gongkai.portal.leaving import is_official, with_notices

PAGE = "<!doctype html><body><main>{}</main></body></html>"


def page(*links: str) -> str:
    return with_notices(PAGE.format("".join(links)), ("pufa.example", "bszs.conac.cn"))


def test_it_works() -> None:
    out = page('<a href="https://lawyers.example/a?b=1&amp;c=2" rel="noopener">律师网</a>')
    assert 'href="#leave-1"' in out and 'id="from-1"' in out
    assert "<strong>lawyers.example</strong> 不是政府网站" in out
    assert 'href="https://lawyers.example/a?b=1&amp;c=2" rel="noopener noreferrer external"' in out
    assert out.endswith("</section>\n</body></html>")


@pytest.mark.parametrize(
    "address",
    ["https://www.gov.cn/x", "http://sf.sz.gov.cn", "https://pufa.example/", "/xxgk/", "#main",
     "https://bszs.conac.cn/sitename", "mailto:a@lawyers.example", "tel:12348"],
)  # fmt: skip
def test_to_the_government_and_within_the_site_there_is_none(address: str) -> None:
    link = f'<a href="{address}">某处</a>'
    assert page(link) == PAGE.format(link)


@pytest.mark.parametrize(
    ("host", "official"),
    [("gov.cn", True), ("a.gov.cn", True), ("A.GOV.CN.", True), ("notgov.cn", False),
     ("gov.cn.evil.example", False), ("pufa.example", True), ("xpufa.example", False), ("", False)],
)  # fmt: skip
def test_whose_a_host_is(host: str, official: bool) -> None:
    assert is_official(host, ("pufa.example", "")) is official


def test_one_notice_an_address_and_the_first_link_is_where_one_stays() -> None:
    link = '<a href="https://a.example/">甲</a>'
    out = page(link, link, '<a href="https://b.example/">乙</a>')
    assert out.count("<section") == 2 and out.count('href="#leave-1"') == 2
    assert len(re.findall(' id="from-1"', out)) == 1


def test_nothing_in_an_address_becomes_markup() -> None:
    out = page(
        '<a href="https://a.example/&quot;&gt;&lt;script&gt;">甲</a>', '<a href="https://[x">乙</a>'
    )
    assert "<script" not in out and 'href="https://[x"' in out
