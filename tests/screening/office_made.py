"""Makes pptx, ofd and odf files for the tests from XML. All people invented."""

from __future__ import annotations

import io
import zipfile

from gongkai.screening import Report, screen_file

ID = "990101199003078535"
NOTICE = "关于做好政府信息公开工作的通知"
_MAIN = "http://schemas.openxmlformats.org"
P = f"{_MAIN}/presentationml/2006/main"
A = f"{_MAIN}/drawingml/2006/main"
REL = f"{_MAIN}/officeDocument/2006/relationships"
SPACES = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{REL}"'


def packed(members: dict[str, str | bytes]) -> bytes:
    """A zip of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def repacked(data: bytes, changes: dict[str, str | bytes | tuple[str, str]]) -> bytes:
    """The zip with members replaced or added; a pair replaces one text by another in a member."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    for name, change in changes.items():
        if isinstance(change, tuple):
            old = members[name]
            text = old.decode() if isinstance(old, bytes) else old
            assert change[0] in text, (name, change[0])
            members[name] = text.replace(change[0], change[1], 1)
        else:
            members[name] = change
    return packed(members)


def kinds(report: Report) -> set[str]:
    """The kinds that were found."""
    return {f.kind for f in report.findings}


def places(report: Report, kind: str) -> str:
    """Where a kind was found, all places joined."""
    return " ".join(f.place for f in report.findings if f.kind == kind)


def screened(data: bytes, name: str) -> Report:
    """The report, with the reasons shown when a test fails."""
    report = screen_file(data, name)
    print([(f.kind, f.place, f.excerpt) for f in report.findings])  # noqa: T201
    return report


def relations(*rows: tuple[str, str, str]) -> str:
    """A part with relations: id, last word of the type, target (outside when it has a colon)."""
    body = ""
    for i, kind, target in rows:
        mode = 'TargetMode="External"' if ":" in target else ""
        body += f'<Relationship Id="{i}" Type="{REL}/{kind}" Target="{target}" {mode}/>'
    return f'<Relationships xmlns="{_MAIN}/package/2006/relationships">{body}</Relationships>'


def shape(text: str, *, look: str = "", at: str = "0 0 4000000 900000", extra: str = "") -> str:
    """A text box: ``look`` goes into the run, ``extra`` into the shape's properties."""
    x, y, wide, high = at.split()
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>{extra}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:rPr>{look}</a:rPr><a:t>{text}</a:t></a:r></a:p>"
        "</p:txBody></p:sp>"
    )


def slide(*shapes: str, attributes: str = "", background: str = "") -> str:
    """A slide of shapes."""
    return (
        f"<p:sld {SPACES} {attributes}><p:cSld>{background}<p:spTree>{''.join(shapes)}</p:spTree>"
        "</p:cSld></p:sld>"
    )


def pptx(*slides: str, **parts: str | bytes) -> bytes:
    """A presentation of slides, and other parts by their full names."""
    slides = slides or (slide(shape(NOTICE)),)
    numbers = range(1, len(slides) + 1)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in numbers)
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>{ids}</p:sldIdLst>"
        '<p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            *[(f"rId{n}", "slide", f"slides/slide{n}.xml") for n in numbers]
        ),
    }
    for n, text in enumerate(slides, 1):
        members[f"ppt/slides/slide{n}.xml"] = text
    members |= parts
    return packed(members)


TABLE = (
    "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='4' name='t'/></p:nvGraphicFramePr>"
    "<p:xfrm><a:off x='0' y='0'/><a:ext cx='9' cy='9'/></p:xfrm><a:graphic><a:graphicData><a:tbl>"
    "<a:tr><a:tc><a:txBody><a:p><a:r><a:t>姓名</a:t></a:r></a:p></a:txBody></a:tc>"
    "<a:tc><a:txBody><a:p><a:r><a:t>证件号</a:t></a:r></a:p></a:txBody></a:tc></a:tr>"
    "<a:tr><a:tc><a:txBody><a:p><a:r><a:t>张小三</a:t></a:r></a:p></a:txBody></a:tc>"
    f"<a:tc><a:txBody><a:p><a:r><a:t>{ID[:9]}</a:t></a:r><a:r><a:t>{ID[9:]}</a:t></a:r></a:p>"
    "</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)

TABLE_SLIDE = slide(TABLE, shape("底", at="-9000000 0 10 10"), attributes='show="0"')
"""A hidden slide with a table and a shape off the slide."""

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def words(text: str, *, at: str = "20 20 150 6", attributes: str = "", inside: str = "") -> str:
    """A TextObject with one TextCode (unless ``text`` brings its own)."""
    code = text if text.startswith("<") else f'<ofd:TextCode X="0" Y="5">{text}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{at}" Size="5" {attributes}>{inside}{code}</ofd:TextObject>'


def path(at: str, *, attributes: str = 'Fill="true"', colour: str = "0 0 0") -> str:
    """A filled box."""
    return (
        f'<ofd:PathObject Boundary="{at}" {attributes}><ofd:FillColor Value="{colour}"/>'
        "<ofd:AbbreviatedData>M 0 0 L 90 0 L 90 9 L 0 9 C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(*objects: str, body: str = "", document: str = "", **parts: str | bytes) -> bytes:
    """One page with the notice and ``objects``."""
    content = "".join((words(NOTICE, at="20 10 150 6"), *objects))
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>"
            f"</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody>"
            "</ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea>"
            "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
            f"{document}</ofd:Document>",
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {OFD}><ofd:Content><ofd:Layer ID='2'>"
            f"{content}</ofd:Layer></ofd:Content></ofd:Page>",
            **parts,
        }
    )


ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF_SPACES = (
    f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0" '
    f'xmlns:style="{ODF}:style:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0" '
    f'xmlns:draw="{ODF}:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    f'xmlns:meta="{ODF}:meta:1.0"'
)


def odf(body: str = "", styles: str = "", meta: str = "", **parts: str | bytes) -> bytes:
    """A text document with the notice and ``body``."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF_SPACES}><office:automatic-styles>"
            f"{styles}</office:automatic-styles><office:body><office:text><text:p>{NOTICE}</text:p>"
            f"{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {ODF_SPACES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            **parts,
        }
    )
