"""``gongkai api_token issue|revoke``: the tokens of other platforms."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.agencies.models import Agency, User
from gongkai.api.actions import issue_token, revoke_token
from gongkai.api.models import Client
from gongkai.api.rules import ALL_SCOPES, SCOPE_LABELS, Scope
from gongkai.refusal import Refused


class Command(BaseCommand):
    """A token is printed once; the database keeps its hash."""

    help = "签发或停用其他平台的接口令牌"

    def add_arguments(self, parser: CommandParser) -> None:
        scopes = "、".join(f"{scope}（{label}）" for scope, label in SCOPE_LABELS.items())
        parser.add_argument("act", choices=["issue", "revoke"], help="签发或停用")
        parser.add_argument("--agency", required=True, help="机关代码")
        parser.add_argument("--name", required=True, help="平台名称")
        parser.add_argument("--by", required=True, help="办理人的登录名")
        parser.add_argument("--scope", action="append", choices=[*ALL_SCOPES], help=scopes)
        parser.add_argument("--reason", default="", help="停用的理由")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = self._act(options)
        except (Agency.DoesNotExist, User.DoesNotExist, Client.DoesNotExist) as error:
            raise CommandError("没有这个机关、人员或平台，请核对。", returncode=2) from error
        except Refused as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        self.stdout.write(json.dumps(told, ensure_ascii=False))

    def _act(self, options: dict[str, Any]) -> dict[str, str]:
        agency = Agency.objects.get(code=options["agency"])
        by = User.objects.get(username=options["by"])
        if options["act"] == "issue":
            scopes = [Scope(scope) for scope in options["scope"] or ALL_SCOPES]
            client, token = issue_token(agency, options["name"], by=by, scopes=scopes)
            return {"name": client.name, "token": token}
        client = Client.objects.get(agency=agency, name=options["name"], revoked_at=None)
        revoke_token(client, by=by, reason=options["reason"])
        return {"name": client.name, "revoked": "true"}
