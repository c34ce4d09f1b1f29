"""How a document stands to others: its validity, what replaced or changed it, what explains it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.catalogue.models import ItemPage, SiteProfile
from gongkai.catalogue.rules import Validity
from gongkai.portal import addresses, contexts
from gongkai.portal.pages.shelf import once
from gongkai.portal.pages.sites import home_page
from gongkai.portal.reading import reads


def address_of(item: ItemPage, profile: SiteProfile) -> str:
    """The item's one address: within its own site a path, from another site the whole address."""
    home = home_page(profile)
    if item.url_path.startswith(home.url_path):
        return addresses.path_of(item, home)
    for other in _sites(profile):
        if item.url_path.startswith(home_page(other).url_path):
            reads(f"site:{other.code}")
            return addresses.origin(other) + addresses.path_of(item, home_page(other))
    return ""


def _sites(profile: SiteProfile) -> list[SiteProfile]:
    known = SiteProfile.objects.select_related("site", "agency")
    return once(profile, "sites", lambda: list(known.order_by("pk")))


def interpreted_by(item: ItemPage, profile: SiteProfile) -> tuple[contexts.Link, ...]:
    """What explains the item, the newest first."""
    public = [other for other in item.interpretations.all() if other.live]
    return links(sorted(public, key=lambda i: (i.released_at, i.pk), reverse=True), profile)


def links(items: Iterable[ItemPage], profile: SiteProfile) -> tuple[contexts.Link, ...]:
    """Links to those of the items that are public; all are noted as read."""
    found = []
    for item in items:
        reads(item.subject)
        address = address_of(item, profile) if item.live else ""
        if address:
            found.append(contexts.Link(item.title, address))
    return tuple(found)


def validity(item: ItemPage, profile: SiteProfile) -> contexts.Validity | None:
    """The mark with its date and, where there is one, the document that holds now."""
    if not item.validity:
        return None
    after = links([item.replaced_by] if item.replaced_by else [], profile)
    return contexts.Validity(
        word=item.get_validity_display(), note=_note(item), successor=after[0] if after else None
    )


def _note(item: ItemPage) -> str:
    if item.validity == Validity.NOT_YET and item.valid_from:
        return f"自 {item.valid_from:%Y-%m-%d} 起施行。"
    if item.validity in {Validity.EXPIRED, Validity.REPEALED} and item.valid_to:
        return f"失效日期 {item.valid_to:%Y-%m-%d}。"
    return ""


def relations(item: ItemPage, profile: SiteProfile) -> tuple[contexts.Relation, ...]:
    """Repeal and change, told on both documents."""
    found = {
        "本件替代的文件": _newest_first(item.replaces.all()),
        "替代本件的文件": [item.replaced_by] if item.replaced_by else [],
        "本件修改的文件": [item.amends] if item.amends else [],
        "修改本件的文件": _newest_first(item.amendments.all()),
    }
    shown = (contexts.Relation(title, links(items, profile)) for title, items in found.items())
    return tuple(relation for relation in shown if relation.links)


def _newest_first(items: Iterable[ItemPage]) -> list[ItemPage]:
    """By the date of signing, which databases would sort differently where there is none."""
    public = sorted((item for item in items if item.live), key=lambda item: item.pk)
    return sorted(public, key=lambda item: item.signed_on or date.min, reverse=True)
