"""The checks beside the editor, and the acts that they lead to."""

from __future__ import annotations

import re
from datetime import date

from small_site import column, draft, fresh, item
from test_editor import editor_facts

from gongkai.catalogue.actions import ask_for_placement, propose_expiries
from gongkai.catalogue.models import ItemPage, Placement, ValidityProposal
from gongkai.catalogue.queries import placed_in
from gongkai.catalogue.rules import ColumnKind


def test_it_works(site, as_user):
    page = draft(
        site,
        body=[("text", "<p>各处室签定责任书，联系人XXX。</p>")],
        document_number="临司发〔2026〕1号",
    )
    shown = as_user(site.bureau.editor).get(f"/desk/pages/{page.pk}/edit/").content.decode()
    assert 'data-side-panel="remarks"' in shown
    panels = re.findall(r'data-side-panel="([^"]+)"', shown)
    assert len(panels) == len(set(panels)), "of two panels with one name only one opens"
    for words in ("“签定”疑为“签订”", "未填写的“XXX”", "须注明有效性"):
        assert words in shown, words


def test_the_hard_ones_refuse_at_their_field_and_the_others_are_told(site, as_user):
    page, editor = draft(site), as_user(site.bureau.editor)
    address = f"/desk/pages/{page.pk}/edit/"
    facts = editor_facts(page, summary="内容待补充", **{"action-submit": "x"})
    refused = editor.post(address, facts)
    assert refused.status_code == 200
    assert refused.context["form"].errors["summary"] == [
        "内容概述中还有未填写的“待补充”，请补充完整后再提交。"
    ]
    facts = editor_facts(page, summary="各处室签定责任书", **{"action-submit": "x"})
    sent = editor.post(address, facts, follow=True)
    assert "提示：内容概述中的“签定”疑为“签订”" in sent.content.decode()
    assert fresh(page).current_workflow_state is not None


def test_a_draft_with_gaps_is_saved_and_not_submitted(site, as_user):
    page, editor = draft(site), as_user(site.bureau.editor)
    saved = editor.post(f"/desk/pages/{page.pk}/edit/", editor_facts(page, summary="待补充"))
    assert saved.status_code == 302


def test_a_proposal_is_accepted_from_the_panel(site, as_user):
    page = item(site, "试行办法", validity="valid", valid_to=date(2026, 3, 1))
    propose_expiries()
    proposal = ValidityProposal.objects.get()
    address = f"/desk/catalogue/validity/{proposal.pk}/accept/"
    editor = as_user(site.bureau.editor)
    assert address in editor.get(f"/desk/pages/{page.pk}/edit/").content.decode()
    assert address in editor.get("/desk/catalogue/").content.decode()
    assert address not in as_user(site.bureau.supervisor).get("/desk/catalogue/").content.decode()
    editor = as_user(site.bureau.editor)
    assert editor.get(address).status_code == 200
    assert editor.post(address).status_code == 302
    assert fresh(page).current_workflow_state is not None
    assert ValidityProposal.objects.get().state == "accepted"
    assert as_user(site.bureau.editor).post(address).url == "/desk/"
    assert fresh(page).revisions.count() == 2


def test_a_placement_is_asked_for_and_agreed_to(site, as_user):
    notices = column(site.section, site.bureau, "通知公告", ColumnKind.NOTICE, slug="tzgg")
    page = item(site)
    editor = as_user(site.bureau.editor)
    ask = f"/desk/catalogue/item/{page.pk}/ask/"
    assert ask in editor.get(f"/desk/pages/{page.pk}/edit/").content.decode()
    assert "通知公告" in editor.get(ask).content.decode()
    assert editor.post(ask, {"column": site.section.pk}).status_code == 422
    assert editor.post(ask, {"column": notices.pk}).status_code == 302
    placement = Placement.objects.get()
    agree = f"/desk/catalogue/placement/{placement.pk}/agree/"
    assert editor.post(agree).url == "/desk/"
    assert list(placed_in(notices)) == []
    head = as_user(site.bureau.unit_head)
    assert agree in head.get("/desk/catalogue/").content.decode()
    assert head.post(agree).status_code == 302
    assert agree not in head.get("/desk/catalogue/").content.decode()
    assert [p.item for p in placed_in(notices)] == [page]
    end = f"/desk/catalogue/placement/{placement.pk}/end/"
    assert as_user(site.bureau.editor).post(end, {"reason": ""}).status_code == 422
    assert as_user(site.bureau.editor).post(end, {"reason": "不相关"}).status_code == 302
    assert list(placed_in(notices)) == []


def test_addresses_of_acts_tell_nothing_to_others(site, as_user):
    notices = column(site.section, site.bureau, "通知公告", ColumnKind.NOTICE, slug="tzgg")
    placement = ask_for_placement(item(site), notices, by=site.bureau.editor)
    for person in (site.bureau.supervisor, site.bureau.superuser):
        for act in ("agree", "refuse", "end"):
            found = as_user(person).post(f"/desk/catalogue/placement/{placement.pk}/{act}/")
            assert found.status_code == 302, act
    assert Placement.objects.get().state == "asked"
    editor = as_user(site.bureau.editor)
    assert editor.get(f"/desk/catalogue/placement/{placement.pk}/nothing/").status_code == 404
    assert editor.get(f"/desk/catalogue/nothing/{placement.pk}/end/").status_code == 404


def test_columns_are_ordered_by_a_number_and_the_standard_is_taken_over(site, as_user):
    b = site.bureau
    place = column(site.section, b, "标准目录", ColumnKind.STANDARD, slug="bzml")
    editor = as_user(b.editor)
    order, standard = (f"/desk/catalogue/column/{place.pk}/{act}/" for act in ("place", "standard"))
    listed = editor.get("/desk/catalogue/").content.decode()
    assert order in listed and standard in listed
    assert f"/desk/catalogue/column/{site.news.pk}/standard/" not in listed
    assert "现在的顺序：1 工作动态、2 政策文件、3 标准目录" in editor.get(order).content.decode()
    assert editor.post(order, {"place": "4"}).status_code == 422
    assert editor.post(order, {"place": "1"}).url == "/desk/catalogue/"
    assert site.section.get_children().first().pk == place.pk
    assert "公共法律服务平台" in editor.get(standard).content.decode()
    facts = {"unit": b.lawyers.pk, "matters": ["律师", "公证"]}
    told = editor.post(standard, facts, follow=True).content.decode()
    assert "已把 3 个条目写入草稿" in told
    assert ItemPage.objects.get().standard_rows.count() == 3
    assert as_user(b.supervisor).get(standard).status_code == 302
