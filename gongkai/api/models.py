"""Who may hand over cases by machine, and which case a handed-over number became."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency, User
from gongkai.cases.models import Case


class Client(models.Model):
    """A platform with a token; only the token's hash is kept."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    name = models.CharField("名称", max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField("权限", default=list)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="签发人")
    issued_at = models.DateTimeField("签发时间")
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口用户"
        ordering = ["name"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=models.Q(revoked_at=None),
                name="client_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """The name under which the ledger knows the client."""
        return f"api-client:{self.agency.code}/{self.pk}"


class Referral(models.Model):
    """A number of another platform and the case that it became."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="referrals")
    foreign_number = models.CharField("对方编号", max_length=60)
    case = models.OneToOneField(Case, models.PROTECT, related_name="referral")
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField("转来时间")

    class Meta:
        verbose_name = verbose_name_plural = "平台转办"
        ordering = ["-taken_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["client", "foreign_number"], name="referred_once")
        ]

    def __str__(self) -> str:
        return self.foreign_number
