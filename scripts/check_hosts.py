"""Find what ties the project to a place: hosts in locks, outside addresses in pages, machine paths.

    python scripts/check_hosts.py

Every file that would be committed is looked at. Prints ``file:line: rule: excerpt`` and exits 1.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

LOCK_NAMES = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "yarn.lock"}
INDEX_OPTION = re.compile(
    r"(?<![\w-])(--?(?:extra-)?index-url|--find-links|--trusted-host|index_url"
    r"|registry=|--registry)(?![\w-])"
)
ADDRESS = re.compile(r"(?:\b[a-z][a-z0-9+.-]*:)?//[\w.-]+\.[a-z]{2,}", re.IGNORECASE)
CSS_FETCH = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])(?:https?:)?//[^)'\"\s]+", re.IGNORECASE)
# Names of XML vocabularies are written as addresses and fetched by nobody.
VOCABULARY = re.compile(
    r"https?://(?:www\.w3\.org/|purl\.org/|schema\.org|www\.sitemaps\.org/schemas/)"
)
MACHINE_PATH = re.compile(r"(?<![\w.\-/}])/(?:work|root|home/\w+|Users/\w+)/[\w.-]+")
TEMPLATES = (".html", ".xml", ".svg", ".txt")


def problems(path: str, text: str) -> Iterator[tuple[int, str, str]]:
    """(line, rule, excerpt) for each thing in ``text`` that a file of this path may not hold."""
    if Path(path).name in LOCK_NAMES:
        yield 1, "this kind of lock writes index addresses down", path
    lock = path.startswith("requirements/")
    template = "/templates/" in path and path.endswith(TEMPLATES)
    css = path.endswith(".css")
    for number, line in enumerate(text.splitlines(), start=1):
        if lock and "://" in line:
            yield number, "address in a lock", line
        if (lock or not path.endswith((".py", ".md", "Makefile"))) and INDEX_OPTION.search(line):
            yield number, "index option", line
        if template and (found := ADDRESS.search(VOCABULARY.sub("", line))):
            yield number, "outside address in a template", found[0]
        if css and (found := CSS_FETCH.search(line)):
            yield number, "outside address in a style sheet", found[0]
        if found := MACHINE_PATH.search(line):
            yield number, "machine path", found[0]


def committed() -> list[str]:
    """What is tracked, and what would be: new files that nothing ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return sorted({name for name in listed.stdout.split("\0") if name})


def main() -> int:
    bad, names = 0, committed()
    for name in names:
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture; or removed and not yet committed
        for number, rule, excerpt in problems(name, text):
            bad += 1
            print(f"{name}:{number}: {rule}: {excerpt.strip()[:100]}")
    print(f"{len(names)} files, {bad} problems")
    return 1 if bad or not names else 0


if __name__ == "__main__":
    sys.exit(main())
