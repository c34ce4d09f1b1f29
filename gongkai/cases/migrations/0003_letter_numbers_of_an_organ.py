import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Every letter is of the organ that has its case."""
    Letter, Case = apps.get_model("cases", "Letter"), apps.get_model("cases", "Case")
    organ = Case.objects.filter(pk=models.OuterRef("case_id")).values("agency_id")[:1]
    Letter.objects.filter(agency=None).update(agency_id=models.Subquery(organ))


class Migration(migrations.Migration):
    # The rows are filled between two changes of their table, which PostgreSQL refuses inside one
    # transaction while checks of foreign keys are still pending.
    atomic = False

    dependencies = [("agencies", "0001_initial"), ("cases", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="agency",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="agencies.agency", verbose_name="机关",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="letter",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="agencies.agency", verbose_name="机关",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="number",
            field=models.CharField(max_length=60, verbose_name="文号"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("agency", "number"), name="letter_number"),
        ),
    ]
