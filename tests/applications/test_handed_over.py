"""What a granted reply hands over: named in the letter, screened and approved with it, and given
to the applicant alone.
"""

from __future__ import annotations

import io
import re

import pytest
from applying import TEXT, approve, draft, routed, send, submit
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from people import Bureau
from small_site import SmallSite, small_site

from gongkai.agencies.actions import found_agency
from gongkai.applications import actions
from gongkai.applications.letters import to_pdf
from gongkai.applications.queries import current_reply
from gongkai.applications.rules.reply import grounds_for
from gongkai.cases.models import Case
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.office.access import files_for
from gongkai.refusal import Refused
from gongkai.review.queries import findings_of
from gongkai.statute import law

STANDARD = "公证服务收费标准，每件八十元。".encode()


def word_file() -> bytes:
    document, buffer = Document(), io.BytesIO()
    document.add_paragraph("公证服务收费标准，每件八十元。")
    document.save(buffer)
    return buffer.getvalue()


def stored(b: Bureau, content: bytes = STANDARD, name: str = "收费标准.txt") -> StoredFile:
    return store(content, name, agency=b.agency, by=b.liaison)


def test_it_works(b: Bureau) -> None:
    file = stored(b)
    case = draft(b, routed(b), handed_over=[file])
    reply = current_reply(case)
    assert "附件：收费标准.txt" in reply.letter.text.splitlines()
    assert reply.sheet is not None and reply.sheet.files == []  # nobody else may have it
    send(b, approve(b, case))
    file.refresh_from_db()
    assert file.state == StoredFile.State.PRIVATE
    assert file not in files_for(b.liaison)


def test_several_are_numbered(b: Bureau) -> None:
    files = [stored(b), stored(b, b"1,2\n", "明细.csv")]
    text = current_reply(draft(b, routed(b), handed_over=files)).letter.text
    assert "附件：1. 收费标准.txt\n2. 明细.csv" in text


def test_what_is_handed_over_is_screened_with_the_letter(b: Bureau) -> None:
    file = stored(b, "经办人张某，身份证号990101199003078535".encode())
    case = draft(b, routed(b), handed_over=[file])
    sheet = current_reply(case).sheet
    assert sheet is not None and any(f["file"] == file.sha256 for f in findings_of(sheet))
    with pytest.raises(Refused, match="提示未处理"):
        actions.collate(case, by=b.information_office)


def test_only_what_was_approved_leaves(b: Bureau) -> None:
    case = approve(b, draft(b, routed(b), handed_over=[stored(b)]))
    current_reply(case).handed_over.set([stored(b, b"other", "另一份.txt")])
    with pytest.raises(Refused, match="与审查通过的内容不一致"):
        send(b, case)


@pytest.mark.parametrize("outcome", ["D5", "N2"])
def test_a_refusal_hands_nothing_over(b: Bureau, outcome: str) -> None:
    case, grounds = routed(b), [g.key for g in grounds_for(law("2019"), outcome)][:1]
    with pytest.raises(Refused, match="不提供文件") as refused:
        draft(b, case, outcome=outcome, grounds=grounds, handed_over=[stored(b)])
    assert refused.value.field == "files"


def test_names_are_told_apart_and_files_are_the_organs_own(b: Bureau) -> None:
    case = routed(b)
    with pytest.raises(Refused, match="重名"):
        draft(b, case, handed_over=[stored(b), stored(b, b"other")])
    other = found_agency(code="qu", name="临江区司法局", short_name="区司法局")
    with pytest.raises(Refused, match="本机关的文件"):
        draft(b, case, handed_over=[store(STANDARD, "a.txt", agency=other)])


@pytest.fixture
def site(db: None) -> SmallSite:
    return small_site()


def asked_with_its_code(b: Bureau) -> tuple[Case, str]:
    opened = submit(b)
    actions.register(opened.case, by=b.information_office)
    actions.route(opened.case, b.lawyers, by=b.information_office)
    return opened.case, opened.code


def test_the_applicant_gets_it_with_number_and_code_and_nobody_else(site: SmallSite) -> None:
    b = site.bureau
    case, code = asked_with_its_code(b)
    send(b, approve(b, draft(b, case, handed_over=[stored(b)])))
    client = Client()
    asked = client.post("/query/", {"number": case.number, "code": code}).content.decode()
    links = re.findall(r'href="(/query/letter/[^"]+)"', asked)
    assert len(links) == 2 and "收费标准.txt" in asked
    (printed,) = re.findall(r'href="(/query/printed/[^"]+)"', asked)
    paper = client.get(printed)
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content == to_pdf(current_reply(case).letter)
    assert client.get(printed[:-3] + "x/").status_code == 410
    given = client.get(links[1])
    assert b"".join(given.streaming_content) == STANDARD
    assert given.headers["Cache-Control"] == "no-store"
    assert client.get(links[1][:-3] + "x/").status_code == 410
    wrong = client.post("/query/", {"number": case.number, "code": "AAAA-AAAA-AAAA-AAAA"})
    assert "收费标准.txt" not in wrong.content.decode()


def test_the_desk_takes_files_and_keeps_those_of_the_draft_before(b: Bureau, client) -> None:
    case = routed(b)
    client.force_login(b.liaison)
    address = f"/desk/cases/{case.number}/do/draft/"
    facts = {"outcome": "G1", "text": TEXT}
    file = SimpleUploadedFile("收费标准.docx", b"not a document")
    refused = client.post(address, facts | {"files": [file]})
    assert refused.status_code == 422 and TEXT in refused.content.decode()
    assert not StoredFile.objects.filter(name="收费标准.docx").exists()
    file = SimpleUploadedFile("收费标准.docx", word := word_file())
    assert client.post(address, facts | {"files": [file]}).status_code == 302
    first = current_reply(case)
    kept = first.handed_over.get()
    client.force_login(b.information_office)
    shown = client.get(f"/desk/cases/{case.number}/").content.decode()
    given = client.get(f"/desk/cases/{case.number}/handed-over/{kept.pk}/")
    assert "收费标准.docx" in shown and b"".join(given.streaming_content) == word
    actions.redraft(case, by=b.information_office, reason="请补充")
    client.force_login(b.liaison)
    assert "上一稿所附的文件" in client.get(address).content.decode()
    again = facts | {"text": f"{TEXT}请查收。", "kept": [kept.pk]}
    assert client.post(address, again).status_code == 302
    assert current_reply(case).version == 2 and current_reply(case).handed_over.get() == kept
    other = stored(b)
    client.force_login(b.liaison)
    assert client.get(f"/desk/cases/{case.number}/handed-over/{other.pk}/").status_code == 404
