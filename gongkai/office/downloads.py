"""Files as downloads: never shown in the page, never guessed at by the browser, never cached."""

from __future__ import annotations

from typing import TypeVar

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from gongkai.files.models import StoredFile

R = TypeVar("R", FileResponse, HttpResponse)


def stored(file: StoredFile) -> FileResponse:
    """A stored file as an attachment under its own name."""
    response = FileResponse(file.path.open("rb"), content_type=file.media_type)
    return _guarded(response, file.name)


def made(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Bytes that were made just now."""
    return _guarded(HttpResponse(content, content_type=media_type), name)


def _guarded(response: R, name: str) -> R:
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "sandbox"
    return response
