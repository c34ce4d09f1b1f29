"""What goes over the wire, in the words of the published description."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Year = Annotated[int | None, Field(ge=1990, le=2100)]


class Site(Schema):
    code: Annotated[str, Field(description="站点代码")]
    name: str
    kind: str
    agency: Annotated[str, Field(description="机关代码")]
    agency_name: str
    address: Annotated[str, Field(description="站点地址")]


class Column(Schema):
    site: str
    title: str
    path: Annotated[str, Field(description="栏目路径，可用于筛选信息")]
    kind: str
    address: str


class Link(Schema):
    title: str
    address: str


class Attachment(Link):
    type: str
    size: Annotated[int, Field(description="字节数")]


class ItemRow(Schema):
    index_number: Annotated[str, Field(description="索引号")]
    title: str
    site: str
    column: str
    column_path: str
    address: str
    publisher: Annotated[str, Field(description="发布机构")]
    document_number: Annotated[str, Field(description="文号")]
    signed_on: Annotated[date | None, Field(description="成文日期")]
    released_at: Annotated[datetime, Field(description="公开时间")]
    theme: Annotated[str, Field(description="主题分类")]
    genre: Annotated[str, Field(description="体裁分类")]
    validity: Annotated[str, Field(description="有效性")]
    summary: Annotated[str, Field(description="内容概述")]


class Item(ItemRow):
    keywords: list[str]
    source: str
    disclosure: Annotated[str, Field(description="公开属性")]
    body_html: str
    body_text: str
    attachments: list[Attachment]
    interprets: list[Link]
    interpreted_by: list[Link]


class Paged(Schema):
    total: int
    page: int
    size: int


class PageAsked(Schema):
    page: Annotated[int, Field(ge=1, le=100_000, description="第几页")] = 1
    size: Annotated[int, Field(ge=1, le=100, description="每页条数")] = 20

    @property
    def part(self) -> slice:
        """The rows that were asked for."""
        return slice((self.page - 1) * self.size, self.page * self.size)

    def over(self, total: int) -> dict[str, int]:
        """What the page says about itself."""
        return {"total": total, "page": self.page, "size": self.size}


class ItemsAsked(PageAsked):
    site: str = ""
    column: Annotated[str, Field(description="栏目路径")] = ""
    year: Year = None
    genre: Annotated[str, Field(description="体裁分类")] = ""


class SearchAsked(PageAsked):
    q: Annotated[str, Field(max_length=100, description="要找的词")]
    site: str = ""
    column: Annotated[str, Field(description="栏目名称")] = ""
    year: Year = None
    genre: Annotated[str, Field(description="体裁分类")] = ""


class AnswersAsked(PageAsked):
    agency: Annotated[str, Field(description="机关代码")] = ""


class ItemPage(Paged):
    items: list[ItemRow]


class PublishedAnswer(Schema):
    number: str
    agency: str
    kind: str
    topic: str
    title: str
    question: str
    answer: str
    unit: str
    received_on: date
    answered_on: date
    rating: int | None


class AnswerPage(Paged):
    items: list[PublishedAnswer]


class Hit(Schema):
    title: str
    site: str
    column: str
    address: str
    index_number: str
    document_number: str
    published: str
    highlight: Annotated[str, Field(description="摘要，命中处以 mark 标出的安全 HTML")]


class HitPage(Paged):
    took_ms: float
    items: list[Hit]


class Figures(Schema):
    received: int
    answered: int
    rate: Annotated[float | None, Field(description="答复率，百分数")]
    average_days: Annotated[float | None, Field(description="平均用时，工作日")]


class Statistics(Schema):
    agency: str
    agency_name: str
    year: int
    month: int | None
    counted_on: date
    total: Figures
    by_kind: dict[str, Figures]
    by_topic: dict[str, Figures]
    by_unit: dict[str, Figures]


class _Strict(Schema):
    """An unknown field is refused: a misspelt one would be lost without a word."""

    model_config = ConfigDict(extra="forbid")


class PersonIn(_Strict):
    name: str = ""
    phone: str = ""
    mail: str = ""
    address: str = ""


class ReferralIn(_Strict):
    number: Annotated[str, Field(description="贵平台的编号，重复提交只立一件")]
    kind: Annotated[
        Literal["enquiry", "complaint", "report", "suggestion"],
        Field(description="咨询、投诉、举报、建议"),
    ]
    title: str
    text: str
    topic: Annotated[str, Field(description="问题类别")] = "other"
    consent: Annotated[bool, Field(description="来件人是否同意公开")] = False
    person: PersonIn = PersonIn()


class ReferralAnswer(Schema):
    on: date
    unit: str
    text: str


class ReferralOut(Schema):
    number: Annotated[str, Field(description="贵平台的编号")]
    case_number: Annotated[str, Field(description="本局编号")]
    kind: str
    state: Literal["received", "handling", "answered", "closed"]
    state_text: str
    received_on: date
    due_on: Annotated[date | None, Field(description="答复期限，登记后才有")]
    provisional: Annotated[bool, Field(description="期限待节假日安排公布后核定")]
    answer: ReferralAnswer | None


class Problem(Schema):
    message: str
    field: str = ""
    rule: str = ""


class Error(Schema):
    error: Problem
