"""Which files of a case can be redacted, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from gongkai.agencies.models import User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.applications.models import Reply
from gongkai.cases.models import Case
from gongkai.files.models import Redaction, RedactionResult, StoredFile
from gongkai.files.queries import newest_result, objection_to_result, redactions_about


@dataclass(frozen=True)
class Original:
    """A file of the case, where it came from, and the redaction of it if one was begun."""

    file: StoredFile
    origin: str
    redaction: Redaction | None
    result: RedactionResult | None
    objection: str


def may_draw(case: Case, user: User) -> bool:
    """Who drafts the reply draws the boxes, as long as the case is not finished."""
    if case.is_finished or case.owner_unit is None:
        return False
    return may(user, Duty.CASE_DRAFT, case.agency, case.owner_unit)


def originals_of(case: Case) -> list[Original]:
    """The files of the case without results of redaction: each content once."""
    known = {redaction.source_sha256: redaction for redaction in redactions_about(case.subject)}
    made = set(
        RedactionResult.objects.filter(redaction__subject=case.subject).values_list(
            "result_sha256", flat=True
        )
    )
    found: dict[str, tuple[StoredFile, str]] = {}
    for file, origin in _files(case, known):
        if file.sha256 not in made:
            found.setdefault(file.sha256, (file, origin))
    return [_original(file, origin, known.get(digest)) for digest, (file, origin) in found.items()]


def _original(file: StoredFile, origin: str, redaction: Redaction | None) -> Original:
    result = newest_result(redaction) if redaction else None
    return Original(file, origin, redaction, result, objection_to_result(result) if result else "")


def _files(case: Case, known: dict[str, Redaction]) -> list[tuple[StoredFile, str]]:
    return [
        *((redaction.source, "上传的原件") for redaction in known.values()),
        *((row.file, "随来件的附件") for row in case.enclosures.select_related("file")),
        *((file, "随答复稿提供的文件") for file in _handed_over(case)),
    ]


def _handed_over(case: Case) -> list[StoredFile]:
    return list(
        StoredFile.objects.filter(
            pk__in=Reply.handed_over.through.objects.filter(reply__case=case).values("storedfile")
        ).order_by("pk")
    )


def original_for(case: Case, pk: int) -> StoredFile:
    """A file of the case by its number; 404 for every other file."""
    found = next((row.file for row in originals_of(case) if row.file.pk == pk), None)
    if found is None:
        raise Http404
    return found


def redaction_for(case: Case, pk: int) -> Redaction:
    """A redaction of the case."""
    return get_object_or_404(redactions_about(case.subject), pk=pk)


def result_for(case: Case, pk: int, version: int) -> RedactionResult:
    """A result that was made of a redaction of the case."""
    rows = RedactionResult.objects.select_related("file", "redaction", "made_by")
    return get_object_or_404(rows, redaction=redaction_for(case, pk), version=version)
