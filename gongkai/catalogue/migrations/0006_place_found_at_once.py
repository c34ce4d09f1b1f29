"""The last place of a large column is found without reading its items."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_links_that_somebody_agreed_to")]
    operations = [
        migrations.AlterField(
            "itempage", "sequence",
            models.PositiveIntegerField("栏目内序号", db_index=True, editable=False, null=True),
        ),
    ]  # fmt: skip
