"""Index numbers: counted by organ and year, written in the organ's shape, never given twice."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models, transaction

from gongkai.agencies.models import Agency
from gongkai.catalogue import numbering


class IndexShape(models.Model):
    """How an organ writes its index numbers, where it does not write them as the guide does."""

    agency = models.OneToOneField(
        Agency, models.PROTECT, related_name="index_shape", verbose_name="机关"
    )
    template = models.CharField("索引号格式", max_length=60, default=numbering.NATIONAL)

    class Meta:
        verbose_name = verbose_name_plural = "索引号格式"

    def __str__(self) -> str:
        return self.template


class IndexCounter(models.Model):
    """The last serial of an organ and year: locked while a number is given, never set back."""

    agency = models.ForeignKey(Agency, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="index_counter")]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}: {self.last}"

    @classmethod
    @transaction.atomic
    def take(cls, agency: Agency, year: int, *, taken: Callable[[str], bool]) -> str:
        """The next index number of an organ and year; the row is locked meanwhile.

        A number that is ``taken`` (an old system gave it, an import brought it) is passed over.
        """
        shape = IndexShape.objects.filter(agency=agency).first()
        template = shape.template if shape else numbering.NATIONAL
        cls.objects.get_or_create(agency=agency, year=year)
        counter = cls.objects.select_for_update().get(agency=agency, year=year)
        number = ""
        while not number or taken(number):
            counter.last += 1
            number = numbering.index_number(template, agency.index_code, year, counter.last)
        counter.save(update_fields=["last"])
        return number
