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


@require_safe
def published(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """A file of the tree; 410 for what was withdrawn, 404 for what never was."""
    profile = profile_for(request)
    root = tree_of(profile.code).resolve()
    if "\0" in path:
        return _page(root / "404.html", "没有找到该页面。", 404)
    file = (root / path).resolve()
    if path == "" or path.endswith("/"):
        file = file / "index.html"
    if file.is_relative_to(root) and file.is_file() and not file.name.startswith("."):
        return _sent(request, file)
    if f"/{path}" in _gone(profile.code):
        return _page(root / "gone.html", "该信息已撤回。", 410)
    return _page(root / "404.html", "没有找到该页面。", 404)


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


def _page(file: Path, words: str, status: int) -> HttpResponse:
    content = file.read_bytes() if file.exists() else words.encode()
    return HttpResponse(content, content_type="text/html; charset=utf-8", status=status)
