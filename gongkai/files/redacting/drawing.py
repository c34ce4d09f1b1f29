"""Boxes: where a redaction begins, and how they come and go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.files.models import Redaction, RedactionBox, StoredFile
from gongkai.files.queries import boxes_of, grounds_for
from gongkai.files.redacting.holding import changed, ensure_bytes, hold, pepper
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.screening import DEFAULT, Policy
from gongkai.screening.redaction import PERSONAL_KINDS, SECRET_KINDS, Box, isolated, objection
from gongkai.screening.redaction.boxes import MOST_BOXES
from gongkai.statute import law_for

Origin = RedactionBox.Origin
_PERSONAL_GROUNDS = ("third_party", "privacy")


def open_redaction(
    source: StoredFile, subject: str, *, by: User, agency: Agency, unit: Unit | None, on: date
) -> Redaction:
    """Begin to redact a file, or go on with it: one for each matter and content.

    ``on``: the day that decides which version of the Regulations applies. Raises Refused for files
    that cannot be redacted (no pages, locked, broken, too many pages).
    """
    require(by, Duty.CASE_DRAFT, agency, unit)
    known = Redaction.objects.filter(subject=subject, source_sha256=source.sha256).first()
    if known is not None:
        return known
    ensure_bytes(source)
    pages = isolated.page_count(source.path, source.name)
    with transaction.atomic():
        redaction, fresh = Redaction.objects.get_or_create(
            subject=subject,
            source_sha256=source.sha256,
            defaults={
                "agency": agency, "source": source, "pages": pages, "law": law_for(on).id,
                "opened_by": by, "opened_at": clock.now(),
            },
        )  # fmt: skip
        if fresh:
            record("redaction.opened", subject, by=by, data={"source": source.sha256})
    return redaction


def draw(
    redaction: Redaction, boxes: Sequence[Box], *, by: User, unit: Unit | None,
    origin: str = Origin.DRAWN,
) -> int:  # fmt: skip
    """Add boxes; returns how many were new. Raises Refused with the field (page, left, top,
    width, height, ground) for one that cannot stand; then none is added.
    """
    require(by, Duty.CASE_DRAFT, redaction.agency, unit)
    known_grounds = grounds_for(redaction.law)
    for box in boxes:
        if box.ground not in known_grounds:
            raise Refused("请选择不予公开的理由。", field="ground")
        field, message = objection(box, redaction.pages)
        if message:
            raise Refused(message, field=field)
    with transaction.atomic():
        hold(redaction)
        known = set(boxes_of(redaction))
        fresh = [box for box in dict.fromkeys(boxes) if box not in known]
        if len(known) + len(fresh) > MOST_BOXES:
            raise Refused(f"方框超过{MOST_BOXES}个，请把文件分成几份办理。")
        rows = [
            RedactionBox(redaction=redaction, origin=origin, drawn_by=by, drawn_at=clock.now(),
                         **box.as_dict())
            for box in fresh
        ]  # fmt: skip
        RedactionBox.objects.bulk_create(rows)
        if rows:
            changed(redaction, "redaction.drawn", by, {"boxes": len(rows), "origin": str(origin)})
    return len(rows)


def draw_phrase(
    redaction: Redaction, phrase: str, ground: str, *, by: User, unit: Unit | None
) -> tuple[int, list[int]]:
    """Box a phrase wherever it stands. Returns how many boxes are new, and the pages (from 1) that
    have no words to search. Raises Refused when it stands nowhere.
    """
    require(by, Duty.CASE_DRAFT, redaction.agency, unit)
    source = redaction.source
    try:
        found = isolated.find_phrase(source.path, source.name, phrase, ground)
    except Refused as refused:
        raise Refused(refused.message, field="phrase") from refused
    if not found.boxes:
        where = f"；第{_list(found.blind)}页是图像，搜索不到文字，请逐页画框" if found.blind else ""
        raise Refused(f"文件的文字里没有“{phrase}”{where}。", field="phrase")
    new = draw(redaction, found.boxes, by=by, unit=unit, origin=Origin.PHRASE)
    return new, found.blind


def draw_findings(
    redaction: Redaction, *, by: User, unit: Unit | None, policy: Policy = DEFAULT
) -> tuple[int, list[int]]:
    """Box what screening finds: what is personal, and marks of secrecy, each on its ground.
    Returns how many boxes are new, and the pages (from 1) that have no words to screen.
    """
    require(by, Duty.CASE_DRAFT, redaction.agency, unit)
    source, known = redaction.source, grounds_for(redaction.law)
    personal = next(key for key in _PERSONAL_GROUNDS if key in known)
    grounds = {
        **dict.fromkeys(PERSONAL_KINDS, personal),
        **dict.fromkeys(SECRET_KINDS, "state_secret"),
    }
    found = isolated.find_findings(source.path, source.name, grounds, policy=policy)
    new = draw(redaction, found.boxes, by=by, unit=unit, origin=Origin.FINDING)
    return new, found.blind


def draw_again(
    redaction: Redaction, key: str, ground: str, *, by: User, unit: Unit | None,
    policy: Policy = DEFAULT,
) -> int:  # fmt: skip
    """Box a word that is still visible (``key`` of it) everywhere; returns how many are new."""
    require(by, Duty.CASE_DRAFT, redaction.agency, unit)
    if ground not in grounds_for(redaction.law):
        raise Refused("请选择不予公开的理由。", field="ground")
    source = redaction.source
    found = isolated.find_again(
        source.path, source.name, boxes_of(redaction), {key: ground},
        policy=policy, pepper=pepper(redaction),
    )  # fmt: skip
    new = draw(redaction, found.boxes, by=by, unit=unit, origin=Origin.AGAIN)
    if not new:
        raise Refused("系统没有在文字里找到它，请在仍可见的页上画框。", field="ground")
    return new


@transaction.atomic
def take_away(redaction: Redaction, numbers: Iterable[int], *, by: User, unit: Unit | None) -> int:
    """Remove boxes by their number; returns how many."""
    require(by, Duty.CASE_DRAFT, redaction.agency, unit)
    hold(redaction)
    chosen = redaction.boxes.filter(pk__in=list(numbers))
    gone = [Box(*row) for row in chosen.values_list("page", "left", "top", "width", "height",
                                                    "ground")]  # fmt: skip
    if not gone:
        raise Refused("请先勾选要去掉的方框。", field="boxes")
    chosen.delete()
    told = {"boxes": [box.as_dict() for box in gone]}
    changed(redaction, "redaction.taken_away", by, told)
    return len(gone)


def _list(pages: Sequence[int]) -> str:
    return "、".join(str(page) for page in pages)
