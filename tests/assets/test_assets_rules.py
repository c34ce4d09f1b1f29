from __future__ import annotations

from collections import Counter
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.assets import rules
from gongkai.assets.rules import ALLOWED, Connection, Zone, draw, objection_to_connection

NUMBERS = [f"XF-2014-{n:03}" for n in range(1, 143)]


def test_the_draw_can_be_made_again_by_hand() -> None:
    seed = sha256(b"announced").hexdigest()
    by_hand = sorted(NUMBERS, key=lambda n: sha256(f"{seed}:{n}".encode()).hexdigest())[:10]
    assert draw(seed, NUMBERS, 10) == sorted(by_hand)


@given(st.permutations(NUMBERS[:20]), st.text(max_size=64), st.integers(-1, 25))
def test_neither_order_nor_doubles_change_the_draw(
    numbers: list[str], seed: str, size: int
) -> None:
    seed = seed.encode("utf-8", "ignore").decode()
    drawn = draw(seed, [*numbers, *numbers], size)
    assert drawn == draw(seed, sorted(numbers), size)
    assert len(drawn) == len(set(drawn)) == min(20, max(0, size))


def test_another_seed_draws_others_and_each_machine_has_the_same_chance() -> None:
    times = Counter(n for seed in range(2000) for n in draw(str(seed), NUMBERS, 10))
    assert set(times) == set(NUMBERS)
    # Expected 141 each, standard deviation 11.4.
    assert 141 - 57 < min(times.values()) <= max(times.values()) < 141 + 57


def test_a_machine_bought_later_does_not_change_the_rank_of_the_others() -> None:
    before, after = draw("s", NUMBERS, 10), draw("s", [*NUMBERS, "new"], 10)
    assert len(set(before) - set(after)) <= 1


def test_on_the_net_no_office_work() -> None:
    message = objection_to_connection(Zone.INTERNAL_INFORMATION, Connection.INTERNET)
    assert "上网不办公、办公不上网" in message
    assert "不联网或内网" in message


@pytest.mark.parametrize("zone", Zone)
def test_one_machine_one_network(zone: Zone) -> None:
    allowed = {c for c in Connection if not objection_to_connection(zone, c)}
    assert allowed == ALLOWED[zone]
    assert rules.USUAL[zone] in allowed
    assert (Connection.INTERNET in allowed) == (zone == Zone.INTERNET)


@pytest.mark.parametrize(
    ("sets", "used", "until", "message"),
    [
        (60, 59, None, ""),
        (60, 60, None, "全部用完"),
        (60, 0, date(2014, 6, 1), ""),
        (60, 0, date(2014, 5, 31), "到期"),
    ],
)
def test_used_is_never_more_than_bought(sets, used, until, message) -> None:
    objection = rules.objection_to_install(sets, used, until, date(2014, 6, 1))
    assert message in objection
    assert bool(objection) == bool(message)
