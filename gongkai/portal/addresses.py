"""The public addresses: stable, readable, never a row id."""

from __future__ import annotations

from wagtail.models import Page

from gongkai.catalogue.models import SiteProfile
from gongkai.files.models import StoredFile

APPLY = "/apply/"
ASK = "/ask/"
QUERY = "/query/"
SEARCH = "/search/"
ANSWERS = "/answers/"
STATISTICS = "/statistics/"
SITE_MAP = "/sitemap/"
OPEN_DATA = "/opendata/"
TRADITIONAL = "/hant/"


def origin(profile: SiteProfile) -> str:
    """``http://host:port`` without a slash at the end."""
    return str(profile.site.root_url)


def path_of(page: Page, root: Page) -> str:
    """The address of a page within its site: ``/xxgk/zcwj/2014-00012/``."""
    return "/" + page.url_path[len(root.url_path) :]


def file_path(file: StoredFile) -> str:
    """The address of a released file: its digest is part of it, so it cannot be guessed."""
    return f"/files/{file.sha256}/{file.name}"


def numbered(column_path: str, number: int) -> str:
    """The address of a numbered listing page (1 holds the oldest items)."""
    return f"{column_path}p{number}/"


def answer_path(number: str) -> str:
    """The address of a published answer."""
    return f"{ANSWERS}{number.lower()}/"
