from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("off", "放假"), ("work", "上班")],
                        max_length=4,
                        verbose_name="安排",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="节日")),
                ("edition", models.CharField(max_length=20, verbose_name="版次")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                (
                    "layer",
                    models.CharField(
                        blank=True, default="", max_length=40, verbose_name="机关代码"
                    ),
                ),
            ],
            options={
                "verbose_name": "日历例外日",
                "verbose_name_plural": "日历例外日",
                "ordering": ["date", "layer"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("layer", "date"), name="clock_one_day_a_layer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["off", "work"])),
                        name="clock_off_or_work",
                    ),
                ],
            },
        ),
    ]
