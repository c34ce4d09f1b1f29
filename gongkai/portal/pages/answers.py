"""Published answers: the list and one page each, masked, with the asker's consent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai.catalogue.models import SiteProfile
from gongkai.enquiries.queries import PublicAnswer, public_answers
from gongkai.portal import addresses, contexts
from gongkai.portal.pages.columns import frame_of_address
from gongkai.portal.pages.exchange import statistics_page
from gongkai.portal.pages.sites import site_context
from gongkai.portal.reading import reads

_COLUMN = contexts.Column(name="答复公开", kind="互动交流")


def pages(profile: SiteProfile) -> Iterator[tuple[str, Callable[[], contexts.Page]]]:
    """Paths and builders; the portal alone answers, the law site does not."""
    if profile.kind != SiteProfile.Kind.PORTAL:
        return
    found = public_answers(profile.agency)
    for answer in found:
        yield addresses.answer_path(answer.number), partial(answer_page, answer, profile)
    yield addresses.ANSWERS, partial(answers_page, found, profile)
    yield addresses.STATISTICS, partial(statistics_page, profile)


def answers_page(found: list[PublicAnswer], profile: SiteProfile) -> contexts.Page:
    """Every published answer, newest first."""
    reads(f"answers:{profile.agency.code}")
    return contexts.ColumnPage(
        site=site_context(profile),
        title="答复公开",
        path=addresses.ANSWERS,
        **frame_of_address(addresses.ANSWERS, profile),  # type: ignore[arg-type]
        column=_COLUMN,
        intro="经来件人同意公开的答复，个人信息已按规则遮蔽。",
        rows=tuple(
            contexts.Row(
                title=f"〔{answer.kind}〕{answer.title}",
                url=addresses.answer_path(answer.number),
                on=answer.answered_on,
            )
            for answer in found
        ),
        empty="还没有公开的答复。",
    )


def answer_page(answer: PublicAnswer, profile: SiteProfile) -> contexts.Page:
    """One question and its answer."""
    reads(f"answers:{profile.agency.code}")
    return contexts.TextPage(
        site=site_context(profile),
        title=answer.title,
        path=addresses.answer_path(answer.number),
        **_below(profile),  # type: ignore[arg-type]
        column=_COLUMN,
        body=_body(answer),
        updated_on=answer.answered_on,
    )


def _below(profile: SiteProfile) -> dict[str, object]:
    frame = frame_of_address(addresses.ANSWERS, profile)
    crumbs = cast(tuple[contexts.Link, ...], frame["crumbs"])
    return {**frame, "crumbs": (*crumbs, contexts.Link("答复公开", addresses.ANSWERS))}


def _body(answer: PublicAnswer) -> SafeString:
    facts = format_html(
        "<p>{}　收到日期：{}　答复日期：{}　答复单位：{}</p>",
        answer.kind,
        answer.received_on.isoformat(),
        answer.answered_on.isoformat(),
        answer.unit,
    )
    return format_html(
        "{}<h2>来件内容</h2>{}<h2>答复内容</h2>{}",
        facts,
        _paragraphs(answer.question),
        _paragraphs(answer.answer),
    )


def _paragraphs(text: str) -> SafeString:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))
