"""Services with the ten elements of their guides, questions with their answers."""

from __future__ import annotations

from urllib.parse import urljoin

from gongkai.catalogue.elements import ELEMENTS
from gongkai.catalogue.models import ItemPage, ServiceGuide, SiteProfile
from gongkai.portal import addresses, contexts
from gongkai.portal.pages.bodies import body_html
from gongkai.portal.pages.standing import address_of


def guide_of(item: ItemPage) -> ServiceGuide | None:
    """The structured guide of an item, if it has one."""
    return next(iter(item.guides.all()), None)


def elements(item: ItemPage) -> tuple[contexts.Element, ...]:
    """The guide as a table of ten rows; empty for what is no service."""
    guide = guide_of(item)
    if guide is None:
        return ()
    found = guide.elements()
    return tuple(contexts.Element(ELEMENTS[name], text) for name, text in found.items())


def service_rows(items: list[ItemPage], profile: SiteProfile) -> tuple[contexts.ServiceRow, ...]:
    """The services of a directory, each with what people ask first and its forms."""
    return tuple(_service(item, profile) for item in items)


def _service(item: ItemPage, profile: SiteProfile) -> contexts.ServiceRow:
    guide = guide_of(item) or ServiceGuide()
    forms = [a for a in item.attachments.all() if not a.is_picture]
    address = address_of(item, profile)
    return contexts.ServiceRow(
        title=guide.matter or item.title,
        url=address,
        time_limit=guide.time_limit,
        fees=guide.fees,
        place_hours=guide.place_hours,
        phone=guide.phone,
        forms=tuple(
            contexts.Link(a.title or a.file.name, urljoin(address, addresses.file_path(a.file)))
            for a in forms
        ),
    )


def questions(items: list[ItemPage], profile: SiteProfile) -> tuple[contexts.Question, ...]:
    """Questions with their whole answers."""
    return tuple(
        contexts.Question(
            question=item.title, answer=body_html(item), url=address_of(item, profile)
        )
        for item in items
    )
