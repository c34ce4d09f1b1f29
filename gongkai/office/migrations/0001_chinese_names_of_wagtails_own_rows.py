"""The rows that Wagtail's own migrations write in English, and every breadcrumb or filter shows."""

from typing import Any

from django.db import migrations

ROOT = ("Root", "全部网站")
APPROVAL = ("Moderators approval", "系统自带审批（不使用）")


def rename(apps: Any, pages: tuple[str, str], approvals: tuple[str, str]) -> None:
    page = apps.get_model("wagtailcore", "Page")
    before, after = pages
    page.objects.filter(depth=1, title=before).update(title=after, draft_title=after)
    before, after = approvals
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=before).update(name=after)


def forwards(apps: Any, schema_editor: Any) -> None:
    rename(apps, ROOT, APPROVAL)


def backwards(apps: Any, schema_editor: Any) -> None:
    rename(apps, ROOT[::-1], APPROVAL[::-1])


class Migration(migrations.Migration):
    dependencies = [("wagtailcore", "0098_apitoken")]
    operations = [migrations.RunPython(forwards, backwards)]
