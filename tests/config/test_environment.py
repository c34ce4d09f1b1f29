"""What an installation sets; a bad value stops the start with words that say what is right."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from gongkai.config.environment import Environment


@pytest.mark.parametrize(
    ("address", "port", "ssl", "starttls"),
    [
        ("smtp://mail.example.gov.cn", 25, False, False),
        ("smtps://a%40b:p%3Aw@mail.example.gov.cn", 465, True, False),
        ("smtp+starttls://a:b@mail.example.gov.cn:2525", 2525, False, True),
    ],
)
def test_a_mail_server_is_one_address(address, port, ssl, starttls) -> None:
    mail = Environment(mail_url=address).mail()
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("mail.example.gov.cn", port)
    assert (mail["EMAIL_USE_SSL"], mail["EMAIL_USE_TLS"]) == (ssl, starttls)
    if ssl:
        assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("a@b", "p:w")


def test_the_demo_sends_nothing_into_the_world() -> None:
    mail = Environment(demo=True, data=Path("var/x")).mail()
    assert mail["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert mail["EMAIL_FILE_PATH"] == Path("var/x").resolve() / "mail"
    assert Environment(demo=False).mail() == {}


@pytest.mark.parametrize("address", ["mail.example.gov.cn", "http://x", "smtp://"])
def test_a_bad_address_is_refused(address) -> None:
    with pytest.raises(ValidationError, match="GONGKAI_MAIL_URL"):
        Environment(mail_url=address)


@pytest.mark.parametrize("key", ["short", "A" * 44, "AAAA", "密钥" * 22])
def test_a_bad_signing_key_is_refused(key) -> None:
    with pytest.raises(ValidationError, match="openssl rand"):
        Environment(signing_key=key)


def test_a_signing_key_is_32_bytes_or_none() -> None:
    assert Environment(signing_key="A" * 43 + "=").signing_key
    assert Environment().signing_key == ""


def test_a_bad_database_is_refused() -> None:
    with pytest.raises(ValidationError, match="GONGKAI_DATABASE_URL"):
        Environment(database_url="mysql://x")
