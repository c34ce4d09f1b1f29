"""Signed lists: a stranger verifies them with what is published, and any change shows."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest
from portal.machine_world import contents, part_of, published_site
from small_site import SmallSite, item

from gongkai.catalogue.models import SiteProfile
from gongkai.portal.pages.machine import signing
from gongkai.portal.pages.targets import targets
from gongkai.publishing import actions

pytestmark = pytest.mark.django_db

HOW_TO = Path(__file__).parents[2] / "docs/how-to/machine.md"


@pytest.fixture
def site(one_small_site, settings, tmp_path: Path) -> SmallSite:
    return published_site(one_small_site, settings, tmp_path)


def verified(content: bytes, key: bytes, tmp_path: Path) -> bool:
    """What the program of the how-to says; anybody else's must say the same."""
    program = HOW_TO.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    for name, text in (("verify.py", program.encode()), ("key", key), ("list", content)):
        (tmp_path / name).write_bytes(text)
    run = [sys.executable, "verify.py", "key", "list"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout == "签名有效\n"


def test_the_lists_are_signed_and_show_a_changed_byte(
    site: SmallSite, tmp_path: Path, settings
) -> None:
    page = item(site)
    actions.publish_pending()
    made = contents()
    key, content = made["/publications/key.json"], made[f"/publications/{part_of(page)}.json"]
    assert verified(content, key, tmp_path)
    assert verified(made["/publications/index.json"], key, tmp_path)
    entry = json.loads(content)["items"][0]
    assert entry["url"] == f"http://testserver/xxgk/gzdt/{page.slug}/"
    for good, bad in (
        (entry["content_sha256"], "0" * 64), ("http://testserver", "http://testserve1"),
        (page.title, f"{page.title} "), ('"items":', '"items": '), ("+08:00", "+07:00"),
    ):  # fmt: skip
        assert good in content.decode()
        assert not verified(content.replace(good.encode(), bad.encode(), 1), key, tmp_path), bad
    settings.SIGNING_KEY = "A" * 43 + "="
    actions.publish_all()
    stranger = contents()["/publications/key.json"]
    assert not verified(content, stranger, tmp_path)
    assert verified(contents()[f"/publications/{part_of(page)}.json"], stranger, tmp_path)


def test_any_changed_byte_shows() -> None:
    """Whatever byte of the file is changed: it is not what was signed, or not how it is written."""
    content = signing.signed({"part": "2026", "items": [{"title": "关于“公证”的通知", "n": 1}]})
    public = signing._key(signing.settings.SIGNING_KEY).public_key()

    def holds(raw: bytes) -> bool:
        try:
            told = json.loads(raw)
            if signing.canonical(told) != raw:
                return False
            value = base64.b64decode(told.pop("signature")["value"], validate=True)
            public.verify(value, signing.canonical(told))
        except Exception:  # however it fails, it does not hold
            return False
        return True

    assert holds(content)
    signed_part = content.partition(b'"signature"')
    covered = [n for n in range(len(content)) if n < len(signed_part[0]) or n > len(content) - 92]
    passed = [n for n in covered if holds(content[:n] + bytes([content[n] ^ 1]) + content[n + 1 :])]
    assert [content[n : n + 1] for n in passed] == []


def test_without_a_key_the_lists_say_that_they_are_not_signed(
    site: SmallSite, settings, tmp_path: Path
) -> None:
    settings.SIGNING_KEY = ""
    page = item(site)
    actions.publish_all()
    made = contents()
    told = json.loads(made[f"/publications/{part_of(page)}.json"])
    assert told["signature"] is None
    assert "没有签名" in told["note"]
    assert json.loads(made["/publications/key.json"])["keys"] == []
    key = made["/publications/key.json"]
    assert not verified(made[f"/publications/{part_of(page)}.json"], key, tmp_path)


def test_what_no_sheet_approved_is_not_signed_for(site: SmallSite) -> None:
    from gongkai.review.models import Sheet

    page, other = item(site, "甲"), item(site, "乙")
    Sheet.objects.filter(subject=page.subject).update(state=Sheet.State.WITHDRAWN)
    made = {t.path: t.make for t in targets(SiteProfile.objects.get())}
    listed = json.loads(made[f"/publications/{part_of(page)}.json"]())["items"]
    assert [entry["index_number"] for entry in listed] == [other.index_number]
