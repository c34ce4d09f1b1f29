"""A small held-out sample of the corpus: nothing is missed, and little is stopped for nothing.

The seed differs from the one that the rules were tuned with (``make corpus``).
"""

from __future__ import annotations

import pytest

from gongkai.screening import text
from tests.screening.corpus import HELD_OUT, TUNING
from tests.screening.corpus.named import NAMED, SEARCHED
from tests.screening.corpus.negatives import MAKERS as PUBLIC
from tests.screening.corpus.score import (
    Scores,
    carried,
    made,
    named,
    passed,
    rows,
    spelled,
    twins,
    wilson,
)
from tests.screening.corpus.tricks import TRICKS

DETECTORS = {d.__name__: d for d in (*text._PASSES, *text._ABOUT)}


def missed(scores: Scores) -> list[str]:
    print("\n".join(rows(scores)))  # noqa: T201
    return [f"{kind}: {miss}" for kind, tally in scores.items() for miss in tally.misses]


def test_the_sample_is_held_out_and_large_enough() -> None:
    assert HELD_OUT != TUNING
    assert len(TRICKS) >= 42 and len(PUBLIC) >= 20


def test_every_spelling_in_every_wrapper_is_found() -> None:
    scores = spelled(HELD_OUT, 4)
    assert len(scores) == 16 and not missed(scores)


def test_every_kind_of_finding_is_found_in_text() -> None:
    assert not missed(made(HELD_OUT, 12))


def test_what_is_public_is_left_alone() -> None:
    scores = passed(HELD_OUT, 20)
    wrong = missed(scores)
    assert len(wrong) <= 0.02 * sum(tally.tried for tally in scores.values()), wrong


def test_every_spelling_is_found_in_every_kind_of_file() -> None:
    assert not missed(carried(HELD_OUT, 1))


def test_everything_hidden_is_found_and_its_twin_is_let_through() -> None:
    scores = twins(HELD_OUT, 2)
    clean = scores.pop("clean twins let through")
    assert not missed(scores)
    assert len(clean.misses) <= 0.02 * clean.tried, clean.misses


def test_hiding_is_called_by_its_name_when_the_words_are_harmless() -> None:
    assert set(TRICKS) > SEARCHED and len(NAMED) >= 45
    assert not missed(named(HELD_OUT, 1))


@pytest.mark.parametrize("name", DETECTORS)
def test_a_detector_switched_off_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for row in ("_PASSES", "_ABOUT"):
        left = tuple(d for d in getattr(text, row) if d is not DETECTORS[name])
        monkeypatch.setattr(text, row, left)
    assert missed(made(HELD_OUT, 12))


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(10, 10)
    assert (round(low, 4), high) == (0.7225, 1.0)
    low, high = wilson(1, 10)
    assert (round(low, 4), round(high, 4)) == (0.0179, 0.4042)
