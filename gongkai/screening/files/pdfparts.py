"""Goes through every object of a PDF, reached by a page or not: scripts, links, attached files,
texts behind pictures, metadata, pages that no catalogue names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pikepdf

from gongkai.screening.files import picture
from gongkai.screening.files.pdfaround import APART, words, xmp
from gongkai.screening.files.pdfopen import unpack
from gongkai.screening.findings import Finding, finding
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Passage

_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "启动程序",
    "/SubmitForm": "提交表单",
    "/Rendition": "多媒体",
    "/ImportData": "导入数据",
    "/Movie": "影片",
    "/Sound": "声音",
    "/GoToE": "打开内嵌文件",
}
_LABELS = {
    "/Alt": "替代文字",
    "/ActualText": "替换文字",
    "/E": "缩写全称",
    "/Title": "标题",
    "/JS": "脚本",
    "/V": "表单",
    "/DV": "表单",
    "/TU": "表单",
    "/T": "名称",
    "/Contents": "批注",
    "/RC": "批注",
    "/URI": "链接",
    "/F": "文件名",
    "/UF": "文件名",
    "/Name": "图层或名称",
    "/Desc": "说明",
    "/Names": "命名目标",
}
_SKIPPED = {"/ID", "/Lookup", "/Panose", "/Cert", "/CIDSystemInfo", "/U", "/O", "/W", "/Widths"}
_BEHIND = re.compile(rb"/(ActualText|Alt|E)\s*(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)")
_MAX_DEPTH = 60
_MAX_PICTURES = 500
_CLOSED = re.compile(
    r"^(?:localhost|\d|[^.]+$|.*\.(?:local|lan|intra|internal|corp)$)", re.IGNORECASE
)


@dataclass
class Parts:
    """What was found on the way. ``place`` stands before every place."""

    place: str
    findings: list[Finding] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    attached: list[tuple[str, bytes]] = field(default_factory=list)
    texts: dict[str, dict[str, None]] = field(default_factory=dict)
    _taken: set[tuple[int, int]] = field(default_factory=set)
    _told: set[tuple[str, str]] = field(default_factory=set)
    _waiting: list[pikepdf.Stream] = field(default_factory=list)
    _pictures: int = 0

    def text(self, label: str, value: str) -> None:
        """Remembers a text once for its label."""
        if len(value.strip()) >= 4:
            self.texts.setdefault(label, {}).setdefault(value)

    def tell(self, kind: str, place: str, excerpt: str) -> None:
        """Reports once for its kind and excerpt."""
        if (kind, excerpt) not in self._told and len(self._told) < 500:
            self._told.add((kind, excerpt))
            self.findings.append(finding(kind, f"{self.place}{place}", excerpt=excerpt))

    def dictionary(self, thing: Any) -> None:
        """Actions, links and files named in a dictionary."""
        action = words(thing.get("/S"))
        if action in _ACTIONS or "/JS" in thing:
            self.tell("script", "文档动作", _ACTIONS.get(action, "JavaScript"))
        for key in ("/OpenAction", "/AA"):
            if key in thing and _acts(thing[key]):
                self.tell("script", "自动动作", "打开时自动执行")
        address = words(thing.get("/URI"))
        if address and not isinstance(thing.get("/URI"), pikepdf.Dictionary):
            self._link(address)
        if action in {"/GoToR", "/Launch"}:
            target: Any = thing.get("/F")
            named = (
                words(target.get("/F")) if isinstance(target, pikepdf.Dictionary) else words(target)
            )
            self.tell("inner_address", "链接", f"本机或内部文件 {named.rpartition('/')[2][:40]}")
        if isinstance(thing.get("/EF"), pikepdf.Dictionary):
            self._file(thing)

    def _link(self, address: str) -> None:
        self.text("链接", address)
        try:
            parts = urlsplit(address.strip())
            host = parts.hostname or ""
        except ValueError:
            parts, host = urlsplit(""), ""
        if parts.scheme.lower() in {"file", "smb", "ftp"} or address.startswith("\\\\"):
            self.tell(
                "inner_address", "链接", f"指向本机或内部文件的链接（{parts.scheme or '共享目录'}）"
            )
        elif parts.scheme.lower() == "javascript":
            self.tell("script", "链接", "JavaScript")
        elif parts.scheme.lower() in {"http", "https"} and host and _CLOSED.match(host):
            self.tell("inner_address", "链接", "指向内部网络的链接")

    def _file(self, thing: Any) -> None:
        name = words(thing.get("/UF")) or words(thing.get("/F")) or "未命名"
        for stream in thing["/EF"].values():
            if isinstance(stream, pikepdf.Stream):
                self._attach(name, stream)

    def _attach(self, name: str, stream: pikepdf.Stream) -> None:
        if stream.objgen in self._taken:
            return
        self._taken.add(stream.objgen)
        safe = name.replace("\\", "/").rpartition("/")[2] or "未命名"
        try:
            self.attached.append((safe, stream.read_bytes()))
        except pikepdf.PdfError as broken:
            raise Unreadable("PDF里的内嵌文件已损坏") from broken

    def stream(self, thing: pikepdf.Stream) -> None:
        """Metadata, attached files, pictures, and texts behind drawn marks."""
        kind = words(thing.get("/Type"))
        if kind == "/EmbeddedFile":
            self._waiting.append(thing)
        elif kind == "/Metadata":
            self.passages.append(Passage("文件属性：XMP", xmp(unpack(thing)[0]), quiet=True))
        elif words(thing.get("/Subtype")) == "/Image":
            self._picture(thing)
        else:
            self._behind(unpack(thing)[0])

    def _picture(self, thing: pikepdf.Stream) -> None:
        """A photo keeps its place and its owner inside a PDF, too."""
        raw = thing.read_raw_bytes()
        self._pictures += 1
        if not raw.startswith(b"\xff\xd8\xff") or self._pictures > _MAX_PICTURES:
            return
        label = f"内嵌图片{self._pictures}"
        try:
            found, passages = picture.carried(raw, f"{self.place}{label}")
        except Unreadable:
            return  # pdfium draws what Pillow does not open; the page itself is looked at
        self.findings += found
        self.passages += [replace(p, place=f"{label}{p.place}") for p in passages]

    def _behind(self, content: bytes) -> None:
        if b"/ActualText" not in content and b"/Alt" not in content:
            return
        for match in _BEHIND.finditer(content):
            try:
                value = pikepdf.Object.parse(match.group(2))
            except pikepdf.PdfError:
                continue
            self.text(_LABELS["/" + match.group(1).decode()], words(value))

    def finish(self) -> None:
        """Attached files that no entry names, and all texts as passages."""
        for stream in self._waiting:
            self._attach("未命名", stream)
        known = "\n".join(p.text for p in self.passages)
        for label, values in self.texts.items():
            lines = [v for v in values if v not in known]
            if lines:
                self.passages.append(Passage(f"PDF内部：{label}", APART.join(lines), quiet=True))


def parts(made: pikepdf.Pdf, place: str, known: list[Passage]) -> Parts:
    """All of it; texts that ``known`` passages hold already are not searched again."""
    found = Parts(place)
    said = {line for p in known for line in (p.text, *p.text.split("\n"))}
    if "/Collection" in made.Root:
        found.tell("attachment", "PDF文件包", "PDF文件包（Portfolio）")
    for thing in made.objects:
        _walk(thing, found, said)
    found.finish()
    found.passages += _lost_pages(made, found)
    return found


def _walk(root: Any, found: Parts, said: set[str]) -> None:
    waiting: list[tuple[Any, str, int]] = [(root, "", 0)]
    while waiting:
        thing, key, depth = waiting.pop()
        if depth > _MAX_DEPTH:
            raise Unreadable("PDF结构嵌套过深")
        if isinstance(thing, pikepdf.Stream):
            found.stream(thing)
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            found.dictionary(thing)
            signed = words(thing.get("/Type")) == "/Sig" or "/ByteRange" in thing
            for name, value in thing.items():
                if name not in _SKIPPED and not (signed and name == "/Contents"):
                    waiting += _next(value, name, depth)
        elif isinstance(thing, pikepdf.Array):
            for value in thing:
                waiting += _next(value, key, depth)
        elif isinstance(thing, pikepdf.String) and (text := words(thing)) not in said:
            found.text(_LABELS.get(key, "其他文字"), text)


def _next(value: Any, key: str, depth: int) -> Iterator[tuple[Any, str, int]]:
    """Direct members only: the others are objects of the file themselves."""
    if isinstance(value, pikepdf.Object) and (
        not value.is_indirect or isinstance(value, pikepdf.String)
    ):
        yield value, key, depth + 1


def _acts(action: Any) -> bool:
    """Whether an action starts something; going to a page does not."""
    if isinstance(action, pikepdf.Dictionary):
        kinds = [words(action.get("/S"))] if "/S" in action else []
        kinds += [words(v.get("/S")) for v in action.values() if isinstance(v, pikepdf.Dictionary)]
        return any(kind in _ACTIONS or kind == "/URI" for kind in kinds)
    return False


def _lost_pages(made: pikepdf.Pdf, found: Parts) -> list[Passage]:
    """Pages that were taken out of the catalogue but are still in the file."""
    from gongkai.screening.files.pdfrevisions import texts_of

    shown = {page.obj.objgen for page in made.pages}
    lost = [
        thing
        for thing in made.objects
        if isinstance(thing, pikepdf.Dictionary)
        and words(thing.get("/Type")) == "/Page"
        and thing.objgen not in shown
    ]
    passages = []
    for number, thing in enumerate(lost[:50], 1):
        out, copy = BytesIO(), pikepdf.new()
        try:
            copy.pages.append(pikepdf.Page(copy.copy_foreign(thing)))
            copy.save(out)
            text = "\n".join(texts_of(out.getvalue()))
        except (pikepdf.PdfError, Unreadable, ValueError, RuntimeError):
            text = ""
        passages.append(
            Passage(f"已删除但仍在文件里的页面{number}", text or "（页面）", hidden="hidden_text")
        )
    return passages
