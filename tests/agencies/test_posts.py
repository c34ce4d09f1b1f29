from __future__ import annotations

from datetime import date, timedelta

import pytest
from people import small_bureau

from gongkai import clock
from gongkai.agencies.actions import add_person, appoint, change_unit, end_appointment, found_unit
from gongkai.agencies.permissions import may, require
from gongkai.agencies.queries import holders, leaders_of, units_of
from gongkai.agencies.rules import DUTIES, LABELS, UNIT_BOUND, Duty, Role, carries
from gongkai.refusal import NotPermitted, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return small_bureau()


def test_it_works(bureau) -> None:
    post = require(bureau.information_office, Duty.CASE_ROUTE, bureau.agency)
    assert str(post) == "办公室·信息办"


def test_rights_follow_the_post_not_the_login(bureau) -> None:
    assert not may(bureau.superuser, Duty.CASE_ROUTE, bureau.agency)
    with pytest.raises(NotPermitted, match="应由信息办办理"):
        require(bureau.superuser, Duty.CASE_ROUTE, bureau.agency)


def test_unit_bound_roles_act_for_their_own_unit(bureau) -> None:
    assert may(bureau.liaison, Duty.CASE_DRAFT, bureau.agency, bureau.lawyers)
    assert not may(bureau.liaison, Duty.CASE_DRAFT, bureau.agency, bureau.office)


def test_another_bureaus_post_counts_for_nothing(bureau) -> None:
    other = small_bureau("other", "他市司法局")
    assert not may(other.information_office, Duty.CASE_ROUTE, bureau.agency)


def test_an_appointment_that_ended_or_has_not_begun_gives_nothing(bureau) -> None:
    person = add_person("new", family="钱", given="一", password="x")
    later = appoint(person, bureau.office, Role.LEADER, start=clock.today() + timedelta(days=1))
    assert not may(person, Duty.CASE_APPROVE, bureau.agency)
    with clock.set_to(clock.now() + timedelta(days=2)):
        assert may(person, Duty.CASE_APPROVE, bureau.agency)
        end_appointment(later, end=clock.today() - timedelta(days=1))
        assert not may(person, Duty.CASE_APPROVE, bureau.agency)
    assert not person.groups.exists()


def test_a_locked_login_gives_nothing(bureau) -> None:
    bureau.leader.is_active = False
    bureau.leader.save()
    assert not may(bureau.leader, Duty.CASE_APPROVE, bureau.agency)
    assert not holders(Role.LEADER, bureau.agency).exists()


def test_a_unit_that_was_dissolved_stands_in_the_directory_of_its_time(bureau) -> None:
    old = found_unit(
        bureau.agency, code="sk", name="国家司法考试处", valid_from=date(2008, 1, 1),
        valid_to=date(2018, 12, 31),
    )  # fmt: skip
    assert old in units_of(bureau.agency, date(2014, 6, 1))
    assert old not in units_of(bureau.agency)
    assert not leaders_of(bureau.agency)


def test_a_login_name_is_given_once(bureau) -> None:
    with pytest.raises(Refused, match="已有人使用"):
        add_person("sfj-leader", family="孙", given="二", password="x")


def test_a_units_contact_changes_on_record(bureau) -> None:
    from gongkai.ledger.queries import entries_about

    change_unit(bureau.office, by=bureau.system_administrator, phone="000-1")
    assert entries_about("unit:sfj/bgs").last().verb == "unit.changed"


def test_every_duty_has_a_role_and_every_role_a_name() -> None:
    assert set(DUTIES) == set(Duty)
    assert all(DUTIES.values())
    assert set(LABELS) == set(Role)
    for duty, roles in DUTIES.items():
        for role in Role:
            assert carries(role, duty, same_unit=True) == (role in roles)
            if role in UNIT_BOUND:
                assert not carries(role, duty, same_unit=False)
