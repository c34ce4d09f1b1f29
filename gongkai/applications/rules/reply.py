"""What a reply needs before it may go to the reviewers, and what its letter must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.applications.rules.citing import formal, joined
from gongkai.applications.rules.linting import wrong_articles, wrong_working_days
from gongkai.statute import (
    GROUPS,
    Ground,
    Law,
    Outcome,
    Remedy,
    grounds,
    outcome,
    period,
    remedy_for,
)
from gongkai.text.numerals import parse_numeral

# These end an application without a reply: there was no rectification, or no payment.
WITHOUT_REPLY = frozenset({"O1", "O2"})
_NEEDS_SEARCH, _NEEDS_RECTIFICATION, _NEEDS_REASONS = "N1", "N3", "R4"
_WITHHELD = ("D", "P")
_GIVES = ("G", "P", "O")
_NUMERALS = "0-9一二三四五六七八九十百"
_PERIOD = re.compile(rf"(?<![年月第{_NUMERALS}])([{_NUMERALS}]+)\s*(个月|个工作日|日|天)[之以]?内")
_REDRESS = re.compile(r"复议|诉讼|起诉")
_BLANK = re.compile(r"\{[^}]*\}|[XＸ×]{2,}|＿{2,}|_{2,}")  # noqa: RUF001 - blanks of old templates


@dataclass(frozen=True)
class Basis:
    """On what a reply rests. ``grounds`` are keys of the law's grounds for withholding,
    ``handed_over`` the names of the documents that go with the letter.
    """

    law: Law
    outcome: str
    grounds: tuple[str, ...] = ()
    article: str = ""
    text: str = ""
    search_record: str = ""
    rectified: bool = False
    without_reasons: bool = False
    handed_over: tuple[str, ...] = ()

    @property
    def result(self) -> Outcome:
        """One of the 21."""
        return outcome(self.outcome)


def by_reply(code: str) -> bool:
    """Whether a reply can have this outcome."""
    return outcome(code).code not in WITHOUT_REPLY


def grounds_for(law: Law, code: str) -> list[Ground]:
    """The grounds that fit an outcome: its own, or any for a part that is withheld."""
    group = outcome(code).group
    if group not in _WITHHELD:
        return []
    return [g for g in grounds(law.id) if group == "P" or g.outcome == code]


def objection_to_basis(basis: Basis) -> tuple[str, str]:
    """(field, what is missing) before a reply may be drafted so; both empty when nothing is."""
    return next(_lacks(basis), ("", ""))


def _lacks(basis: Basis) -> Iterator[tuple[str, str]]:
    if not by_reply(basis.outcome):
        yield "outcome", f"“{basis.result.label}”不用答复书办结，请按“逾期不再处理”办理。"
    if basis.handed_over and basis.result.group not in _GIVES:
        yield "files", f"“{basis.result.label}”不提供文件，请取消所附文件或改选答复类型。"
    if len(set(basis.handed_over)) < len(basis.handed_over):
        yield "files", "所附文件有重名，申请人分不清，请改名后重新上传。"
    fitting = {g.key for g in grounds_for(basis.law, basis.outcome)}
    if set(basis.grounds) - fitting:
        yield "grounds", "所选理由与答复类型不符，请重新选择。"
    if fitting and not basis.grounds:
        yield "grounds", "不予公开的部分须写明理由，请选择依据。"
    if not article_of(basis):
        yield "article", f"{basis.law.short}没有与此对应的条款，请写明所依据的规定。"
    if not basis.text.strip():
        yield "text", "请写明答复内容和理由。"
    yield from _lacks_before(basis)


def _lacks_before(basis: Basis) -> Iterator[tuple[str, str]]:
    """What must have been done before this outcome is possible."""
    if basis.outcome == _NEEDS_SEARCH and not basis.search_record.strip():
        told = "查了哪里、用什么词、由谁查、何时查。"
        yield "search_record", f"答复“不掌握”的，请先填写检索记录：{told}"
    asks = "ask_reasons" in basis.law.duties
    if basis.outcome == _NEEDS_REASONS and asks and not basis.without_reasons:
        told = "请先要求申请人说明理由，并登记其理由是否合理。"
        yield "outcome", f"申请人的理由合理或者尚未要求说明，不能按“大量反复申请”答复，{told}"
    if basis.outcome == _NEEDS_RECTIFICATION and not basis.rectified:
        told = "请先告知补正。"
        yield "outcome", f"申请人没有补正过，不能按“补正后申请内容仍不明确”答复，{told}"


def article_of(basis: Basis) -> str:
    """The articles that the reply cites, as a letter writes them; empty where the law has none."""
    if basis.article.strip():
        return formal(basis.article.strip(), basis.law)
    found = basis.result.article
    if basis.law.id == "2007":
        answer = basis.result.answer_2007
        found = f"{basis.law.short}{answer}" if answer else ""
    chosen = [g.article for g in grounds(basis.law.id) if g.key in basis.grounds]
    articles = [*chosen, *([found] if found else [])]
    return joined(list(dict.fromkeys(formal(a, basis.law) for a in articles)))


def article_of_lapse(code: str, law: Law) -> str:
    """The article by which an application is given up (O1, O2), as a letter writes it."""
    return formal(outcome(code).article, law)


def lint(letter: str, basis: Basis, replied_on: date) -> list[str]:
    """What is wrong with the text of a reply letter; every line says what to do."""
    remedy = remedy_for(replied_on, basis.outcome)
    return [
        *_missing(letter, basis, remedy),
        *wrong_periods(letter, remedy, replied_on),
        *wrong_working_days(letter, basis.law),
        *wrong_articles(letter, article_of(basis), basis.law),
    ]


def _missing(letter: str, basis: Basis, remedy: Remedy) -> Iterator[str]:
    if article_of(basis) not in letter:
        yield f"答复书没有写明依据“{article_of(basis)}”，请补上。"
    for organ in remedy.organs:
        if organ not in letter:
            yield f"答复书没有告知可以向{organ}申请行政复议，请补上救济途径。"
    if "行政复议" not in letter or "诉讼" not in letter:
        yield "答复书没有完整告知行政复议和行政诉讼途径，请补上。"
    if remedy.review_first and "先" not in letter:
        yield f"“{GROUPS[basis.result.group]}”须先申请行政复议（{remedy.articles[1]}），请写明。"
    if blank := _BLANK.search(letter):
        yield f"答复书还有没有填写的地方“{blank[0]}”，请补全。"


def wrong_periods(letter: str, remedy: Remedy, replied_on: date) -> list[str]:
    """Periods for reconsideration or suit in the text that are not those of the law on that day.

    The periods that must be told and are not are wrong too: (60, 日) and so on.
    """
    told = {
        (parse_numeral(number), unit.replace("天", "日"))
        for sentence in re.split(r"[。；;\n]", letter)
        if _REDRESS.search(sentence)
        for number, unit in _PERIOD.findall(sentence)
    }
    right = _periods(remedy, replied_on)
    wrong = [f"“{n}{unit}”不是现行的复议或诉讼期限，请改正。" for n, unit in sorted(told - right)]
    return wrong + [
        f"答复书没有写明“{n}{unit}”的期限，请补上。" for n, unit in sorted(right - told)
    ]


def _periods(remedy: Remedy, replied_on: date) -> set[tuple[int, str]]:
    review, direct = (remedy.review.days, "日"), (remedy.suit.days, "个月")
    after = (period("litigation_after_review", replied_on).days, "日")
    if not remedy.review_first:
        return {review, direct}
    return {review, after, direct} if remedy.only_withheld_part else {review, after}
