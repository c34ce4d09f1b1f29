"""What an installation may set, read from the environment; a bad value stops the start."""

from __future__ import annotations

from base64 import b64decode
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
    signing_key: str = ""
    debug: bool = False
    demo: bool = False
    hosts: str = "127.0.0.1,localhost"
    official_hosts: str = "bszs.conac.cn"
    https: bool = True
    publish_in_background: bool = True
    data_licence: str = "目录数据可以免费下载、复制和使用；使用时请注明来源和日期，不得歪曲原意。"
    mail_url: str = ""
    mail_from: str = ""

    @field_validator("database_url")
    @classmethod
    def known_database(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"sqlite", "postgresql"}:
            raise ValueError("GONGKAI_DATABASE_URL must begin with sqlite:// or postgresql://")
        return value

    @field_validator("signing_key")
    @classmethod
    def whole_key(cls, value: str) -> str:
        try:
            length = len(b64decode(value, validate=True))
        except ValueError:
            length = -1
        if value and length != 32:
            raise ValueError(
                "GONGKAI_SIGNING_KEY must be 32 random bytes in base64 (openssl rand -base64 32)"
            )
        return value

    @field_validator("mail_url")
    @classmethod
    def known_mail_server(cls, value: str) -> str:
        url = urlsplit(value)
        if value and (url.scheme not in {"smtp", "smtps", "smtp+starttls"} or not url.hostname):
            raise ValueError(
                "GONGKAI_MAIL_URL must be smtp://, smtps:// or smtp+starttls://[user:password@]host"
            )
        return value

    def mail(self) -> dict[str, Any]:
        """Django's settings for mail; without a server, the demo writes its mails to files."""
        if not self.mail_url:
            if not self.demo:
                return {}
            backend = "django.core.mail.backends.filebased.EmailBackend"
            return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": self.data.resolve() / "mail"}
        url = urlsplit(self.mail_url)
        ports = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
        return {
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": url.port or ports[url.scheme],
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_USE_TLS": url.scheme == "smtp+starttls",
            "EMAIL_TIMEOUT": 20,
        }

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
