"""odt, ods, odp: text, hidden text, tracked changes, annotations, notes, properties, objects."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.screening.files import sniff
from gongkai.screening.files.markup import attributes, local, parse, strings
from gongkai.screening.files.odftext import Body
from gongkai.screening.files.package import Package
from gongkai.screening.files.reading import Opened, Reading
from gongkai.screening.files.remains import runs
from gongkai.screening.findings import Finding, finding
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Passage

_PEOPLE = {"initial-creator": "作者", "creator": "最后修改人", "printed-by": "打印人"}
_MACHINE = {"mimetype", "layout-cache", "Thumbnails/thumbnail.png"}
_FONTS = (".ttf", ".otf", ".odttf")


def read(opened: Opened) -> Reading:
    """The document and the objects in it."""
    package = opened.zip
    if "META-INF/manifest.xml" in package.names:
        manifest = parse(package.read("META-INF/manifest.xml"))
        if any(local(e) == "encryption-data" for e in manifest.iter()):
            raise Unreadable("文件已加密，请去掉密码后再上传")
    reading = Reading(list(_findings(package, opened.place)))
    reading.passages = list(_passages(package))
    for name in package.names:
        if name in _MACHINE or name.endswith((".xml", ".rdf", *_FONTS)) or _code(name):
            continue
        blob = package.read(name)
        if name.startswith(("ObjectReplacements/", "Configurations")):
            reading.passages = [*reading.passages, Passage(f"部件 {name}", runs(blob), quiet=True)]
        elif sniff.sniff(blob) in sniff.PICTURES:
            reading.pictures.append((name, blob))
        else:
            reading.attached.append((name, blob))
    return reading


def _code(name: str) -> bool:
    return name.startswith(("Basic/", "Scripts/", "Dialogs/"))


def _findings(package: Package, place: str) -> Iterator[Finding]:
    if any(_code(name) for name in package.names):
        yield finding("macro", f"{place}宏", excerpt="Basic")


def _passages(package: Package) -> Iterator[Passage]:
    styles = parse(package.read("styles.xml")) if "styles.xml" in package.names else None
    for name in package.names:
        if name == "content.xml" or name.endswith("/content.xml"):
            label = f"对象{name.rpartition('/')[0]}的" if "/" in name else ""
            root = parse(package.read(name))
            yield from Body(root, styles, label).passages()
        elif name == "styles.xml" and styles is not None:
            yield from Body(styles, styles, "页眉页脚").passages()
        elif name == "meta.xml":
            yield from _properties(parse(package.read(name)))
        elif name.endswith((".xml", ".rdf")):
            yield Passage(f"部件 {name}", "\n".join(strings(parse(package.read(name)))), quiet=True)
    if package.remarks.strip():
        yield Passage("压缩包的注释", package.remarks, hidden="hidden_text")


def _properties(root: etree._Element) -> Iterator[Passage]:
    for element in root.iter():
        value = (element.text or "").strip()
        if value and len(element) == 0:
            label = _PEOPLE.get(local(element), "")
            kind = "properties" if label else ""
            place = f"文件属性：{label or local(element)}"
            yield Passage(place, value, hidden=kind, quiet=not kind)
    words = [v for e in root.iter() for _, v in attributes(e) if len(v) >= 5]
    yield Passage("文件属性：其他", "\n".join(words), quiet=True)
