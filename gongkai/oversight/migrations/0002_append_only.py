from django.db import migrations

from gongkai.ledger import guards


def install(apps, schema_editor):
    guards.forbid_changes(schema_editor.connection, "oversight_findingevent")


def remove(apps, schema_editor):
    guards.allow_changes(schema_editor.connection, "oversight_findingevent")


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial"), ("ledger", "0002_guards")]
    operations = [migrations.RunPython(install, remove)]
