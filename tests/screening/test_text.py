"""Personal numbers and marks in text. Every number here is invented: region 99 does not exist."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.refusal import Refused
from gongkai.screening import DEFAULT, EDITION, KINDS, Masking, Policy, mask, screen_text, worst
from gongkai.screening.checks import id18_check, is_credit_code, is_id18
from gongkai.screening.normalise import fold, normalise


def invented(base: str = "99010119900307853") -> str:
    """An identity number of nobody, with the right check digit."""
    return base + id18_check(base)


ID = invented()
ENDS_IN_X = next(n for k in range(100, 999) if (n := invented(f"99010119900307{k}"))[-1] == "X")


def kinds(text: str, **options: object) -> set[str]:
    return {f.kind for f in screen_text(text, **options) if f.severity != "note"}  # type: ignore[arg-type]


def digits_from(start: int) -> dict[int, str]:
    return {ord(str(n)): chr(start + n) for n in range(10)}


CIRCLED = {ord("0"): "⓪"} | {ord(str(n)): chr(0x2460 + n - 1) for n in range(1, 10)}
SPELLINGS = {
    "plain": ID,
    "full width": ID.translate(digits_from(0xFF10)),
    "6-8-4": f"{ID[:6]} {ID[6:14]} {ID[14:]}",
    "6-3-4": f"{ID[:6]} {ID[6:9]} {ID[9:13]} {ID[13:]}",
    "spaced": " ".join(ID),
    "line feed": f"{ID[:9]}\n{ID[9:]}",
    "CRLF": f"{ID[:9]}\r\n{ID[9:]}",
    "dashes": f"{ID[:6]}-{ID[6:14]}-{ID[14:]}",
    "long dashes": f"{ID[:6]}–{ID[6:14]}–{ID[14:]}",
    "zero width": "\u200b".join(ID),
    "bidi control": f"{ID[:4]}\u202e{ID[4:]}\u202c",
    "upper X": ENDS_IN_X,
    "lower x": ENDS_IN_X.lower(),
    "Greek X": ENDS_IN_X[:17] + "\u03a7",
    "no-break space": f"{ID[:6]}\u00a0{ID[6:]}",
    "ideographic space": f"{ID[:6]}\u3000{ID[6:]}",
    "glued": f"张某{ID}号",
    "tab": f"{ID[:6]}\t{ID[6:]}",
    "brackets": f"【{ID}】",
    "inner brackets": f"{ID[:6]}（{ID[6:14]}）{ID[14:]}",
    "circled": ID.translate(CIRCLED),
    "mathematical": ID.translate(digits_from(0x1D7CE)),
    "Arabic-Indic": ID.translate(digits_from(0x0660)),
    "Chinese numerals": ID.translate(
        {ord(str(n)): c for n, c in enumerate("〇一二三四五六七八九")}
    ),
    "keycaps": "".join(f"{c}\ufe0f\u20e3" for c in ID),
    "after a letter": f"ID{ID}",
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
@pytest.mark.parametrize("around", ["{}", "甲{}乙", "1. {}；", "身份证号：{}\n2"])
def test_an_identity_number_is_found_in_every_spelling(spelling: str, around: str) -> None:
    assert "id18" in kinds(around.format(spelling))


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_masking_leaves_no_spelling_of_a_number(spelling: str) -> None:
    covered = mask(f"身份证{spelling}。")
    assert "id18" not in kinds(covered)
    assert ID[6:14] not in normalise(covered).text.replace(" ", "")


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_one_number_is_one_finding(spelling: str) -> None:
    assert [f.kind for f in screen_text(f"{spelling} 13912345678")] == ["id18", "mobile"]


BLOCKED = {
    "mobile": "请拨13912345678联系",
    "mobile 3-4-4": "电话 139 1234 5678",
    "mobile +86": "+86 13912345678",
    "card": "卡号6222021234567890128",
    "passport": "护照号E12345678",
    "officer": "军官证：军字第1234567号",
    "home": "家庭住址：某市某区朝阳路12号",
    "private phone": "住宅电话029-87654321",
    "star": "机密★1年",
    "star spaced": "机 密 ★ 10 年",
    "level": "密级：秘密",
    "alone": "关于某事的报告\n绝密\n某局",
    "before use": "绝密★启用前",
    "zero width mark": "机\u200b密★长期",
    "cipher number": "市委密电〔2014〕12号",
    "secret letter": "某密函[2014]3号",
    "year then secret": "某发〔2014〕密3号",
    "internal": "内部资料 注意保存",
    "this paper": "此件不公开",
    "password": "初始password=Abc12345",
    "password in Chinese": "登录密码：abc#2014",
    "private key": "-----BEGIN RSA PRIVATE KEY-----",
    "server": "服务器地址192.168.1.20",
    "over-shown": "99010119900307***5，",
    "date beside": "990101********8535，出生日期1990年3月7日",
    "bank list": "姓名\t银行代发\n张某\t1000000000000000009\n",
}


@pytest.mark.parametrize("text", BLOCKED.values(), ids=BLOCKED.keys())
def test_what_must_not_go_out_blocks(text: str) -> None:
    assert worst(screen_text(text)) == "block"


HARMLESS = (
    "统一社会信用代码91350100M000100Y43",
    "索引号：11610100013330-2015-00020，000014349/2015-00020",
    "某政办发〔2014〕28号文件，内部控制制度和内部管理",
    "保守国家秘密，保护商业秘密和个人隐私，做好保密审查、机密性评估",
    "涉及国家秘密、工作秘密的信息，行政机关不得公开；其他信息依申请公开。",
    "机密级、秘密级国家秘密的确定",
    "公民身份证号码990*************35，手机138****1234",
    "服务热线12348、12345，办公电话029-87654321",
    "办公地址：某市某区人民路109号办公楼501室",
    "住址：某县某镇",
    "支出1,234,567.89元，其中13912345678元为专项资金",
    "二〇一四年十二月三十一日，2014 11 25 8 00",
    "商用密码应用，口令应定期更换",
    "版本10.1.2，第10.1节",
    "法律援助窗口帮助残疾人、未成年人和精神病人",
    "15 326 4567 890 12 33 18",
    "ISBN 978-7-5093-1234-5",
    "咨询zwgk@example.gov.cn",
)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_public_passes(text: str) -> None:
    assert worst(screen_text(text)) == "clean", [f.kind for f in screen_text(text)]


def test_a_mistyped_number_blocks_under_a_header_and_is_looked_at_beside_the_word() -> None:
    wrong = ID[:17] + str((int(ID[17]) + 5) % 10)
    assert {f.kind: f.severity for f in screen_text(f"姓名\t证件号\n甲某\t{wrong}")} == {
        "id18_typo": "block"
    }
    assert worst(screen_text(f"身份证号{wrong}")) == "review"
    assert worst(screen_text(f"合同编号{wrong}")) == "clean"


def test_an_old_number_needs_the_word_to_block() -> None:
    assert worst(screen_text("编号990101900307853")) == "review"
    assert worst(screen_text("身份证990101900307853")) == "block"


def test_a_birth_date_in_a_mask_is_looked_at_and_the_sites_own_mask_passes() -> None:
    assert kinds("******19900307****") == kinds("990101********8535") == {"id_masked"}
    assert kinds("990*************35") == set()


def test_a_list_blocks_when_names_stand_beside_another_attribute() -> None:
    assert "name_list" in kinds("序号\t姓名\t致贫原因\n1\t张小三\t因病致贫\n")
    assert "minor" in kinds("姓名\t学校\n张小三\t某小学三年级\n")
    assert kinds("序号\t姓名\t救助金额\n1\t张小三\t500\n") == set()
    assert kinds("姓名\t联系电话\n张小三\t138****1234\n") == set()


def test_a_minor_blocks_and_one_person_cannot_settle_it() -> None:
    child = invented("99010120200307853")
    assert {f.kind for f in screen_text(child) if f.severity == "block"} == {"id18", "minor"}
    assert KINDS["minor"].needs_second_person
    grown = Policy(on=date(2040, 1, 1))
    assert kinds(child, policy=grown) == {"id18"}


def test_illness_counts_only_beside_a_person() -> None:
    assert "sensitive" in kinds("患者王小红因乙肝住院")
    assert kinds("乙肝防治知识") == set()


def test_office_phones_are_allowed_by_the_sites_list() -> None:
    text = "值班电话13912345678"
    assert kinds(text) == {"mobile"}
    assert kinds(text, policy=Policy(office_phones=frozenset({"13912345678"}))) == set()


def test_a_sites_own_words_are_found() -> None:
    assert kinds("蓝色行动方案", policy=Policy(words=("蓝色行动",))) == {"word"}


def test_no_excerpt_shows_the_value() -> None:
    texts = [
        *SPELLINGS.values(),
        *BLOCKED.values(),
        f"秘密 {ID}",
        f"内部资料{ID}",
        f"姓名\t证件号\n张小三\t{ID}\n",
    ]
    secrets = {ID, ID[:8], ID[6:14], "13912345678", "6222021234567890128", "Abc12345", "张小三"}
    for text in texts:
        for found in screen_text(text):
            assert not [s for s in secrets if s in found.excerpt], (text, found)


def test_a_finding_points_into_the_original_text() -> None:
    text = f"甲\u200b乙{ID[:6]}\u200b\u200b{ID[6:]}丙"
    found = next(f for f in screen_text(text) if f.kind == "id18")
    assert text[found.start : found.end] == f"{ID[:6]}\u200b\u200b{ID[6:]}"


def test_the_key_of_a_finding_stays_and_depends_on_place_value_and_edition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def key(text: str, place: str = "正文", policy: Policy = DEFAULT) -> str:
        return next(
            f.key for f in screen_text(text, place=place, policy=policy) if f.kind == "id18"
        )

    assert key(ID) == key(f"前面加字{ID}") == key(" ".join(ID))
    assert len({key(ID), key(ENDS_IN_X), key(ID, "附件"), key(ID, policy=Policy(pepper=b"k"))}) == 4
    before = key(ID)
    monkeypatch.setattr("gongkai.screening.findings.EDITION", EDITION + "x")
    assert key(ID) != before


def test_secrecy_marks_are_never_overridden() -> None:
    assert not KINDS["secrecy_mark"].overridable and not KINDS["secret_number"].overridable
    assert KINDS["mobile"].overridable and KINDS["internal_mark"].needs_second_person


@pytest.mark.parametrize(("first", "last"), [(7, 2), (14, 0), (3, 4), (6, 3), (-1, 2)])
def test_a_masking_rule_that_shows_the_birth_date_or_can_be_undone_is_refused(
    first: int, last: int
) -> None:
    with pytest.raises(Refused):
        Masking(id_first=first, id_last=last)


def test_masks_follow_the_table() -> None:
    assert mask(ID) == "990*************35"
    assert mask("身份证990101900307853") == "身份证990**********53"
    assert mask("13812341234") == "138****1234"
    assert mask("卡号6222021234567890128") == "卡号***************0128"
    assert mask("家庭住址：某市某区朝阳路12号3栋502室") == "家庭住址：某市某区***"
    assert mask("san@example.com") == "s***@example.com"
    assert mask("陕A12345") == "****345"
    assert mask("本通知没有个人信息。") == "本通知没有个人信息。"


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1))
numbers = st.builds(
    lambda born, order: invented(f"990101{born:%Y%m%d}{order:03}"), days, st.integers(0, 999)
)
NUMERALS = "\u3007○零一二三四五六七八九壹贰叁肆伍陆柒捌玖"
fillers = st.text(
    st.sampled_from("甲乙 ,，。0123456789Xx\n\t-*：\u200b①⒈\uff21\uff11"), max_size=12
)


@given(st.lists(st.one_of(fillers, numbers), max_size=6).map("".join))
def test_masking_never_leaves_an_identity_number(text: str) -> None:
    assert not [f for f in screen_text(mask(text)) if f.kind == "id18"]
    digits = "".join(c for c in mask(text) if c.isascii() and c.isalnum())
    assert not any(is_id18(w) for w in mask(text).split() if len(w) == 18 and w[:17].isdigit()), (
        digits
    )


@given(numbers, st.sampled_from(["", " ", "\u200b", "-", "\u3000", "\r\n"]), st.integers(1, 17))
def test_any_number_is_found_wherever_it_is_parted(number: str, gap: str, at: int) -> None:
    assert "id18" in kinds(f"甲{number[:at]}{gap}{number[at:]}乙")


@given(st.text(max_size=60))
def test_the_offset_map_points_back(text: str) -> None:
    made = normalise(text)
    for index, char in enumerate(made.text):
        origin = text[made.origin(index)]
        assert char in (origin, *fold(origin)) or origin in NUMERALS


def test_credit_codes_are_known_by_their_own_check() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")


@pytest.mark.parametrize("number", ["8613912345678", "86 13912345678", "013912345678"])
def test_a_mobile_with_its_country_or_a_zero_is_found(number: str) -> None:
    assert [f.kind for f in screen_text(f"号码 {number}")] == ["mobile"]
