"""What modelsearch reads from an object, cut into pairs on the way."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils.encoding import force_str
from modelsearch.index import AutocompleteField, BaseField, RelatedFields, SearchField
from modelsearch.query import Fuzzy, PlainText, SearchQuery

from gongkai.text.backends.words import words_of


class Segmented:
    """Stands for ``obj`` while modelsearch indexes it.

    modelsearch has no place for a tokenizer, but it reads an object only through its search
    fields: these answer with words. Each value is cut once, however often it is read.
    """

    def __init__(self, obj: Any, *, limited: bool = False) -> None:
        self.pk = obj.pk
        self._obj = obj
        self._limited = limited
        self._costs: dict[str, Counter[str]] = {}
        self._read: dict[tuple[int, type, Any], str] = {}

    def get_search_fields(self) -> list[Any]:
        """The fields of the model, answering for this object."""
        return [self._field(field, lambda _: self._obj) for field in self._obj.get_search_fields()]

    def _field(self, field: Any, whose: Callable[[Any], Any]) -> Any:
        made = copy.copy(field)
        if isinstance(field, RelatedFields):
            made.fields = [self._field(inner, lambda related: related) for inner in field.fields]
            made.get_value = lambda obj: field.get_value(whose(obj))
        elif isinstance(field, SearchField | AutocompleteField):
            made.get_value = lambda obj: self._words(field, whose(obj))
        return made

    def _words(self, field: BaseField, obj: Any) -> str:
        key = (id(field), type(obj), obj.pk)
        if key not in self._read:
            text = _text(field.get_value(obj))
            self._read[key] = words_of(text, self._cost(field) if self._limited else None)
        return self._read[key]

    def _cost(self, field: BaseField) -> Counter[str]:
        """The count of the vector that the field goes into."""
        vector = "title" if field.field_name == "title" else "body"
        if isinstance(field, AutocompleteField):
            vector = "autocomplete"
        return self._costs.setdefault(vector, Counter())


def exact(query: SearchQuery) -> SearchQuery:
    """``query`` without likeness: that is measured on words, which are code here."""
    if isinstance(query, Fuzzy):
        return PlainText(query.query_string, operator=query.operator)
    return query


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return "\n\n".join(map(_text, value))
    return "" if value is None else force_str(value)
