"""pdf: saved anew with what a reader sees. A page that still holds unseen text afterwards becomes
a picture, and the person is told so.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from gongkai.screening.cleaning.jpeg import without_sides
from gongkai.screening.cleaning.pdfnotes import settle
from gongkai.screening.cleaning.result import Dropped
from gongkai.screening.files.pdfaround import outline, words
from gongkai.screening.files.pdfcovered import covers_picture
from gongkai.screening.files.pdfcut import Edge, parted
from gongkai.screening.files.pdfopen import Opened, opened
from gongkai.screening.files.pdfpage import read_page
from gongkai.screening.files.pdfparts import parts
from gongkai.screening.text import screen_text

_DOTS = 150 / 72
_MAX_AREA = 16_000_000
_PRIVATE = ("/PieceInfo", "/Metadata", "/LastModified", "/AA", "/Thumb", "/B", "/UserUnitInfo")
_ROOT_KEPT = {"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/ViewerPreferences",
              "/PageLabels", "/PageLayout", "/Outlines", "/OCProperties", "/Version"}  # fmt: skip


def clean(data: bytes, dropped: Dropped) -> bytes:
    """The PDF without properties, notes, attachments, scripts, earlier revisions, unseen text."""
    with opened(data) as pdf:
        _told(pdf.made, data, dropped)
        settle(pdf.made, dropped)
        _root(pdf.made, dropped)
        _streams(pdf.made, dropped)
        saved = _saved(pdf.made)
    return _seen_only(saved, dropped)


def _saved(made: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    made.remove_unreferenced_resources()
    made.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return out.getvalue()


def _told(made: pikepdf.Pdf, data: bytes, dropped: Dropped) -> None:
    if "/Info" in made.trailer and len(made.docinfo):
        dropped.add("文件属性（作者、标题、软件等）")
        del made.trailer["/Info"]
    if data.count(b"%%EOF") > (2 if b"/Linearized" in data[:2048] else 1):
        dropped.add("早期版本")
    if data.rpartition(b"%%EOF")[2].strip(b"\0\r\n "):
        dropped.add("文件结束标志之后的内容")
    kinds = {found.kind for found in parts(made, "", []).findings}
    if "script" in kinds:
        dropped.add("脚本和自动动作")
    names: Any = made.Root.get("/Names")
    if "/Collection" in made.Root or (names is not None and "/EmbeddedFiles" in names):
        dropped.add("内嵌的附件")


def _root(made: pikepdf.Pdf, dropped: Dropped) -> None:
    if _speaks(_titles(made)):
        dropped.add("书签")
        del made.Root["/Outlines"]
    if _speaks(_spoken(made)):
        dropped.add("朗读用的文档结构（其中的替代文字有问题）")
        del made.Root["/StructTreeRoot"]
    destinations = _destinations(made)
    for name in [k for k in made.Root.keys() if k not in _ROOT_KEPT]:  # noqa: SIM118
        del made.Root[name]
    if destinations is not None:
        made.Root.Names = Dictionary(Dests=destinations)
    for page in made.pages:
        for key in _PRIVATE:
            if key in page.obj:
                del page.obj[key]


def _destinations(made: pikepdf.Pdf) -> Any:
    names = made.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    if tree is None or "/Outlines" not in made.Root:
        return None
    return None if _speaks("\n".join(_strings(tree, 0))) else tree


def _strings(thing: Any, depth: int) -> Iterator[str]:
    if depth > 40 or isinstance(thing, pikepdf.Stream):
        return
    if isinstance(thing, pikepdf.String):
        yield words(thing)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            yield from _strings(value, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary) and "/Parent" not in thing:
        for value in thing.values():
            yield from _strings(value, depth + 1)


def _titles(made: pikepdf.Pdf) -> str:
    return "\n".join(passage.text for passage in outline(made))


def _spoken(made: pikepdf.Pdf) -> str:
    if "/StructTreeRoot" not in made.Root:
        return ""
    found = parts(made, "", []).texts
    labels = ("替代文字", "替换文字", "缩写全称", "标题", "名称", "其他文字")
    return "\n".join(text for label in labels for text in found.get(label, {}))


def _speaks(text: str) -> bool:
    return any(found.severity != "note" for found in screen_text(text)) if text else False


def _streams(made: pikepdf.Pdf, dropped: Dropped) -> None:
    for thing in made.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        for key in ("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Alternates"):
            if key in thing.stream_dict:
                del thing.stream_dict[key]
        raw = thing.read_raw_bytes() if thing.get("/Subtype") == "/Image" else b""
        if raw.startswith(b"\xff\xd8\xff") and words(thing.get("/Filter")) == "/DCTDecode":
            lean = without_sides(raw)
            if len(lean) < len(raw):
                parameters: Any = thing.get("/DecodeParms")
                thing.write(lean, filter=Name.DCTDecode, decode_parms=parameters)
                dropped.add("内嵌图片的属性")


def _seen_only(data: bytes, dropped: Dropped) -> bytes:
    with opened(data) as pdf:
        layers = "/OCProperties" in pdf.made.Root
        flat = _flat(pdf, layers)
        for number in flat:
            page = pdf.drawn[number]
            _redraw(pdf.made, pdf.made.pages[number], page)
            page.close()
            dropped.add(f"第{number + 1}页看不见的内容；该页改为图像，文字不能再选取、搜索和朗读")
        if layers:
            del pdf.made.Root["/OCProperties"]
        if not flat and not layers:
            return data
        if flat and "/StructTreeRoot" in pdf.made.Root:
            del pdf.made.Root["/StructTreeRoot"]
        return _saved(pdf.made)


def _flat(pdf: Opened, layers: bool) -> list[int]:
    """Pages that hold what nobody sees. Words that the edge cuts may stay as long as another page
    shows them as text: with the first page that becomes a picture all pages with such words do.
    """
    flat: set[int] = set()
    seen: list[str] = []
    edges: list[Edge] = []
    for number in range(len(pdf.drawn)):
        page = pdf.drawn[number]
        text = read_page(page)
        seen.append(text.seen)
        edges.append(text.edge)
        layered = layers and _layered(pdf.made.pages[number])
        if text.unseen.strip() or covers_picture(page) or layered:
            flat.add(number)
        page.close()
    cut = [number for number, edge in enumerate(edges) if edge.cuts]
    found = [parted(edges[number].cuts, seen, edges) for number in cut]
    if flat or any(ways["short"] or ways["hidden"] for ways in found):
        flat.update(cut)
    return sorted(flat)


def _layered(page: pikepdf.Page) -> bool:
    resources = page.obj.get("/Resources")
    named = resources.get("/Properties") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(named, pikepdf.Dictionary):
        return False
    return any(words(v.get("/Type")) in {"/OCG", "/OCMD"} for v in named.values())


def _redraw(made: pikepdf.Pdf, page: pikepdf.Page, drawn: pdfium.PdfPage) -> None:
    """The page as a picture of itself, upright."""
    wide, high = drawn.get_width(), drawn.get_height()
    scale = min(_DOTS, (_MAX_AREA / max(wide * high, 1.0)) ** 0.5)
    bitmap = drawn.render(scale=scale)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    thing = Stream(made, b"")
    thing.write(out.getvalue(), filter=Name.DCTDecode)
    thing.stream_dict.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
        )
    )  # fmt: skip
    for key in [k for k in page.obj.keys() if k not in {"/Type", "/Parent"}]:  # noqa: SIM118
        del page.obj[key]
    page.obj.MediaBox = Array([0, 0, round(wide, 2), round(high, 2)])
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=made.make_indirect(thing)))
    page.obj.Contents = made.make_stream(f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /Page Do Q".encode())
