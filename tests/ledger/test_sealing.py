from __future__ import annotations

from io import StringIO

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.sealing import SealBroken, SealedField, blind_index, seal, unseal


def test_it_works() -> None:
    token = seal("张三 13800000000")
    assert unseal(token) == "张三 13800000000"
    assert token.startswith("s1:")
    assert "张三" not in token


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert unseal(seal(text)) == text


def test_two_seals_of_one_text_differ() -> None:
    assert len({seal("同一人") for _ in range(100)}) == 100


@pytest.mark.parametrize("place", [3, 10, 25, -3])
def test_a_changed_token_is_refused(place: int) -> None:
    token = seal("张三")
    other = "A" if token[place] != "A" else "B"
    changed = token[:place] + other + token[place:][1:]
    with pytest.raises(SealBroken):
        unseal(changed)


@pytest.mark.parametrize("token", ["", "张三", "s1:", "s1:AAAA", "s1:***", "s2:AAAAAAAA"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(SealBroken):
        unseal(token)


def test_another_key_does_not_open(settings) -> None:
    token = seal("张三")
    index = blind_index("张三", "name")
    settings.SEALING_KEY = "another key " * 5
    with pytest.raises(SealBroken):
        unseal(token)
    assert blind_index("张三", "name") != index


def test_a_blind_index_is_stable_within_a_purpose_only() -> None:
    assert blind_index("张三", "name") == blind_index("张三", "name")
    assert blind_index("张三", "name") != blind_index("张三", "phone")
    assert blind_index("张三", "name") != blind_index("张四", "name")
    assert len(blind_index("张三", "name")) == 64


@pytest.fixture
def message(db):
    from gongkai.outbox.actions import post

    return post(
        kind="receipt",
        channel="mail",
        recipient="zhang@example.cn",
        subject="回执",
        body="张三：您好",
    )


def stored(pk: int) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient, body, subject FROM outbox_message WHERE id = %s", [pk])
        return cursor.fetchone()


def test_no_plain_text_lies_in_the_database(message) -> None:
    recipient, body, subject = stored(message.pk)
    assert subject == "回执"
    assert recipient.startswith("s1:")
    assert "zhang" not in recipient
    assert "张三" not in body
    message.refresh_from_db()
    assert (message.recipient, message.body) == ("zhang@example.cn", "张三：您好")


def test_update_seals_too(message) -> None:
    type(message).objects.filter(pk=message.pk).update(body="李四")
    assert "李四" not in stored(message.pk)[1]
    message.body = "王五"
    type(message).objects.bulk_update([message], ["body"])
    assert "王五" not in stored(message.pk)[1]
    message.refresh_from_db()
    assert message.body == "王五"


@pytest.mark.parametrize(
    "lookup", ["body", "body__contains", "body__in", "body__lower", "body__gt", "body__regex"]
)
def test_a_sealed_field_refuses_to_be_searched(message, lookup: str) -> None:
    with pytest.raises(FieldError, match="sealed"):
        type(message).objects.filter(**{lookup: ["张三：您好"]}).count()


def test_only_its_absence_can_be_asked(message) -> None:
    assert type(message).objects.filter(body__isnull=False).count() == 1


def test_a_dump_holds_no_plain_text(message) -> None:
    out = StringIO()
    serializers.serialize("json", [message], stream=out)
    assert "zhang@example.cn" not in out.getvalue()
    assert "张三" not in out.getvalue()


def test_a_migration_can_name_the_field() -> None:
    _, path, _, _ = SealedField("收件人").deconstruct()
    assert path == "gongkai.ledger.sealing.SealedField"
