"""The result: made in a child process, proved, kept with its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.files.actions import store
from gongkai.files.models import Redaction, RedactionReason, RedactionResult, StoredFile
from gongkai.files.queries import boxes_of, grounds_for, hash_of, newest_result
from gongkai.files.redacting.drawing import draw, open_redaction
from gongkai.files.redacting.holding import ensure_bytes, hold, pepper
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.screening import DEFAULT, Policy
from gongkai.screening.redaction import Box, Redacted, Still, isolated

_LEAST_REASON = 4
STANDS_STILL_AFTER = timedelta(minutes=15)


@transaction.atomic
def settle_still(
    redaction: Redaction, key: str, reason: str, *, by: User, unit: Unit | None
) -> None:
    """A word that was boxed in one place may stand in another: for this reason."""
    require(by, Duty.CASE_DRAFT, redaction.agency, unit)
    hold(redaction)
    row = next((row for row in redaction.still if row["key"] == key), None)
    if row is None:
        raise Refused("这一条已经处理过了，请重新制作后再看。")
    if len(reason.strip()) < _LEAST_REASON:
        raise Refused("请写明为什么别处可以保留，审查人会看到。", field="reason")
    RedactionReason.objects.update_or_create(
        redaction=redaction, key=key,
        defaults={"excerpt": row["excerpt"], "reason": reason.strip(), "by": by,
                  "at": clock.now()},
    )  # fmt: skip
    redaction.still = [other for other in redaction.still if other["key"] != key]
    redaction.save(update_fields=["still"])
    told = {"source": redaction.source_sha256, "key": key, "reason": reason.strip()}
    record("redaction.settled", redaction.subject, by=by, data=told)


def redact(
    redaction: Redaction, *, by: User, unit: Unit | None, policy: Policy = DEFAULT
) -> RedactionResult:
    """Make the result: a new private file without what the boxes cover, proved and screened.

    The same boxes give no second result. Raises Refused when boxed words are still visible
    elsewhere (they are then listed in ``redaction.still``), or when the proof fails.
    """
    require(by, Duty.CASE_DRAFT, redaction.agency, unit)
    ensure_bytes(redaction.source)
    boxes, source = boxes_of(redaction), redaction.source
    before = newest_result(redaction)
    if before is not None and before.boxes_hash == hash_of(redaction, boxes) and boxes:
        raise Refused(f"方框没有变化，第{before.version}版就是现在的结果，不用重新制作。")
    made = isolated.redact(
        source.path, source.name, boxes, grounds_for(redaction.law),
        policy=policy, pepper=pepper(redaction),
    )  # fmt: skip
    settled = set(redaction.reasons.values_list("key", flat=True))
    open_still = [row for row in made.still if row.key not in settled]
    if open_still:
        _note_still(redaction, open_still, by)
        told = "；".join(row.sentence for row in open_still[:5])
        more = f"；另有{len(open_still) - 5}处" if len(open_still) > 5 else ""
        raise Refused(f"{told}{more}。请一并遮盖，或写明可以保留的理由。", field="still")
    return _keep(redaction, made, boxes, by)


def redact_file(
    source: StoredFile, subject: str, boxes: Sequence[Box], *, by: User, agency: Agency,
    unit: Unit | None, on: date, policy: Policy = DEFAULT,
) -> StoredFile:  # fmt: skip
    """Open, draw and make in one go."""
    redaction = open_redaction(source, subject, by=by, agency=agency, unit=unit, on=on)
    draw(redaction, boxes, by=by, unit=unit)
    return redact(redaction, by=by, unit=unit, policy=policy).file


@transaction.atomic
def ask_to_make(redaction: Redaction, *, by: User, unit: Unit | None) -> None:
    """Note that the worker is to make the result, for somebody who need not wait for it."""
    require(by, Duty.CASE_DRAFT, redaction.agency, unit)
    hold(redaction)
    now = clock.now()
    if redaction.asked_at is not None and now - redaction.asked_at < STANDS_STILL_AFTER:
        raise Refused("正在后台制作，请稍候刷新本页。")
    redaction.asked_by, redaction.asked_at = by, now
    redaction.told, redaction.refused = "", False
    redaction.save(update_fields=["asked_by", "asked_at", "told", "refused"])
    record("redaction.asked", redaction.subject, by=by, data={"source": redaction.source_sha256})


@transaction.atomic
def tell_made(redaction: Redaction, told: str, *, refused: bool) -> None:
    """Keep what the worker answers, for the page of whoever asked."""
    hold(redaction)
    by = redaction.asked_by
    redaction.asked_at, redaction.told, redaction.refused = None, told, refused
    redaction.save(update_fields=["asked_at", "told", "refused"])
    data = {"source": redaction.source_sha256, "refused": refused}
    record("redaction.answered", redaction.subject, by=by, data=data)


@transaction.atomic
def _note_still(redaction: Redaction, rows: Sequence[Still], by: User) -> None:
    hold(redaction)
    redaction.still = [
        {"key": row.key, "excerpt": row.excerpt, "pages": list(row.pages),
         "boxed": list(row.boxed), "sentence": row.sentence}
        for row in rows
    ]  # fmt: skip
    redaction.save(update_fields=["still"])
    told = {"source": redaction.source_sha256, "keys": [row.key for row in rows]}
    record("redaction.still_visible", redaction.subject, by=by, data=told)


@transaction.atomic
def _keep(redaction: Redaction, made: Redacted, boxes: Sequence[Box], by: User) -> RedactionResult:
    hold(redaction)
    if hash_of(redaction, boxes_of(redaction)) != hash_of(redaction, boxes):
        raise Refused("制作期间方框被改动，请核对后重新制作。")
    before = newest_result(redaction)
    version = before.version + 1 if before else 1
    file = store(made.data, _named(made.name, version), agency=redaction.agency, by=by)
    result = RedactionResult.objects.create(
        redaction=redaction, version=version, file=file,
        source_sha256=redaction.source_sha256, result_sha256=file.sha256,
        boxes_hash=hash_of(redaction, boxes), boxes=_snapshot(redaction),
        table=[list(row) for row in made.table], notes=made.notes, reasons=_reasons(redaction),
        verdict=made.report.verdict, findings=made.report.as_dict()["findings"],
        made_by=by, made_at=clock.now(),
    )  # fmt: skip
    redaction.still = []
    redaction.save(update_fields=["still"])
    told = {
        "source": redaction.source_sha256, "result": file.sha256, "boxes": result.boxes_hash,
        "version": version, "table": result.table,
    }  # fmt: skip
    record("redaction.made", redaction.subject, by=by, data=told)
    return result


def _named(name: str, version: int) -> str:
    stem, dot, ending = name.rpartition(".")
    return name if version == 1 else f"{stem}第{version}版{dot}{ending}"


def _snapshot(redaction: Redaction) -> list[dict[str, object]]:
    """Each box with who drew it and when, as they were when the result was made."""
    rows = redaction.boxes.select_related("drawn_by")
    return [
        {"page": row.page, "left": row.left, "top": row.top, "width": row.width,
         "height": row.height, "ground": row.ground, "origin": row.origin,
         "by_id": row.drawn_by_id, "by": str(row.drawn_by), "at": row.drawn_at.isoformat()}
        for row in rows
    ]  # fmt: skip


def _reasons(redaction: Redaction) -> list[Mapping[str, str]]:
    rows = redaction.reasons.select_related("by")
    return [{"excerpt": r.excerpt, "reason": r.reason, "by": str(r.by)} for r in rows]
