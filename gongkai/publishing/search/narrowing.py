"""What a search can be narrowed to on each site, beside the index, so that it travels with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from gongkai.portal.index import choices_path
from gongkai.publishing import tree
from gongkai.publishing.search.documents import Entry

MOST = 60
"""Values of one kind that are offered; a site has some thirty columns."""


def write_choices(entries: Sequence[Entry]) -> None:
    """For each site the columns, years, organs, genres and validities that its things have, the
    most used first (years the newest first).
    """
    counted: dict[str, dict[str, Counter[str]]] = {}
    for entry in entries:
        site = counted.setdefault(entry.site, {})
        for name in ("column", "year", "agency", "genre", "validity"):
            if value := getattr(entry, name):
                site.setdefault(name, Counter())[str(value)] += 1
    told = {
        code: {name: _in_order(name, values) for name, values in sorted(site.items())}
        for code, site in sorted(counted.items())
    }
    path = choices_path()
    content = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    if not path.exists() or path.read_bytes() != content:
        tree.write(path.parent, path.name, content)


def _in_order(name: str, values: Counter[str]) -> list[str]:
    if name == "year":
        return sorted(values, reverse=True)[:MOST]
    return [value for value, _ in sorted(values.items(), key=lambda v: (-v[1], v[0]))][:MOST]
