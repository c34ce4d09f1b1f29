"""Files of others that are committed are exactly those that were fetched."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = [*(ROOT / "gongkai/portal/static/vendor").iterdir(), *(ROOT / "tests/vendor").iterdir()]


def test_something_is_vendored():
    names = {json.loads((folder / "VENDOR.json").read_text())["name"] for folder in FOLDERS}
    assert {"govuk-frontend", "axe-core"} <= names


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_vendored_files_have_the_recorded_sums(folder):
    about = json.loads((folder / "VENDOR.json").read_text(encoding="utf-8"))
    assert folder.name == f"{about['name']}-{about['version']}"
    assert about["licence"]
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "VENDOR.json"
    }
    assert found == about["sha256"]
    assert "LICENSE" in found


def test_form_styles_fetch_nothing_and_carry_no_foreign_font():
    for sheet in (ROOT / "gongkai/portal/static/vendor").rglob("*.css"):
        css = sheet.read_text(encoding="utf-8")
        assert not re.search(r"url\(|@import|@font-face|GDS Transport", css), sheet.name
