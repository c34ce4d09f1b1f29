"""What the screening makes of the corpus: counts, Wilson intervals and every miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import sqrt
from random import Random

from gongkai.screening import DEFAULT, Policy, screen_file, screen_text
from tests.screening.corpus import negatives
from tests.screening.corpus.carriers import CARRIERS, TOGETHER
from tests.screening.corpus.lines import MAKERS, ONLY_THERE, SPELLINGS, WRAPPERS, identity
from tests.screening.corpus.named import NAMED, harmless
from tests.screening.corpus.tricks import TRICKS

POLICY = Policy(words=("蓝色行动",))
_ALSO = {"cut_numbers": "id_masked", "village_homes": "address", "local_phones": "landline",
         "police_plates": "plate", "terms": "secrecy_mark", "bare_lists": "minor",
         "inner_lines": "inner_address", "words": "word"}  # fmt: skip


@dataclass
class Tally:
    """Of ``tried``, how many came out right; the others by name."""

    tried: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, right: bool, what: str) -> None:
        """Counts one."""
        self.tried += 1
        if not right:
            self.misses.append(what)

    @property
    def right(self) -> int:
        """How many came out right."""
        return self.tried - len(self.misses)


Scores = dict[str, Tally]


def wilson(right: int, tried: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson), 0 to 1 when nothing was tried."""
    if not tried:
        return 0.0, 1.0
    share, square = right / tried, z * z / tried
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(share * (1 - share) / tried + square / (4 * tried))
    return max(0.0, middle - half), min(1.0, middle + half)


def spelled(seed: int, each: int) -> Scores:
    """Identity numbers in text, by spelling."""
    chance, scores = Random(seed), defaultdict[str, Tally](Tally)
    for spelling, wrapper in ((s, w) for s in SPELLINGS for w in WRAPPERS):
        for _ in range(each):
            line = wrapper.format(SPELLINGS[spelling](identity(chance)))
            scores[f"identity number, {spelling}"].add("id18" in _kinds(line), line)
    return scores


def made(seed: int, each: int) -> Scores:
    """Every other kind in text."""
    chance, scores = Random(seed), defaultdict[str, Tally](Tally)
    for kind, maker in (MAKERS | ONLY_THERE).items():
        for _ in range(each):
            line = maker(chance)
            scores[kind].add(_ALSO.get(kind, kind) in _kinds(line), line)
    return scores


def passed(seed: int, each: int) -> Scores:
    """Public lines: right is what nobody has to look at."""
    chance, scores = Random(seed), defaultdict[str, Tally](Tally)
    for kind, maker in negatives.MAKERS.items():
        for _ in range(each):
            line = maker(chance)
            grave = [f for f in screen_text(line, policy=POLICY) if f.severity != "note"]
            scores[f"public: {kind}"].add(not grave, line)
    return scores


def carried(seed: int, each: int) -> Scores:
    """Identity numbers in every spelling in every kind of file that has text."""
    chance, scores = Random(seed), defaultdict[str, Tally](Tally)
    for ending, carry in CARRIERS.items():
        tally = scores[f"identity number in {ending}"]
        for spelling in () if ending in TOGETHER else SPELLINGS:
            for _ in range(each):
                line = SPELLINGS[spelling](identity(chance))
                tally.add(_numbers(carry(line), ending) == 1, f"{spelling}: {line!r}")
        for _ in range(each if ending in TOGETHER else 0):
            lines = [
                f"{n + 1}号：{s(identity(chance))}；" for n, s in enumerate(SPELLINGS.values())
            ]
            count = _numbers(carry("\n".join(lines)), ending)
            for n in range(len(lines)):
                tally.add(n < count, f"{count} of {lines}")
    return scores


def twins(seed: int, each: int) -> Scores:
    """Hidden content, and the same files without it; equal twins count once."""
    chance, scores = Random(seed), defaultdict[str, Tally](Tally)
    seen: set[bytes] = set()
    for name, (ending, build) in TRICKS.items():
        for _ in range(each):
            payload = identity(chance)
            dirty = screen_file(build(payload), f"a.{ending}")
            scores[f"hidden: {name}"].add(dirty.verdict == "block", f"{name}: {dirty.verdict}")
            twin = build("")
            if twin in seen:
                continue
            seen.add(twin)
            clean = screen_file(twin, f"a.{ending}")
            scores["clean twins let through"].add(
                clean.verdict not in {"block", "unreadable"},
                f"{name}: {[(f.kind, f.place) for f in clean.findings]}",
            )
    return scores


def named(seed: int, each: int) -> Scores:
    """Hidden words without a number: right is what is called by its name. Of tricks whose words
    are only searched (``SEARCHED``) right is that the number in them is found.
    """
    chance, scores = Random(seed), defaultdict[str, Tally](Tally)
    for name, (ending, build) in TRICKS.items():
        kind, words = NAMED.get(name), harmless(ending)
        for _ in range(each):
            payload = words if kind else identity(chance)
            report = screen_file(build(payload), f"a.{ending}")
            wanted = kind or "id18"
            group = f"named as {kind}" if kind else "searched only, never named"
            kinds = {f.kind for f in report.findings}
            scores[group].add(wanted in kinds and report.verdict != "clean", f"{name}: {kinds}")
    return scores


ALL: tuple[Callable[[int, int], Scores], ...] = (spelled, made, passed, carried, twins, named)


def rows(scores: Scores) -> Iterator[str]:
    """Lines of a table: kind, right of tried, interval."""
    for kind, tally in scores.items():
        low, high = wilson(tally.right, tally.tried)
        yield f"{kind:44} {tally.right:6} / {tally.tried:<6} {low:8.2%} – {high:.2%}"


def _numbers(data: bytes, ending: str) -> int:
    return sum(f.kind == "id18" for f in screen_file(data, f"a.{ending}").findings)


def _kinds(line: str, policy: Policy = POLICY) -> set[str]:
    return {f.kind for f in screen_text(line, policy=policy or DEFAULT)}
