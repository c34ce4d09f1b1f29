"""What an application must say: no more than the law lets an organ demand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongkai.applications.rules import identity
from gongkai.statute import Law

LONGEST_TEXT, LONGEST_TITLE, MOST_FILES = 500, 120, 5
# Pictures and texts that an applicant may enclose.
ENCLOSABLE = frozenset({"pdf", "ofd", "docx", "doc", "jpg", "jpeg", "png"})
# The texts whose article on the form asks for proof of identity (条例（2019）第29条).
_ASK_IDENTITY = frozenset({"2019"})
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class Class(StrEnum):
    """Who asks, as the columns of the annual report sort it."""

    NATURAL = "nat"
    BUSINESS = "biz"
    RESEARCH = "res"
    PUBLIC_GOOD = "pub"
    LEGAL_SERVICE = "law"
    OTHER = "oth"


CLASS_LABELS = {
    Class.NATURAL: "自然人",
    Class.BUSINESS: "商业企业",
    Class.RESEARCH: "科研机构",
    Class.PUBLIC_GOOD: "社会公益组织",
    Class.LEGAL_SERVICE: "法律服务机构",
    Class.OTHER: "其他",
}


class Delivery(StrEnum):
    """How the applicant wants to get it."""

    ONLINE = "online"
    EMAIL = "email"
    POST = "post"
    PICKUP = "pickup"
    READ = "read"


DELIVERY_LABELS = {
    Delivery.ONLINE: "网上查阅",
    Delivery.EMAIL: "电子邮件",
    Delivery.POST: "邮寄",
    Delivery.PICKUP: "当面领取",
    Delivery.READ: "现场查阅、抄录",
}


class Carrier(StrEnum):
    """On what."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    DISC = "disc"


CARRIER_LABELS = {Carrier.ELECTRONIC: "电子", Carrier.PAPER: "纸质", Carrier.DISC: "光盘"}


@dataclass(frozen=True)
class Wanted:
    """An application as it was filled in, before anything is sealed or stored."""

    name: str = ""
    applicant_class: str = ""
    identity: str = ""
    phone: str = ""
    mail: str = ""
    address: str = ""
    title: str = ""
    text: str = ""
    delivery: str = ""
    carrier: str = ""
    files: int = 0


def problems(wanted: Wanted, law: Law) -> list[tuple[str, str]]:
    """(field, what to do) for everything that is missing or wrong, in the form's order.

    条例（2019）第29条, 条例（2007）第20条: name, contact, what is asked, the form wanted; proof of
    identity only under the later text. A purpose is never asked for.
    """
    return [*_who(wanted, law), *_contact(wanted), *_what(wanted), *_how(wanted)]


def problems_of_person(wanted: Wanted, law: Law) -> list[tuple[str, str]]:
    """The part of ``problems`` that is about who asks: a form tells it where it is typed."""
    return [*_who(wanted, law), *_contact(wanted)]


def problems_of_way(wanted: Wanted) -> list[tuple[str, str]]:
    """The part of ``problems`` that is about how it is wanted."""
    return list(_how(wanted))


def _who(wanted: Wanted, law: Law) -> Iterator[tuple[str, str]]:
    if wanted.applicant_class not in set(Class):
        yield "applicant_class", "请选择申请人类别。"
    if not wanted.name.strip():
        yield "name", "请填写申请人姓名。"
    number = identity.plain(wanted.identity)
    if not number:
        if law.id in _ASK_IDENTITY:
            yield "identity", "请填写身份证明的号码（身份证号，单位填统一社会信用代码）。"
    elif wanted.applicant_class == Class.NATURAL:
        yield from _natural(number)
    elif wanted.applicant_class in set(Class) and not identity.is_credit_code(number):
        yield "identity", "统一社会信用代码应为18位，校验位不正确，请对照执照重新输入。"


def _natural(number: str) -> Iterator[tuple[str, str]]:
    place = identity.wrong_place_in_id(number)
    if place and (identity.looks_like_id_card(number) or not identity.is_other_paper(number)):
        told = "系统只在本机校验，不会改动您的输入。"
        yield "identity", f"身份证号应为18位，请核对第 {place} 位；{told}"


def _contact(wanted: Wanted) -> Iterator[tuple[str, str]]:
    if wanted.phone.strip() and not identity.is_phone(wanted.phone):
        yield "phone", "手机号应为11位数字，例如 13800000000；没有手机可只填邮寄地址。"
    if wanted.mail.strip() and not _MAIL.fullmatch(wanted.mail.strip()):
        yield "mail", "电子邮箱格式不对，请核对，例如 name@example.com。"
    if not any(part.strip() for part in (wanted.phone, wanted.mail, wanted.address)):
        yield "phone", "请填写联系方式：手机、电子邮箱、通信地址至少一项。"


def _what(wanted: Wanted) -> Iterator[tuple[str, str]]:
    if not wanted.title.strip() and not wanted.text.strip():
        yield "text", "请写明所需政府信息的名称、文号或其他特征。"
    if len(wanted.title) > LONGEST_TITLE:
        yield "title", f"名称已写 {len(wanted.title)} 字，请控制在 {LONGEST_TITLE} 字以内。"
    if len(wanted.text) > LONGEST_TEXT:
        told = f"请控制在 {LONGEST_TEXT} 字以内，其余可作为附件上传。"
        yield "text", f"已写 {len(wanted.text)} 字，{told}"
    if wanted.files > MOST_FILES:
        yield "files", f"附件最多 {MOST_FILES} 个，请合并后再上传。"


def _how(wanted: Wanted) -> Iterator[tuple[str, str]]:
    if wanted.delivery not in set(Delivery):
        yield "delivery", "请选择获取信息的方式。"
    if wanted.carrier not in set(Carrier):
        yield "carrier", "请选择所需信息的载体。"
    if wanted.delivery == Delivery.POST and not wanted.address.strip():
        yield "address", "选择邮寄的，请填写通信地址。"
    if wanted.delivery == Delivery.EMAIL and not wanted.mail.strip():
        yield "mail", "选择电子邮件的，请填写电子邮箱。"


def already_submitted(number: str, time: str) -> str:
    """What a form that is sent twice answers; ``time`` as 10:32."""
    return f"该申请已于 {time} 提交，编号 {number}，无需再次提交。"
