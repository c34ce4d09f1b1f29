"""Every error is JSON in Chinese, and repeats nothing of what was sent."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gongkai.refusal import NotPermitted, Refused

_WORDS = {
    400: "请求格式不正确，请按接口说明提交 JSON。",
    401: "需要有效的令牌，请在 Authorization 头中以 Bearer 方式提供；没有令牌请与信息办联系。",
    403: "该令牌没有这项权限，请与信息办联系。",
    404: "没有找到。请核对地址、编号和参数。",
    405: "该地址不支持这种请求方式，请查看接口说明。",
    410: "该信息已撤回。",
    413: "请求过大，请精简后再提交。",
    500: "系统出错，未作任何改动。请稍后重试；仍不行请与信息办联系。",
}
_WRONG = {
    "missing": "缺少必填项“{field}”。",
    "extra_forbidden": "没有“{field}”这一项，请按接口说明填写。",
}
# What stands in the place of an error before the field's own name.
_FRAMES = {"query", "path", "body", "sent", "asked"}
_log = logging.getLogger("gongkai.api")


def problem(status: int, message: str = "", *, field: str = "", rule: str = "") -> HttpResponse:
    """An error as machines get it."""
    told = {"message": message or _WORDS.get(status, _WORDS[400]), "field": field, "rule": rule}
    return JsonResponse(
        {"error": told}, status=status, json_dumps_params={"ensure_ascii": False},
        headers={"WWW-Authenticate": "Bearer"} if status == 401 else None,
    )  # fmt: skip


class Withdrawn(Exception):
    """Was public, and is not any more."""


def install(api: NinjaAPI) -> None:
    """Let ``api`` answer every exception in our words."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(AuthenticationError, _fixed(401))
    api.add_exception_handler(Http404, _fixed(404))
    api.add_exception_handler(Withdrawn, _fixed(410))
    api.add_exception_handler(RequestDataTooBig, _fixed(413))
    api.add_exception_handler(Exception, _unexpected)


def _fixed(status: int) -> Any:
    return lambda request, exception: problem(status)


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    status = 403 if isinstance(refusal, NotPermitted) else 422
    if refusal.rule == "referral.changed":
        status = 409
    return problem(status, refusal.message, field=refusal.field, rule=refusal.rule)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """The first thing that is wrong with parameters or body."""
    first = error.errors[0]
    path = [str(part) for part in first["loc"] if part not in _FRAMES]
    field = ".".join(path)
    words = _WRONG.get(first["type"], "“{field}”的格式或取值不正确，请按接口说明填写。")
    return problem(422, words.format(field=field or "请求内容"), field=field)


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code)


def _unexpected(request: HttpRequest, error: Any) -> HttpResponse:
    # Only the kind of error and the route: its words may repeat what a person wrote.
    route = request.resolver_match.route if request.resolver_match else ""
    _log.error("%s at %s", type(error).__name__, route, exc_info=_without_words(error))
    return problem(500)


def _without_words(error: Exception) -> tuple[Any, Any, Any]:
    """The traceback for the log, its exceptions named but not quoted."""
    bare = RuntimeError(type(error).__name__)
    return RuntimeError, bare, error.__traceback__
