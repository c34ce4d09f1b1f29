"""Bundles: what was packed arrives whole, and nothing else arrives at all."""

from __future__ import annotations

import hashlib
import io
import json
import random
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from small_site import fresh, item

from gongkai.exchange import unpacking
from gongkai.exchange.actions import Packed, pack
from gongkai.exchange.bundle import write_bundle
from gongkai.exchange.rules import File, Manifest, misplaced
from gongkai.exchange.unpacking import current_seq, unpack
from gongkai.ledger.models import Entry
from gongkai.publishing.actions import publish_pending
from gongkai.refusal import Refused
from gongkai.review.pages import withdraw_page
from gongkai.text.index import search

pytestmark = pytest.mark.django_db


def files_below(root: Path) -> dict[str, bytes]:
    """Every file by its path, but for the manifest and what no reader needs."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for part in ("sites", "gone", "index")
        for path in (root / part).rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def state(outer: Path) -> Any:
    """All that stands on the outer host: names, contents, and where the link leads."""
    if not outer.exists():
        return None
    return sorted(
        (
            str(p.relative_to(outer)),
            str(p.readlink()) if p.is_symlink() else _content(p),
        )
        for p in outer.rglob("*")
        if p.name != ".lock"
    )


def _content(path: Path) -> str:
    return path.read_bytes().hex() if path.is_file() else "folder"


def refused(bundle: Path, outer: Path, match: str = "拒收") -> None:
    """Refused, and not a byte of the outer host is another one."""
    before = state(outer)
    with pytest.raises(Refused, match=match):
        unpack(bundle, outer)
    assert state(outer) == before


def planted(bundle: Path, name: str, key: str, seq: int = 999) -> Path:
    """A bundle with a right seal over one file of any name: an inner host gone wrong."""
    source = bundle.with_suffix(".content")
    source.write_bytes(b"x")
    file = File(name, hashlib.sha256(b"x").hexdigest(), 1)
    manifest = Manifest(seq, "2026-01-01T00:00:00.000000Z", ledger="0" * 64, files=(file,))

    class OneFile(type(bundle)):  # type: ignore[misc]
        def __truediv__(self, name: Any) -> Path:
            return source

    with bundle.open("wb") as out:
        write_bundle(out, manifest, OneFile(bundle), key)
    return bundle


def test_it_works(site, packed: Packed, outer: Path, settings) -> None:
    done = unpack(packed.path, outer)
    there = files_below(outer / "current")
    assert there == files_below(settings.TREE_ROOT)
    assert len(there) == done.files == packed.files > 10
    assert search(outer / "current/index", "便民措施").total == 1
    assert current_seq(outer) == packed.seq == done.seq
    assert [p.name for p in outer.rglob("publishing.lock")] == []


def test_packing_is_on_record_and_carries_the_head_of_the_ledger(site, packed: Packed) -> None:
    entry = Entry.objects.get(verb="exchange.packed")
    assert entry.seq == packed.seq
    assert entry.data["files"] == packed.files
    with tarfile.open(packed.path) as archive:
        told = json.load(archive.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert told["ledger"] == entry.hash
    assert told["seq"] == entry.seq


def test_any_tar_program_reads_a_bundle(site, packed: Packed, settings) -> None:
    with tarfile.open(packed.path) as archive:
        inside = {
            member.name.removeprefix("tree/"): archive.extractfile(member).read()  # type: ignore[union-attr]
            for member in archive.getmembers()
            if member.name.startswith("tree/")
        }
    assert inside == files_below(settings.TREE_ROOT)


def test_one_altered_byte_anywhere_is_refused(site, packed: Packed, outer: Path) -> None:
    whole = packed.path.read_bytes()
    chance = random.Random(7)
    places = [0, 100, 600, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(60))]
    for place in places:
        altered = bytearray(whole)
        altered[place] ^= 1 << chance.randrange(8)
        packed.path.write_bytes(altered)
        refused(packed.path, outer)
    packed.path.write_bytes(whole)
    assert unpack(packed.path, outer).seq == packed.seq


def repacked(bundle: Path, change: Any) -> Path:
    """The same archive with its members changed by somebody who knows tar, but no key."""
    with tarfile.open(bundle) as archive:
        members = [(m, archive.extractfile(m).read()) for m in archive.getmembers()]  # type: ignore[union-attr]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for member, content in change(members):
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    bundle.write_bytes(out.getvalue())
    return bundle


def extra(name: str, **facts: Any) -> Any:
    info = tarfile.TarInfo(name)
    for fact, value in facts.items():
        setattr(info, fact, value)
    return lambda members: [*members, (info, b"" if facts else b"planted")]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(extra("tree/sites/portal/more.html"), id="extra"),
        pytest.param(extra("../../escaped.html"), id="escape"),
        pytest.param(extra("/escaped.html"), id="absolute"),
        pytest.param(extra("tree/sites/l", type=tarfile.SYMTYPE, linkname="/etc"), id="symlink"),
        pytest.param(lambda members: members[:-1], id="missing last"),
        pytest.param(lambda members: members[:3] + members[4:], id="missing inside"),
        pytest.param(lambda members: [*members[:2], *reversed(members[2:])], id="reordered"),
        pytest.param(lambda members: [*members, members[-1]], id="twice"),
        pytest.param(lambda members: members[2:], id="no manifest"),
        pytest.param(lambda members: members[:1] + members[2:], id="no seal"),
        pytest.param(lambda members: [], id="empty"),
    ],
)
def test_extra_missing_moved_and_escaping_files_are_refused(
    site, packed: Packed, outer: Path, tmp_path: Path, change: Any
) -> None:
    refused(repacked(packed.path, change), outer)
    assert not list(tmp_path.rglob("escaped.html"))


def test_a_cut_bundle_is_refused(site, packed: Packed, outer: Path) -> None:
    whole = packed.path.read_bytes()
    for length in (0, 100, 512, len(whole) // 2, len(whole) - 1):
        packed.path.write_bytes(whole[:length])
        refused(packed.path, outer)
    packed.path.write_bytes(whole + b"\0")
    refused(packed.path, outer)


def test_a_wrong_key_is_refused(site, packed: Packed, outer: Path, settings) -> None:
    settings.EXCHANGE_KEY = "another-key-of-sufficient-length-0000"
    refused(packed.path, outer, "GONGKAI_EXCHANGE_KEY")


@pytest.mark.parametrize("key", ["", "short"])
def test_without_a_key_nothing_crosses(
    site, packed: Packed, outer: Path, settings, key: str
) -> None:
    settings.EXCHANGE_KEY = key
    refused(packed.path, outer, "GONGKAI_EXCHANGE_KEY")
    with pytest.raises(Refused, match="GONGKAI_EXCHANGE_KEY"):
        pack(packed.path.with_name("second.tar"))


@pytest.mark.parametrize(
    "name",
    ["../escaped.html", "sites/../../escaped.html", "/escaped.html", "releases/x", "sites/./x",
     "sites//x", "sites/a\\b", "index", "manifest.json"],
)  # fmt: skip
def test_a_sealed_manifest_cannot_name_a_place_outside(
    site, outer: Path, tmp_path: Path, settings, name: str
) -> None:
    bundle = planted(tmp_path / "b.tar", name, settings.EXCHANGE_KEY)
    refused(bundle, outer, "越出目录")
    assert not list(tmp_path.rglob("escaped.html"))
    assert misplaced(["sites/portal/附 表.html", "index/meta.json"]) is None


def test_an_older_bundle_is_refused(site, packed: Packed, outer: Path, tmp_path: Path) -> None:
    newer = pack(tmp_path / "newer.tar")
    unpack(newer.path, outer)
    refused(packed.path, outer, "旧")
    assert current_seq(outer) == newer.seq


def test_the_same_number_with_another_content_is_refused(
    site, packed: Packed, outer: Path, tmp_path: Path, settings
) -> None:
    unpack(packed.path, outer)
    bundle = planted(tmp_path / "b.tar", "sites/a.html", settings.EXCHANGE_KEY, packed.seq)
    refused(bundle, outer, "已收过")


def test_the_same_bundle_again_repairs_what_was_altered(site, packed: Packed, outer: Path) -> None:
    unpack(packed.path, outer)
    sound = files_below(outer / "current")
    page = next((outer / "current/sites").rglob("index.html"))
    page.write_text("defaced")
    unpack(packed.path, outer)
    assert files_below(outer / "current") == sound


def test_what_was_withdrawn_stays_nowhere_on_the_outer_host(
    site, outer: Path, tmp_path: Path
) -> None:
    page = item(site, "金丝雀要撤回")
    publish_pending()
    unpack(pack(tmp_path / "1.tar").path, outer)
    words = "金丝雀要撤回".encode()
    assert [p for p in outer.rglob("*.html") if words in p.read_bytes()]
    withdraw_page(fresh(page), by=site.bureau.information_office, reason="有误")
    publish_pending()
    unpack(pack(tmp_path / "2.tar").path, outer)
    assert not [p for p in outer.rglob("*") if p.is_file() and words in p.read_bytes()]
    assert len(list((outer / "releases").iterdir())) == 1


@pytest.mark.parametrize("step", ["_put", "_switch", "_settle_folder"])
def test_a_failure_in_the_middle_leaves_the_old_tree(
    site, packed: Packed, outer: Path, tmp_path: Path, monkeypatch, step: str
) -> None:
    unpack(packed.path, outer)
    before = files_below(outer / "current")
    newer = pack(tmp_path / "newer.tar")

    def fail(*args: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(unpacking, step, fail)
        with pytest.raises(OSError, match="disk full"):
            unpack(newer.path, outer)
    assert files_below(outer / "current") == before
    assert current_seq(outer) == packed.seq
    unpack(newer.path, outer)
    assert current_seq(outer) == newer.seq
    assert len(list((outer / "releases").iterdir())) == 1


def test_a_bundle_that_changes_while_it_is_read_is_refused(
    site, packed: Packed, outer: Path, monkeypatch
) -> None:
    """Removable media lie: what is written is verified again."""
    whole = packed.path.read_bytes()
    check = unpacking._refuse_older

    def swap(*args: Any) -> None:
        check(*args)
        altered = bytearray(whole)
        altered[-1500] ^= 1
        packed.path.write_bytes(altered)

    monkeypatch.setattr(unpacking, "_refuse_older", swap)
    with pytest.raises(Refused):
        unpack(packed.path, outer)
    assert not (outer / "current").exists()
    assert list((outer / "releases").iterdir()) == []


def test_a_link_in_the_tree_is_not_packed(site, settings, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("draft")
    (settings.TREE_ROOT / "sites/portal/linked.html").symlink_to(secret)
    with pytest.raises(Refused, match="符号链接"):
        pack(tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


def test_a_file_that_changes_while_it_is_packed_leaves_no_bundle(
    site, settings, tmp_path, monkeypatch
) -> None:
    from gongkai.exchange import actions

    listed = actions._listed

    def lying(root: Path) -> Any:
        for file in listed(root):
            yield replace(file, sha256="0" * 64) if file.path.endswith("404.html") else file

    monkeypatch.setattr(actions, "_listed", lying)
    with pytest.raises(Refused, match="拒收"):
        pack(tmp_path / "b.tar")
    assert [p.name for p in tmp_path.iterdir() if "b.tar" in p.name] == []


def test_the_command_packs_and_unpacks(site, outer: Path, tmp_path: Path, settings) -> None:
    out = io.StringIO()
    call_command("exchange", "pack", str(tmp_path), stdout=out)
    told = json.loads(out.getvalue())
    assert Path(told["bundle"]).name == f"gongkai-{told['seq']:09d}.tar"
    out = io.StringIO()
    call_command("exchange", "unpack", told["bundle"], str(outer), stdout=out)
    assert json.loads(out.getvalue())["seq"] == told["seq"]
    settings.EXCHANGE_KEY = ""
    with pytest.raises(CommandError) as error:
        call_command("exchange", "pack", str(tmp_path), stdout=out)
    assert error.value.returncode == 2
