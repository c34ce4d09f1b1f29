"""Speed of screening text, as a ratio against the plainest way in the same run.

The plainest way: one compiled expression for each word and each kind of number, over
the normalised text. Prints MB/s of UTF-8 per second of
processor time.
"""

from __future__ import annotations

import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from gongkai.screening import DEFAULT, screen_text
from gongkai.screening.lexicon import lexicon

_RUNS = 5
_SENTENCES = (
    "各县（区）司法局，市局机关各处室：为做好年度政府信息公开工作，现将有关事项通知如下。",
    "一、提高认识，加强领导。要把信息公开作为推进依法行政的重要举措，落实责任分工。",
    "全年主动公开信息1286条，其中通过门户网站公开968条，政务微博公开318条。",
    "本机关2014年共受理依申请公开42件，已全部按期答复，没有收取费用。",
    "二、突出重点，深化法律援助、公证、律师、人民调解等公共法律服务领域的信息公开。",
    "联系地址：某市某区人民路109号，邮政编码：710000，办公时间：9:00—17:00。",
    "对涉及国家秘密、商业秘密和个人隐私的内容，严格按照保密审查程序办理。",
)


def article(characters: int, *, full_width: bool) -> str:
    """A clean text of invented sentences; now and then with full-width digits."""
    chance = random.Random(7)
    pieces, length = [], 0
    while length < characters:
        piece = chance.choice(_SENTENCES) + "\n"
        if full_width and chance.random() < 0.05:
            piece = piece.translate({48 + n: 0xFF10 + n for n in range(10)})
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)


def rate(text: str, work: Callable[[str], object]) -> float:
    """The best of a few runs in MB/s."""
    size = len(text.encode()) / 1e6
    best = min(_timed(text, work) for _ in range(_RUNS))
    return size / best


def _timed(text: str, work: Callable[[str], object]) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def plainest(words: list[str]) -> Callable[[str], object]:
    """One expression a word, one a kind of number."""
    numbers = [r"\d{17}[\dXx]", r"\d{15}", r"1[3-9]\d{9}", r"\d{16,19}", r"0\d{2,3}-?\d{7,8}"]
    expressions = [re.compile(p) for p in [*map(re.escape, words), *numbers]]

    def work(text: str) -> object:
        plain = unicodedata.normalize("NFKC", text)
        return [expression.findall(plain) for expression in expressions]

    return work


def main() -> None:
    """Prints a table: way, MB/s, ratio."""
    chance = random.Random(3)
    extra = tuple(
        "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(chance.randrange(3, 6)))
        for _ in range(5000)
    )
    policy = replace(DEFAULT, words=extra)
    screen_text("热身", policy=policy)
    plain_text, mixed = article(700_000, full_width=False), article(700_000, full_width=True)
    small = plain_text[:10_000]
    base = rate(small, plainest(lexicon(extra).patterns))
    rows = [
        ("one expression a word, with NFKC", base),
        ("ours, clean text", rate(plain_text, lambda t: screen_text(t, policy=policy))),
        ("ours, 5 % lines in full width", rate(mixed, lambda t: screen_text(t, policy=policy))),
    ]
    for name, speed in rows:
        sys.stdout.write(f"{name:36} {speed:9.2f} MB/s {speed / base:9.1f} x\n")


if __name__ == "__main__":
    main()
