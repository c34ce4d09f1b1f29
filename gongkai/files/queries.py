"""Reading redactions: what was taken out of a file, by whom, and whether a result still counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from gongkai.agencies.models import User
from gongkai.files.models import Redaction, RedactionResult, StoredFile
from gongkai.screening.redaction import Box, Ground
from gongkai.statute import grounds


def grounds_for(law: str) -> dict[str, Ground]:
    """The grounds for withholding of that version of the Regulations: what is printed into a box
    (article and reason, or the article alone) and into the list at the end.
    """
    found = {}
    for ground in grounds(law):
        article = ground.article.rpartition("）")[2].partition("、")[0]
        reason = ground.label.partition("，")[0]
        found[ground.key] = Ground(f"{article} {reason}", f"{ground.article}：{ground.label}")
    return found


def boxes_of(redaction: Redaction) -> list[Box]:
    """The boxes as they are now."""
    fields = ("page", "left", "top", "width", "height", "ground")
    return [Box(*row) for row in redaction.boxes.values_list(*fields)]


def hash_of(redaction: Redaction, boxes: Sequence[Box]) -> str:
    """SHA-256 over the source and the boxes in any order: one changed percent is another result."""
    rows = sorted(json.dumps(box.as_dict(), sort_keys=True) for box in boxes)
    whole = json.dumps([redaction.source_sha256, redaction.law, rows])
    return hashlib.sha256(whole.encode()).hexdigest()


def redactions_about(subject: str) -> QuerySet[Redaction]:
    """All of one matter, oldest first."""
    related = Redaction.objects.filter(subject=subject).select_related("source", "agency")
    return related.prefetch_related("results__file", "results__made_by", "boxes__drawn_by")


def newest_result(redaction: Redaction) -> RedactionResult | None:
    """The result that counts, if there is one; newer boxes may have overtaken it."""
    return redaction.results.select_related("file", "made_by").order_by("-version").first()


def results_about(subject: str) -> list[StoredFile]:
    """The results of one matter that may be handed over now."""
    found = (newest_result(redaction) for redaction in redactions_about(subject))
    return [r.file for r in found if r is not None and not objection_to_result(r)]


def objection_to_result(result: RedactionResult) -> str:
    """Why this result is not, or no more, what the source and the boxes give; empty if it is."""
    redaction, name = result.redaction, result.file.name
    if result.source_sha256 != redaction.source_sha256 or not _holds(redaction.source):
        return f"“{name}”的原件已经变化，请对现在的原件重新制作区分处理件。"
    if not _holds(result.file) or result.file.sha256 != result.result_sha256:
        return f"“{name}”与制作时的内容不一致，请重新制作区分处理件。"
    if result.boxes_hash != hash_of(redaction, boxes_of(redaction)):
        return f"“{name}”制作后方框又有改动，请重新制作区分处理件。"
    return ""


def _holds(file: StoredFile) -> bool:
    """Whether the bytes on the disk are those of the row."""
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def objection_to_handing_over(files: Iterable[StoredFile], subject: str) -> str:
    """Why one of these files may not go out in this matter: it is the original of a redaction, or
    a result that no longer counts. Files without redaction pass. The same bytes count as the same
    file, whoever uploaded them.
    """
    for file in files:
        results = RedactionResult.objects.filter(
            redaction__subject=subject, result_sha256=file.sha256
        ).select_related("redaction__source", "file")
        result = results.order_by("-version").first()
        if result is not None:
            newest = newest_result(result.redaction)
            if newest is not None and newest.pk != result.pk:
                return f"“{file.name}”不是最新的区分处理件，请改附第{newest.version}版。"
            if objection := objection_to_result(result):
                return objection
        elif _has_boxes(file, subject):
            return f"“{file.name}”是区分处理前的原件，不能提供，请改附区分处理件。"
    return ""


def _has_boxes(file: StoredFile, subject: str) -> bool:
    originals = Redaction.objects.filter(subject=subject, source_sha256=file.sha256)
    return originals.filter(boxes__isnull=False).exists()


def hands_of(files: Iterable[StoredFile]) -> set[int]:
    """The people who drew a box of these results, or made one of them."""
    results = RedactionResult.objects.filter(result_sha256__in=[file.sha256 for file in files])
    hands: set[int] = set()
    for result in results:
        hands |= {result.made_by_id, *(row["by_id"] for row in result.boxes)}
    return hands


def objection_to_approver(files: Iterable[StoredFile], user: User) -> str:
    """Four eyes: who drew a box does not approve what goes out; empty if the person did not."""
    if user.pk in hands_of(files):
        return "所附的区分处理件由您参与制作，须由另一人审查，请交其他负责人办理。"
    return ""
