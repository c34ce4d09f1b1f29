"""An item's page, and an item as a line of a list."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai import clock
from gongkai.catalogue.models import Attachment as AttachmentRow
from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile
from gongkai.catalogue.rules import ColumnKind
from gongkai.portal import addresses, contexts
from gongkai.portal.pages.sites import COLUMN_TYPES, home_page, site_context, url_of
from gongkai.portal.reading import reads

# News, pictures and videos carry no statutory header table.
_WITHOUT_HEADER = {ColumnKind.NEWS, ColumnKind.PICTURES, ColumnKind.VIDEO}
_PICTURE_BOX = (960, 640)


def row(item: ItemPage, profile: SiteProfile) -> contexts.Row:
    """The item as a line of a list."""
    assert item.released_at is not None
    return contexts.Row(
        title=item.title,
        url=addresses.path_of(item, home_page(profile)),
        on=clock.day_of(item.released_at),
        index_number=item.index_number,
        document_number=item.document_number,
        signed_on=item.signed_on,
        validity=item.get_validity_display() if item.validity else "",
    )


def item_page(item: ItemPage, column: ColumnPage, profile: SiteProfile) -> contexts.ItemPage:
    """The page of one released item."""
    reads(item.subject, f"column-name:{column.pk}")
    site = site_context(profile)
    home = home_page(profile)
    return contexts.ItemPage(
        site=site,
        title=item.title,
        path=addresses.path_of(item, home),
        crumbs=crumbs(column, profile, last=True),
        section=section_of(column, profile),
        column=column_context(column),
        item=_item(item, profile),
        catalogued=column.kind not in _WITHOUT_HEADER,
    )


def _item(item: ItemPage, profile: SiteProfile) -> contexts.Item:
    assert item.released_at is not None
    attachments = list(item.attachments.select_related("file"))
    pictures = [a for a in attachments if a.is_picture]
    return contexts.Item(
        title=item.title,
        body=body_html(item),
        index_number=item.index_number,
        publisher=item.agency.name,
        source=item.source or item.agency.name,
        published_at=item.released_at,
        theme=item.theme,
        genre=item.genre,
        document_number=item.document_number,
        signed_on=item.signed_on,
        keywords=tuple(item.keywords.split()),
        summary=item.summary,
        disclosure=item.get_attribute_display(),
        validity=contexts.Validity(word=item.get_validity_display()) if item.validity else None,
        picture=picture(pictures[0]) if pictures else None,
        video_url=next((addresses.file_path(a.file) for a in attachments if _is_video(a)), ""),
        attachments=tuple(_attachment(a) for a in attachments if not a.is_picture),
        interprets=_links([item.interprets] if item.interprets_id else [], profile),
        interpreted_by=_links(item.interpretations.filter(live=True), profile),
    )


def body_html(item: ItemPage) -> SafeString:
    """The body as clean HTML: blocks in order, tables with header cells."""
    parts = []
    for block in item.body:
        if block.block_type == "heading":
            parts.append(f"<h2>{escape(block.value)}</h2>")
        elif block.block_type == "table":
            parts.append(_table(block.value))
        else:
            parts.append(str(block.value))
    return mark_safe("\n".join(parts))  # noqa: S308 - rich text is cleaned by its features


def _table(value: dict[str, object]) -> str:
    rows: list[list[str]] = [list(r) for r in value["rows"]]  # type: ignore[attr-defined]
    if not rows:
        return ""
    caption = f"<caption>{escape(str(value['caption']))}</caption>" if value.get("caption") else ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        for cells in rows[1:]
    )
    return (
        f'<div class="table-wrap"><table>{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def picture(attachment: AttachmentRow) -> contexts.Picture:
    """A picture with the size at which it is shown."""
    from PIL import Image

    with Image.open(attachment.file.path) as image:
        width, height = image.size
    scale = min(1, _PICTURE_BOX[0] / width, _PICTURE_BOX[1] / height)
    return contexts.Picture(
        src=addresses.file_path(attachment.file),
        width=round(width * scale),
        height=round(height * scale),
        alt=attachment.title,
    )


def _is_video(attachment: AttachmentRow) -> bool:
    return attachment.file.suffix == "mp4"


def _attachment(attachment: AttachmentRow) -> contexts.Attachment:
    file = attachment.file
    return contexts.Attachment(
        title=attachment.title or file.name,
        url=addresses.file_path(file),
        kind=file.suffix.upper(),
        size=file.size,
    )


def _links(items: object, profile: SiteProfile) -> tuple[contexts.Link, ...]:
    home = home_page(profile)
    found = []
    for item in items:  # type: ignore[attr-defined]
        reads(item.subject)
        if item.live and item.url_path.startswith(home.url_path):
            found.append(contexts.Link(item.title, addresses.path_of(item, home)))
    return tuple(found)


def column_context(column: ColumnPage) -> contexts.Column:
    """The column as the page's meta tags name it."""
    return contexts.Column(
        name=column.title, kind=COLUMN_TYPES.get(ColumnKind(column.kind), "其他")
    )


def crumbs(column: ColumnPage, profile: SiteProfile, *, last: bool) -> tuple[contexts.Link, ...]:
    """From the front page down to the column; ``last`` includes the column itself."""
    home = home_page(profile)
    above = ColumnPage.objects.ancestor_of(column, inclusive=last).filter(depth__gt=home.depth)
    return (
        contexts.Link("首页", "/"),
        *(contexts.Link(c.title, url_of(c, profile)) for c in above.order_by("depth")),
    )


def section_of(column: ColumnPage, profile: SiteProfile) -> str:
    """The key of the main navigation's entry under which the column stands."""
    home = home_page(profile)
    return column.url_path[len(home.url_path) :].split("/", 1)[0]
