"""Scopes, tokens and states of the interface; pure Python."""

from __future__ import annotations

import hashlib
import re
import secrets
from enum import StrEnum

TOKEN_PREFIX = "gk_"  # noqa: S105 - the beginning by which a leaked token is recognised
FOREIGN_NUMBER_LENGTH = 60
_FOREIGN_NUMBER = re.compile(r"[\w\-/.〔〕()（）]+")


class Scope(StrEnum):
    """What a client may do with its token."""

    REFER = "referrals.write"
    FOLLOW = "referrals.read"


SCOPE_LABELS = {Scope.REFER: "转来咨询投诉", Scope.FOLLOW: "查询转办件"}
ALL_SCOPES = tuple(Scope)


def new_token() -> str:
    """A bearer token of 256 random bits."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token: it is random, so one fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def objection_to_foreign_number(number: str) -> str:
    """Why the other platform's number cannot be taken, in Chinese; empty when it can."""
    if not number:
        return "请填写贵平台的编号。"
    if len(number) > FOREIGN_NUMBER_LENGTH or not _FOREIGN_NUMBER.fullmatch(number):
        return (
            f"贵平台的编号最长 {FOREIGN_NUMBER_LENGTH} 个字符，只用文字、数字和 - / . 〔〕（），"
            "不含空格。"
        )
    return ""
