from django.db import migrations

from gongkai.clock.shipped import shipped_days


def fill(apps, schema_editor):
    days = apps.get_model("clock", "CalendarDay")
    days.objects.using(schema_editor.connection.alias).bulk_create(
        [
            days(date=day.date, kind=day.kind, name=day.name, edition=day.edition, source=source)
            for day, source in shipped_days()
        ],
        batch_size=500,
    )


def empty(apps, schema_editor):
    apps.get_model("clock", "CalendarDay").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("clock", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
