"""The law files: what they hold, and that they fit each other."""

from datetime import date

import pytest

from gongkai import statute
from gongkai.refusal import Refused
from gongkai.statute.source import FOLDER

AT = date(2021, 3, 1)


def test_the_answer_periods_of_both_versions() -> None:
    assert str(statute.law("2007").period("reply")) == "15 个工作日"
    assert statute.law("2019").period("reply").article == "条例（2019）第33条第2款"
    assert statute.law("2019").period("reply").days == 20


def test_the_day_of_receipt_chooses_the_version() -> None:
    assert statute.law_for(date(2019, 5, 14)) is statute.law("2007")
    assert statute.law_for(date(2019, 5, 15)) is statute.law("2019")
    with pytest.raises(Refused):
        statute.law_for(date(2008, 4, 30))


@pytest.mark.parametrize(
    ("name", "days", "unit"),
    [
        ("extension", 20, "working_day"),
        ("correction_notice", 7, "working_day"),
        ("third_party_opinion", 15, "working_day"),
        ("co_organ_opinion", 15, "working_day"),
        ("proactive", 20, "working_day"),
        ("fee_payment", 20, "working_day"),
        ("withheld_review", 12, "month"),
    ],
)
def test_periods_of_2019(name: str, days: int, unit: str) -> None:
    period = statute.law("2019").period(name)
    assert (period.days, period.unit) == (days, unit)


def test_a_period_that_only_the_other_version_has_is_refused() -> None:
    assert not statute.law("2007").has("correction_notice")
    with pytest.raises(Refused, match="没有规定这项期限"):
        statute.law("2007").period("correction_notice")
    with pytest.raises(KeyError):
        statute.law("2007").period("corection")


def test_every_number_has_its_article() -> None:
    bare = [
        (law.id, name)
        for law in statute.laws()
        for name, period in law.periods.items()
        if "第" not in period.article
    ]
    assert bare == []
    assert all(o.article for o in statute.outcomes())
    assert all(v.reply.article for k in statute.message_kinds() for v in k.versions)


def test_conventions_are_marked_as_such() -> None:
    law = statute.law("2019")
    assert {n for n, p in law.periods.items() if p.convention} == {
        "correction", "proactive_on_request", "record_correction", "withheld_review",
        "supervision_report",
    }  # fmt: skip
    assert not law.restarts["paid"].confirmed


def test_only_the_old_law_counts_other_organs_and_mail_servers() -> None:
    old, new = statute.law("2007"), statute.law("2019")
    assert set(old.exclusions) == {"third_party"} and set(new.exclusions) == {
        "third_party",
        "organ",
    }
    assert (old.receipt["email"].by, new.receipt["email"].by) == ("system_received", "confirmed")
    assert new.silence["organ"].then == "consent" and new.silence["third_party"].then == "decide"


def test_report_dates() -> None:
    dates = {
        (law.id, who): (day.month, day.day)
        for law in statute.laws()
        for who, day in law.reports.items()
    }
    assert dates == {
        ("2007", "organ"): (3, 31), ("2007", "government"): (3, 31),
        ("2019", "organ"): (1, 31), ("2019", "government"): (3, 31),
    }  # fmt: skip


def test_channels_go_by_other_names_too() -> None:
    assert statute.channel("ems").key == "registered_mail"
    assert statute.channel("").key == "none"
    with pytest.raises(Refused, match="不认识的渠道"):
        statute.channel("pigeon")


@pytest.mark.parametrize(
    ("replied", "outcome", "months", "first"),
    [
        (date(2015, 4, 30), "D1", 3, False),
        (date(2015, 5, 1), "D1", 6, False),
        (date(2023, 12, 31), "D1", 6, False),
        (date(2024, 1, 1), "D1", 6, True),
        (date(2024, 1, 1), "P1", 6, True),
        (date(2024, 1, 1), "N1", 6, False),
        (date(2026, 1, 1), "R2", 6, False),
        (date(2024, 1, 1), "silence", 6, True),
    ],
)
def test_remedies_by_the_day_of_the_reply(
    replied: date, outcome: str, months: int, first: bool
) -> None:
    remedy = statute.remedy_for(replied, outcome)
    assert (remedy.review.days, remedy.review.unit) == (60, "day")
    assert (remedy.suit.days, remedy.suit.unit, remedy.review_first) == (months, "month", first)
    assert remedy.only_withheld_part == (outcome == "P1")
    assert len(remedy.organs) == 2, "a justice bureau names both"


@pytest.mark.parametrize(
    ("items", "yuan"),
    [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (45, 5500), (41, 4300), (50, 7000)],
)
def test_fee_by_items(items: int, yuan: int) -> None:
    assert statute.fee_by_items(items) == yuan


def test_fee_by_items_is_the_sum_of_single_prices() -> None:
    def price(i: int) -> int:
        return 0 if i <= 10 else 100 if i <= 30 else 200 + 100 * ((i - 31) // 10)

    total = 0
    for n in range(1, 300):
        total += price(n)
        assert statute.fee_by_items(n) == total


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(30, 0), (31, 10), (68, 380), (100, 700), (150, 1700), (200, 2700), (250, 4700)],
)
def test_fee_by_pages(pages: int, yuan: int) -> None:
    assert statute.fee_by_pages(pages) == yuan


def test_the_fee_of_what_comes_on_top() -> None:
    assert statute.fee_increment(30, 1) == 200


def test_message_periods() -> None:
    assert str(statute.message_period("咨询", AT)) == "5 个工作日"
    assert {statute.message_period(k, AT).days for k in ("投诉", "举报", "建议")} == {15}
    assert statute.message_kind("complaint").periods(AT).extension == statute.Period(
        15, "working_day", "内部约定", "extension", convention=True
    )
    assert statute.message_period("petition", date(2014, 1, 1)).article.startswith("信访条例")
    assert statute.message_period("petition", date(2022, 5, 1)).article.startswith("信访工作条例")
    assert statute.limit("returns_between_units").value == 2
    with pytest.raises(Refused):
        statute.message_kind("表扬")


def test_periods_elsewhere_have_a_text_for_every_day() -> None:
    for name in ("reconsideration", "litigation_direct", "litigation_after_review", "petition_60d"):
        for on in (date(2008, 5, 1), date(2015, 4, 30), date(2015, 5, 1), date(2026, 1, 1)):
            assert statute.period(name, on).days
    with pytest.raises(KeyError):
        statute.period("nothing", AT)


def test_lists() -> None:
    assert (len(statute.themes()), len(statute.genres(documents_only=True))) == (22, 15)
    assert (len(statute.article_20()), len(statute.article_21())) == (15, 6)
    assert statute.genres()[-1] == "其他"
    periods = {element.period for element in statute.guide_elements()} - {""}
    assert all(statute.law("2019").has(name) for name in periods)


def test_every_law_file_is_read_by_this_room() -> None:
    """A file that nothing reads is a law that does not hold."""
    source = "\n".join(p.read_text(encoding="utf-8") for p in FOLDER.parent.glob("*.py"))
    unread = {
        path.stem
        for path in FOLDER.glob("*.toml")
        if f'"{path.stem}"' not in source and path.stem.split("-")[0] not in ("ogi", "report")
    }
    assert unread == set()
