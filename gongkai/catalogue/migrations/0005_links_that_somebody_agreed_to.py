"""Links that stand on the sites already stay there; new ones wait for somebody's consent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STATES = [("asked", "待同意"), ("public", "已公开")]


def person(words: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, null=True, related_name="+",
        editable=False, verbose_name=words,
    )  # fmt: skip


def state(default: str) -> models.CharField:
    return models.CharField(
        "状态", choices=STATES, default=default, editable=False, max_length=6
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_site_code_and_asked_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("link", "agreed_by", person("同意人")),
        migrations.AddField("link", "changed_by", person("登记人")),
        migrations.AddField("link", "reminded_on", models.DateField("提醒日期", blank=True, null=True)),
        migrations.AddField("link", "state", state("public")),
        migrations.AlterField("link", "state", state("asked")),
    ]
