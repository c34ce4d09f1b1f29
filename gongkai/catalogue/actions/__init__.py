"""Making sites, columns and drafts. Nothing here makes anything public."""

from gongkai.catalogue.actions.expiring import (
    accept_validity,
    decline_validity,
    propose_expiries,
)
from gongkai.catalogue.actions.linking import (
    add_link,
    agree_to_link,
    change_link,
    check_link,
    may_keep_link,
    remind_of_links,
    remove_link,
)
from gongkai.catalogue.actions.numbering import set_index_shape
from gongkai.catalogue.actions.placing import (
    agree_to_placement,
    ask_for_placement,
    end_placement,
    refuse_placement,
)
from gongkai.catalogue.actions.siting import place_column, set_site_code
from gongkai.catalogue.actions.standardising import apply_standard, shipped_standard
from gongkai.catalogue.actions.writing import create_column, create_draft, found_site

__all__ = [
    "accept_validity",
    "add_link",
    "agree_to_link",
    "agree_to_placement",
    "apply_standard",
    "ask_for_placement",
    "change_link",
    "check_link",
    "create_column",
    "create_draft",
    "decline_validity",
    "end_placement",
    "found_site",
    "may_keep_link",
    "place_column",
    "propose_expiries",
    "refuse_placement",
    "remind_of_links",
    "remove_link",
    "set_index_shape",
    "set_site_code",
    "shipped_standard",
]
