"""Signed lists of everything released: what is not on them did not come from this organ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.encoding import iri_to_uri

from gongkai.catalogue.models import SiteProfile
from gongkai.portal import addresses
from gongkai.portal.pages.machine import signing
from gongkai.portal.pages.machine.feeds import moment
from gongkai.portal.pages.machine.parts import Part, Record
from gongkai.portal.reading import reads

FOLDER = "/publications/"
KEY = f"{FOLDER}key.json"
INDEX = f"{FOLDER}index.json"
FORMAT = "gongkai-publications/1"


def part_path(part: Part) -> str:
    """``/publications/2026-1.json``."""
    return f"{FOLDER}{part.name}.json"


def part(which: Part, found: Iterable[Record], profile: SiteProfile) -> bytes:
    """Address, title, hash and time of each item. What has no approved sheet is not signed for."""
    base = addresses.origin(profile)
    items = [_entry(record, base) for record in found if record.content_sha256]
    return signing.signed({**_head(profile), "part": which.name, "items": items})


def _entry(record: Record, base: str) -> dict[str, Any]:
    return {
        "url": iri_to_uri(f"{base}{record.path}"),
        "title": record.title,
        "index_number": record.index_number,
        "released_at": moment(record.released_at),
        "updated_at": moment(record.updated_at),
        "content_sha256": record.content_sha256,
        "files": [
            {"url": iri_to_uri(f"{base}{addresses.file_path(file)}"), "sha256": file.sha256}
            for _, file in record.files
        ],
    }


def index(parts: Sequence[Part], profile: SiteProfile) -> bytes:
    """Which lists there are, so that a missing one is noticed too."""
    base = addresses.origin(profile)
    told = [
        {"part": part.name, "url": f"{base}{part_path(part)}", "items": part.count}
        for part in parts
    ]
    head = {**_head(profile), "part": "index", "key": f"{base}{KEY}"}
    return signing.signed({**head, "parts": told})


def key(profile: SiteProfile) -> bytes:
    """The public key; whoever copies the site can publish another, so compare its ``kid``."""
    reads(f"site:{profile.code}")
    found = signing.published_key()
    note = (
        "核对签名前，请先用电话等其他途径向本机关核对公钥的 kid：仿冒网站也能公布自己的公钥。"
        if found
        else signing.UNSIGNED
    )
    return signing.canonical({**_head(profile), "keys": [found] if found else [], "note": note})


def _head(profile: SiteProfile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "site": addresses.origin(profile),
        "publisher": profile.agency.name,
        "site_code": profile.site_id_code,
    }
