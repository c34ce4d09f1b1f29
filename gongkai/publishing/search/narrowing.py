"""What a search can be narrowed to on each site, beside the index, so that it travels with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from gongkai.portal.index import choices_path
from gongkai.publishing import tree
from gongkai.publishing.search.state import FACTS, Facts

MOST = 60
"""Values of one kind that are offered; a site has some thirty columns."""


def write_choices(found: Iterable[tuple[Facts, int]]) -> None:
    """For each site the columns, years, organs, themes, genres and validities that its things
    have, the most used first (years the newest first).
    """
    counted: dict[str, dict[str, Counter[str]]] = {}
    for (code, *values), count in found:
        site = counted.setdefault(code, {})
        for name, value in zip(FACTS[1:], values, strict=True):
            if value:
                site.setdefault(name, Counter())[value] += count
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
