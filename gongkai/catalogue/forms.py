"""The editor's form of an item: contradictions and unpublishable text are said beside the field."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from gongkai import clock
from gongkai.catalogue import checks, rules
from gongkai.review.screen import findings_in

_FIELD_OF_PLACE = {"标题": "title", "正文": "body", "内容概述": "summary", "来源": "source"}

_ALSO = "（也可以先保存草稿，再用右侧“审查”里的“一键遮盖”。）"


class ItemForm(WagtailAdminPageForm):
    """Checks and screens when the editor submits; a draft is never refused for its words."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for field, message in rules.objections(
            signed_on=cleaned.get("signed_on"),
            released_on=clock.today(),
            document_number=cleaned.get("document_number") or "",
            validity=cleaned.get("validity") or "",
        ).items():
            self.add_error(field, message)
        if cleaned.get("attribute") not in {None, "proactive"} and not cleaned.get(
            "attribute_ground"
        ):
            self.add_error("attribute_ground", "请写明不主动公开的理由和依据。")
        if "action-submit" in self.data and not self.errors:
            texts = _texts(cleaned)
            self._check(cleaned, texts)
            self._screen(texts)
        return cleaned

    def _check(self, cleaned: dict[str, Any], texts: dict[str, str]) -> None:
        """What refuses is said here beside its field; the rest stands in the panel of checks."""
        from gongkai.catalogue.checking import dead_links

        column = self.parent_page
        facts = checks.Facts(
            texts=texts,
            public_on=clock.today(),
            document_number=cleaned.get("document_number") or "",
            signed_on=cleaned.get("signed_on"),
            validity=cleaned.get("validity") or "",
            valid_from=cleaned.get("valid_from"),
            valid_to=cleaned.get("valid_to"),
            dead_links=list(dead_links(cleaned.get("body") or [], column)) if column else (),
        )
        for remark in checks.remarks(facts):
            if remark.hard:
                field = remark.field if remark.field in self.fields else None
                self.add_error(field, remark.message)

    def _screen(self, texts: dict[str, str]) -> None:
        _, findings = findings_in(texts)
        for finding in findings:
            if finding["severity"] == "block":
                message = f"{finding['label']}：{finding['excerpt']}。{finding['advice']}{_ALSO}"
                self.add_error(
                    _FIELD_OF_PLACE.get(finding["place"], "title"), forms.ValidationError(message)
                )


def _texts(cleaned: dict[str, Any]) -> dict[str, str]:
    from gongkai.catalogue.blocks import plain_text

    return {
        "标题": cleaned.get("title") or "",
        "正文": plain_text(cleaned.get("body") or []),
        "内容概述": cleaned.get("summary") or "",
        "来源": cleaned.get("source") or "",
    }
