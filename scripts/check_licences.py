"""Refuse run-time packages whose licence does not go with ours: AGPL, GPL, or none that we know.

    python scripts/check_licences.py [LOCK]

Reads the metadata of what is installed for every pin of the lock (default: requirements/base.txt).
LGPL is accepted: nothing is linked in or changed.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^[A-Za-z0-9][^\s#]*==[^\s]+.*$")
FREE = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General"
    r"|Zlib|Unlicense|HPND|CC0|Public Domain|Zope|ZPL|Artistic|CNRI)",
    re.IGNORECASE,
)
COPYLEFT = re.compile(r"\b(AGPL|Affero)|(?<!L)\bGPL|(?<!Lesser )\bGeneral Public", re.IGNORECASE)


def pins(lock: str) -> list[Requirement]:
    """The pins of a lock that hold on this machine."""
    found = []
    for line in lock.splitlines():
        if PIN.match(line):
            requirement = Requirement(line.split(" --hash")[0].rstrip("\\ "))
            if requirement.marker is None or requirement.marker.evaluate():
                found.append(requirement)
    return found


def licences_of(name: str) -> list[str]:
    """Every statement that a package makes of its licence, the modern field first."""
    facts = metadata(name)
    stated = [facts.get("License-Expression") or ""]
    stated += [c for c in facts.get_all("Classifier") or [] if c.startswith("License ::")]
    stated.append((facts.get("License") or "")[:200])
    return [statement for statement in stated if statement.strip() not in {"", "UNKNOWN"}]


def objection(statements: list[str]) -> str:
    """Why a package with these statements may not be used, or "".

    ``A OR B`` and several classifiers leave us the choice: one acceptable branch is enough.
    """
    branches = [b for s in statements for b in re.split(r"\s+OR\s+", s) if b.strip("() ")]
    if not branches:
        return "states no licence"
    free = [b for b in branches if FREE.search(b) and not COPYLEFT.search(b)]
    if free:
        return ""
    return f"licence not accepted: {'; '.join(branches)}"


def main() -> int:
    lock = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "requirements/base.txt"
    bad, wanted = [], pins(lock.read_text(encoding="utf-8"))
    for requirement in wanted:
        try:
            reason = objection(licences_of(requirement.name))
        except PackageNotFoundError:
            reason = "is in the lock and not installed"
        if reason:
            bad.append(f"{requirement.name}: {reason}")
    print("\n".join(bad) if bad else f"{len(wanted)} packages, every licence accepted")
    return 1 if bad or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
