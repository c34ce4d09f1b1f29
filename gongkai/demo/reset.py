"""Clears the demo away, with everything in its database and its folders."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gongkai.agencies.models import Agency
from gongkai.demo.bureau import CODE
from gongkai.refusal import Refused

_FOLDERS = ("FILES_ROOT", "TREE_ROOT")


def reset() -> None:
    """Empty database and folders and make the tables anew.

    The ledger cannot be emptied row by row, and shall not be. Refused where the database holds
    anything but the demo bureau.
    """
    if not settings.DEMO:
        raise Refused("这不是演示环境，不能清除。请设置 GONGKAI_DEMO=true 并使用单独的数据库。")
    if _has_tables() and Agency.objects.exclude(code=CODE).exists():
        raise Refused("数据库里有演示单位以外的机关，不能清除。请换一个数据库运行演示。")
    _drop_tables()
    for name in _FOLDERS:
        shutil.rmtree(Path(getattr(settings, name)), ignore_errors=True)
    call_command("migrate", verbosity=0)


def _has_tables() -> bool:
    return Agency._meta.db_table in connection.introspection.table_names()


def _drop_tables() -> None:
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
