"""Fetch and compile the front-end files that are committed; only a maintainer with npm runs this.

    python scripts/vendor_assets.py

Needs ``npm`` on the PATH. The registry is whatever npm itself is set to; none is named here or in
what is written. Everybody else, and the build, only verify the sums in ``VENDOR.json``.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOVUK, AXE, SASS = "6.6.0", "4.14.1", "1.108.2"
GOVUK_HOME = ROOT / "gongkai/portal/static/vendor" / f"govuk-frontend-{GOVUK}"
AXE_HOME = ROOT / "tests/vendor" / f"axe-core-{AXE}"

FONTS = (
    'system-ui, -apple-system, "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei", '
    '"Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif'
)
# Only what our forms use: a page of the applicant's should not carry the rest.
COMPONENTS = [
    "back-link", "button", "character-count", "checkboxes", "date-input", "details",
    "error-message", "error-summary", "fieldset", "file-upload", "hint", "input", "inset-text",
    "label", "panel", "radios", "select", "skip-link", "summary-list", "table", "tag",
    "task-list", "textarea", "warning-text",
]  # fmt: skip
OBJECTS = ["button-group", "form-group", "grid", "main-wrapper", "width-container"]

# The package carries no licence file of its own; this is the notice that its authors publish.
GOVUK_LICENCE = """The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def npm(work: Path, *arguments: str) -> str:
    done = subprocess.run(["npm", *arguments], cwd=work, check=True, capture_output=True, text=True)
    return done.stdout


def unpack(work: Path, name: str, version: str) -> Path:
    """Fetch one package with npm's own client and unpack it; returns its folder."""
    archive = npm(work, "pack", f"{name}@{version}", "--silent").strip().splitlines()[-1]
    home = work / "node_modules" / name
    with tarfile.open(work / archive) as tar:
        tar.extractall(work / f"un-{name}", filter="data")
    home.parent.mkdir(exist_ok=True)
    shutil.move(work / f"un-{name}" / "package", home)
    return home


def stylesheet() -> str:
    """The SCSS that chooses fonts, colours and components."""
    parts = [f'@use "govuk-frontend/dist/govuk/objects/{name}";' for name in OBJECTS]
    parts += [f'@use "govuk-frontend/dist/govuk/components/{name}";' for name in COMPONENTS]
    return (
        '@use "govuk-frontend/dist/govuk/base" with (\n'
        f"  $govuk-font-family: ({FONTS}),\n"
        "  $govuk-include-default-font-face: false,\n"
        "  $govuk-page-width: 1200px,\n"
        "  $govuk-functional-colours: (brand: #0b4f8a, text: #1f2328, link: #0b4f8a,\n"
        "    link-hover: #083a66, link-visited: #5a3b86, error: #b5121b, success: #1a6b3c,\n"
        "    secondary-text: #55606e, border: #d0d7de, input-border: #57606a,\n"
        "    focus: #ffd33d, focus-text: #1f2328,\n"
        "    surface-background: #f3f6f9, template-background: #ffffff));\n"
        '@use "govuk-frontend/dist/govuk/core";\n'
        + "\n".join(parts)
        + '\n@use "govuk-frontend/dist/govuk/utilities";\n'
        + '@use "govuk-frontend/dist/govuk/overrides";\n'
    )


def compile_govuk(work: Path) -> str:
    unpack(work, "govuk-frontend", GOVUK)
    npm(work, "install", "--no-save", "--no-audit", "--no-fund", f"sass@{SASS}")
    if not (work / "node_modules/govuk-frontend").exists():  # npm prunes what it does not know
        shutil.rmtree(work / "un-govuk-frontend", ignore_errors=True)
        unpack(work, "govuk-frontend", GOVUK)
    (work / "govuk.scss").write_text(stylesheet(), encoding="utf-8")
    sass = [str(work / "node_modules/.bin/sass"), "--style=compressed", "--no-source-map"]
    css = subprocess.run(
        [*sass, "--load-path=node_modules", "--quiet-deps", "--no-charset", "govuk.scss"],
        cwd=work, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    refuse_outside(css)
    return css


def refuse_outside(css: str) -> None:
    """Stop if the sheet would fetch anything, or names the one font we have no right to."""
    found = re.findall(r"url\([^)]*\)|@import|@font-face|GDS Transport", css)
    if found:
        sys.exit(f"the compiled sheet is not self-contained: {found[:5]}")


def write(home: Path, name: str, version: str, licence: str, files: dict[str, bytes]) -> None:
    """Replace the vendored folder, with the sums that the tests verify."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for path, content in files.items():
        (home / path).write_bytes(content)
    sums = {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())}
    about = {"name": name, "version": version, "licence": licence, "sha256": sums}
    (home / "VENDOR.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(f"{home.relative_to(ROOT)}: {sum(map(len, files.values())):,} bytes")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        css = compile_govuk(work)
        files = {"govuk.css": css.encode(), "LICENSE": GOVUK_LICENCE.encode()}
        write(GOVUK_HOME, "govuk-frontend", GOVUK, "MIT", files)
        axe = unpack(work, "axe-core", AXE)
        chosen = ["axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"]
        contents = {name: (axe / name).read_bytes() for name in chosen}
        write(AXE_HOME, "axe-core", AXE, "MPL-2.0", contents)


if __name__ == "__main__":
    main()
