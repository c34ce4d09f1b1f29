"""Where links lead: into a tree, to the application, or out. Nothing is fetched."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve

from gongkai.catalogue.models import SiteProfile
from gongkai.oversight.inspection.sites import host_of, paths_below, tree_of

FILES = "/files/"
"""Below this the tree holds what was attached, not pages of the site."""

_PUBLISHED = "wagtail_serve"


class Trees:
    """The addresses of every site of the house, read when first asked for."""

    def __init__(self) -> None:
        profiles = SiteProfile.objects.select_related("site")
        self._code_of = {host_of(profile): profile.code for profile in profiles}
        self._paths: dict[str, frozenset[str]] = {}
        self._of_application: dict[str, bool] = {}

    def paths(self, code: str) -> frozenset[str]:
        """All addresses of a site's tree."""
        if code not in self._paths:
            self._paths[code] = frozenset(paths_below(tree_of(code)))
        return self._paths[code]

    def dead(self, code: str, page: str, target: str) -> str:
        """The address to which a link on ``page`` leads when nothing is there; empty when something
        is, or when it leads out of the house.
        """
        try:
            parts = urlsplit(urljoin(f"//{code}{page}", target.strip()))
        except ValueError:  # http://[… and the like lead nowhere
            return target
        if parts.scheme not in {"", "http", "https"}:
            return ""
        if not parts.scheme and parts.netloc == code:
            site = code
        else:
            known = self._code_of.get(parts.netloc.lower())
            if known is None:
                return ""
            site = known
        path = unquote(parts.path) or "/"
        return "" if self._is_there(site, path) else path

    def _is_there(self, site: str, path: str) -> bool:
        paths = self.paths(site)
        # A folder without its slash is forwarded by the web server.
        return path in paths or f"{path}/" in paths or self._is_application(path)

    def _is_application(self, path: str) -> bool:
        if path not in self._of_application:
            self._of_application[path] = _is_static(path) or _is_route(path)
        return self._of_application[path]


def _is_static(path: str) -> bool:
    prefix = str(settings.STATIC_URL)
    if not path.startswith(prefix):
        return False
    name = path.removeprefix(prefix)
    if ".." in name.split("/"):
        return False
    return (Path(settings.STATIC_ROOT) / name).is_file() or finders.find(name) is not None


def _is_route(path: str) -> bool:
    """Whether the application answers: the pattern of the tree matches everything and is none."""
    try:
        return resolve(path).url_name != _PUBLISHED
    except Resolver404:
        return False


def is_file(path: str) -> bool:
    """Whether an address is that of an attachment or a picture, not of a page."""
    return path.startswith(FILES) or PurePosixPath(path).suffix != ""
