"""A docx, xlsx or pptx taken apart and put together again: only parts that something in the
document still refers to are written.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from gongkai.refusal import Refused
from gongkai.screening.cleaning import pictures
from gongkai.screening.cleaning.result import Dropped, no
from gongkai.screening.files import sniff
from gongkai.screening.files.markup import parse
from gongkai.screening.files.package import Package
from gongkai.screening.limits import Budget, Unreadable

_TYPES = "[Content_Types].xml"
_ROOT = "_rels/.rels"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WHEN = (2000, 1, 1, 0, 0, 0)
_PROPERTIES = ("core-properties", "extended-properties", "custom-properties", "thumbnail")
_FOREIGN = ("attachedTemplate", "externalLink", "externalLinkPath", "frame", "subDocument")
_FILES = ("package", "oleObject", "control", "activeXControlBinary", "attachedToolbars")


class Parts:
    """The parts by name, and the relations between them."""

    def __init__(self, data: bytes) -> None:
        package = Package(data, Budget())
        self.parts = {name: package.read(name) for name in package.names}
        if _TYPES not in self.parts or _ROOT not in self.parts:
            raise Unreadable("文件内部结构已损坏")
        if any("vbaproject" in name.lower() for name in self.parts):
            raise no("文件带宏，不能生成干净副本。请另存为不带宏的文件后上传。")

    def xml(self, name: str) -> etree._Element:
        """The tree of a part."""
        return parse(self.parts[name])

    def put(self, name: str, root: etree._Element) -> None:
        """Writes a tree back."""
        self.parts[name] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )

    def drop_relations(self, wanted: Callable[[str, str, bool], bool]) -> list[str]:
        """Takes out relations by (kind, target, external); gives back their targets."""
        gone = []
        for name in [n for n in self.parts if n.endswith(".rels")]:
            root = self.xml(name)
            for relation in list(root.iter(_REL)):
                kind = relation.get("Type", "").rpartition("/")[2]
                target = relation.get("Target", "")
                if wanted(kind, target, relation.get("TargetMode") == "External"):
                    root.remove(relation)
                    gone.append(_beside(name, target))
            self.put(name, root)
        return gone

    def relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind and target part of each inner relation of a part."""
        rels = _rels_of(name)
        if rels not in self.parts:
            return
        for relation in self.xml(rels).iter(_REL):
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rpartition("/")[2]
                yield relation.get("Id", ""), kind, _beside(rels, relation.get("Target", ""))

    def main(self) -> str:
        """The name of the main part."""
        for _, kind, target in self.relations(""):
            if kind == "officeDocument" and target in self.parts:
                return target
        raise Unreadable("文件内部结构已损坏")

    def strip(self, dropped: Dropped) -> None:
        """Properties, foreign templates, own XML data: no reader sees them."""
        if self.drop_relations(lambda kind, _t, _e: kind in _PROPERTIES):
            dropped.add("文件属性（作者、单位、修改者等）和缩略图")
        if self.drop_relations(lambda kind, _t, outside: outside and kind in _FOREIGN):
            dropped.add("指向外部模板和文件的链接")
        if self.drop_relations(lambda kind, _t, _e: kind in {"customXml", "customXmlProps"}):
            dropped.add("附带的数据（customXml）")
        if any(kind in _FILES for name in [*self.parts] for _, kind, _ in self.relations(name)):
            raise no("文件里嵌有其他文件或控件，不能生成干净副本。请在原软件里删去后另存上传。")

    def save(self, dropped: Dropped) -> bytes:
        """The package again: reachable parts only, their pictures clean, no dates."""
        reached = self._reached()
        if any(not n.endswith("/") and n not in reached for n in self._left()):
            dropped.add("没有被正文引用的部件")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in [_TYPES, *sorted(reached)]:
                body = self._types(reached) if name == _TYPES else self._clean(name, dropped)
                info = zipfile.ZipInfo(name, _WHEN)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, body)
        return out.getvalue()

    def _left(self) -> list[str]:
        return [n for n in self.parts if n != _TYPES and not n.endswith(".rels")]

    def _reached(self) -> set[str]:
        reached, waiting = {_ROOT}, [""]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if _rels_of(name) in self.parts:
                reached.add(_rels_of(name))
            for _, _, target in self.relations(name):
                if target in self.parts:
                    reached.add(target)
                    waiting.append(target)
        return reached

    def _types(self, reached: set[str]) -> bytes:
        root = self.xml(_TYPES)
        for entry in list(root):
            part = entry.get("PartName")
            if part is not None and part.lstrip("/") not in reached:
                root.remove(entry)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _clean(self, name: str, dropped: Dropped) -> bytes:
        body = self.parts[name]
        if "/media/" not in name or sniff.sniff(body) not in sniff.PICTURES:
            return body
        try:
            return pictures.clean(body, dropped)
        except (Refused, Unreadable) as reason:
            raise no(f"文件里的图片不能生成干净副本（{reason}）。请替换后上传。") from reason


def _rels_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _beside(rels: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    folder = posixpath.dirname(posixpath.dirname(rels))
    return posixpath.normpath(posixpath.join(folder, target))
