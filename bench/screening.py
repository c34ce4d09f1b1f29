"""Speed of screening text, as ratios in one run, and the time for the nastiest inputs.

Beside it: the prototype without normalisation (the automaton and one expression for digit runs),
and the plainest way (one compiled expression a word and a kind of number, on a small part).
MB/s of UTF-8 per second of processor time, the best of a few runs.
"""

from __future__ import annotations

import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from gongkai.screening import DEFAULT, screen_text
from gongkai.screening.lexicon import lexicon

_RUNS = 3
_GOAL = 40.0
_BYTES = 50_000_000
_SENTENCES = (
    "各县（区）司法局，市局机关各处室：为做好年度政府信息公开工作，现将有关事项通知如下。",
    "一、提高认识，加强领导。要把信息公开作为推进依法行政的重要举措，落实责任分工。",
    "全年主动公开信息1286条，其中通过门户网站公开968条，政务微博公开318条。",
    "本机关2014年共受理依申请公开42件，已全部按期答复，没有收取费用。",
    "二、突出重点，深化法律援助、公证、律师、人民调解等公共法律服务领域的信息公开。",
    "联系地址：某市某区人民路109号，邮政编码：710000，办公时间：9:00—17:00。",
    "对涉及国家秘密、商业秘密和个人隐私的内容，严格按照保密审查程序办理。",
)


def article(size: int, *, full_width: bool = False) -> str:
    """Clean text of invented sentences, ``size`` bytes; 5 % of lines with full-width digits."""
    chance = random.Random(7)
    pieces, length = [], 0
    while length < size:
        piece = chance.choice(_SENTENCES) + "\n"
        if full_width and chance.random() < 0.05:
            piece = piece.translate({48 + n: 0xFF10 + n for n in range(10)})
        pieces.append(piece)
        length += len(piece.encode())
    return "".join(pieces)


def rate(text: str, work: Callable[[str], object]) -> float:
    """The best of a few runs in MB/s."""
    size = len(text.encode()) / 1e6
    return size / min(timed(text, work) for _ in range(_RUNS))


def timed(text: str, work: Callable[[str], object]) -> float:
    """Processor seconds."""
    start = time.process_time()
    work(text)
    return time.process_time() - start


def prototype(extra: tuple[str, ...]) -> Callable[[str], object]:
    """Words and digit runs, without normalisation and without deciding anything."""
    words, run = lexicon(extra), re.compile("[0-9]{10,}[Xx]?")
    return lambda text: (words.find(text), run.findall(text))


def plainest(words: list[str]) -> Callable[[str], object]:
    """One expression a word, one a kind of number."""
    numbers = [r"\d{17}[\dXx]", r"\d{15}", r"1[3-9]\d{9}", r"\d{16,19}", r"0\d{2,3}-?\d{7,8}"]
    expressions = [re.compile(p) for p in [*map(re.escape, words), *numbers]]

    def work(text: str) -> object:
        plain = unicodedata.normalize("NFKC", text)
        return [expression.findall(plain) for expression in expressions]

    return work


_PIECES = {
    "digits and spaces": "1 ", "digits and dashes": "1 - ", "numbers": "990101199003078535 ",
    "mobiles": "13912345678\n", "brackets": "（）", "digits in brackets": "(1)",
    "zero width": "\u200b", "zero width in digits": "1\u200b", "combining marks": "e\u0301",
    "marks on digits": "1\u0301", "one long line": "关于做好信息公开工作的通知",
    "one line of marks": "机密", "stars": "1*", "mails": "a@b.", "dots": "1.", "at": "@",
    "addresses": "10.1.1.1.", "inner addresses": "192.168.1.1 ",
    "houses": "路1号1室", "homes": "住址甲路", "passwords": "password:",
    "numerals": "一 ", "plates": "京A12345", "ligatures": "\ufdfa", "half pairs": "\ud800",
    "cells": "张小三\t990101199003078535\t",
}  # fmt: skip


def nasty() -> Iterator[tuple[str, str]]:
    """Inputs of 1 MB that a careless expression or loop would stumble over."""
    chance = random.Random(5)
    yield "all digits", "".join(chance.choice("0123456789") for _ in range(1_000_000))
    yield "digits and gaps", "".join(chance.choice("0123456789 -") for _ in range(1_000_000))
    for name, piece in _PIECES.items():
        yield name, piece * (1_000_000 // len(piece.encode("utf-8", "surrogatepass")))


def main() -> None:
    """Prints a table: way, MB/s, ratio; then the slowest of the nasty inputs."""
    chance = random.Random(3)
    extra = tuple(
        "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(chance.randrange(3, 6)))
        for _ in range(5000)
    )
    policy = replace(DEFAULT, words=extra)

    def ours(text: str) -> object:
        return screen_text(text, policy=policy)

    ours("热身")
    text = article(_BYTES)
    base = rate(text[:10_000], plainest(lexicon(extra).patterns))
    rows = [
        ("one expression a word, with NFKC", base),
        ("automaton and digit runs only", rate(text, prototype(extra))),
        (f"ours, clean text (goal {_GOAL:.0f})", rate(text, ours)),
    ]
    rows.append(("ours, 5 % lines in full width", rate(article(_BYTES, full_width=True), ours)))
    for name, speed in rows:
        sys.stdout.write(f"{name:36} {speed:9.2f} MB/s {speed / base:9.1f} x\n")
    slow = sorted(((min(timed(t, ours) for _ in range(2)), name) for name, t in nasty()))[::-1]
    for seconds, name in slow[:5]:
        sys.stdout.write(f"1 MB of {name:28} {seconds:9.2f} s (goal 1 s)\n")


if __name__ == "__main__":
    main()
