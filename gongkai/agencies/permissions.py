"""May this person do this, here, today? Superusers have no way around: duties hang on posts."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from gongkai.agencies.models import Agency, Post, Unit, User
from gongkai.agencies.queries import appointments_of
from gongkai.agencies.rules import DUTIES, LABELS, Duty, carries
from gongkai.refusal import NotPermitted


def post_for(
    user: User | AnonymousUser, duty: Duty, agency: Agency, unit: Unit | None = None
) -> Post | None:
    """The post in which the person may do ``duty`` for ``unit`` (None: for any unit), or None."""
    if not isinstance(user, User) or not user.is_active:
        return None
    for appointment in appointments_of(user):
        post = appointment.post
        if post.unit.agency_id != agency.pk:
            continue
        if carries(post.role, duty, same_unit=unit is None or post.unit_id == unit.pk):
            return post
    return None


def may(user: User | AnonymousUser, duty: Duty, agency: Agency, unit: Unit | None = None) -> bool:
    """Whether ``require`` would pass."""
    return post_for(user, duty, agency, unit) is not None


def require(
    user: User | AnonymousUser, duty: Duty, agency: Agency, unit: Unit | None = None
) -> Post:
    """The post in which the person acts; raises NotPermitted, naming who may."""
    post = post_for(user, duty, agency, unit)
    if post is None:
        who = "、".join(LABELS[role] for role in sorted(DUTIES[duty]))
        raise NotPermitted(f"您的岗位不能办理此事，本件应由{who}办理。")
    return post
