"""The office's search in the database, for Chinese: ``"BACKEND": "gongkai.text.backends"``.

modelsearch leaves the cutting of words to SQLite and PostgreSQL, and both take a whole Chinese
sentence for one word. Here every indexed model is cut into pairs on the way in, and so is every
query, so that ``Model.objects.search("公开")`` finds each occurrence on either database. A model
needs nothing but its usual ``search_fields``. After turning it on: ``update_index``.
"""

from __future__ import annotations

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend for the default database."""
    # The modules of one database cannot be imported while another is in use.
    if connection.vendor == "postgresql":
        from gongkai.text.backends.postgresql import ChinesePostgresBackend

        return ChinesePostgresBackend(params)
    if connection.vendor == "sqlite":
        from gongkai.text.backends.sqlite import ChineseSQLiteBackend

        return ChineseSQLiteBackend(params)
    raise NotImplementedError(f"no Chinese search for {connection.vendor}")
