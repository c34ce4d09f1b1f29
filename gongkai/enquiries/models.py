"""What an enquiry has beyond its case: drafts of units, the collated answer, the rating."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Unit, User
from gongkai.cases.models import Case
from gongkai.enquiries.rules import LINES, TOPICS, Content
from gongkai.review.models import Sheet


class Enquiry(models.Model):
    """One message of the public; the case holds number, text, events and clock."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="enquiry")
    topic = models.CharField(
        "问题类别", max_length=24, choices=[(t.key, t.label) for t in TOPICS.values()]
    )
    line = models.CharField("业务条线", max_length=16, choices=list(LINES.items()))
    consent = models.BooleanField("同意公开", default=False)
    target = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被反映单位"
    )

    class Meta:
        verbose_name = verbose_name_plural = "咨询投诉"
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.case.number


class Contribution(models.Model):
    """A unit's draft of the answer; a new draft is a new row."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="contributions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承办单位")
    text = models.TextField("拟稿")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="联络人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "处室拟稿"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case.number} {self.unit.name}"


class Answer(models.Model):
    """One version of the collated answer with its review sheet; found by its content hash."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="answers")
    text = models.TextField("答复")
    public_title = models.CharField("公开标题", max_length=120, blank=True)
    public_question = models.TextField("公开来信", blank=True)
    public_answer = models.TextField("公开答复", blank=True)
    content_hash = models.CharField("内容摘要", max_length=64)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+", verbose_name="审查表")
    collated_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="汇总人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "content_hash"], name="answer_version")
        ]

    def __str__(self) -> str:
        return self.case.number

    @property
    def content(self) -> Content:
        """What stands in the row now."""
        return Content(self.text, self.public_title, self.public_question, self.public_answer)

    @property
    def is_intact(self) -> bool:
        """Whether the row still says exactly what was collated and put on the review sheet."""
        return (
            self.content.digest(self.case.subject) == self.content_hash == self.sheet.content_hash
        )


class Rating(models.Model):
    """What the asker said beside the stars; the stars themselves are in the event."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="rated")
    stars = models.PositiveSmallIntegerField("星级")
    comment = models.CharField("意见", max_length=500, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "评价"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="one_to_five")
        ]

    def __str__(self) -> str:
        return "★" * self.stars
