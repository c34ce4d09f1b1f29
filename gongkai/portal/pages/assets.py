"""Style sheets, scripts and icons of the public pages, as files of the tree.

They stand beside the pages so that those look as they should while the application is down, and on
an outer host that has nothing but the tree. The desk's own files stay with the application.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from gongkai.portal import display

_OURS = ("portal/", "vendor/")
_MODES = "portal/modes.css"
_ENDINGS = {".css", ".js", ".svg", ".png", ".woff2", ".ico"}


def files() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each path within the tree, and how its bytes are made."""
    for name in sorted(_names()):
        yield staticfiles_storage.url(name), partial(read, name)
    for chosen in display.combinations():
        yield display.file_of(chosen), partial(chosen_style, chosen)


def read(name: str) -> bytes:
    """A file as it was collected, with the names of others in it replaced; else as we keep it."""
    stored = getattr(staticfiles_storage, "stored_name", lambda plain: plain)(name)
    if staticfiles_storage.exists(stored):
        with staticfiles_storage.open(stored) as file:
            return bytes(file.read())
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(name)
    return Path(found).read_bytes()


def chosen_style(chosen: dict[str, str]) -> bytes:
    """The style sheet for a reader's choices."""
    return display.style(read(_MODES).decode(), chosen).encode()


def _names() -> set[str]:
    return {
        path.replace("\\", "/")
        for finder in finders.get_finders()
        for path, _ in finder.list([])
        if path.startswith(_OURS) and Path(path).suffix in _ENDINGS
    }
