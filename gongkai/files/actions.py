"""Storing, releasing and withdrawing files."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai import clock, screening
from gongkai.agencies.models import Agency, User
from gongkai.files import rules
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import record
from gongkai.refusal import Refused


@transaction.atomic
def store(
    content: bytes,
    name: str,
    *,
    agency: Agency | None = None,
    by: User | None = None,
    accept: frozenset[str] | None = None,
) -> StoredFile:
    """Keep a file, private. Refused: wrong kind, too large, bytes unlike the name."""
    name = rules.clean_name(name)
    objection = rules.objection(name, len(content), accept=accept)
    if objection:
        raise Refused(objection, field="file")
    media_type = screening.media_type(content, name)
    if not media_type:
        raise Refused(f"“{name}”的内容与扩展名不符，没有保存。请核对文件后重新上传。", field="file")
    stored = StoredFile.objects.create(
        sha256=_keep(content),
        size=len(content),
        media_type=media_type,
        name=name,
        agency=agency,
        stored_by=by,
        stored_at=clock.now(),
    )
    record("file.stored", f"file:{stored.sha256}", by=by or "public", data={"size": stored.size})
    return stored


@transaction.atomic
def mark_released(file: StoredFile, *, by: object) -> None:
    """Called by ``review.release`` alone, after the decision that names the file's hash."""
    file.state = StoredFile.State.RELEASED
    file.save(update_fields=["state"])
    record("file.released", f"file:{file.sha256}", by=by)


@transaction.atomic
def mark_withdrawn(file: StoredFile, *, by: object) -> None:
    """The item that carried the file was withdrawn."""
    file.state = StoredFile.State.WITHDRAWN
    file.save(update_fields=["state"])
    record("file.withdrawn", f"file:{file.sha256}", by=by)


def _keep(content: bytes) -> str:
    """Write the bytes under their digest, durably, once; returns the digest."""
    digest = hashlib.sha256(content).hexdigest()
    folder = Path(settings.FILES_ROOT) / digest[:2]
    target = folder / digest
    if target.exists():
        return digest
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(target)
    return digest
