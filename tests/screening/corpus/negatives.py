"""Lines that look like a finding and are public."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.screening.corpus.lines import digits, identity, mobile

_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(chance: Random) -> str:
    """A unified social credit code with the right check."""
    base = "91" + digits(chance, 6) + "MA" + "".join(chance.choice(_CREDIT) for _ in range(7))
    total = sum(_CREDIT.index(c) * w for c, w in zip(base, _WEIGHTS, strict=True))
    return base + _CREDIT[(31 - total % 31) % 31]


MAKERS: dict[str, Callable[[Random], str]] = {
    "credit code": lambda c: f"统一社会信用代码{credit_code(c)}",
    "index number": lambda c: f"索引号：{digits(c, 14)}-2015-{digits(c, 5)}",
    "old index number": lambda c: f"索引号{digits(c, 9)}/2015-{digits(c, 5)}",
    "document number": lambda c: f"某政办发〔20{c.randrange(10, 26)}〕{c.randrange(1, 300)}号",
    "project code": lambda c: f"项目代码2014-{digits(c, 6)}-84-01-{digits(c, 6)}",
    "ISBN": lambda c: f"ISBN 978-7-{digits(c, 4)}-{digits(c, 4)}-{digits(c, 1)}",
    "office telephone": lambda c: f"办公电话029-8{digits(c, 7)}",
    "hotline": lambda c: f"热线123{c.randrange(10, 99)}",
    "masked identity": lambda c: identity(c)[:3] + "*" * 13 + identity(c)[-2:],
    "masked mobile": lambda c: mobile(c)[:3] + "****" + digits(c, 4),
    "cut identity": lambda c: f"身份证{identity(c)[:3]}……{identity(c)[-2:]}",
    "work in a village": lambda c: f"朝阳镇红星村{c.randrange(1, 9)}组道路硬化工程",
    "office of seven digits": lambda c: f"办公室电话{c.randrange(2, 9)}{digits(c, 6)}",
    "map with approval": lambda c: f"某县地图\n审图号：某S（2014）{digits(c, 3)}号",
    "amounts": lambda c: f"支出{c.randrange(1, 9)},{digits(c, 3)},{digits(c, 3)}.{digits(c, 2)}元",
    "long amount": lambda c: f"合计1{digits(c, 10)}元",
    "bid number": lambda c: f"招标编号ZB2014-{digits(c, 4)}-{digits(c, 3)}",
    "date and time": lambda c: f"2014年{c.randrange(1, 13)}月{c.randrange(1, 29)}日9:00—17:00",
    "licence": lambda c: f"京ICP备{digits(c, 8)}号",
    "postcode": lambda c: f"邮政编码：{digits(c, 6)}",
    "small numbers": lambda c: " ".join(str(c.randrange(1, 20)) for _ in range(20)),
    "years": lambda c: " ".join(str(c.randrange(2008, 2027)) for _ in range(9)),
    "organisation code": lambda c: f"组织机构代码{digits(c, 8)}-{digits(c, 1)}",
    "clauses": lambda c: f"第{c.randrange(1, 9)}.{c.randrange(1, 9)}.{c.randrange(1, 9)}条",
    "duty of secrecy": lambda c: c.choice(
        ("保守国家秘密", "商业秘密和个人隐私", "做好机密性评估", "机密级、秘密级国家秘密的确定")
    ),
    "internal rules": lambda c: c.choice(("内部管理制度", "加强内部控制", "内部机构设置")),
    "on request": lambda c: f"本机关受理依申请公开{c.randrange(1, 99)}件，均已按期答复",
    "office address": lambda c: f"办公地址：某市某区人民路{c.randrange(1, 200)}号司法局",
    "town only": lambda c: f"住址：某县第{c.randrange(1, 9)}镇",
    "firm account": lambda c: f"对公账户{digits(c, 18)}",
    "somebody": lambda c: f"{c.choice('王李张')}某某等{c.randrange(2, 9)}人",
    "rules of passwords": lambda c: f"密码应每{c.randrange(2, 9)}个月更换一次",
}
