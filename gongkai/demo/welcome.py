"""What ``gongkai demo`` prints: addresses, logins, and a case to look up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from gongkai.cases.codes import query_code
from gongkai.cases.models import Case
from gongkai.demo import bureau
from gongkai.demo.running import SAMPLE_KEY

_WIDTH = 12


def table(port: int) -> str:
    """The whole text, in Chinese."""
    return "\n".join([*_addresses(port), "", *_logins(), "", *_sample(port)])


def _addresses(port: int) -> Iterator[str]:
    yield "网址"
    for name, url in (
        ("门户网站", f"http://127.0.0.1:{port}/"),
        ("普法网站", f"http://pufa.localhost:{port}/"),
        ("工作台", f"http://127.0.0.1:{port}/desk/"),
        ("办件查询", f"http://127.0.0.1:{port}/query/"),
    ):
        yield f"  {_padded(name)}{url}"


def _logins() -> Iterator[str]:
    yield f"登录名（密码都是 {bureau.PASSWORD}）"
    told = bureau.table("units")
    for facts in told["login"]:
        yield f"  {_padded(facts['username'])}{facts['does']}"
    yield f"  {_padded('代码-ll、代码-cz')}各处室的联络人和负责人，例如 jcgz-ll、jcgz-cz"


def _sample(port: int) -> Iterator[str]:
    case = Case.objects.filter(submission_key=SAMPLE_KEY).first()
    if case is not None:
        yield "试一试办件查询"
        yield f"  {_padded('编号')}{case.number}"
        yield f"  {_padded('查询码')}{query_code(SAMPLE_KEY)}"


def _padded(text: str) -> str:
    """Filled up to one column; a Chinese character is two wide."""
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(2, _WIDTH + 6 - wide)
