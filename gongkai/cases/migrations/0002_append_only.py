from django.db import migrations

from gongkai.ledger import guards


def install(apps, schema_editor):
    guards.forbid_changes(schema_editor.connection, "cases_event")


def remove(apps, schema_editor):
    guards.allow_changes(schema_editor.connection, "cases_event")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("ledger", "0002_guards")]
    operations = [migrations.RunPython(install, remove)]
