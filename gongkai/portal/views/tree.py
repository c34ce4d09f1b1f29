"""The published tree, served by the application itself where no web server stands in front."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from gongkai.portal.access import profile_for
from gongkai.portal.index import gone_map_of, tree_of

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".jsonld": "application/ld+json",
}
_WORDS = {404: "没有找到该页面。", 410: "该信息已撤回。"}


@require_safe
def published(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """A file of the tree; 410 for what was withdrawn, 404 for what never was."""
    status, file = look_up(profile_for(request).code, path)
    return _sent(request, file) if status == 200 else _page(file, status)


def look_up(code: str, path: str) -> tuple[int, Path]:
    """The status for a path within a site's tree, and the file to send with it."""
    root = tree_of(code).resolve()
    if "\0" not in path:
        file = (root / path).resolve()
        if path == "" or path.endswith("/"):
            file = file / "index.html"
        if file.is_relative_to(root) and file.is_file() and not file.name.startswith("."):
            return 200, file
        if f"/{path}" in _gone(code):
            return 410, root / "gone.html"
    return 404, root / "404.html"


def _sent(request: HttpRequest, file: Path) -> HttpResponseBase:
    changed = int(file.stat().st_mtime)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if since is not None and changed <= since:
        return HttpResponse(status=304)
    kind = (
        _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    )
    twin = file.with_name(f"{file.name}.gz")
    packed = "gzip" in request.headers.get("Accept-Encoding", "") and twin.exists()
    response = FileResponse((twin if packed else file).open("rb"), content_type=kind)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = "no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _gone(code: str) -> set[str]:
    path = gone_map_of(code)
    if not path.exists():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.partition('" ')[0].lstrip('"') for line in lines}


def content_of(file: Path, status: int) -> bytes:
    """What is sent; plain words where a site has no page for it yet."""
    return file.read_bytes() if file.exists() else _WORDS[status].encode()


def _page(file: Path, status: int) -> HttpResponse:
    return HttpResponse(
        content_of(file, status), content_type="text/html; charset=utf-8", status=status
    )
