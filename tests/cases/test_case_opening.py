"""Opening: number, code, sealed party; one submission, one case."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection, transaction
from mailbox_world import ASKER, MONDAY, Bureau, bureau, on, submitted

from gongkai.cases import codes
from gongkai.cases.actions import Person, open_identity
from gongkai.cases.models import Case, Party
from gongkai.cases.queries import find_for_citizen
from gongkai.cases.rules import NUMBER_PREFIX, Channel, Kind
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused

KEY = "k" * 43


def test_it_works(b: Bureau) -> None:
    opened = submitted(b)
    assert opened.case.number == "ZX-2026-0001"
    assert find_for_citizen("zx-2026-0001 ", opened.code) == opened.case


def test_the_same_form_twice_is_one_case_with_one_code(b: Bureau) -> None:
    first, second = submitted(b, submission_key=KEY), submitted(b, submission_key=KEY)
    assert (first.case, first.code) == (second.case, second.code)
    assert (first.again, second.again) == (False, True)
    assert Case.objects.count() == 1
    assert second.case.events.count() == 1
    assert submitted(b, submission_key="j" * 43).case.number == "ZX-2026-0002"


def test_the_same_form_in_two_years_is_still_one_case(b: Bureau) -> None:
    with on(date(2025, 12, 31), 23, 59):
        first = submitted(b, submission_key=KEY)
    assert submitted(b, submission_key=KEY).case == first.case
    assert submitted(b).case.number == "ZX-2026-0001"


def test_numbers_are_counted_by_agency_kind_and_year(b: Bureau) -> None:
    other = bureau("other")
    told = [submitted(b).case.number, submitted(b, Kind.COMPLAINT).case.number]
    told += [submitted(other).case.number]
    with on(date(2027, 1, 4)):
        told += [submitted(b).case.number]
    with on(date(2026, 12, 31), 23, 59):
        told += [submitted(b).case.number]
    assert told == ["ZX-2026-0001", "TS-2026-0001", "ZX-2026-0001", "ZX-2027-0001", "ZX-2026-0002"]
    assert len(set(NUMBER_PREFIX.values())) == len(Kind)


def test_a_rolled_back_submission_leaves_no_gap(b: Bureau) -> None:
    submitted(b)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert submitted(b).case.number == "ZX-2026-0002"
        raise ZeroDivisionError
    assert submitted(b).case.number == "ZX-2026-0002"


def test_a_refused_submission_leaves_nothing(b: Bureau) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused, match="标题"):
        submitted(b, title="")
    assert (Case.objects.count(), Entry.objects.count()) == (0, before)
    assert submitted(b).case.number == "ZX-2026-0001"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "x" * 61}, "title"),
        ({"text": " \u200b\n"}, "text"),
        ({"person": Person(phone="12")}, "phone"),
        ({"person": Person(mail="nobody")}, "mail"),
        ({"topic": "weather"}, "topic"),
        ({"submission_key": "short"}, ""),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_refused_names_its_field(b: Bureau, facts: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        submitted(b, **facts)
    assert refused.value.field == field


def test_kind_and_target_must_fit(b: Bureau) -> None:
    other = bureau("other")
    with pytest.raises(Refused, match="请选择咨询"):
        submitted(b, Kind.APPLICATION)
    with pytest.raises(Refused, match="只有投诉、举报"):
        submitted(b, Kind.ENQUIRY, target=b.notaries)
    with pytest.raises(Refused, match="不属于本机关"):
        submitted(b, Kind.COMPLAINT, target=other.notaries)


def test_letters_are_entered_by_the_office_only(b: Bureau) -> None:
    with pytest.raises(NotPermitted):
        submitted(b, channel=Channel.PHONE, by=b.notary_liaison)
    case = submitted(b, channel=Channel.PHONE, by=b.clerk).case
    assert case.events.get().by == b.clerk.username


def test_text_alone_is_enough(b: Bureau) -> None:
    opened = submitted(b, person=Person())
    assert find_for_citizen(opened.case.number, opened.code) == opened.case
    assert opened.case.party.name_index == ""


# -- codes ---------------------------------------------------------------------------------------


def test_a_code_has_eighty_bits_and_no_look_alikes() -> None:
    seen = {codes.query_code(codes.new_submission_key()) for _ in range(2000)}
    assert len(seen) == 2000
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", c) for c in seen)
    places = list(zip(*(c.replace("-", "") for c in seen), strict=True))
    assert len(places) * 5 == 80
    assert all(len(set(place)) == 32 for place in places), "each place takes every character"


def test_the_code_depends_on_the_secret(settings) -> None:
    before = codes.query_code(KEY)
    settings.SEALING_KEY = "another" * 8
    assert codes.query_code(KEY) != before


def test_a_code_is_read_as_people_type_it(b: Bureau) -> None:
    opened = submitted(b, submission_key=KEY)
    plain = opened.code.replace("-", "")
    for typed in (
        plain,
        plain.lower(),
        f" {opened.code} ",
        " ".join(plain),
        plain.replace("-", "–"),
    ):
        assert find_for_citizen("ZX-2026-0001", typed) == opened.case
    alike = opened.code.replace("0", "O").replace("1", "l")
    assert find_for_citizen("ZX-2026-0001", alike) == opened.case
    assert find_for_citizen("ZX-2026-0001", alike.replace("l", "I")) == opened.case
    assert codes.code_hash("0O1IL") == codes.code_hash("00111")
    assert codes.code_hash("A") != codes.code_hash("B")


def test_unknown_number_wrong_code_and_nothing(b: Bureau) -> None:
    opened, other = submitted(b), submitted(b)
    wrong = opened.code[:-1] + ("0" if opened.code[-1] != "0" else "1")
    assert find_for_citizen("ZX-2026-0009", opened.code) is None
    for code in (
        wrong,
        other.code,
        "",
        opened.code[:-1],
        opened.code + "0",
        "\U0001d7ce" * 16,
        "\x00",
    ):
        assert find_for_citizen(opened.case.number, code) is None
    assert find_for_citizen("", "") is None
    assert find_for_citizen("ZX-2026-0009", "") is None


def test_an_unknown_number_takes_the_same_steps(b: Bureau, monkeypatch) -> None:
    opened = submitted(b)
    calls: list[str] = []
    real = codes.matches

    def counted(code: str, stored: str) -> bool:
        calls.append(stored)
        return real(code, stored)

    monkeypatch.setattr("gongkai.cases.queries.matches", counted)
    find_for_citizen(opened.case.number, "wrong")
    find_for_citizen("ZX-2026-0009", "wrong")
    assert len(calls) == 2


def test_two_agencies_may_have_the_same_number(b: Bureau) -> None:
    other = bureau("other")
    one, two = submitted(b), submitted(other)
    assert one.case.number == two.case.number
    assert find_for_citizen(one.case.number, one.code) == one.case
    assert find_for_citizen(two.case.number, two.code) == two.case


def test_the_code_is_nowhere_in_the_database(b: Bureau) -> None:
    opened = submitted(b)
    assert not any(opened.code.replace("-", "") in row.replace("-", "") for row in _every_row())


# -- identity ------------------------------------------------------------------------------------


def _every_row() -> list[str]:
    with connection.cursor() as cursor:
        rows: list[str] = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += map(str, cursor.fetchall())
    return rows


def test_identity_is_sealed_everywhere(b: Bureau) -> None:
    person = Person(
        name="欧阳娜娜", phone="13800001234", mail="asker@example.org", address="示例里七号",
        identity="11010519491231002X", representative="慕容某丁",
    )  # fmt: skip
    case = submitted(b, person=person, submission_key=KEY).case
    from gongkai.enquiries import actions

    actions.register(case, by=b.clerk)
    rows = _every_row()
    assert any(KEY in row for row in rows), "the search must be able to find something"
    for fact in (person.name, person.phone, person.mail, person.address, person.identity,
                 person.representative):  # fmt: skip
        assert not any(fact in row for row in rows), fact
    assert Party.objects.get(case=case).phone == "13800001234"
    assert str(case.party) == "（已封存）"


def test_a_name_is_found_by_its_blind_index_however_it_is_typed(b: Bureau) -> None:
    one = submitted(b, person=Person(name="王 小 明")).case.party
    two = submitted(b, person=Person(name="王小明")).case.party
    three = submitted(b, person=Person(name="王小红")).case.party
    assert one.name_index == two.name_index != three.name_index


def test_each_look_at_an_identity_is_logged_with_its_reason(b: Bureau) -> None:
    case = submitted(b).case
    assert open_identity(case, by=b.clerk, reason="核实地址").name == ASKER.name
    entry = Entry.objects.order_by("-seq").first()
    assert entry is not None
    assert (entry.verb, entry.subject, entry.actor, entry.data) == (
        "identity.opened", case.subject, b.clerk.username, {"reason": "核实地址"},
    )  # fmt: skip
    assert entry.post


def test_nobody_else_looks_and_never_without_a_reason(b: Bureau) -> None:
    case = submitted(b).case
    before = Entry.objects.count()
    for who in (b.notary_liaison, b.leader, b.editor):
        with pytest.raises(NotPermitted):
            open_identity(case, by=who, reason="好奇")
    with pytest.raises(Refused, match="理由"):
        open_identity(case, by=b.clerk, reason=" ")
    assert Entry.objects.count() == before


def test_monday_is_a_monday() -> None:
    assert MONDAY.weekday() == 0
