"""Search over what is published: the index on disk."""

from gongkai.portal.views.search.asked import Asked
from gongkai.portal.views.search.finding import found, shown_hit
from gongkai.portal.views.search.page import find

__all__ = ["Asked", "find", "found", "shown_hit"]
