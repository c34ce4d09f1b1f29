"""The open data described for catalogues of data: W3C DCAT 2 as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from gongkai.catalogue.models import SiteProfile
from gongkai.portal import addresses
from gongkai.portal.pages.machine import opendata, publications
from gongkai.portal.pages.machine.feeds import moment
from gongkai.portal.pages.machine.parts import Part

PATH = f"{opendata.FOLDER}dcat.jsonld"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_CHINESE = "http://id.loc.gov/vocabulary/iso639-1/zh"
_MEDIA = "https://www.iana.org/assignments/media-types/"


def catalogue(parts: Sequence[Part], profile: SiteProfile) -> bytes:
    """Two datasets: the items' metadata, and the signed lists."""
    base = addresses.origin(profile)
    publisher = {"@id": f"{base}/#organization", "@type": "foaf:Organization"}
    publisher["foaf:name"] = profile.agency.name
    changed = max((part.changed for part in parts if part.changed), default=None)
    shared: dict[str, Any] = {"dct:publisher": publisher, "dct:language": {"@id": _CHINESE}}
    if changed:
        shared["dct:modified"] = {"@type": "xsd:dateTime", "@value": moment(changed)}
    name = profile.site.site_name
    told = {
        "@context": _CONTEXT,
        "@id": f"{base}{PATH}",
        "@type": "dcat:Catalog",
        "dct:title": f"{name}数据目录",
        "dct:description": f"{name}已公开信息的目录数据和带签名的公开清单。",
        "foaf:homepage": {"@id": f"{base}/"},
        "dct:license": _licence(),
        **shared,
        "dcat:dataset": [
            _items(parts, base, name) | shared,
            _signed(parts, base, name) | shared,
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _items(parts: Sequence[Part], base: str, name: str) -> dict[str, Any]:
    distributions = [
        _distribution(f"{base}{path(part)}", media, f"{part.title}目录（{kind}）")
        for part in parts
        for path, media, kind in (
            (opendata.csv_path, "text/csv", "CSV"),
            (opendata.json_path, "application/json", "JSON"),
        )
    ]
    return {
        "@id": f"{base}{opendata.FOLDER}#items",
        "@type": "dcat:Dataset",
        "dct:title": f"{name}公开信息目录",
        "dct:description": "每件已公开信息的索引号、名称、文号、日期、分类、网址和附件。",
        "dcat:keyword": ["政府信息公开", "公开目录"],
        "dcat:landingPage": {"@id": f"{base}{opendata.FOLDER}"},
        "dcat:distribution": distributions,
    }


def _signed(parts: Sequence[Part], base: str, name: str) -> dict[str, Any]:
    return {
        "@id": f"{base}{publications.FOLDER}#lists",
        "@type": "dcat:Dataset",
        "dct:title": f"{name}公开清单",
        "dct:description": "每件已公开信息的网址、内容摘要和公开时间，用来识别仿冒网站。",
        "dcat:landingPage": {"@id": f"{base}{opendata.FOLDER}"},
        "dcat:distribution": [
            _distribution(
                f"{base}{publications.part_path(part)}", "application/json", f"{part.title}清单"
            )
            for part in parts
        ],
    }


def _distribution(address: str, media: str, title: str) -> dict[str, Any]:
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": title,
        "dct:license": _licence(),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{_MEDIA}{media}"},
    }


def _licence() -> dict[str, str]:
    """The terms of use: an address of a known licence, or the organ's own words."""
    terms: str = settings.DATA_LICENCE
    if terms.startswith(("http://", "https://")):
        return {"@id": terms}
    return {"@type": "dct:LicenseDocument", "dct:description": terms}
