"""The two sites, founded and reviewed like everything else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from gongkai.catalogue.actions import found_site
from gongkai.catalogue.models import HomePage
from gongkai.demo.bureau import Bureau
from gongkai.ledger.actions import record

FOUNDED = date(2014, 1, 6)
PORTAL, LAW = "portal", "law"
_FOOT = {
    "host_unit": "示例市司法局",
    "run_by": "示例市司法局信息中心",
    "icp": "示ICP备00000000号",
    "police": "示公网安备00000000000000号",
}
_SITES: dict[str, dict[str, Any]] = {
    PORTAL: {
        "name": "示例市司法局",
        "hostname": "127.0.0.1",
        "default": True,
        "profile": {"kind": "portal", "brand": "blue", "slogan": "政府信息公开 法律服务", **_FOOT},
    },
    LAW: {
        "name": "示例普法网",
        "hostname": "pufa.localhost",
        "default": False,
        "profile": {"kind": "law", "brand": "red", "slogan": "学法 尊法 守法 用法", **_FOOT},
    },
}


def found_sites(bureau: Bureau, port: int) -> dict[str, HomePage]:
    """Both home pages as drafts, by site code; Wagtail's welcome page goes first."""
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    return {
        code: found_site(
            bureau.agency, bureau.unit("bgs"), by=bureau.bj, code=code, port=port, **facts
        )
        for code, facts in _SITES.items()
    }


@transaction.atomic
def move_to_port(port: int) -> bool:
    """Let both sites answer at another port; returns whether anything changed."""
    moved = Site.objects.exclude(port=port)
    if not moved:
        return False
    for site in moved:
        site.port = port
        site.save(update_fields=["port"])
    record("site.moved", "sites", data={"port": port})
    return True
