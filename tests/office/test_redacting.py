"""区分处理 of a case's file: drawn without script, made, kept on record, and refused when it no
longer counts.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from PIL import Image
from small_site import SmallSite, read_again
from test_cases import application, do

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import User
from gongkai.agencies.rules import Role
from gongkai.applications import actions as applications
from gongkai.applications.queries import current_reply
from gongkai.cases.models import Case
from gongkai.files import queries, redacting
from gongkai.files.actions import store
from gongkai.files.models import Redaction, RedactionResult, StoredFile
from gongkai.ledger.models import Entry
from gongkai.office.access import files_for
from gongkai.office.redacting import acts, tasks
from gongkai.refusal import NotPermitted, Refused
from gongkai.review import actions as review
from gongkai.review.queries import open_findings
from gongkai.review.rules import Verdict
from gongkai.screening.redaction import Box, isolated, worker
from tests.screening.redaction_made import NAME, around, document, lies_in, shown, texts

DAY = date(2026, 3, 2)
FILE = document(
    shown(f"当事人{NAME}到场", 60, 400) + shown("电话13800001234", 20, 300, 15),
    shown("第二页", 60, 400),
)
TWICE = document(shown(f"当事人{NAME}", 60, 400), shown(f"证人{NAME}", 60, 400))
BOX = around(FILE, NAME, ground="third_party")[0]
ONE = [BOX, *around(FILE, "13800001234", ground="third_party")]
NUMBERS = {
    "ground": "third_party", "page": 1, "left": BOX.left, "top": BOX.top, "width": BOX.width,
    "height": BOX.height,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _without_a_child_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same work in this process: a child for each question takes half a second."""

    def ask(
        job: dict[str, Any], path: Any, name: str, seconds: int, policy: Any = isolated.DEFAULT
    ) -> Any:
        whole = {**job, "path": str(path), "name": name, "policy": isolated.plain_policy(policy)}
        told = json.loads(json.dumps(worker.answer(json.loads(json.dumps(whole)))))
        if "refused" in told:
            raise Refused(told["refused"], field=told["field"], rule=told["rule"])
        return told

    monkeypatch.setattr(isolated, "_ask", ask)


@pytest.fixture
def site(one_small_site: SmallSite, db: None, monday: None) -> Iterator[SmallSite]:
    yield read_again(one_small_site)


@pytest.fixture
def case(site: SmallSite) -> Case:
    b = site.bureau
    found = application(b)
    applications.register(found, by=b.information_office)
    applications.route(found, b.lawyers, by=b.information_office)
    return found


def opened(site: SmallSite, case: Case, data: bytes = FILE) -> Redaction:
    b = site.bureau
    source = store(data, "核实情况.pdf", by=b.liaison)
    return redacting.open_redaction(
        source, case.subject, by=b.liaison, agency=b.agency, unit=b.lawyers, on=DAY
    )


def made(site: SmallSite, redaction: Redaction, boxes: list[Box] | None = None) -> RedactionResult:
    b = site.bureau
    redacting.draw(redaction, boxes or ONE, by=b.liaison, unit=b.lawyers)
    return redacting.redact(redaction, by=b.liaison, unit=b.lawyers)


def test_from_the_upload_to_the_result_without_script(
    site: SmallSite, case: Case, client: Client
) -> None:
    b = site.bureau
    client.force_login(b.liaison)
    base = f"/desk/cases/{case.number}/redactions/"
    assert "上传原件" in client.get(base).content.decode()
    upload = SimpleUploadedFile("核实情况.pdf", FILE)
    page = client.post(base, {"file": upload}).headers["Location"]
    with Image.open(io.BytesIO(client.get(f"{page}pages/1.png").content)) as picture:
        assert picture.size == (1000, 1500)
    wrong = client.post(f"{page}do/box/", {**NUMBERS, "width": 95})
    assert wrong.status_code == 422 and "方框超出了页面" in wrong.content.decode()
    assert f'value="{BOX.left}"' in wrong.content.decode()  # nothing typed is lost
    lacking = client.post(f"{page}do/box/", {**NUMBERS, "height": ""}).content.decode()
    assert "请填写高度" in lacking
    drawn = "; ".join(f"1 {b.left} {b.top} {b.width} {b.height}" for b in ONE)
    assert client.post(f"{page}do/box/", NUMBERS).status_code == 302
    sent = {"ground": "third_party", "page": 1, "drawn": drawn}
    assert client.post(f"{page}do/box/", sent).status_code == 302
    assert Redaction.objects.get().boxes.count() == 2  # one was there
    assert client.post(f"{page}do/make/", {"at": 1}).status_code == 302
    shown_page = client.get(page).content.decode()
    assert "已核对" in shown_page and "核实情况（区分处理件）.pdf" in shown_page
    got = b"".join(client.get(f"{page}results/1/").streaming_content)
    assert not lies_in(got, NAME) and "第二页" in texts(got)
    assert client.get(f"{page}results/1/pages/1.png").status_code == 200


def test_a_long_file_is_made_by_the_worker(
    site: SmallSite, case: Case, client: Client, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    redaction = opened(site, case)
    b = site.bureau
    monkeypatch.setattr(acts, "AT_ONCE", 1)
    client.force_login(b.liaison)
    page = f"/desk/cases/{case.number}/redactions/{redaction.pk}/"
    asked = []
    monkeypatch.setattr(type(tasks.make), "enqueue", lambda _, *wanted: asked.append(wanted))
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{page}do/make/").status_code == 302
    assert "正在后台制作" in client.get(page).content.decode()
    assert "请稍候" in client.post(f"{page}do/make/").content.decode()
    tasks.make.call(*asked[0])
    assert "还没有方框" in client.get(page).content.decode()  # told to the one who asked
    redacting.draw(redaction, ONE, by=b.liaison, unit=b.lawyers)
    redacting.ask_to_make(redaction, by=b.liaison, unit=b.lawyers)
    assert tasks.make.call(*asked[0]) and redaction.results.count() == 1
    assert tasks.make.call(*asked[0]) is False


def test_phrase_findings_and_removal_at_the_desk(
    site: SmallSite, case: Case, client: Client
) -> None:
    redaction = opened(site, case)
    client.force_login(site.bureau.liaison)
    page = f"/desk/cases/{case.number}/redactions/{redaction.pk}/"
    phrase = {"phrase": NAME, "ground": "third_party"}
    assert client.post(f"{page}do/phrase/", phrase).status_code == 302
    nowhere = client.post(f"{page}do/phrase/", {**phrase, "phrase": "没有的词"})
    assert "没有“没有的词”" in nowhere.content.decode()
    assert client.post(f"{page}do/findings/").status_code == 302
    origins = list(redaction.boxes.values_list("origin", flat=True))
    assert sorted(origins) == ["finding", "phrase"]
    numbers = [str(pk) for pk in redaction.boxes.values_list("pk", flat=True)]
    assert "勾选" in client.post(f"{page}do/remove/", {}).content.decode()
    assert client.post(f"{page}do/remove/", {"boxes": numbers}).status_code == 302
    assert not redaction.boxes.exists()
    assert "还没有方框" in client.post(f"{page}do/make/").content.decode()


def test_what_is_still_visible_blocks_until_it_is_boxed_or_settled(
    site: SmallSite, case: Case, client: Client
) -> None:
    b = site.bureau
    redaction = opened(site, case, TWICE)
    boxes = around(TWICE, NAME, ground="third_party")
    client.force_login(b.liaison)
    page = f"/desk/cases/{case.number}/redactions/{redaction.pk}/"
    with pytest.raises(Refused, match="在第 2 页仍可见"):
        made(site, redaction, boxes)
    assert not redaction.results.exists()
    redaction.refresh_from_db()
    key = redaction.still[0]["key"]
    assert NAME not in json.dumps(redaction.still, ensure_ascii=False)
    assert "仍可见" in client.get(page).content.decode()
    short = client.post(f"{page}do/keep/", {"word": key, "reason": "有"})
    assert short.status_code == 422 and "请写明为什么" in short.content.decode()
    reason = {"word": key, "reason": "该处为已公开的任职公示"}
    assert client.post(f"{page}do/keep/", reason).status_code == 302
    result = redacting.redact(redaction, by=b.liaison, unit=b.lawyers)
    assert result.reasons[0]["reason"] == reason["reason"] and NAME in texts(result.file.read())[1]


def test_a_word_that_is_still_visible_is_boxed_too(
    site: SmallSite, case: Case, client: Client
) -> None:
    redaction = opened(site, case, TWICE)
    with pytest.raises(Refused):
        made(site, redaction, around(TWICE, NAME, ground="third_party"))
    redaction.refresh_from_db()
    client.force_login(site.bureau.liaison)
    page = f"/desk/cases/{case.number}/redactions/{redaction.pk}/"
    word = {"word": redaction.still[0]["key"], "ground": "third_party"}
    assert client.post(f"{page}do/again/", word).status_code == 302
    assert client.post(f"{page}do/make/").status_code == 302
    assert not lies_in(redaction.results.get().file.read(), NAME)


def test_the_record_says_of_which_bytes_with_which_boxes_by_whom(
    site: SmallSite, case: Case
) -> None:
    b = site.bureau
    redaction = opened(site, case)
    redacting.draw(redaction, ONE[1:], by=b.unit_head, unit=b.lawyers)
    result = made(site, redaction)
    assert result.source_sha256 == redaction.source.sha256
    assert result.result_sha256 == result.file.sha256 and result.table == [[1, "third_party", 2]]
    assert {box["by_id"] for box in result.boxes} == {b.liaison.pk, b.unit_head.pk}
    assert redaction.source.state == result.file.state == StoredFile.State.PRIVATE
    assert redaction.source not in files_for(b.liaison)
    told = Entry.objects.filter(subject=case.subject, verb__startswith="redaction.")
    kinds = list(told.order_by("pk").values_list("verb", flat=True))
    assert kinds == ["redaction.opened", "redaction.drawn", "redaction.drawn", "redaction.made"]


def test_a_result_counts_only_while_source_and_boxes_are_the_same(
    site: SmallSite, case: Case
) -> None:
    b = site.bureau
    redaction = opened(site, case)
    first = made(site, redaction)
    assert queries.results_about(case.subject) == [first.file]
    assert not queries.objection_to_handing_over([first.file], case.subject)
    with pytest.raises(Refused, match="没有变化"):
        redacting.redact(redaction, by=b.liaison, unit=b.lawyers)
    more = [Box(2, 10, 10, 10, 10, "process")]
    redacting.draw(redaction, more, by=b.liaison, unit=b.lawyers)
    assert "方框又有改动" in queries.objection_to_handing_over([first.file], case.subject)
    second = redacting.redact(redaction, by=b.liaison, unit=b.lawyers)
    assert second.version == 2 and second.file.name.endswith("第2版.pdf")
    assert "不是最新" in queries.objection_to_handing_over([first.file], case.subject)
    assert "原件" in queries.objection_to_handing_over([redaction.source], case.subject)
    path = redaction.source.path
    content = path.read_bytes()
    try:
        path.write_bytes(content + b"\n")
        assert "原件已经变化" in queries.objection_to_handing_over([second.file], case.subject)
        with pytest.raises(Refused, match="与存入时不一致"):
            redacting.redact(redaction, by=b.liaison, unit=b.lawyers)
    finally:
        path.write_bytes(content)


def test_the_one_who_drew_does_not_approve(site: SmallSite, case: Case) -> None:
    b = site.bureau
    result = made(site, opened(site, case))
    same = store(result.file.read(), "换名.pdf", agency=b.agency, by=b.unit_head)
    assert "另一人审查" in queries.objection_to_approver([same], b.liaison)
    assert not queries.objection_to_approver([same], b.leader)


def test_who_does_not_draft_the_case_draws_nothing(
    site: SmallSite, case: Case, client: Client
) -> None:
    b = site.bureau
    redaction = opened(site, case)
    for person in (b.information_office, b.nobody, b.superuser):
        with pytest.raises(NotPermitted):
            redacting.draw(redaction, ONE, by=person, unit=b.lawyers)
    client.force_login(b.leader)
    page = f"/desk/cases/{case.number}/redactions/{redaction.pk}/"
    assert "保存方框" not in client.get(page).content.decode()
    assert client.post(f"{page}do/box/", NUMBERS).status_code == 404
    client.force_login(b.nobody)
    assert client.get(f"{page}pages/1.png").status_code in {302, 403, 404}


def test_a_box_needs_a_ground_of_the_law_and_a_place_on_the_page(
    site: SmallSite, case: Case
) -> None:
    b = site.bureau
    redaction = opened(site, case)
    assert "third_party" in queries.grounds_for("2019") and "privacy" in queries.grounds_for("2007")
    for box, field in ((Box(1, 1, 1, 1, 1, "privacy"), "ground"),
                       (Box(3, 1, 1, 1, 1, "process"), "page")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            redacting.draw(redaction, [ONE[0], box], by=b.liaison, unit=b.lawyers)
        assert refused.value.field == field and not redaction.boxes.exists()


PARTIAL = {"outcome": "P1", "grounds": ["third_party"], "text": "核实情况随函附上，其余不予公开。"}


def desk(client: Client, person: User, case: Case, act: str, **facts: Any) -> str:
    """What the desk answers: nothing when it was done."""
    client.force_login(person)
    response = do(client, case, act, **facts)
    return "" if response.status_code == 302 else str(response.content.decode())


def settled(site: SmallSite, case: Case) -> None:
    """What became a picture was looked at by two people."""
    b, sheet = site.bureau, current_reply(case).sheet
    assert sheet is not None
    appoint(b.nobody, b.office, Role.INFORMATION_OFFICE, start=date(2020, 1, 1))
    for finding in open_findings(sheet):
        for by in (b.information_office, b.nobody):
            review.settle(sheet, finding.key, reason="已对照图像核对", by=by)


def drafted(site: SmallSite, case: Case, drawer: User) -> Case:
    """A reply with a result in which ``drawer`` drew the first box."""
    b = site.bureau
    appoint(drawer, b.lawyers, Role.LIAISON, start=date(2020, 1, 1))
    redaction = opened(site, case)
    redacting.draw(redaction, ONE[:1], by=drawer, unit=b.lawyers)
    result = made(site, redaction, ONE[1:])
    applications.draft_reply(case, by=b.liaison, handed_over=[result.file], **PARTIAL)
    return case


def test_from_drawing_to_a_reply_that_others_approve(
    site: SmallSite, case: Case, client: Client
) -> None:
    b = site.bureau
    door = f"/desk/cases/{case.number}/redactions/"
    client.force_login(b.liaison)
    assert door in client.get(f"/desk/cases/{case.number}/").content.decode()
    client.force_login(b.leader)
    assert door not in client.get(f"/desk/cases/{case.number}/").content.decode()
    result = made(site, opened(site, case))
    assert result.file not in files_for(b.liaison)
    source = SimpleUploadedFile("核实情况.pdf", FILE)
    told = desk(client, b.liaison, case, "draft", **PARTIAL, files=[source])
    assert "是区分处理前的原件" in told
    kept = f'name="kept" value="{result.file.pk}"'
    client.force_login(b.liaison)
    assert kept in client.get(f"/desk/cases/{case.number}/do/draft/").content.decode()
    assert not desk(client, b.liaison, case, "draft", **PARTIAL, kept=[result.file.pk])
    assert list(current_reply(case).handed_over.all()) == [result.file]
    settled(site, case)
    assert not desk(client, b.information_office, case, "collate")
    assert not desk(client, b.leader, case, "approve")
    sent = {"how": "post", "proof": "EMS 001"}
    more = redacting.draw(
        result.redaction, [Box(2, 10, 10, 10, 10, "process")], by=b.liaison, unit=b.lawyers
    )
    assert more == 1
    assert "方框又有改动" in desk(client, b.information_office, case, "dispatch", **sent)
    last = result.redaction.boxes.order_by("-pk")[:1].values_list("pk", flat=True)
    redacting.take_away(result.redaction, list(last), by=b.liaison, unit=b.lawyers)
    assert not desk(client, b.information_office, case, "dispatch", **sent)
    assert case.outcome == "P1"


@pytest.mark.parametrize("act", ["collate", "approve"])
def test_who_drew_a_box_approves_at_no_door(
    site: SmallSite, case: Case, client: Client, act: str
) -> None:
    b = site.bureau
    drawer = b.information_office if act == "collate" else b.leader
    drafted(site, case, drawer)
    settled(site, case)
    if act == "approve":
        applications.collate(case, by=b.information_office)
    stage, sheet = case.stage, current_reply(case).sheet
    assert sheet is not None
    assert "由您参与制作" in desk(client, drawer, case, act)
    with pytest.raises(Refused, match="由您参与制作"):
        getattr(applications, act)(case, by=drawer)
    with pytest.raises(Refused, match="由您参与制作"):
        review.decide(sheet, Verdict.APPROVE, by=drawer)
    case.refresh_from_db()
    assert case.stage == stage and sheet.state == sheet.State.OPEN
    if act == "collate":  # another agreed on the sheet; that does not open the case's own door
        with transaction.atomic():
            review.decide(sheet, Verdict.APPROVE, by=b.nobody)
            with pytest.raises(Refused, match="由您参与制作"):
                applications.collate(case, by=drawer)
            transaction.set_rollback(True)
    returned = review.decide(sheet, Verdict.RETURN, by=drawer, reason="请重新制作")
    assert returned.verdict == Verdict.RETURN  # only agreeing needs another person
