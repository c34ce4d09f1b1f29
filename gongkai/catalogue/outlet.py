"""Items for the look-back of the review: how to read a public one again, and take it away."""

from __future__ import annotations

from gongkai.agencies.models import User
from gongkai.catalogue.models import ItemPage
from gongkai.refusal import Refused
from gongkai.review.outlets import Outlet
from gongkai.review.pages import material_of, withdraw_page


def _item(subject: str) -> ItemPage | None:
    return ItemPage.objects.filter(index_number=subject.partition(":")[2]).first()


def _take_away(subject: str, *, by: User, reason: str) -> None:
    item = _item(subject)
    if item is None:
        raise Refused("本件现在没有公开，无需撤下。")
    withdraw_page(item, by=by, reason=reason)


ITEMS = Outlet(read=lambda subject: material_of(_item(subject)), take_away=_take_away)
