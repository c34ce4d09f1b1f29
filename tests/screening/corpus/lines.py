"""Lines with something in them that must be found. Region 99 does not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from gongkai.screening.checks import id18_check


def identity(chance: Random, *, earliest: date = date(1930, 1, 1), days: int = 25000) -> str:
    """An identity number of nobody, with the right check digit; grown up unless told."""
    born = earliest + timedelta(chance.randrange(days))
    base = f"99{chance.randrange(1, 99):02}{chance.randrange(1, 99):02}{born:%Y%m%d}"
    base += f"{chance.randrange(1000):03}"
    return base + id18_check(base)


def child(chance: Random) -> str:
    """A number of somebody under 14."""
    return identity(chance, earliest=date(2013, 6, 1), days=3000)


def digits(chance: Random, count: int) -> str:
    """Random digits."""
    return "".join(chance.choice("0123456789") for _ in range(count))


def mobile(chance: Random) -> str:
    """A mobile number."""
    return "1" + chance.choice("3456789") + digits(chance, 9)


def card(chance: Random) -> str:
    """A card number that passes its check."""
    base = "62" + digits(chance, 16)
    total = 0
    for place, digit in enumerate(reversed(base)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return base + str(-total % 10)


def name(chance: Random) -> str:
    """An invented name."""
    given = chance.choice("小大阿") + chance.choice("三四五七八明红")
    return chance.choice("王李张刘陈杨黄赵周吴") + given


def _moved(start: int) -> Callable[[str], str]:
    return lambda n: n.translate({ord(str(d)): chr(start + d) for d in range(10)})


_CIRCLED = {ord("0"): "⓪"} | {ord(str(n)): chr(0x2460 + n - 1) for n in range(1, 10)}

SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda n: n,
    "full width": _moved(0xFF10),
    "6-3-4 spaced": lambda n: f"{n[:6]} {n[6:9]} {n[9:13]} {n[13:]}",
    "fully spaced": " ".join,
    "line feed": lambda n: f"{n[:9]}\n{n[9:]}",
    "CRLF": lambda n: f"{n[:11]}\r\n{n[11:]}",
    "dashes": lambda n: f"{n[:6]}-{n[6:14]}-{n[14:]}",
    "zero width": "\u200b".join,
    "lower x": str.lower,
    "no-break space": lambda n: f"{n[:6]}\u00a0{n[6:14]}\u00a0{n[14:]}",
    "ideographic space": lambda n: f"{n[:6]}\u3000{n[6:]}",
    "glued": lambda n: f"张某{n}号",
    "tab": lambda n: f"{n[:6]}\t{n[6:]}",
    "brackets": lambda n: f"（{n}）",
    "circled": lambda n: n.translate(_CIRCLED),
    "Arabic-Indic": _moved(0x0660),
}

WRAPPERS = (
    "{}",
    "经查，{}属实。",
    "身份证号：{}",
    "1. {}；",
    "【{}】",
    "甲某（{}）乙某",
)

MAKERS: dict[str, Callable[[Random], str]] = {
    "id18": lambda c: f"经办人{identity(c)}。",
    "id18_typo": lambda c: f"身份证号{_wrong(identity(c))}",
    "id15": lambda c: f"身份证{_old(c)}",
    "id_masked": lambda c: identity(c)[:12] + "******",
    "mobile": lambda c: f"请拨{mobile(c)}联系",
    "landline": lambda c: f"住宅电话029-{c.randrange(2, 9)}{digits(c, 7)}",
    "bank_card": lambda c: f"卡号：{card(c)}",
    "passport": lambda c: c.choice(("护照号E{}", "军官证：军字第{}号", "通行证 H{}")).format(
        digits(c, 8)
    ),
    "plate": lambda c: f"车牌号陕{c.choice('ABCDE')}{digits(c, 5)}",
    "email": lambda c: f"邮箱a{digits(c, 4)}@example.com",
    "address": lambda c: f"家庭住址：某市某区朝阳路{c.randrange(1, 99)}号{c.randrange(1, 9)}栋",
    "person_name": lambda c: f"受援人{name(c)}，因劳动争议申请",
    "sensitive": lambda c: f"患者{name(c)}因{c.choice(('乙肝', '艾滋病', '尿毒症'))}住院",
    "minor": lambda c: f"{child(c)}",
    "name_list": lambda c: f"姓名\t致贫原因\n{name(c)}\t因病致贫\n",
    "secrecy_mark": lambda c: (
        c.choice(("绝密", "机密", "秘密"))
        + c.choice(("★", "☆5年", "★10年", "●长期", "*1年", "★启用前", "·10年", "\n关于某事"))
    ),
    "secret_number": lambda c: (
        c.choice(("某委密电", "某密函", "某机发"))
        + f"〔{c.randrange(2000, 2027)}〕{c.randrange(1, 99)}号"
    ),
    "internal_mark": lambda c: c.choice(("内部资料", "内部文件", "此件不公开", "注意保存")),
    "publication_mark": lambda c: c.choice(("此件依申请公开", "公开属性：依申请公开")),
    "draft_mark": lambda c: c.choice(("（送审稿）", "（征求意见稿）", "会签稿")),
    "credential": lambda c: c.choice(("密码：a{}", "password=b{}", "口令 c{}")).format(
        digits(c, 6)
    ),
    "inner_address": lambda c: f"服务器192.168.{c.randrange(255)}.{c.randrange(255)}",
    "copy_number": lambda c: f"{digits(c, 6)}\n某某市司法局文件\n",
    "map_number": lambda c: f"附图{c.randrange(1, 9)}\n某县行政区划图\n",
    "place_data": lambda c: f"军用油库位于108.{digits(c, 5)}，34.{digits(c, 5)}",
}
ONLY_THERE: dict[str, Callable[[Random], str]] = {
    "terms": lambda c: f"保密期限：{c.randrange(1, 30)}年",
    "bare_lists": lambda c: "幼儿园新生名单\n" + "".join(f"{name(c)}\n" for _ in range(4)),
    "inner_lines": lambda c: f"内线：{digits(c, 4)}",
    "cut_numbers": lambda c: f"身份证{identity(c)[:14]}……",
    "village_homes": lambda c: f"{name(c)}，男，某县朝阳镇红星村{c.randrange(1, 9)}组",
    "local_phones": lambda c: f"户主{name(c)}，电话{c.randrange(2, 9)}{digits(c, 6)}",
    "police_plates": lambda c: f"车号WJ京{digits(c, 5)}",
    "words": lambda c: f"第{c.randrange(1, 9)}次蓝色行动方案",
}
"""Lines that one detector alone finds, where the kind has others."""


def _wrong(number: str) -> str:
    return number[:17] + str((int(number[17].replace("X", "0")) + 5) % 10)


def _old(chance: Random) -> str:
    number = identity(chance, days=20000)
    return number[:6] + number[8:17]
