from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from mailbox_world import on
from small_site import SmallSite, read_again

from gongkai.api.actions import issue_token
from gongkai.api.models import Client


@dataclass
class Platform:
    """The city platform with its token."""

    client: Client
    token: str

    def post(self, body: Any) -> Any:
        return Browser().post(
            "/api/v1/referrals", body, content_type="application/json", headers=self.headers
        )

    def get(self, number: str) -> Any:
        return Browser().get(f"/api/v1/referrals/{number}", headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
def site(db: None, one_small_site: SmallSite, settings: Any, tmp_path: Path) -> Iterator[SmallSite]:
    settings.TREE_ROOT = tmp_path / "tree"
    settings.FILES_ROOT = tmp_path / "files"
    with on(date(2026, 3, 2)):
        yield read_again(one_small_site)


@pytest.fixture
def platform(site: SmallSite) -> Platform:
    bureau = site.bureau
    client, token = issue_token(bureau.agency, "市政府网站平台", by=bureau.information_office)
    return Platform(client, token)
