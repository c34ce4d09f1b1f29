"""An item's page, and an item as a line of a list."""

from __future__ import annotations

from django.utils.html import strip_tags

from gongkai import clock
from gongkai.catalogue.models import Attachment as AttachmentRow
from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile
from gongkai.catalogue.rules import ColumnKind
from gongkai.portal import addresses, contexts
from gongkai.portal.pages import directory, standard, standing
from gongkai.portal.pages.bodies import as_csv, body_html, tables_of
from gongkai.portal.pages.sites import (
    COLUMN_TYPES,
    columns_above,
    home_page,
    site_context,
    url_of,
)
from gongkai.portal.reading import reads

# News, pictures and videos carry no statutory header table.
_WITHOUT_HEADER = {ColumnKind.NEWS, ColumnKind.PICTURES, ColumnKind.VIDEO}
_PICTURE_BOX = (960, 640)
_DESCRIPTION = 200


def row(item: ItemPage, profile: SiteProfile) -> contexts.Row:
    """The item as a line of a list."""
    assert item.released_at is not None
    return contexts.Row(
        title=item.title,
        url=standing.address_of(item, profile),
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
        item=_item(item, column, profile),
        catalogued=column.kind not in _WITHOUT_HEADER,
    )


def _item(item: ItemPage, column: ColumnPage, profile: SiteProfile) -> contexts.Item:
    assert item.released_at is not None
    attachments = list(item.attachments.all())
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
        validity=standing.validity(item, profile),
        picture=picture(pictures[0]) if pictures else None,
        video_url=next((addresses.file_path(a.file) for a in attachments if _is_video(a)), ""),
        attachments=tuple(_attachment(a) for a in attachments if not a.is_picture),
        interprets=standing.links([item.interprets] if item.interprets else [], profile),
        interpreted_by=standing.interpreted_by(item, profile),
        relations=standing.relations(item, profile),
        elements=directory.elements(item),
        standard=standard.table_of(item, profile),
        data=data_files(item, column, profile),
    )


def data_files(
    item: ItemPage, column: ColumnPage, profile: SiteProfile
) -> tuple[contexts.DataFile, ...]:
    """The tables of a statistics column also as files; other columns have none."""
    if column.kind != ColumnKind.STATISTICS:
        return ()
    base = addresses.path_of(item, home_page(profile))
    return tuple(
        contexts.DataFile(caption or f"表 {number}", f"{base}data-{number}.csv")
        for number, (caption, _) in enumerate(tables_of(item), 1)
    )


def data_file(item: ItemPage, number: int) -> bytes:
    """One of these files."""
    reads(item.subject)
    return as_csv(tables_of(item)[number][1])


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


def column_context(column: ColumnPage) -> contexts.Column:
    """The column as the page's meta tags name it."""
    return contexts.Column(
        name=column.title,
        kind=COLUMN_TYPES.get(ColumnKind(column.kind), "其他"),
        description=" ".join(strip_tags(column.intro).split())[:_DESCRIPTION],
    )


def crumbs(column: ColumnPage, profile: SiteProfile, *, last: bool) -> tuple[contexts.Link, ...]:
    """From the front page down to the column; ``last`` includes the column itself."""
    above = [c for c in columns_above(column, profile) if last or c.pk != column.pk]
    links = (contexts.Link(c.title, url_of(c, profile)) for c in above)
    return (contexts.Link("首页", "/"), *links)


def section_of(column: ColumnPage, profile: SiteProfile) -> str:
    """The key of the main navigation's entry under which the column stands."""
    home = home_page(profile)
    return column.url_path[len(home.url_path) :].split("/", 1)[0]
