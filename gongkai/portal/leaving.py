"""Before a reader leaves for a site that is not the government's, the page says so.

Each such link leads to a notice on the same page, and the notice leads out: it works from files
alone, without script and with the keyboard, and no address can be smuggled in from outside.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from urllib.parse import urlsplit

from django.utils.html import format_html

_LINK = re.compile(r"<a\b[^>]*?\shref=\"(https?://[^\"]+)\"[^>]*>", re.IGNORECASE)
_REL = re.compile(r"\s(?:rel|target)=\"[^\"]*\"")
_END = "</body>"
_NOTICE = (
    '<section class="leave" id="leave-{0}" role="dialog" aria-labelledby="leave-{0}-h" '
    'tabindex="-1"><div><h2 id="leave-{0}-h">即将离开本网站</h2>'
    "<p>您将访问的 <strong>{1}</strong> 不是政府网站，其内容和安全由该网站负责。</p>"
    '<p class="leave-ways"><a class="leave-go" href="{2}" rel="noopener noreferrer external">'
    '继续访问</a> <a class="leave-stay" href="#from-{0}">留在本网站</a></p></div></section>\n'
)


def is_official(host: str, official: Collection[str]) -> bool:
    """Whether a host is the government's (gov.cn), or one that the operator names as such."""
    host = host.lower().rstrip(".")
    names = ("gov.cn", *official)
    return any(host == name or host.endswith(f".{name}") for name in names if name)


def with_notices(html: str, official: Collection[str] = ()) -> str:
    """The page with a notice for each address outside (W47: warn before a non-government site).

    The first link to an address carries the mark to which "stay" goes back.
    """
    numbers: dict[str, int] = {}

    def instead(link: re.Match[str]) -> str:
        address = unescape(link[1])
        host = _host(address)
        if not host or is_official(host, official):
            return link[0]
        first = address not in numbers
        number = numbers.setdefault(address, len(numbers) + 1)
        mark = f' id="from-{number}"' if first and " id=" not in link[0] else ""
        tag = _REL.sub("", link[0].replace(f'href="{link[1]}"', f'href="#leave-{number}"'))
        return f'{tag[:-1]} data-out="{link[1]}"{mark}>'

    changed = _LINK.sub(instead, html)
    if not numbers:
        return html
    body, end, rest = changed.rpartition(_END)
    return f"{body}{''.join(_notices(numbers))}{end}{rest}"


def _notices(numbers: dict[str, int]) -> Iterator[str]:
    for address, number in numbers.items():
        yield str(format_html(_NOTICE, number, _host(address), address))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # brackets that hold no address
        return ""
