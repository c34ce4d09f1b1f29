"""What an installation may set, read from the environment; a bad value stops the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# WAL with synchronous=FULL is the cheapest setting that loses nothing at a power cut;
# WAL with NORMAL loses acknowledged rows.
SQLITE_INIT = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


class Environment(BaseSettings):
    """``GONGKAI_…`` variables."""

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_ignore_empty=True)

    data: Path = Path("var")
    database_url: str = ""
    secret_key: str = ""
    sealing_key: str = ""
    exchange_key: str = ""
    debug: bool = False
    demo: bool = False
    hosts: str = "127.0.0.1,localhost"
    https: bool = True
    publish_in_background: bool = True

    @field_validator("database_url")
    @classmethod
    def known_database(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"sqlite", "postgresql"}:
            raise ValueError("GONGKAI_DATABASE_URL must begin with sqlite:// or postgresql://")
        return value

    def database(self) -> dict[str, Any]:
        """Django's DATABASES entry for ``database_url`` (default: SQLite in the data folder)."""
        url = urlsplit(self.database_url or f"sqlite:///{self.data.resolve()}/gongkai.sqlite3")
        if url.scheme == "sqlite":
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": unquote(url.path),
                "OPTIONS": {
                    "init_command": SQLITE_INIT,
                    # A deferred transaction that reads first fails with "locked"; this one waits.
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                },
            }
        query = dict(parse_qsl(url.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": query.pop("host", url.hostname or ""),
            "PORT": str(url.port or query.pop("port", "")),
            "OPTIONS": query,
            "CONN_MAX_AGE": 60,
        }
