"""Every piece of a text is found, and nothing else."""

# ruff: noqa: RUF001 - look-alikes are what is tested

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gongkai.text.segment import index_tokens, normalise, query_terms, stream

SIGNS = (
    "政府信息公开示司发办号年第条的一二〇○ＡＢａ１２abXYZ0123456789éß㎡①㈠ﬁ々\U00020000\ue000"
    "〔〕［］[]（）()，。、：；《》“”·—-/\\|\"'*+?^~:% 　\t\r\n\u200b\ufeff\u0301\ud800😀"
)
texts = st.one_of(st.text(st.sampled_from(SIGNS), max_size=60), st.text(max_size=30))


def found(query: str, text: str) -> bool:
    """What each index does with tokens and terms, in the plainest way."""
    tokens = index_tokens(text)

    def has(wanted: list[str], prefix: bool) -> bool:
        if prefix:
            return any(token.startswith(wanted[0]) for token in tokens)
        size = len(wanted)
        return any(tokens[i : i + size] == wanted for i in range(len(tokens) - size + 1))

    terms = query_terms(query)
    return bool(terms) and all(has(term.tokens, term.is_prefix) for term in terms)


def test_a_piece_of_a_title_is_found() -> None:
    title = "关于印发《2014年政府信息公开工作要点》的通知"
    assert found("信息公开工作", title)
    assert not found("信息工作", title)


@pytest.mark.parametrize(
    "query", ["号", "28号", "发〔2014", "2014", "14〕28", "政办", "陕", "4〕2"]
)
def test_every_part_of_a_document_number_is_found(query: str) -> None:
    assert found(query, "见陕政办发〔2014〕28号文件")


@pytest.mark.parametrize(
    "query",
    [
        "示司发〔2014〕3号",
        "示司发[2014]3号",
        "示司发（2014）3号",
        "示司发 (2014) 3 号",
        "示司发［２０１４］３号",
        "示司发【2014】3号",
        "示司发　〔2014〕　3号",
        "示司发\n〔2014〕3号",
    ],
)
def test_a_document_number_is_the_same_in_any_writing(query: str) -> None:
    assert found(query, "根据示司发〔2014〕3号")
    assert found("示司发〔2014〕3号", f"根据{query}执行")
    assert not found(query, "根据示司发〔2014〕33号")
    assert not found(query, "根据示司发〔2014〕第4号")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("A市2014", "ａ市２０１４年"),
        ("市20", "A市2014"),
        ("通知", "通　知"),
        ("公开指南", "公开\n指南"),
        ("关于印发办法的通知", "关于印发《办法》的通知"),
        ("二〇一四", "二○一四年"),
        ("买买提艾山", "买买提·艾山"),
        ("OPEN", "open data"),
        ("pen", "open data"),
        ("㎡", "120m2"),
        ("1144170/2021-00050", "1144170/2021-00050"),
    ],
)
def test_writing_does_not_matter(query: str, text: str) -> None:
    assert found(query, text)


@pytest.mark.parametrize(
    "query", ["", " ", "，。", "《》", "-", '"', "|", "* ( ]", "\u200b", "\ud800"]
)
def test_a_query_without_letters_has_no_term(query: str) -> None:
    assert query_terms(query) == []


@settings(max_examples=300)
@given(texts, st.data())
@example("示司发 (2014) 3 号", None)
def test_every_substring_is_found(text: str, data: st.DataObject | None) -> None:
    plain = normalise(text)
    size = len(plain)
    if data is None:
        pieces = [plain[i:j] for i in range(size) for j in range(i + 1, size + 1)]
    else:
        assume(size >= 2)
        start = data.draw(st.integers(0, size - 2))
        pieces = [plain[start : data.draw(st.integers(start + 2, size))]]
    for piece in pieces:
        assert found(piece, text) or not stream(piece).strip("|")


@settings(max_examples=300)
@given(
    st.text(st.sampled_from("公开信息a1，《 "), max_size=12),
    st.text(st.sampled_from("公开信息a1，"), max_size=3),
)
def test_nothing_else_is_found(text: str, query: str) -> None:
    signs = stream(query).strip("|")
    assert found(query, text) == (bool(signs) and signs in stream(text))


@settings(max_examples=300)
@given(texts)
@example("0 E¯")
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
