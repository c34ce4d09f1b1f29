"""Open data: every released item's metadata as CSV and JSON, and what lies where."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join

from gongkai.catalogue.models import SiteProfile
from gongkai.portal import addresses, contexts
from gongkai.portal.pages.machine import publications
from gongkai.portal.pages.machine.feeds import moment
from gongkai.portal.pages.machine.parts import Part, Record, reads_parts
from gongkai.portal.pages.sites import site_context

FOLDER = addresses.OPEN_DATA
INDEX = f"{FOLDER}index.json"
FIELDS = {
    "index_number": "索引号",
    "title": "名称",
    "document_number": "文号",
    "publisher": "发布机构",
    "column": "栏目",
    "theme": "主题分类",
    "genre": "体裁分类",
    "signed_on": "成文日期",
    "released_at": "公开时间",
    "updated_at": "本版公开时间",
    "validity": "有效性",
    "keywords": "主题词",
    "summary": "内容概述",
    "source": "来源",
    "address": "网址",
    "attachments": "附件",
}
# A spreadsheet runs a cell that begins so, in full width too.
_RUNS = tuple("=+-@＝＋－＠\t\r\n")


def csv_path(part: Part) -> str:
    """``/opendata/items-2026-1.csv``."""
    return f"{FOLDER}items-{part.name}.csv"


def json_path(part: Part) -> str:
    """``/opendata/items-2026-1.json``."""
    return f"{FOLDER}items-{part.name}.json"


def as_csv(found: Iterable[Record], profile: SiteProfile) -> bytes:
    """RFC 4180 with a byte order mark, without which Excel takes Chinese for something else."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(FIELDS.values())
    for record in found:
        told = _told(record, profile)
        told["keywords"] = " ".join(told["keywords"])
        told["attachments"] = "\n".join(file["address"] for file in told["attachments"])
        table.writerow(_harmless(told[name] or "") for name in FIELDS)
    return out.getvalue().encode("utf-8-sig")


def as_json(found: Iterable[Record], profile: SiteProfile) -> bytes:
    """The same records; names of fields in English, their Chinese beside them."""
    items = [_told(record, profile) for record in found]
    return _json({"site": profile.site.site_name, "fields": FIELDS, "items": items})


def _told(record: Record, profile: SiteProfile) -> dict[str, Any]:
    base = addresses.origin(profile)
    same = set(FIELDS) - {"address", "attachments"}
    told = {name: getattr(record, name) for name in FIELDS if name in same}
    return told | {
        "signed_on": record.signed_on.isoformat() if record.signed_on else None,
        "released_at": moment(record.released_at),
        "updated_at": moment(record.updated_at),
        "address": iri_to_uri(f"{base}{record.path}"),
        "attachments": [
            {
                "title": title,
                "address": iri_to_uri(f"{base}{addresses.file_path(file)}"),
                "sha256": file.sha256,
                "size": file.size,
            }
            for title, file in record.files
        ],
    }


def _harmless(text: str) -> str:
    """The cell as text: an apostrophe before what a spreadsheet would take for a formula."""
    begins = text if text.startswith(_RUNS) else text.lstrip()
    return f"'{text}" if begins.startswith(_RUNS) else text


def index(parts: Sequence[Part], profile: SiteProfile) -> bytes:
    """Which files there are, and how many items each holds."""
    base = addresses.origin(profile)
    told = [
        {
            "part": part.name,
            "items": part.count,
            "csv": f"{base}{csv_path(part)}",
            "json": f"{base}{json_path(part)}",
        }
        for part in parts
    ]
    return _json(
        {
            "site": profile.site.site_name,
            "publisher": profile.agency.name,
            "items": sum(part.count for part in parts),
            "publications": f"{base}{publications.INDEX}",
            "parts": told,
        }
    )


def page(parts: Sequence[Part], profile: SiteProfile) -> contexts.Page:
    """The same for people."""
    reads_parts(profile)
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td><a href="{}">CSV</a></td>'
        '<td><a href="{}">JSON</a></td></tr>',
        ((p.title, p.count, csv_path(p), json_path(p)) for p in reversed(parts)),
    )
    body = format_html(
        "<p>本站已公开信息的目录数据，按首次公开的年份和录入的先后分为若干文件，随信息公开、变更、撤回即时更新。"
        "CSV 文件可用表格软件直接打开。</p>"
        '<div class="table-wrap"><table><caption>目录数据文件</caption><thead><tr>'
        '<th scope="col">部分</th><th scope="col">条数</th><th scope="col">表格</th>'
        '<th scope="col">程序读取</th></tr></thead><tbody>{}</tbody></table></div>'
        '<p><a href="{}">全部文件的清单</a>，<a href="{}">带签名的公开清单</a>，'
        '<a href="{}">签名公钥</a>。</p><p>使用条件：{}</p>',
        rows,
        INDEX,
        publications.INDEX,
        publications.KEY,
        _terms(settings.DATA_LICENCE),
    )
    return contexts.TextPage(
        site=site_context(profile),
        title="数据开放",
        path=FOLDER,
        crumbs=(contexts.Link("首页", "/"),),
        body=body,
    )


def _terms(licence: str) -> str:
    known = licence.startswith(("http://", "https://"))
    return format_html('<a href="{0}">{0}</a>', licence) if known else licence


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
