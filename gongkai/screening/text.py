"""Screens text: normalise, find words and digit runs, and only then look closer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from gongkai.screening import credentials, lists, maps, marks, people, places, villages
from gongkai.screening.findings import Finding, finding
from gongkai.screening.lexicon import lexicon
from gongkai.screening.limits import MAX_FINDINGS
from gongkai.screening.masked import cut_short, masked
from gongkai.screening.masking import covered, masked_value
from gongkai.screening.normalise import normalise
from gongkai.screening.numbers import numbers
from gongkai.screening.passages import Passage
from gongkai.screening.phones import local_phones
from gongkai.screening.policy import DEFAULT, Policy
from gongkai.screening.source import Hit, Source


def words(source: Source) -> Iterator[Hit]:
    """The site's own words."""
    for word in source.group("word"):
        yield Hit("word", word.start, word.end, source.text[word.start : word.end])


_PASSES: tuple[Callable[[Source], Iterator[Hit]], ...] = (
    numbers,
    masked,
    cut_short,
    people.permits,
    people.plates,
    people.mails,
    people.addresses,
    villages.village_homes,
    local_phones,
    people.names,
    marks.secrecy,
    marks.terms,
    marks.numbers_of_secrets,
    marks.internal,
    marks.attributes,
    credentials.credentials,
    credentials.inner_addresses,
    lists.lists,
    lists.bare_lists,
    places.copy_numbers,
    places.coordinates,
    places.inner_lines,
    maps.maps,
    words,
)
_ABOUT: tuple[Callable[[Source, Iterable[Hit]], Iterator[Hit]], ...] = (
    people.minors,
    people.sensitive,
)
"""Detectors that need what the others found."""
_CONTEXT = 12
_ROUNDS = 20


def read(text: str, policy: Policy = DEFAULT) -> Source:
    """The text, ready for the detectors."""
    normalised = normalise(text)
    return Source(normalised, lexicon(policy.words).find(normalised.text), policy)


def hits_in(source: Source, most: int | None = None) -> list[Hit]:
    """What is found, in order of place; ``most``: how many hits of one detector are worth the
    time.
    """
    found: list[Hit] = []
    for detect in _PASSES:
        found.extend(islice(detect(source), most))
    for look in _ABOUT:
        found += list(islice(look(source, found), most))
    return sorted(found, key=lambda hit: (hit.start, hit.end, hit.kind))


def screen_text(text: str, *, place: str = "正文", policy: Policy = DEFAULT) -> tuple[Finding, ...]:
    """What in a text must not be published. Give plain text: tags inside words hide them.

    Offsets in the findings count characters of ``text``. An empty result is not a proof: names and
    addresses are guesses, and a text without marks may still be secret.
    """
    return tuple(screen_passage(Passage(place, text), policy))


def screen_passage(passage: Passage, policy: Policy = DEFAULT) -> Iterator[Finding]:
    """The findings of one passage, each with its own place in the file."""
    source = read(passage.text, policy)
    hits = hits_in(source, MAX_FINDINGS + 1)
    if len(hits) > MAX_FINDINGS:
        yield finding("too_many", passage.place, excerpt=f"超过{MAX_FINDINGS}处")
    for hit in hits[:MAX_FINDINGS]:
        start, end = source.normalised.span(hit.start, hit.end)
        yield finding(
            hit.kind,
            passage.place_at(start),
            excerpt=_excerpt(source, hit),
            value=hit.value,
            start=start,
            end=end,
            severity=hit.severity,
            pepper=policy.pepper,
        )


def _excerpt(source: Source, hit: Hit) -> str:
    """The masked value; for words a few characters around them, with every number in it masked."""
    if hit.kind in {"name_list", "minor"} and "+" in hit.value:
        return hit.value
    value = masked_value(hit, source.policy.masking)
    if value is not None:
        return value
    if hit.kind == "sensitive":
        return hit.value
    first, last = source.line(hit.start)
    around = source.text[max(first, hit.start - _CONTEXT) : min(last, hit.end + _CONTEXT)]
    return " ".join(_stars(around or hit.value).split())


def _stars(text: str) -> str:
    """A short cut may have cut a number in two, so that no rule knows it any more: its digits
    go.
    """
    longest = 0
    for char in text:
        longest = longest + 1 if char.isdigit() else 0
        if longest >= 5:
            return "".join("*" if c.isdigit() else c for c in text)
    return text


def mask(text: str, policy: Policy = DEFAULT) -> str:
    """The text with personal numbers, addresses and names masked by the site's one rule.

    Runs again until nothing more is found: masking may bring two numbers together that a third
    one parted. A text that still holds one after many rounds loses all its digits.
    """
    for _ in range(_ROUNDS):
        source = read(text, policy)
        instead = [
            (*source.normalised.span(hit.start, hit.end), value)
            for hit in hits_in(source)
            if hit.kind != "id_masked" or hit.value != masked_value(hit, policy.masking)
            if (value := masked_value(hit, policy.masking)) is not None
        ]
        if not instead:
            return text
        text = covered(text, instead)
    return re.sub("[0-9]", "*", normalise(text).text)
