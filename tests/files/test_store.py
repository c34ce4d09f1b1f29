from __future__ import annotations

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.files import rules
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.refusal import Refused

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.mark.django_db
def test_it_works() -> None:
    file = store(PDF, "通知.pdf")
    assert file.state == StoredFile.State.PRIVATE
    assert file.media_type == "application/pdf"
    assert file.read() == PDF


@pytest.mark.django_db
def test_the_same_bytes_lie_on_the_disk_once(settings) -> None:
    first, second = store(PDF, "甲.pdf"), store(PDF, "乙.pdf")
    assert first.path == second.path
    assert len([p for p in settings.FILES_ROOT.rglob("*") if p.is_file()]) == 1


@pytest.mark.django_db
def test_nobody_else_on_the_machine_may_look() -> None:
    file = store(PDF, "甲.pdf")
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("程序.exe", b"MZ", "不是可接受的类型"),
        ("无后缀", PDF, "不是可接受的类型"),
        ("空.pdf", b"", "空文件"),
        ("大.pdf", b"%PDF-" + b"0" * (rules.LARGEST + 1), "超过 20 MB"),
        ("照片.png", PDF, "内容与扩展名不符"),
        ("文档.docx", b"PK\x03\x04broken", "内容与扩展名不符"),
    ],
)
def test_what_is_not_taken(name: str, content: bytes, message: str) -> None:
    with pytest.raises(Refused, match=message):
        store(content, name)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\文件\\通知.pdf", "通知.pdf"),
        ("a\x00b\u202e.pdf", "ab.pdf"),
        (" .pdf. ", "pdf"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert rules.clean_name(name) == clean


@given(st.text(max_size=300))
def test_a_clean_name_has_no_way_out(name: str) -> None:
    clean = rules.clean_name(name)
    assert "/" not in clean
    assert "\\" not in clean
    assert clean not in {".", ".."}
    assert len(clean) <= 120
    assert rules.clean_name(clean) == clean
