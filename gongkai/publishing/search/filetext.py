"""The words of released files, so that search finds what stands in an attachment only."""

from __future__ import annotations

from gongkai import screening
from gongkai.files.models import StoredFile
from gongkai.publishing.models import FileText

LONGEST = 300_000
"""Characters of one file that are searched; a thousand-page book is found by its beginning."""


def text_of(file: StoredFile) -> str:
    """What a reader sees of a released file; read once, in the isolated child. Empty for a private
    file, a picture, or one that cannot be read.
    """
    if file.state != StoredFile.State.RELEASED:
        return ""
    known = FileText.objects.filter(pk=file.sha256).first()
    if known is None:
        report = screening.screen_file_isolated(file.path, file.name)
        text = report.visible_text[:LONGEST].replace("\x00", "")
        known, _ = FileText.objects.get_or_create(sha256=file.sha256, defaults={"text": text})
    return known.text


def forget_withdrawn() -> int:
    """Drop the words of files that are not public any more; returns how many."""
    released = StoredFile.objects.filter(state=StoredFile.State.RELEASED).values("sha256")
    gone, _ = FileText.objects.exclude(sha256__in=released).delete()
    return gone
