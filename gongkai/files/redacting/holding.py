"""What the acts on a redaction share: its row is held, its bytes are the ones it was opened for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.conf import settings

from gongkai.agencies.models import User
from gongkai.files.models import Redaction, StoredFile
from gongkai.ledger.actions import record
from gongkai.refusal import Refused


def changed(redaction: Redaction, verb: str, by: User, told: Mapping[str, object]) -> None:
    """Other boxes: what was still visible has to be looked for anew."""
    redaction.still = []
    redaction.save(update_fields=["still"])
    record(verb, redaction.subject, by=by, data={"source": redaction.source_sha256, **told})


def hold(redaction: Redaction) -> None:
    """Lock the row for the rest of the transaction and read it anew."""
    redaction.refresh_from_db(from_queryset=Redaction.objects.select_for_update())


def ensure_bytes(source: StoredFile) -> None:
    """Raises Refused when the disk does not hold what the row says."""
    try:
        with source.path.open("rb") as stream:
            same = hashlib.file_digest(stream, "sha256").hexdigest() == source.sha256
    except OSError:
        same = False
    if not same:
        raise Refused(
            f"“{source.name}”的内容与存入时不一致，不能处理，请联系系统管理员。", field="file"
        )


def pepper(redaction: Redaction) -> bytes:
    """So that nobody tries names against the keys that are kept."""
    whole = f"redaction\0{settings.SECRET_KEY}\0{redaction.source_sha256}"
    return hashlib.sha256(whole.encode()).digest()
