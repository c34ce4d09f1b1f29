"""Numbers come back as they were, however they were written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.numbers import (
    DocumentNumber,
    article_label,
    article_number,
    capital_amount,
    chinese_year,
    format_document_number,
    parse_capital_amount,
    parse_document_number,
)
from gongkai.text.numerals import LARGEST, capital, numeral, parse_numeral

NUMERALS = {
    0: "零",
    7: "七",
    10: "十",
    12: "十二",
    20: "二十",
    100: "一百",
    105: "一百零五",
    110: "一百一十",
    1_001: "一千零一",
    10_000: "一万",
    10_010: "一万零一十",
    100_305: "十万零三百零五",
    1_000_000: "一百万",
    100_000_001: "一亿零一",
    100_010_000: "一亿零一万",
    20_304_000_560: "二百零三亿零四百万零五百六十",
}


def test_a_document_number_is_written_as_the_standard_says() -> None:
    assert format_document_number("示司发", 2014, 3) == "示司发〔2014〕3号"


@pytest.mark.parametrize(("number", "spelt"), NUMERALS.items())
def test_numerals(number: int, spelt: str) -> None:
    assert numeral(number) == spelt
    assert parse_numeral(spelt) == number


@given(st.integers(0, LARGEST))
def test_numerals_come_back(number: int) -> None:
    assert parse_numeral(numeral(number)) == number == parse_numeral(capital(number))


@pytest.mark.parametrize(
    "text", ["", "十十", "二百三", "一十二万万", "甲", "百", "3.5", "零十", "-1"]
)
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        parse_numeral(text)


def test_a_year_has_four_signs() -> None:
    assert chinese_year(2014) == "二〇一四"
    assert parse_numeral("二○一四") == 2014
    with pytest.raises(ValueError, match="no year"):
        chinese_year(14)


@given(st.integers(1000, 9999))
def test_years_come_back(year: int) -> None:
    assert parse_numeral(chinese_year(year)) == year


@given(st.integers(1, LARGEST))
def test_articles_come_back(number: int) -> None:
    assert article_number(article_label(number)) == number


def test_articles() -> None:
    assert article_label(12) == "第十二条"
    assert article_number("第 12 条") == 12
    for wrong in ("第条", "第零条", "十二条", "第十二条之一"):
        with pytest.raises(ValueError, match="no"):
            article_number(wrong)
    with pytest.raises(ValueError, match="no article"):
        article_label(0)


@given(
    st.sampled_from(["示司发", "陕政办发", "国办公开办函", "示公复"]),
    st.integers(1000, 2999),
    st.integers(1, 99_999),
    st.sampled_from(["〔{}〕{}号", "[{}]{}号", "（{}）{}号", " ( {} ) {} 号", "【{}】第{}号"]),
)
def test_document_numbers_come_back(prefix: str, year: int, serial: int, form: str) -> None:
    written = prefix + form.format(year, f"{serial:02d}")
    assert parse_document_number(written) == DocumentNumber(prefix, year, serial)
    assert str(parse_document_number(written)) == format_document_number(prefix, year, serial)


@pytest.mark.parametrize(
    "text", ["", "示司发", "〔2014〕3号", "示司发〔201〕43号", "示司发〔2014〕0号"]
)
def test_what_is_no_document_number(text: str) -> None:
    assert parse_document_number(text) is None


@pytest.mark.parametrize(
    ("prefix", "year", "serial"), [("", 2014, 3), ("甲", 14, 3), ("甲", 2014, 0)]
)
def test_impossible_document_numbers_are_refused(prefix: str, year: int, serial: int) -> None:
    with pytest.raises(ValueError, match="no document number"):
        format_document_number(prefix, year, serial)


@pytest.mark.parametrize(
    ("yuan", "spelt"),
    [
        ("0", "人民币零元整"),
        ("30", "人民币叁拾元整"),
        ("105.5", "人民币壹佰零伍元伍角整"),
        ("12.05", "人民币壹拾贰元零伍分"),
        ("1.23", "人民币壹元贰角叁分"),
    ],
)
def test_sums(yuan: str, spelt: str) -> None:
    assert capital_amount(Decimal(yuan)) == spelt
    assert parse_capital_amount(spelt) == Decimal(yuan)


@given(st.decimals(0, LARGEST, places=2))
def test_sums_come_back(yuan: Decimal) -> None:
    assert parse_capital_amount(capital_amount(yuan)) == yuan


@pytest.mark.parametrize("yuan", [Decimal("-1"), Decimal("0.001"), Decimal(LARGEST) + 1])
def test_impossible_sums_are_refused(yuan: Decimal) -> None:
    with pytest.raises(ValueError, match=r"no sum|cannot be spelt"):
        capital_amount(yuan)
