"""Sites, columns and items. Statutory metadata are columns of the table, never blocks."""

from gongkai.catalogue.models.columns import ColumnPage, HomePage
from gongkai.catalogue.models.items import DISCLOSURE_ITEMS, ItemPage, last_place, next_place
from gongkai.catalogue.models.numbers import IndexCounter, IndexShape
from gongkai.catalogue.models.parts import Attachment, ServiceGuide, StandardRow
from gongkai.catalogue.models.placements import Placement
from gongkai.catalogue.models.sites import Link, LinkGroup, SiteProfile
from gongkai.catalogue.models.validity import ValidityProposal

__all__ = [
    "DISCLOSURE_ITEMS",
    "Attachment",
    "ColumnPage",
    "HomePage",
    "IndexCounter",
    "IndexShape",
    "ItemPage",
    "Link",
    "LinkGroup",
    "Placement",
    "ServiceGuide",
    "SiteProfile",
    "StandardRow",
    "ValidityProposal",
    "last_place",
    "next_place",
]
