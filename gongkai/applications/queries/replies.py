"""The reply of an application: the draft that counts, the one that went out, and its files."""

from __future__ import annotations

from gongkai.agencies.models import User
from gongkai.applications.models import Reply
from gongkai.cases.models import Case
from gongkai.files.models import StoredFile
from gongkai.files.queries import objection_to_approver
from gongkai.refusal import Refused
from gongkai.review.models import Sheet


def current_reply(case: Case) -> Reply:
    """The newest draft; Refused when there is none."""
    reply = case.replies.select_related("letter__file", "sheet").order_by("-version").first()
    if reply is None:
        raise Refused("本件还没有答复稿，请由承办单位先拟稿。")
    return reply


def released_reply(case: Case) -> Reply | None:
    """The reply that went out: all that the applicant may see. A draft is never it."""
    replies = case.replies.select_related("letter__file")
    return replies.filter(letter__dispatched_at__isnull=False, sheet__state="released").first()


def files_of(reply: Reply) -> list[StoredFile]:
    """What the applicant gets: the letter, then what is handed over with it."""
    letter = [reply.letter.file] if reply.letter.file is not None else []
    return [*letter, *reply.handed_over.order_by("pk")]


def objection_to_reviewer_of(sheet: Sheet, by: User) -> str:
    """Four eyes: who took content out of a file that the reply hands over does not approve it
    (R19 art 37). Empty for everybody else, and for sheets of other things.
    """
    reply = Reply.objects.filter(sheet=sheet).first()
    return objection_to_approver(reply.handed_over.all(), by) if reply is not None else ""
