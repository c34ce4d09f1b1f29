"""Where the public search index lies: beside the sites, so that it travels with them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def index_path() -> Path:
    """The folder of the index."""
    return Path(settings.TREE_ROOT) / "index"


def tree_of(code: str) -> Path:
    """The folder of a site's published files."""
    return Path(settings.TREE_ROOT) / "sites" / code


def gone_map_of(code: str) -> Path:
    """The list of a site's withdrawn addresses, as nginx reads it."""
    return Path(settings.TREE_ROOT) / "gone" / f"{code}.map"


def choices_path() -> Path:
    """What a search can be narrowed to, by site."""
    return Path(settings.TREE_ROOT) / "index-choices.json"


def phrases_path() -> Path:
    """The phrases that released titles use."""
    return Path(settings.TREE_ROOT) / "index-phrases.json"
